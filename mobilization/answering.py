"""Decisions about answers: a seat is one person, taken in one turn, never over the maximum, and an answer is always a
fact, also when it comes too late."""

from collections.abc import Iterator
from typing import NamedTuple

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from mobilization.claims import claim_of, is_disputed
from mobilization.commands import AnswerCall, EndAttempt, LapseCall, ReachOutside, SeeCalls
from mobilization.facts import Answered, AttemptEnded, Lapsed, Seen
from mobilization.finding import find_call, find_mobilization, find_own_call, person_of, team_of
from mobilization.ordering import attempt
from mobilization.states import SEATED, Call, CallState, Mobilization

_ANSWERS = frozenset({"accept", "decline", "later"})
_MINUTE_MS = 60_000


class _Seating(NamedTuple):
    result: str
    seated: int = 0
    standby_no: int | None = None


def answer(look: Look, command: AnswerCall, moment: Moment) -> Iterator[Fact | Sealed]:
    """First answer, change of mind or late answer alike."""
    call = find_own_call(look, command.call, moment, command.noted_by)
    if command.answer not in _ANSWERS:
        raise Refused("call.answer")
    heads = _heads(command, call)
    if _is_same(call, command, heads):
        return
    state = find_mobilization(look, call.mobilization)
    claimed = claim_of(command.claimed_at_ms, moment.now_ms)
    holds = call.seated if call.state in SEATED else 0
    seating = _Seating("declined") if command.answer == "decline" else _seat(look, call, state, heads, command.answer, holds)
    fact = Answered(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, speciality=call.speciality,
        wave=call.wave, answer=command.answer, result=seating.result, heads=heads if command.answer != "decline" else 0,
        seated=seating.seated, standby_no=seating.standby_no, eta_ms=_eta(command, call, moment.now_ms), freed=holds,
        unconfirmed=call.confirmed if holds else 0, unarrived=call.arrived if holds else 0, noted_by=command.noted_by,
        said_at_ms=command.said_at_ms, claimed_at_ms=claimed, disputed=is_disputed(call, claimed, command.noted_by),
        ends=call.state is CallState.OPEN,
    )  # fmt: skip
    yield Sealed(fact, f"person:{call.person}", {"reason": command.reason}) if command.reason else fact


def _heads(command: AnswerCall, call: Call) -> int:
    heads = call.crew_max if command.heads is None else command.heads
    if command.answer != "decline" and not 1 <= heads <= call.crew_max:
        raise Refused("call.heads", crew_max=call.crew_max)
    return heads


def _is_same(call: Call, command: AnswerCall, heads: int) -> bool:
    """Saying the same again changes nothing, unless the time of arrival is new."""
    if command.answer == "decline":
        return call.state is CallState.DECLINED
    said = {"accept": CallState.ACCEPTED, "later": CallState.LATER}[command.answer]
    return call.state is said and call.heads == heads and command.eta_min is None


def _seat(look: Look, call: Call, state: Mobilization, heads: int, answered: str, holds: int) -> _Seating:
    seats = state.seats(call.speciality)
    if state.over or seats is None:
        return _Seating("not_needed")
    if person_of(look, call.person).engaged not in (None, call.id):
        return _Seating("engaged")
    if team_of(look, call.team).engaged not in (None, call.id):
        return _Seating("team_answered")
    left = seats.maximum - seats.promised + holds
    seated = max(0, min(heads, left))
    number = call.standby_no or state.standby_next
    if seated == 0 or seated < min(call.minimum_crew, heads):
        return _Seating("standby", 0, number)
    result = "accepted" if answered == "accept" else "later"
    return _Seating(result, seated, number if seated < heads else None)


def _eta(command: AnswerCall, call: Call, now_ms: int) -> int | None:
    if command.answer == "decline":
        return None
    return now_ms + (command.eta_min * _MINUTE_MS if command.eta_min is not None else call.seconds_to * 1000)


def lapse(look: Look, command: LapseCall, _moment: Moment) -> Iterator[Fact]:
    call = find_call(look, command.call)
    if call.state is CallState.OPEN:
        yield Lapsed(
            call=call.id,
            mobilization=call.mobilization,
            person=call.person,
            team=call.team,
            speciality=call.speciality,
            wave=call.wave,
        )


def reach_outside(look: Look, command: ReachOutside, _moment: Moment) -> Iterator[Fact]:
    call = find_call(look, command.call)
    if call.state is CallState.OPEN and call.seen_ms is None and call.attempt is None:
        yield attempt(call)


def end_attempt(look: Look, command: EndAttempt, _moment: Moment) -> Iterator[Fact]:
    """How the send went. An unknown or failed one is never repeated: the next channel is the deputy, when this lapses."""
    call = find_call(look, command.call)
    if call.attempt == command.attempt and call.attempt_result is None:
        yield AttemptEnded(
            call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, channel=call.channel,
            attempt=command.attempt, result=command.result,
        )  # fmt: skip
    if command.result != "sent" and call.state is CallState.OPEN:
        yield from lapse(look, LapseCall(call=call.id), _moment)


def see(look: Look, command: SeeCalls, moment: Moment) -> Iterator[Fact]:
    """Receipts come in bundles of one person's calls; one fact a mobilization."""
    fresh: dict[str, list[str]] = {}
    for each in command.calls:
        call = find_call(look, each)
        if call.seen_ms is None and moment.actor == f"person:{call.person}":
            fresh.setdefault(call.mobilization, []).append(call.id)
    for mobilization, calls in fresh.items():
        yield Seen(mobilization=mobilization, calls=tuple(calls))
