"""How the states of calls, people, teams and waiting orders follow from facts, and what falls due in a call. Pure."""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from command.core.facts import Command, Deadline, Event, Kind
from mobilization.commands import ComeBack, LapseCall, ReachOutside
from mobilization.facts import Amended, OrderAsked, Ordered, StoodDown, WaveCalled, WaveWithdrawn
from mobilization.facts_calls import (
    Answered,
    AttemptEnded,
    AttemptStarted,
    AvailabilitySet,
    CalledAway,
    Lapsed,
    NamesGiven,
    Progressed,
    RingBegun,
    SeatsGained,
    Seen,
)
from mobilization.folding import evolve_mobilization, look_again, mobilization_deadlines
from mobilization.phones.facts import PHONE_FACTS
from mobilization.phones.states import evolve_phones
from mobilization.replies import REPLY_KIND
from mobilization.states import AFTER_ANSWER, UNHEARD_MS, UNREAD_MS, Asked, Call, CallState, Person, Team, Unasked, round_of

_replace = msgspec.structs.replace
_LAPSE, _UNREAD, _UNHEARD = "lapse", "unread", "unheard"
_REMEMBERED = 50
_ANSWERS_NOTHING = frozenset({"kept", "eta"})
_S = TypeVar("_S", Person, Team)


def evolve_call(state: Call | Unasked, event: Event) -> Call | Unasked:
    fact = event.fact
    if isinstance(fact, WaveCalled):
        return _asked(fact, state, event.at_ms)
    return state if isinstance(state, Unasked) else _evolved(state, fact, event)


def _evolved(state: Call, fact: object, event: Event) -> Call:  # noqa: PLR0911, PLR0912 -- a line a fact
    match fact:
        case Answered():
            return _answered(state, fact, event)
        case SeatsGained(seated=seated, waits=waits, standby_no=number):
            return _replace(state, seated=seated, waits=waits, standby_no=number)
        case Progressed():
            return _progressed(state, fact, event)
        case NamesGiven(confirmed=confirmed):
            return _replace(state, confirmed=confirmed)
        case Lapsed():
            return _replace(state, state=CallState.LAPSED)
        case Seen():
            return state if state.seen_ms else _replace(state, seen_ms=event.at_ms)
        case StoodDown() | WaveWithdrawn():
            return _replace(state, state=CallState.STOOD_DOWN, over_ms=event.at_ms)
        case CalledAway():
            return _replace(
                state, state=CallState.STOOD_DOWN, over_ms=event.at_ms, seated=0, confirmed=0, arrived=0, waits=0, standby_no=None
            )
        case AttemptStarted(about="over"):
            return _replace(state, told_over=True)
        case AttemptStarted(about="call", channel=channel, attempt=attempt):
            return _replace(state, channel=channel, attempt=attempt, attempt_result=None, tried=(*state.tried, channel))
        case AttemptEnded(attempt=attempt, result=result) if attempt == state.attempt:
            return _replace(state, attempt_result=result, attempt_ended_ms=event.at_ms)
        case RingBegun(by=by):
            return _replace(state, rung_by=by, rung_ms=event.at_ms)
        case _:
            return state


def _asked(fact: WaveCalled, state: Call | Unasked, at_ms: int) -> Call | Unasked:
    planned = next((each for each in fact.calls if each.call == state.id), None)
    if planned is None:  # filed here because another call takes this one's place
        return state if isinstance(state, Unasked) else _replace(state, state=CallState.CALLED_AGAIN, waits=0, standby_no=None)
    return Call(
        id=state.id, mobilization=fact.mobilization, incident=fact.incident, round=fact.round, wave=fact.wave, team=planned.team,
        person=planned.person, role=planned.role, speciality=planned.speciality, crew_max=planned.crew_max,
        minimum_crew=planned.minimum_crew, distance_m=planned.distance_m, seconds_to=planned.seconds_to, asked_ms=at_ms,
        due_ms=fact.due_ms, awake=planned.awake, channels=fact.channels, division=planned.division,
        instead_of=planned.instead_of, from_lon=planned.from_lon, from_lat=planned.from_lat, simulated=planned.simulated,
        approximate=planned.approximate,
    )  # fmt: skip


def _answered(state: Call, fact: Answered, event: Event) -> Call:
    if fact.result == "kept":
        return _replace(state, disputed=True)
    if fact.result == "eta":
        return _replace(state, eta_ms=fact.eta_ms)
    return _replace(
        state, state=AFTER_ANSWER.get(fact.result, CallState.NOT_NEEDED), heads=fact.heads, seated=fact.seated,
        confirmed=fact.confirmed, arrived=fact.arrived, waits=fact.waits, standby_no=fact.standby_no, late=fact.late, eta_ms=fact.eta_ms,
        answered_ms=event.at_ms, noted_by=fact.noted_by, noted_said_ms=event.learned_ms if fact.noted_by else None,
        claimed_ms=fact.claimed_at_ms, disputed=fact.disputed, answered_by="desk" if fact.noted_by else fact.by or "page",
    )  # fmt: skip


def _progressed(state: Call, fact: Progressed, event: Event) -> Call:
    return _replace(
        state, state=CallState(fact.did), heads=fact.heads, seated=fact.seated, confirmed=fact.confirmed, arrived=fact.arrived, waits=fact.waits,
        answered_ms=event.at_ms, noted_by=fact.noted_by, noted_said_ms=event.learned_ms if fact.noted_by else None,
        claimed_ms=fact.claimed_at_ms, disputed=fact.disputed or state.disputed,
        answered_by="desk" if fact.noted_by else "page",
    )  # fmt: skip


def call_deadlines(state: Any) -> Iterator[Deadline]:
    """An open offer lapses; on a waking phone that shows nothing, and after a message that brings no answer, it first tries the next
    channel."""
    if not isinstance(state, Call) or state.state is not CallState.OPEN:
        return
    yield Deadline(kind=_LAPSE, set_at_ms=state.asked_ms, due_at_ms=state.due_ms, waits_for_people=True)
    if state.awake and state.channels and state.seen_ms is None and state.attempt is None:
        due = state.asked_ms + UNREAD_MS
        yield Deadline(kind=_UNREAD, set_at_ms=state.asked_ms, due_at_ms=due, waits_for_people=True)
    ended_ms = state.attempt_ended_ms if state.attempt_result == "sent" and state.seen_ms is None else None
    if ended_ms is not None and state.next_channel("sent") is not None:
        yield Deadline(kind=_UNHEARD, set_at_ms=ended_ms, due_at_ms=ended_ms + UNHEARD_MS, waits_for_people=True)


def fall(key: str, deadline: Deadline) -> Command:
    call = key.partition(":")[2]
    return LapseCall(call=call) if deadline.kind == _LAPSE else ReachOutside(call=call)


def evolve_person(state: Person, event: Event) -> Person:  # noqa: PLR0911 -- a line a fact
    if isinstance(event.fact, PHONE_FACTS):
        return _replace(state, phones=evolve_phones(state.phones, event.fact, event.at_ms))
    match event.fact:
        case AvailabilitySet(availability=availability, until_ms=until_ms):
            said_ms = event.learned_ms if event.fact.noted_by or event.actor == f"person:{state.id}" else state.said_ms
            return _replace(state, availability=availability, until_ms=until_ms, set_ms=event.at_ms, said_ms=said_ms)
        case WaveCalled() as fact:
            new = tuple(call.call for call in fact.calls if call.person == state.id)
            asked = round_of(fact.mobilization, fact.round)
            silent = tuple(each for each in state.silent if each != asked)
            return _replace(state, open=state.open + new, asked=(*state.asked[-_REMEMBERED:], asked), silent=silent)
        case Answered() as fact:
            silent = tuple(each for each in state.silent if each.rpartition("/")[0] != fact.mobilization)
            return _replace(state, open=_less(state.open, fact.call), engaged=_engaged(state.engaged, fact), silent=silent)
        case Lapsed(why="off_duty") as fact:  # was never really asked: once back, may be called
            before = tuple(each for each in state.asked if each != round_of(fact.mobilization, fact.round))
            return _replace(state, open=_less(state.open, fact.call), asked=before)
        case Lapsed() as fact:
            silent = (*state.silent[-_REMEMBERED:], round_of(fact.mobilization, fact.round))
            return _replace(state, open=_less(state.open, fact.call), silent=silent)
        case Progressed(did="released", call=call) if state.engaged == call:
            return _replace(state, engaged=None)
        case StoodDown(calls=calls):
            return _freed(state, calls)
        case CalledAway(call=call):
            return _freed(state, (call,))
        case WaveWithdrawn(calls=calls) as fact:  # may be called again, should it be needed after all
            before = tuple(each for each in state.asked if each != round_of(fact.mobilization, fact.round))
            return _replace(_freed(state, calls), asked=before)
        case _:
            return state


def person_deadlines(state: Any) -> Iterator[Deadline]:
    """Whoever said until when is available again at that time."""
    if isinstance(state, Person) and state.until_ms is not None:
        yield Deadline(kind="back", set_at_ms=state.set_ms, due_at_ms=state.until_ms)


def come_back(key: str, _deadline: Deadline) -> Command:
    return ComeBack(person=key.partition(":")[2])


def evolve_team(state: Team, event: Event) -> Team:  # noqa: PLR0911 -- a line a fact
    match event.fact:
        case WaveCalled() as fact:
            return _replace(state, open=state.open + tuple(call.call for call in fact.calls if call.team == state.id))
        case Answered() as fact:
            return _replace(state, open=_less(state.open, fact.call), engaged=_engaged(state.engaged, fact))
        case Lapsed(call=call):
            return _replace(state, open=_less(state.open, call))
        case Progressed(did="released", call=call) if state.engaged == call:
            return _replace(state, engaged=None)
        case StoodDown(calls=calls) | WaveWithdrawn(calls=calls):
            return _freed(state, calls)
        case CalledAway(call=call):
            return _freed(state, (call,))
        case _:
            return state


def evolve_asked(state: Asked | None, event: Event) -> Asked | None:
    match event.fact:
        case OrderAsked() as fact:
            return Asked(
                incident=fact.incident,
                from_post=fact.from_post,
                to=fact.to,
                people=fact.people,
                needs=fact.needs,
                at_ms=event.at_ms,
            )
        case Ordered() | Amended() if state is not None:
            return _replace(state, done=True)
        case _:
            return state


def _less(calls: tuple[str, ...], call: str) -> tuple[str, ...]:
    return tuple(each for each in calls if each != call)


def _engaged(engaged: str | None, fact: Answered) -> str | None:
    """A seat engages; giving it back frees."""
    if fact.result in _ANSWERS_NOTHING:
        return engaged
    if fact.seated:
        return fact.call
    return None if engaged == fact.call else engaged


def _freed(state: _S, calls: tuple[str, ...]) -> _S:
    gone = frozenset(calls)
    return _replace(
        state, open=tuple(c for c in state.open if c not in gone), engaged=None if state.engaged in gone else state.engaged
    )


KINDS = (
    Kind("mobilization", evolve_mobilization, mobilization_deadlines, look_again),
    Kind("call", evolve_call, call_deadlines, fall, Unasked),
    Kind("person", evolve_person, person_deadlines, come_back, born=lambda name: Person(id=name)),
    Kind("team", evolve_team, born=lambda name: Team(id=name)),
    Kind("asked", evolve_asked),
    REPLY_KIND,
)
