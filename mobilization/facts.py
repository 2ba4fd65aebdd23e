"""What can be recorded of a call-out: orders, waves, calls, answers, who set out and arrived, who was stood down.

One fact is filed under everything it binds: the mobilization, the calls, the people and the teams.
"""

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from command.core.facts import Fact
from incidents import Need


def keys_of(*, mobilization: str = "", calls: Iterable[str] = (), people: Iterable[str] = (), teams: Iterable[str] = (),
            incident: str = "") -> tuple[str, ...]:  # fmt: skip
    """The keys of a fact, each once, in a fixed order."""
    keys = [f"mobilization:{mobilization}"] if mobilization else []
    keys += [f"call:{call}" for call in calls]
    keys += [f"person:{person}" for person in people]
    keys += [f"team:{team}" for team in teams]
    keys += [f"incident:{incident}"] if incident else []
    return tuple(dict.fromkeys(keys))


class Ordered(Fact, frozen=True, kw_only=True):
    """A call-out was ordered: for these needs, within these divisions, under this standing rule."""

    NAME: ClassVar[str] = "mobilization.ordered"
    mobilization: str
    incident: str
    mode: str
    scope: str
    rule: str
    needs: tuple[Need, ...]
    channels: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        return (*keys_of(mobilization=self.mobilization, incident=self.incident), f"asked:{self.incident}")


class Amended(Fact, frozen=True, kw_only=True):
    """The needs or the reach of a running call-out changed (a tier above widens it by ordering too)."""

    NAME: ClassVar[str] = "mobilization.amended"
    mobilization: str
    scope: str
    rule: str
    needs: tuple[Need, ...]

    def keys(self) -> tuple[str, ...]:
        return keys_of(mobilization=self.mobilization)


class OrderAsked(Fact, frozen=True, kw_only=True):
    """The call-out is larger than the post may order: it waits on the board of the tier above."""

    NAME: ClassVar[str] = "order.asked"
    incident: str
    from_post: str
    to: str
    people: int
    needs: tuple[Need, ...]

    def keys(self) -> tuple[str, ...]:
        return (f"incident:{self.incident}", f"asked:{self.incident}")


class PlannedCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call of a wave, with what it rests on. Distance and travel are from the team's base (`from_lon`, `from_lat`, WGS-84)
    to the place. `simulated`: who is called is a program.

    `travel_source`: road_graph, road_graph_assumed_speeds, straight_line, straight_line_no_road (roads, but none reaches).
    """

    call: str
    team: str
    person: str
    role: str
    speciality: str
    ladder: tuple[str, ...]
    crew_max: int
    minimum_crew: int
    distance_m: int
    seconds_to: int
    travel_source: str
    chance: float
    chance_source: str
    awake: bool
    from_lon: float = 0.0
    from_lat: float = 0.0
    simulated: bool = False


class WaveCalled(Fact, frozen=True, kw_only=True):
    """One round of calls. `why_not`: counts by reason of those not called; the full list is the sealed blob `why_blob`.
    `gates`: verdict of each gate that was checked; the others stand as not_checked."""

    NAME: ClassVar[str] = "wave.called"
    mobilization: str
    incident: str
    wave: int
    due_ms: int
    calls: tuple[PlannedCall, ...]
    registry_rev: int
    why_not: dict[str, int]
    why_blob: str
    gates: dict[str, str]
    channels: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        return keys_of(
            mobilization=self.mobilization, calls=(c.call for c in self.calls), people=(c.person for c in self.calls),
            teams=(c.team for c in self.calls),
        )  # fmt: skip


class _OfCall(Fact, frozen=True, kw_only=True):
    call: str
    mobilization: str
    person: str
    team: str

    def keys(self) -> tuple[str, ...]:
        return keys_of(mobilization=self.mobilization, calls=(self.call,), people=(self.person,), teams=(self.team,))


class Answered(_OfCall, frozen=True, kw_only=True):
    """A leader or deputy answered. An answer is always a fact, also when it loses.

    `result`: accepted, later, declined, standby, not_needed (full and over), engaged (is elsewhere), team_answered.
    `seated` of `heads` people have seats, the rest stand by under `standby_no`. `freed` (of them `unconfirmed`,
    `unarrived`): what an earlier answer held and this one gives back. `ends`: the call was open until now.
    `noted_by`: taken by telephone; `disputed`: the phone claims to have said otherwise before the desk noted it.
    """

    NAME: ClassVar[str] = "call.answered"
    speciality: str
    wave: int
    answer: str
    result: str
    heads: int = 0
    seated: int = 0
    standby_no: int | None = None
    eta_ms: int | None = None
    freed: int = 0
    unconfirmed: int = 0
    unarrived: int = 0
    noted_by: str = ""
    said_at_ms: int | None = None
    claimed_at_ms: int | None = None
    disputed: bool = False
    ends: bool = False


class Progressed(_OfCall, frozen=True, kw_only=True):
    """`did`: set_out, arrived, released. `heads` people of the crew; `confirmed` and `arrived` more than before."""

    NAME: ClassVar[str] = "call.progressed"
    speciality: str
    did: str
    heads: int
    confirmed: int = 0
    arrived: int = 0
    noted_by: str = ""
    said_at_ms: int | None = None
    claimed_at_ms: int | None = None
    disputed: bool = False


class NamesGiven(_OfCall, frozen=True, kw_only=True):
    """The crew's names were given; they are sealed under the person who gave them."""

    NAME: ClassVar[str] = "call.names_given"
    speciality: str
    count: int
    confirmed: int


class Lapsed(_OfCall, frozen=True, kw_only=True):
    """Nobody answered in time."""

    NAME: ClassVar[str] = "call.lapsed"
    speciality: str
    wave: int


class Seen(Fact, frozen=True, kw_only=True):
    """These calls were on a lit screen. One fact for many, so that receipts do not flood the log."""

    NAME: ClassVar[str] = "calls.seen"
    mobilization: str
    calls: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        return keys_of(calls=self.calls)


class StoodDown(Fact, frozen=True, kw_only=True):
    """The call-out ended: everyone still open, promised, standing by or on the way is told."""

    NAME: ClassVar[str] = "mobilization.stood_down"
    mobilization: str
    incident: str
    calls: tuple[str, ...]
    people: tuple[str, ...]
    teams: tuple[str, ...]
    why: str

    def keys(self) -> tuple[str, ...]:
        return keys_of(
            mobilization=self.mobilization, calls=self.calls, people=self.people, teams=self.teams, incident=self.incident
        )


class SupportAsked(Fact, frozen=True, kw_only=True):
    """Nobody is left to call within reach: the tier above is asked, visibly."""

    NAME: ClassVar[str] = "support.asked"
    mobilization: str
    incident: str
    from_post: str
    to: str
    speciality: str
    short: int

    def keys(self) -> tuple[str, ...]:
        return keys_of(mobilization=self.mobilization, incident=self.incident)


class AttemptStarted(_OfCall, frozen=True, kw_only=True):
    """A message outside the house is about to be sent; recorded before the send."""

    NAME: ClassVar[str] = "attempt.started"
    channel: str
    attempt: str


class AttemptEnded(_OfCall, frozen=True, kw_only=True):
    """`result`: sent, failed, or unknown (a start without an end after a restart: the next channel is used)."""

    NAME: ClassVar[str] = "attempt.ended"
    channel: str
    attempt: str
    result: str


class AvailabilitySet(Fact, frozen=True, kw_only=True):
    """available, off_duty (until a time) or away. Off duty is in no call, ever."""

    NAME: ClassVar[str] = "person.availability_set"
    person: str
    availability: str
    until_ms: int | None = None
    noted_by: str = ""

    def keys(self) -> tuple[str, ...]:
        return (f"person:{self.person}",)


FACTS: tuple[type[Fact], ...] = (
    Ordered, Amended, OrderAsked, WaveCalled, Answered, Progressed, NamesGiven, Lapsed, Seen, StoodDown, SupportAsked,
    AttemptStarted, AttemptEnded, AvailabilitySet,
)  # fmt: skip
