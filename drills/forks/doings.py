"""What one person did about one call, as the record has it: commands with delays, which a branch counts from its own moment."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from command.core.facts import Command, Event
from incidents import Zone
from mobilization import (
    AnswerCall,
    Answered,
    Call,
    CallOffSos,
    CallState,
    DangerReported,
    GiveNames,
    Mark,
    NamesGiven,
    Progressed,
    RaiseSos,
    ReportDanger,
    ReportProgress,
    SosRaised,
)
from mobilization.safety.facts import SosCalledOff

Key = tuple[str, str, str]
"""Incident, team, person: the same is asked of the same person."""
_MINUTE_MS = 60_000
_UNKNOWN_NAME = "—"
"""Names are sealed: a branch knows how many, and no more."""
_COMING = frozenset({CallState.ACCEPTED, CallState.LATER})
_SEATED = _COMING | {CallState.SET_OUT, CallState.ARRIVED}
_UNANSWERED = frozenset({CallState.OPEN, CallState.LAPSED})
_PAST_ANSWERING = frozenset({CallState.STOOD_DOWN, CallState.CALLED_AGAIN, CallState.RELEASED})
_LIVE = _SEATED | {CallState.OPEN, CallState.STOOD_DOWN}
_FITS: Mapping[str, frozenset[CallState]] = {
    "set_out": _COMING,
    "arrived": _COMING | {CallState.SET_OUT},
    "released": frozenset({CallState.ARRIVED}),
}


class Did(NamedTuple):
    """One thing done, so long after the thing before it; after it was over, where it was `over`, and then `there` tells whether the crew
    was on the spot. `state`: how the call stood before. Of an arrival `way_ms`: since they set out, 0 where they did not say so, and
    `zones`: what stood then."""

    position: int
    at_ms: int
    after_ms: int
    command: Command
    state: CallState
    over: bool = False
    there: bool = False
    way_ms: int = 0
    zones: tuple[Zone, ...] = ()

    @property
    def is_arrival(self) -> bool:
        return isinstance(self.command, ReportProgress) and self.command.did == "arrived"

    def fits(self, call: Call) -> bool:
        """Whether it still makes sense as the call stands in the branch."""
        if self.over or call.state is CallState.STOOD_DOWN:
            return self.over and call.state is CallState.STOOD_DOWN and bool(call.arrived) == self.there
        match self.command:
            case AnswerCall():
                return call.state not in _PAST_ANSWERING or call.state is self.state
            case ReportProgress(did=did):
                return call.state in _FITS[did] or (call.state is self.state and call.state in _SEATED)
            case _:
                return call.state in _SEATED or call.state is self.state or {call.state, self.state} == _UNANSWERED

    def command_for(self, call: Call) -> Command:
        """The same for a call of the branch; never more people than its crew has."""
        match self.command:
            case AnswerCall(heads=heads) | ReportProgress(heads=heads) as command:
                most = None if heads is None else min(heads, call.crew_max)
                return msgspec.structs.replace(command, call=call.id, heads=most)
            case GiveNames(names=names) as command:
                return GiveNames(call=call.id, names=names[: call.seated])
            case RaiseSos() | ReportDanger() as command:
                return msgspec.structs.replace(command, call=call.id)
            case command:
                return command


class Told(NamedTuple):
    """A word about a roll call or an order, so long after it was called or given to this crew."""

    position: int
    after_ms: int
    marks: tuple[Mark, ...] = ()
    receipt: str = ""


class Script(msgspec.Struct, kw_only=True):
    """One call of the record. `stayed`: for how long the call stood in a state before it stood in another, the last of them aside;
    `since_ms`: when it came into `state`; `out_ms`, `out_zones`: when it set out, and what stood then. `rolls`, `orders`: by number and by id, empty where this crew kept silent; `under`: when it came
    under them, and by which event."""

    call: str
    key: Key
    position: int
    asked_ms: int
    seen: tuple[int, int] | None = None
    dids: list[Did] = []
    state: CallState = CallState.OPEN
    since_ms: int = 0
    seated: int = 0
    there: bool = False
    over_ms: int = 0
    out_ms: int = 0
    out_zones: tuple[Zone, ...] | None = None
    stayed: dict[CallState, int] = {}
    rolls: dict[int, list[Told]] = {}
    orders: dict[str, list[Told]] = {}
    under: dict[str, tuple[int, int]] = {}

    def turns(self, state: CallState, at_ms: int) -> None:
        if state is not self.state:
            self.stayed[self.state] = at_ms - self.since_ms
            self.state, self.since_ms = state, at_ms

    def quiet_ms(self, state: CallState, known_ms: int) -> int:
        """For how long it is known that nothing more was done about a call in that state; 0 where the record was never there."""
        state = CallState.OPEN if state is CallState.LAPSED else state
        return known_ms - self.since_ms if state is self.state else self.stayed.get(state, 0)

    @property
    def is_reached(self) -> bool:
        """Whether an order to everybody would be for this crew: it has seats, or is out still."""
        return self.state in _SEATED or (self.state is CallState.STOOD_DOWN and bool(self.out_ms or self.there))

    def is_live(self, after: int, at_ms: int) -> bool:
        """Whether something was still done about it behind that position, or could have been at that time."""
        if self.dids and self.dids[-1].position > after:
            return True
        return self.state in _LIVE and (not self.over_ms or self.over_ms > at_ms)

    def done(self, until: int) -> int:
        """How many of its steps were done by that position."""
        return sum(did.position <= until for did in self.dids)

    def first(self, what: str) -> Did | None:
        return next((did for did in self.dids if isinstance(did.command, ReportProgress) and did.command.did == what), None)


def command_of(event: Event, script: Script) -> Command | None:  # noqa: PLR0911 -- a line a fact
    """What that person did, as a command; None where the fact tells of nothing new that was done."""
    match event.fact:
        case Answered(result="kept"):
            return None
        case Answered() as fact:
            is_yes = fact.answer != "decline"
            return AnswerCall(
                call=fact.call, answer=fact.answer, heads=fact.heads if is_yes else None,
                eta_min=_minutes(fact.eta_ms, event.learned_ms) if is_yes else None,
            )  # fmt: skip
        case Progressed(did=did) as fact:
            heads = None if did == "released" or fact.heads == script.seated else fact.heads
            return ReportProgress(call=fact.call, did=did, heads=heads)
        case NamesGiven() as fact:
            return GiveNames(call=fact.call, names=(_UNKNOWN_NAME,) * fact.count)
        case DangerReported() as fact:
            return ReportDanger(danger=fact.danger, call=fact.call, kind=fact.kind)
        case SosRaised() as fact:
            return RaiseSos(person=fact.person, division=fact.division, call=fact.call)
        case SosCalledOff() as fact:
            return CallOffSos(person=fact.person)
        case _:
            return None


def calls_done_about(event: Event) -> Iterator[str]:
    """The call about which a person did something by this event, which is a step of a script."""
    match event.fact:
        case Answered(result="kept"):
            return
        case Answered() | Progressed() | NamesGiven() | DangerReported() | SosRaised() | SosCalledOff() as fact:
            if fact.call:
                yield fact.call
        case _:
            return


def _minutes(eta_ms: int | None, said_ms: int) -> int | None:
    """What its leader said; a time that is no whole minute was reckoned from the way, and is reckoned again."""
    if eta_ms is None or (eta_ms - said_ms) % _MINUTE_MS:
        return None
    return (eta_ms - said_ms) // _MINUTE_MS or None
