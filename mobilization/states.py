"""States of a mobilization, a call, a person and a team, as small as deciding needs them."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from incidents import Need
from mobilization.phones.states import Phone

OFFER_MS = 90_000
UNREAD_MS = 60_000
UNHEARD_MS = 30_000
"""A message that went out and brought no answer is followed by another kind of channel after so long."""
TEXTS = frozenset({"sms", "modem"})
"""Channels that carry texts: one that went out by the first of them is not sent again by the second."""
LOOK_AGAIN_MS, LOOKS_DOUBLED = 120_000, 2
"""A call-out that is short and silent is looked at again after two minutes, then after 4 and every 8: who came free meanwhile is
seen then."""


class CallState(StrEnum):
    """What became of one call."""

    OPEN = "open"
    ACCEPTED = "accepted"
    LATER = "later"
    DECLINED = "declined"
    LAPSED = "lapsed"
    STANDBY = "standby"
    NOT_NEEDED = "not_needed"
    SET_OUT = "set_out"
    ARRIVED = "arrived"
    RELEASED = "released"
    STOOD_DOWN = "stood_down"
    CALLED_AGAIN = "called_again"


SEATED = frozenset({CallState.ACCEPTED, CallState.LATER, CallState.SET_OUT, CallState.ARRIVED})
OUT = frozenset({CallState.SET_OUT, CallState.ARRIVED})
LIVE = SEATED | {CallState.OPEN, CallState.STANDBY}
AFTER_ANSWER = {
    "accepted": CallState.ACCEPTED,
    "later": CallState.LATER,
    "declined": CallState.DECLINED,
    "standby": CallState.STANDBY,
}
"""What a call is after an answer's result; after any other it is not needed."""


class Seats(msgspec.Struct, frozen=True, kw_only=True):
    """One need: people promised (accepted and still holding seats), confirmed (set out or named), arrived; offers open; served:
    people who were on the spot and were released. Kept up by the fold alone, from what each call holds."""

    speciality: str
    minimum: int
    maximum: int
    by_ms: int | None = None
    promised: int = 0
    confirmed: int = 0
    arrived: int = 0
    open: int = 0
    served: int = 0

    @property
    def free(self) -> int:
        """Seats that nobody holds and nobody has served; a need that is gone (no minimum) has none."""
        return max(self.maximum - self.promised - self.served, 0) if self.minimum else 0

    @property
    def short(self) -> int:
        """People missing to the minimum."""
        return max(self.minimum - self.promised - self.served, 0)


class Wave(msgspec.Struct, frozen=True, kw_only=True):
    no: int
    at_ms: int


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What one call holds of its need. `waits`: people of its crew who stand by, under `standby_no`. `said`: the last answer
    (accept, later, decline), or how it ended without one (lapsed, not_needed). `ride_ms`: when they would be there if they left at
    once (epoch ms), by the planner; `there_ms`: what is reckoned with."""

    call: str
    person: str
    team: str
    speciality: str
    wave: int
    crew_max: int
    minimum_crew: int
    state: CallState = CallState.OPEN
    said: str = ""
    seated: int = 0
    confirmed: int = 0
    arrived: int = 0
    served: int = 0
    waits: int = 0
    standby_no: int | None = None
    ride_ms: int = 0
    there_ms: int = 0

    def there_if(self, answered: str, eta_ms: int) -> int:
        """Open offers know only the ride. So of a yes the earlier counts, the ride or what its leader says: minutes said with care
        put nobody behind those who have said nothing yet, and who is nearer than his base is believed. A 晚点能到 is what it says."""
        return eta_ms if answered == "later" else min(self.ride_ms, eta_ms)


class AskedUp(msgspec.Struct, frozen=True, kw_only=True):
    to: str
    speciality: str
    short: int
    at_ms: int


class Mobilization(msgspec.Struct, frozen=True, kw_only=True):
    """One call-out. `parts`: its calls of this round, by id. A call-out that was stood down and is ordered again begins a new
    `round`. `quiet_ms`: since when nothing was called or answered; `looked`: how often it was looked at again since. `out`: people
    who set out and are not back, by call, of whatever round. `moved_at`: the position of the last event that may ask for a wave."""

    id: str
    incident: str
    mode: str
    scope: str
    rule: str
    needs: tuple[Seats, ...]
    channels: tuple[str, ...]
    ordered_ms: int
    parts: Mapping[str, Part] = msgspec.field(default_factory=dict)
    waves: tuple[Wave, ...] = ()
    standby_next: int = 1
    asked_up: tuple[AskedUp, ...] = ()
    over: bool = False
    round: int = 1
    quiet_ms: int = 0
    looked: int = 0
    out: Mapping[str, int] = msgspec.field(default_factory=dict)
    moved_at: int = 0

    def seats(self, speciality: str) -> Seats | None:
        return next((each for each in self.needs if each.speciality == speciality), None)

    @property
    def is_short(self) -> bool:
        return any(each.short for each in self.needs)

    @property
    def may_seat_waiting(self) -> bool:
        """Some stand by for a need that has seats again."""
        free = {each.speciality for each in self.needs if each.free}
        return any(part.state is CallState.STANDBY and part.speciality in free for part in self.parts.values())

    @property
    def is_silent(self) -> bool:
        """No offer waits for an answer."""
        return not any(each.open for each in self.needs)


class Unasked(msgspec.Struct, frozen=True):
    """A call that was never made: only its id is known."""

    id: str


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One offer to one leader or deputy. `answered_ms`: when the standing answer, or the last step, was recorded; `claimed_ms`:
    when the phone says so; `noted_by`, `noted_said_ms`: taken by telephone, and when it was said; `disputed`: phone and desk
    tell it otherwise. `instead_of`: the stand-by call it came in the place of. `late`: it
    stands by for those who can be there in time. `told_over`: a message that it is over was begun.
    `channels`: the ladder of what reaches people outside, in order; `tried`: those a message about the call was begun on.
    `answered_by`: how the standing answer or step came: page, desk, sms, modem, voice, link. `rung_by`, `rung_ms`: who rang by hand
    last, and when. `over_ms`: when it was stood down, or its wave withdrawn."""

    id: str
    mobilization: str
    incident: str
    round: int
    wave: int
    team: str
    person: str
    role: str
    speciality: str
    crew_max: int
    minimum_crew: int
    distance_m: int
    seconds_to: int
    asked_ms: int
    due_ms: int
    awake: bool
    channels: tuple[str, ...] = ()
    division: str = ""
    instead_of: str = ""
    from_lon: float = 0.0
    from_lat: float = 0.0
    simulated: bool = False
    approximate: bool = False
    state: CallState = CallState.OPEN
    heads: int = 0
    seated: int = 0
    confirmed: int = 0
    arrived: int = 0
    waits: int = 0
    standby_no: int | None = None
    late: bool = False
    eta_ms: int | None = None
    seen_ms: int | None = None
    answered_ms: int | None = None
    claimed_ms: int | None = None
    disputed: bool = False
    noted_by: str = ""
    noted_said_ms: int | None = None
    attempt: str | None = None
    attempt_result: str | None = None
    attempt_ended_ms: int | None = None
    tried: tuple[str, ...] = ()
    told_over: bool = False
    channel: str = "page"
    answered_by: str = ""
    rung_by: str = ""
    rung_ms: int | None = None
    over_ms: int | None = None

    def next_channel(self, result: str | None) -> str | None:
        """What is tried after a message about the call came to `result` (None: there was none yet): what is left of the ladder, and
        of texts that went out no second one."""
        texted = result == "sent" and bool(TEXTS & set(self.tried))
        return next((each for each in self.channels if each not in self.tried and not (texted and each in TEXTS)), None)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """`availability` was set at `set_ms`, as was said at `said_ms`; when `until_ms` comes, the person is available again.
    `engaged`: the call that holds this person's seat. `asked`: rounds of mobilizations that called this person already; `silent`:
    those of them that heard no answer."""

    id: str
    availability: str = "available"
    until_ms: int | None = None
    set_ms: int = 0
    said_ms: int = 0
    engaged: str | None = None
    open: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()

    @property
    def is_available(self) -> bool:
        return self.availability == "available"


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """`engaged`: the call through which this team took seats. `open`: calls of it that wait for an answer."""

    id: str
    engaged: str | None = None
    open: tuple[str, ...] = ()


def round_of(mobilization: str, number: int) -> str:
    """One round of a call-out, as people remember it."""
    return f"{mobilization}/{number}"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An order that waits for the tier above."""

    incident: str
    from_post: str
    to: str
    people: int
    needs: tuple[Need, ...]
    at_ms: int
    done: bool = False
