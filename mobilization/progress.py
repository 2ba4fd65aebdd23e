"""Decisions about people on their way, their names, and their availability."""

from collections.abc import Iterator
from typing import NamedTuple

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import within
from mobilization.answering import answer
from mobilization.claims import claim_of, is_disputed, said_before_own
from mobilization.commands import AnswerCall, ComeBack, GiveNames, ReportProgress, SetAvailability
from mobilization.facts_calls import AvailabilitySet, NamesGiven, Progressed
from mobilization.finding import find_call, find_mobilization, find_own_call, person_of, sealed_words
from mobilization.safety.rolls import joining
from mobilization.seating import fill, lapsed
from mobilization.states import SEATED, Call, CallState, Seats

_STEPS = ("set_out", "arrived", "released")
AVAILABILITIES = frozenset({"available", "off_duty", "away"})
_UNTIL_RELEASED = SEATED | {CallState.STANDBY}


class _Stands(NamedTuple):
    """What the call holds after the step."""

    heads: int
    seated: int
    confirmed: int
    arrived: int
    waits: int = 0
    served: int = 0


def report(look: Look, command: ReportProgress, moment: Moment) -> Iterator[Fact | Sealed]:
    """Set out confirms; arrived counts those on the spot; released ends the task of who was there. Who turns back before
    gives the seats back, as if declining."""
    call = find_own_call(look, command.call, moment, command.noted_by)
    if command.did not in _STEPS:
        raise Refused("call.progress")
    if call.state.value == command.did and command.heads is None:
        return
    if said_before_own(call, command, moment.learned_ms) or (command.did == "set_out" and call.state is CallState.ARRIVED):
        return  # the leader's own, later word stands
    if command.did == "released" and call.state in _UNTIL_RELEASED - {CallState.ARRIVED}:
        yield from answer(look, _turning_back(command), moment)
        return
    if call.state is CallState.STOOD_DOWN and command.did != "released":
        raise Refused("call.stood_down")
    if call.state not in SEATED and not (call.state is CallState.STOOD_DOWN and call.seated):
        raise Refused("call.not_seated", state=call.state.value)
    state = find_mobilization(look, call.mobilization)
    stands = _stands(call, command, state.seats(call.speciality))
    yield sealed_words(_fact(call, command, stands, moment.now_ms), call.person, said_by=command.said_by, said_on=command.said_on)
    if command.did != "released":
        yield from joining(look, call, stands.heads, on_way=command.did == "set_out")
        yield from fill(state, call.speciality, freed=call.seated - stands.seated, but=call.id)


def _turning_back(command: ReportProgress) -> AnswerCall:
    return AnswerCall(
        call=command.call, answer="decline", claimed_at_ms=command.claimed_at_ms, noted_by=command.noted_by, said_by=command.said_by,
        said_on=command.said_on,
    )  # fmt: skip


def _stands(call: Call, command: ReportProgress, seats: Seats | None) -> _Stands:
    """Fewer than promised give the others' seats back; more take what is free, and stand by beyond it."""
    if command.did == "released":
        return _Stands(call.heads, 0, 0, 0, served=call.arrived)
    heads = call.seated if command.heads is None else command.heads
    if not 1 <= heads <= call.crew_max:
        raise Refused("call.heads", crew_max=call.crew_max)
    seated = min(heads, call.seated + (seats.free if seats is not None else 0))
    waits = call.waits if command.heads is None else heads - seated
    return _Stands(heads, seated, seated, heads if command.did == "arrived" else 0, waits)


def _fact(call: Call, command: ReportProgress, stands: _Stands, now_ms: int) -> Progressed:
    claimed = claim_of(command.claimed_at_ms, now_ms)
    return Progressed(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, speciality=call.speciality,
        did=command.did, heads=stands.heads, seated=stands.seated, confirmed=stands.confirmed, arrived=stands.arrived,
        waits=stands.waits, served=stands.served, noted_by=command.noted_by, claimed_at_ms=claimed,
        disputed=is_disputed(call, claimed, command.noted_by),
    )  # fmt: skip


def give_names(look: Look, command: GiveNames, moment: Moment) -> Iterator[Fact | Sealed]:
    """Names may follow the yes; they confirm as many."""
    call = find_own_call(look, command.call, moment, command.noted_by)
    if call.state not in SEATED:
        raise Refused("call.not_seated", state=call.state.value)
    if len(command.names) > call.seated:
        raise Refused("call.names", seated=call.seated)
    fact = NamesGiven(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, speciality=call.speciality,
        count=len(command.names), confirmed=max(call.confirmed, len(command.names)), noted_by=command.noted_by,
    )  # fmt: skip
    yield sealed_words(fact, call.person, names=list(command.names), said_by=command.said_by, said_on=command.said_on)


def set_availability(look: Look, command: SetAvailability, moment: Moment) -> Iterator[Fact | Sealed]:
    """Set by the person, or noted by the desk. Off duty is in no call: those that are open end at once, the next are called."""
    if command.noted_by:
        within(moment.authority, command.division)
    elif moment.actor != f"person:{command.person}":
        raise Refused("call.not_yours")
    if command.availability not in AVAILABILITIES:
        raise Refused("availability.unknown")
    if command.until_ms is not None and command.until_ms <= moment.now_ms:
        raise Refused("availability.until")
    person, until_ms = person_of(look, command.person), command.until_ms if command.availability != "available" else None
    if command.noted_by and moment.learned_ms < person.said_ms:
        raise Refused("availability.later_word")
    if (person.availability, person.until_ms) != (command.availability, until_ms):
        fact = AvailabilitySet(
            person=command.person, availability=command.availability, until_ms=until_ms, noted_by=command.noted_by,
        )  # fmt: skip
        yield sealed_words(fact, command.person, said_by=command.said_by, said_on=command.said_on)
    if command.availability != "available":
        for each in person.open:
            yield from lapsed(look, find_call(look, each), "off_duty")


def come_back(_look: Look, command: ComeBack, _moment: Moment) -> Iterator[Fact]:
    """The time that was given with the absence has come."""
    yield AvailabilitySet(person=command.person, availability="available")
