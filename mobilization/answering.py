"""Decisions about answers: a seat is one person, taken in one turn, never over the maximum, and an answer is always a
fact, also when it comes too late."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from incidents import CATEGORIES, Incident
from mobilization.calling import confirmation
from mobilization.claims import claim_of, is_disputed, said_before_own
from mobilization.commands import AnswerCall
from mobilization.facts_calls import Answered
from mobilization.finding import find_mobilization, find_own_call, sealed_words
from mobilization.seating import Seating, fill, seat
from mobilization.states import TEXTS, Call, CallState

_ANSWERS = frozenset({"accept", "decline", "later"})
_GOING = frozenset({CallState.SET_OUT, CallState.ARRIVED})
_NOTHING_HELD = frozenset({CallState.DECLINED, CallState.RELEASED, CallState.NOT_NEEDED, CallState.CALLED_AGAIN})
_MINUTE_MS = 60_000


def answer(look: Look, command: AnswerCall, moment: Moment) -> Iterator[Fact | Sealed]:
    """First answer, change of mind or late answer alike. A no from before the desk noted that they were going takes nobody off the
    spot: both are shown, the desk is asked."""
    call = find_own_call(look, command.call, moment, command.noted_by)
    if command.answer not in _ANSWERS:
        raise Refused("call.answer")
    if command.by == "link" and call.answered_by not in ("", "link"):
        raise Refused("link.answered")  # whoever holds a link of a group is not surely the leader
    if command.by in TEXTS:
        yield confirmation(call, command.by, moment.now_ms)
    heads = _heads(command, call)
    if said_before_own(call, command, moment.learned_ms) or _is_old_no(call, command, moment):
        yield _words(call, command, _fact(look, call, command, moment, _as_before(call, "kept"), heads))
    elif call.state in _GOING and command.answer != "decline":
        if command.eta_min is not None and call.state is CallState.SET_OUT:
            yield _fact(look, call, command, moment, _as_before(call, "eta"), heads)
    elif not _is_same(call, command, heads):
        state = find_mobilization(look, call.mobilization)
        eta_ms = _eta(command, call, moment.learned_ms)
        seating = (
            Seating("declined") if command.answer == "decline"
            else seat(look, call, state, heads=heads, answered=command.answer, eta_ms=eta_ms)
        )  # fmt: skip
        yield _words(call, command, _fact(look, call, command, moment, seating, heads))
        yield from fill(state, call.speciality, freed=call.seated - seating.seated, but=call.id)


def _is_old_no(call: Call, command: AnswerCall, moment: Moment) -> bool:
    if command.answer != "decline" or call.state not in _GOING:
        return False
    return is_disputed(call, claim_of(command.claimed_at_ms, moment.now_ms), command.noted_by)


def _as_before(call: Call, result: str) -> Seating:
    return Seating(result, call.seated, call.waits, call.standby_no)


def _heads(command: AnswerCall, call: Call) -> int:
    heads = call.crew_max if command.heads is None else command.heads
    if command.answer != "decline" and not 1 <= heads <= call.crew_max:
        raise Refused("call.heads", crew_max=call.crew_max)
    return heads


def _is_same(call: Call, command: AnswerCall, heads: int) -> bool:
    """Saying the same again changes nothing, unless the time of arrival is new."""
    if call.state is CallState.STOOD_DOWN and (call.seated or command.answer == "decline"):
        return True
    if command.answer == "decline":
        return call.state in _NOTHING_HELD
    said = {"accept": CallState.ACCEPTED, "later": CallState.LATER}[command.answer]
    return call.state is said and call.heads == heads and command.eta_min is None


def _fact(look: Look, call: Call, command: AnswerCall, moment: Moment, seating: Seating, heads: int) -> Answered:
    claimed = claim_of(command.claimed_at_ms, moment.now_ms)
    is_yes = command.answer != "decline"
    return Answered(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, speciality=call.speciality,
        wave=call.wave, answer=command.answer, result=seating.result, heads=heads if is_yes else 0, seated=seating.seated,
        confirmed=min(call.confirmed, seating.seated), arrived=min(call.arrived, seating.seated), waits=seating.waits, standby_no=seating.standby_no, late=seating.late,
        eta_ms=_eta(command, call, moment.learned_ms) if is_yes else None,
        risks_read=_risks(look, call) if is_yes and not command.noted_by and command.by in ("", "link") else (), noted_by=command.noted_by, by=command.by,
        claimed_at_ms=claimed, disputed=seating.result == "kept" or is_disputed(call, claimed, command.noted_by),
    )  # fmt: skip


def _risks(look: Look, call: Call) -> tuple[str, ...]:
    """The risk statement stands above the buttons: who taps yes has read it."""
    incident = look(f"incident:{call.incident}")
    category = CATEGORIES.get(incident.category) if isinstance(incident, Incident) else None
    return category.risks if category is not None else ()


def _eta(command: AnswerCall, call: Call, said_ms: int) -> int:
    return said_ms + (command.eta_min * _MINUTE_MS if command.eta_min is not None else call.seconds_to * 1000)


def _words(call: Call, command: AnswerCall, fact: Answered) -> Fact | Sealed:
    return sealed_words(
        fact, call.person, reason=command.reason, said_by=command.said_by, said_on=command.said_on, words=command.words
    )
