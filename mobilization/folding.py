"""How the state of a mobilization follows from facts. Pure. What needs count is summed up from what each call holds."""

from collections.abc import Mapping

import msgspec

from command.core.facts import Command, Deadline, Event
from incidents import Need
from mobilization.commands import LookAgain
from mobilization.facts import Amended, LookedAgain, Ordered, StoodDown, SupportAsked, WaveCalled, WaveOvertaken, WaveWithdrawn
from mobilization.facts_calls import Answered, CalledAway, Lapsed, NamesGiven, Progressed, SeatsGained
from mobilization.states import AFTER_ANSWER, LOOK_AGAIN_MS, LOOKS_DOUBLED, AskedUp, CallState, Mobilization, Part, Seats, Wave

ASKS_FOR_WAVES = (Ordered, Amended, Answered, Lapsed, Progressed, CalledAway, WaveOvertaken, LookedAgain)
"""Facts of a call-out after which more people may have to be called."""
_replace = msgspec.structs.replace
_COUNTED = ("seated", "confirmed", "arrived", "served")


def evolve_mobilization(state: Mobilization | None, event: Event) -> Mobilization | None:
    if isinstance(event.fact, Ordered):
        return _replace(as_ordered(event.fact, event.at_ms), moved_at=event.position)
    if state is None:
        return None
    after = _evolved(state, event)
    return _replace(after, moved_at=event.position) if isinstance(event.fact, ASKS_FOR_WAVES) else after


def _evolved(state: Mobilization, event: Event) -> Mobilization:  # noqa: PLR0911 -- a line a fact
    match event.fact:
        case Amended() as fact:
            return as_amended(state, fact, event.at_ms)
        case WaveCalled() as fact:
            return _called(state, fact, event.at_ms)
        case LookedAgain():
            return _replace(state, quiet_ms=event.at_ms, looked=state.looked + 1)
        case SupportAsked(to=to, speciality=speciality, short=short):
            asked = AskedUp(to=to, speciality=speciality, short=short, at_ms=event.at_ms)
            return _replace(state, asked_up=(*state.asked_up, asked))
        case StoodDown(calls=calls):
            ended = _changed(state, {call: {"state": CallState.STOOD_DOWN} for call in calls})
            return _replace(ended, over=True, asked_up=())
        case WaveWithdrawn(calls=calls):
            none = {"state": CallState.STOOD_DOWN, "seated": 0, "confirmed": 0, "waits": 0, "standby_no": None}
            return _replace(_changed(state, dict.fromkeys(calls, none)), quiet_ms=event.at_ms)
        case Answered() | Lapsed() | SeatsGained() | Progressed() | NamesGiven() | CalledAway() as fact:
            changed = _changed(state, {fact.call: _said(fact) | _there(state.parts.get(fact.call), fact)})
            return _settled(_replace(changed, quiet_ms=event.at_ms, out=_out(state.out, fact)), fact)
        case _:
            return state


def _said(fact: Answered | Lapsed | SeatsGained | Progressed | NamesGiven | CalledAway) -> dict[str, object]:  # noqa: PLR0911 -- one line a fact
    """What a call holds from here on."""
    match fact:
        case Answered(result="kept" | "eta"):
            return {}
        case Answered():
            return {
                "state": AFTER_ANSWER.get(fact.result, CallState.NOT_NEEDED), "said": fact.answer, "seated": fact.seated,
                "confirmed": fact.confirmed, "arrived": fact.arrived, "waits": fact.waits, "standby_no": fact.standby_no,
            }  # fmt: skip
        case Lapsed():
            return {"state": CallState.LAPSED, "said": "lapsed"}
        case SeatsGained():
            return {"seated": fact.seated, "waits": fact.waits, "standby_no": fact.standby_no}
        case Progressed():
            return {
                "state": CallState(fact.did), "seated": fact.seated, "confirmed": fact.confirmed, "arrived": fact.arrived,
                "waits": fact.waits, "served": fact.served,
            }  # fmt: skip
        case NamesGiven():
            return {"confirmed": fact.confirmed}
        case CalledAway():
            return {"state": CallState.STOOD_DOWN, "seated": 0, "confirmed": 0, "arrived": 0, "waits": 0, "standby_no": None}


def _there(part: Part | None, fact: object) -> dict[str, object]:
    """When a crew that said yes is reckoned to be there."""
    if part is None or not isinstance(fact, Answered) or fact.eta_ms is None:
        return {}
    return {"there_ms": part.there_if(fact.answer, fact.eta_ms)}


def _out(out: Mapping[str, int], fact: object) -> Mapping[str, int]:
    """Who set out is out until back at home, whatever becomes of the call-out; who turned back is not."""
    if isinstance(fact, Progressed) and fact.did != "released":
        return {**out, fact.call: fact.heads}
    is_back = isinstance(fact, Progressed | CalledAway) or (
        isinstance(fact, Answered) and not fact.seated and fact.result != "kept"
    )
    call = getattr(fact, "call", "")
    return {each: heads for each, heads in out.items() if each != call} if is_back and call in out else out


def as_ordered(fact: Ordered, at_ms: int) -> Mobilization:
    return Mobilization(
        id=fact.mobilization, incident=fact.incident, mode=fact.mode, scope=fact.scope, rule=fact.rule,
        needs=tuple(map(_seats, fact.needs)), channels=fact.channels, ordered_ms=at_ms, quiet_ms=at_ms,
    )  # fmt: skip


def _seats(need: Need) -> Seats:
    return Seats(speciality=need.speciality, minimum=need.minimum, maximum=need.maximum, by_ms=need.by_ms)


def as_amended(state: Mobilization, fact: Amended, at_ms: int) -> Mobilization:
    """New bounds keep what was promised, unless a new round begins. A need that is gone gives no more seats than are taken."""
    fresh = tuple(map(_seats, fact.needs))
    now = _replace(state, scope=fact.scope, rule=fact.rule, over=False, quiet_ms=at_ms, looked=0)
    now = _replace(now, asked_up=tuple(each for each in state.asked_up if each.to != fact.scope))
    if fact.round != state.round:
        return _replace(now, needs=fresh, round=fact.round, parts={}, asked_up=())
    named = {need.speciality for need in fresh}
    kept = tuple(
        _replace(s, minimum=0, maximum=s.promised) for s in state.needs if s.speciality not in named and s.promised + s.open
    )
    return _replace(now, needs=tuple(_with_bounds(state, need) for need in fresh) + kept)


def _with_bounds(state: Mobilization, fresh: Seats) -> Seats:
    before = state.seats(fresh.speciality)
    return fresh if before is None else _replace(before, minimum=fresh.minimum, maximum=fresh.maximum, by_ms=fresh.by_ms)


def _called(state: Mobilization, fact: WaveCalled, at_ms: int) -> Mobilization:
    parts, opened = dict(state.parts), dict[str, int]()
    for call in fact.calls:
        parts[call.call] = Part(
            call=call.call,
            person=call.person,
            team=call.team,
            speciality=call.speciality,
            wave=fact.wave,
            crew_max=call.crew_max,
            minimum_crew=call.minimum_crew,
            ride_ms=at_ms + call.seconds_to * 1000,
            there_ms=at_ms + call.seconds_to * 1000,
        )
        opened[call.speciality] = opened.get(call.speciality, 0) + 1
    needs = tuple(_replace(s, open=s.open + opened.get(s.speciality, 0)) for s in state.needs)
    called = _replace(
        state, parts=parts, needs=needs, waves=(*state.waves, Wave(no=fact.wave, at_ms=at_ms)), quiet_ms=at_ms, looked=0
    )
    replaced = [call.instead_of for call in fact.calls if call.instead_of in state.parts]
    return _changed(called, {call: {"state": CallState.CALLED_AGAIN, "waits": 0, "standby_no": None} for call in replaced})


def _changed(state: Mobilization, changes: dict[str, dict[str, object]]) -> Mobilization:
    """The one place where a call's share changes, and the sums of its need with it."""
    parts, needs = dict(state.parts), {seats.speciality: seats for seats in state.needs}
    for call, values in changes.items():
        before = parts.get(call)
        if before is None:  # of an earlier round
            continue
        after = parts[call] = _replace(before, **values)
        seats = needs.get(after.speciality)
        if seats is not None:
            needs[after.speciality] = _replace(
                seats, promised=seats.promised + after.seated - before.seated, confirmed=seats.confirmed + after.confirmed - before.confirmed,
                arrived=seats.arrived + after.arrived - before.arrived, served=seats.served + after.served - before.served,
                open=seats.open + (after.state is CallState.OPEN) - (before.state is CallState.OPEN),
            )  # fmt: skip
    return _replace(state, parts=parts, needs=tuple(needs.values()))


def _settled(state: Mobilization, fact: object) -> Mobilization:
    """The next number of the stand-by queue; what the tier above was asked for and is there now is asked for no more."""
    number = fact.standby_no if isinstance(fact, Answered) else None
    met = {seats.speciality for seats in state.needs if not seats.short}
    return _replace(
        state, standby_next=state.standby_next if number is None else max(state.standby_next, number + 1),
        asked_up=tuple(asked for asked in state.asked_up if asked.speciality not in met),
    )  # fmt: skip


def mobilization_deadlines(state: Mobilization) -> tuple[Deadline, ...]:
    """Short, and nobody is being called: look again, at first soon, later seldom, so that no call-out falls silent."""
    if state.over or not state.is_short or not state.is_silent:
        return ()
    wait_ms = LOOK_AGAIN_MS * 2 ** min(state.looked, LOOKS_DOUBLED)
    return (Deadline(kind="look_again", set_at_ms=state.quiet_ms, due_at_ms=state.quiet_ms + wait_ms),)


def look_again(key: str, _deadline: Deadline) -> Command:
    return LookAgain(mobilization=key.partition(":")[2])
