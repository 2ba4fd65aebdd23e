"""States of a mobilization, a call, a person and a team, as small as deciding needs them."""

from enum import StrEnum

import msgspec

OFFER_MS = 90_000
UNREAD_MS = 60_000


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


SEATED = frozenset({CallState.ACCEPTED, CallState.LATER, CallState.SET_OUT, CallState.ARRIVED})
LIVE = SEATED | {CallState.OPEN, CallState.STANDBY}


class Seats(msgspec.Struct, frozen=True, kw_only=True):
    """One need: people promised (accepted), confirmed (set out or named), arrived."""

    speciality: str
    minimum: int
    maximum: int
    by_ms: int | None = None
    promised: int = 0
    confirmed: int = 0
    arrived: int = 0
    open: int = 0


class Wave(msgspec.Struct, frozen=True, kw_only=True):
    no: int
    at_ms: int
    called: int
    accepted: int = 0
    declined: int = 0
    lapsed: int = 0


class AskedUp(msgspec.Struct, frozen=True, kw_only=True):
    to: str
    speciality: str
    short: int
    at_ms: int


class Mobilization(msgspec.Struct, frozen=True, kw_only=True):
    """One call-out. Calls are ids only; each has a state of its own."""

    id: str
    incident: str
    mode: str
    scope: str
    rule: str
    needs: tuple[Seats, ...]
    channels: tuple[str, ...]
    ordered_ms: int
    calls: tuple[str, ...] = ()
    waves: tuple[Wave, ...] = ()
    standby_next: int = 1
    asked_up: tuple[AskedUp, ...] = ()
    over: bool = False

    def seats(self, speciality: str) -> Seats | None:
        return next((each for each in self.needs if each.speciality == speciality), None)


class Unasked(msgspec.Struct, frozen=True):
    """A call that was never made: only its id is known."""

    id: str


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One offer to one leader or deputy. `answered_ms`: when the standing answer was recorded; `claimed_ms`: when the phone says
    it was given, or the last step taken; `disputed`: it says so of a time before the desk's own note."""

    id: str
    mobilization: str
    incident: str
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
    outside: bool
    from_lon: float = 0.0
    from_lat: float = 0.0
    simulated: bool = False
    state: CallState = CallState.OPEN
    heads: int = 0
    seated: int = 0
    confirmed: int = 0
    arrived: int = 0
    standby_no: int | None = None
    eta_ms: int | None = None
    seen_ms: int | None = None
    answered_ms: int | None = None
    claimed_ms: int | None = None
    disputed: bool = False
    noted_by: str = ""
    noted_said_ms: int | None = None
    attempt: str | None = None
    attempt_result: str | None = None
    channel: str = "page"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """`engaged`: the call that holds this person's seat. `asked`: mobilizations that called this person already."""

    id: str
    availability: str = "available"
    until_ms: int | None = None
    engaged: str | None = None
    open: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    def is_available(self, now_ms: int) -> bool:
        return self.availability == "available" or (self.until_ms is not None and self.until_ms <= now_ms)


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """`engaged`: the call through which this team took seats. `open`: calls of it that wait for an answer.
    `standby`: calls of it that stand by."""

    id: str
    engaged: str | None = None
    open: tuple[str, ...] = ()
    standby: tuple[str, ...] = ()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An order that waits for the tier above."""

    incident: str
    from_post: str
    to: str
    people: int
    at_ms: int
    done: bool = False
