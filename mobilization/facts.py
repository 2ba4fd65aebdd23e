"""What can be recorded of a call-out as a whole: orders, waves, who was stood down, whom nobody is left for.

One fact is filed under everything it binds: the mobilization, the calls, the people and the teams.
"""

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from command.core.facts import Fact
from incidents import ByOrder, Need


def keys_of(*, mobilization: str = "", calls: Iterable[str] = (), people: Iterable[str] = (), teams: Iterable[str] = (),
            incident: str = "") -> tuple[str, ...]:  # fmt: skip
    """The keys of a fact, each once, in a fixed order."""
    keys = [f"mobilization:{mobilization}"] if mobilization else []
    keys += [f"call:{call}" for call in calls]
    keys += [f"person:{person}" for person in people]
    keys += [f"team:{team}" for team in teams]
    keys += [f"incident:{incident}"] if incident else []
    return tuple(dict.fromkeys(keys))


def _heard_at(post: str, watched: bool) -> tuple[str, ...]:
    return (f"watch:{post}",) if watched else ()


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
    by_order: ByOrder | None = None

    def keys(self) -> tuple[str, ...]:
        return (*keys_of(mobilization=self.mobilization, incident=self.incident), f"asked:{self.incident}")


class Amended(Fact, frozen=True, kw_only=True):
    """The needs or the reach of a call-out changed (a tier above widens it by ordering too). One that was stood down begins
    anew: `round` is the next."""

    NAME: ClassVar[str] = "mobilization.amended"
    mobilization: str
    incident: str
    scope: str
    rule: str
    needs: tuple[Need, ...]
    round: int
    by_order: ByOrder | None = None

    def keys(self) -> tuple[str, ...]:
        return (*keys_of(mobilization=self.mobilization, incident=self.incident), f"asked:{self.incident}")


class OrderAsked(Fact, frozen=True, kw_only=True):
    """The call-out is larger than the post may order: it waits on the board of the tier above. `watched`: watches are kept, the
    one of `to` must hear of it."""

    NAME: ClassVar[str] = "order.asked"
    incident: str
    from_post: str
    to: str
    people: int
    needs: tuple[Need, ...]
    watched: bool = False

    def keys(self) -> tuple[str, ...]:
        return (f"incident:{self.incident}", f"asked:{self.incident}", *_heard_at(self.to, self.watched))


class PlannedCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call of a wave, with what it rests on. Distance and travel are from the team's base (`from_lon`, `from_lat`, WGS-84)
    to the place; `division` is the team's. `simulated`: who is called is a program. `instead_of`: the stand-by call of this team
    that this one takes the place of.

    `approximate`: of the place no more than a division was known; distance and travel are to the point that stood for it.
    `travel_source`: road_graph, road_graph_assumed_speeds, straight_line; where there are roads but none reaches: as_near_by_road (and
    on foot from there), straight_line_no_road.
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
    division: str = ""
    instead_of: str = ""
    from_lon: float = 0.0
    from_lat: float = 0.0
    simulated: bool = False
    approximate: bool = False


class WaveCalled(Fact, frozen=True, kw_only=True):
    """One round of calls. `why_not`: counts by reason of those not called; the full list is the sealed blob `why_blob`.
    `gates`: verdict of each gate that was checked; the others stand as not_checked."""

    NAME: ClassVar[str] = "wave.called"
    mobilization: str
    incident: str
    round: int
    wave: int
    due_ms: int
    calls: tuple[PlannedCall, ...]
    registry_rev: int
    why_not: dict[str, int]
    why_blob: str
    gates: dict[str, str]
    channels: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        replaced = (call.instead_of for call in self.calls if call.instead_of)
        return keys_of(
            mobilization=self.mobilization, calls=(*(c.call for c in self.calls), *replaced), people=(c.person for c in self.calls),
            teams=(c.team for c in self.calls),
        )  # fmt: skip


class WaveOvertaken(Fact, frozen=True, kw_only=True):
    """Some whom a wave was planned for had been called elsewhere meanwhile: it is planned again. `left_out`: how many."""

    NAME: ClassVar[str] = "wave.overtaken"
    mobilization: str
    left_out: int

    def keys(self) -> tuple[str, ...]:
        return keys_of(mobilization=self.mobilization)


class WaveWithdrawn(Fact, frozen=True, kw_only=True):
    """An officer took a further wave back: of its calls those of which nobody set out yet are over, and who was reached is told.
    The call-out goes on."""

    NAME: ClassVar[str] = "wave.withdrawn"
    mobilization: str
    incident: str
    round: int
    wave: int
    calls: tuple[str, ...]
    people: tuple[str, ...]
    teams: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        return keys_of(mobilization=self.mobilization, calls=self.calls, people=self.people, teams=self.teams)


class LookedAgain(Fact, frozen=True, kw_only=True):
    """The call-out is short, nobody is being called and nothing happened for a while: perhaps somebody is free now."""

    NAME: ClassVar[str] = "mobilization.looked_again"
    mobilization: str

    def keys(self) -> tuple[str, ...]:
        return keys_of(mobilization=self.mobilization)


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
    """Nobody is left to call within reach: the tier above is asked, visibly. `watched`: as of an order that is asked."""

    NAME: ClassVar[str] = "support.asked"
    mobilization: str
    incident: str
    from_post: str
    to: str
    speciality: str
    short: int
    watched: bool = False

    def keys(self) -> tuple[str, ...]:
        return (*keys_of(mobilization=self.mobilization, incident=self.incident), *_heard_at(self.to, self.watched))


class LinksMade(Fact, frozen=True, kw_only=True):
    """Signed links by which these calls can be answered left the house, for a group of leaders."""

    NAME: ClassVar[str] = "links.made"
    mobilization: str
    incident: str
    calls: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        return keys_of(mobilization=self.mobilization, incident=self.incident)


FACTS: tuple[type[Fact], ...] = (
    Ordered,
    Amended,
    OrderAsked,
    WaveCalled,
    WaveOvertaken,
    WaveWithdrawn,
    LookedAgain,
    StoodDown,
    SupportAsked,
    LinksMade,
)
