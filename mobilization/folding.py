"""How the state of a mobilization follows from facts. Pure."""

import msgspec

from command.core.facts import Event
from incidents import Need
from mobilization.facts import Amended, Answered, Lapsed, NamesGiven, Ordered, Progressed, StoodDown, SupportAsked, WaveCalled
from mobilization.states import AskedUp, Mobilization, Seats, Wave

_replace = msgspec.structs.replace


def evolve_mobilization(state: Mobilization | None, event: Event) -> Mobilization | None:  # noqa: PLR0911 -- a line a fact
    fact = event.fact
    if isinstance(fact, Ordered):
        return Mobilization(
            id=fact.mobilization, incident=fact.incident, mode=fact.mode, scope=fact.scope, rule=fact.rule,
            needs=tuple(_seats(need, None) for need in fact.needs), channels=fact.channels, ordered_ms=event.at_ms,
        )  # fmt: skip
    if state is None:
        return None
    match fact:
        case Amended(needs=needs, scope=scope, rule=rule):
            return _replace(state, needs=_amended(state, needs), scope=scope, rule=rule, over=False)
        case WaveCalled():
            return _called(state, fact, event.at_ms)
        case Answered():
            return _answered(state, fact)
        case Lapsed():
            return _lapsed(state, fact)
        case Progressed(speciality=speciality, confirmed=confirmed, arrived=arrived):
            return _moved(state, speciality, confirmed, arrived)
        case NamesGiven(speciality=speciality, confirmed=confirmed):
            return _moved(state, speciality, confirmed, 0)
        case SupportAsked(to=to, speciality=speciality, short=short):
            asked = AskedUp(to=to, speciality=speciality, short=short, at_ms=event.at_ms)
            return _replace(state, asked_up=(*state.asked_up, asked))
        case StoodDown():
            return _replace(state, over=True, needs=tuple(_replace(seats, open=0) for seats in state.needs))
        case _:
            return state


def _seats(need: Need, before: Seats | None) -> Seats:
    fresh = Seats(speciality=need.speciality, minimum=need.minimum, maximum=need.maximum, by_ms=need.by_ms)
    if before is None:
        return fresh
    return _replace(before, minimum=need.minimum, maximum=need.maximum, by_ms=need.by_ms)


def _amended(state: Mobilization, needs: tuple[Need, ...]) -> tuple[Seats, ...]:
    """New bounds keep what was promised; a need that is gone stays while people hold its seats."""
    named = {need.speciality for need in needs}
    kept = tuple(_replace(s, minimum=0) for s in state.needs if s.speciality not in named and s.promised + s.open)
    return tuple(_seats(need, state.seats(need.speciality)) for need in needs) + kept


def _called(state: Mobilization, fact: WaveCalled, at_ms: int) -> Mobilization:
    by_speciality: dict[str, int] = {}
    for call in fact.calls:
        by_speciality[call.speciality] = by_speciality.get(call.speciality, 0) + 1
    needs = tuple(_replace(s, open=s.open + by_speciality.get(s.speciality, 0)) for s in state.needs)
    wave = Wave(no=fact.wave, at_ms=at_ms, called=len(fact.calls))
    calls = (*state.calls, *(call.call for call in fact.calls))
    return _replace(state, needs=needs, calls=calls, waves=(*state.waves, wave))


def _answered(state: Mobilization, fact: Answered) -> Mobilization:
    needs = tuple(_with_answer(s, fact) if s.speciality == fact.speciality else s for s in state.needs)
    standby_next = state.standby_next if fact.standby_no is None else max(state.standby_next, fact.standby_no + 1)
    return _replace(state, needs=needs, standby_next=standby_next, waves=_counted(state.waves, fact.wave, fact.result))


def _with_answer(seats: Seats, fact: Answered) -> Seats:
    return _replace(
        seats,
        promised=seats.promised + fact.seated - fact.freed,
        confirmed=seats.confirmed - fact.unconfirmed,
        arrived=seats.arrived - fact.unarrived,
        open=seats.open - fact.ends,
    )


def _moved(state: Mobilization, speciality: str, confirmed: int, arrived: int) -> Mobilization:
    needs = tuple(
        _replace(s, confirmed=s.confirmed + confirmed, arrived=s.arrived + arrived) if s.speciality == speciality else s
        for s in state.needs
    )
    return _replace(state, needs=needs)


def _lapsed(state: Mobilization, fact: Lapsed) -> Mobilization:
    needs = tuple(_replace(s, open=s.open - 1) if s.speciality == fact.speciality else s for s in state.needs)
    return _replace(state, needs=needs, waves=_counted(state.waves, fact.wave, "lapsed"))


def _counted(waves: tuple[Wave, ...], no: int, result: str) -> tuple[Wave, ...]:
    column = {"accepted": "accepted", "later": "accepted", "declined": "declined", "lapsed": "lapsed"}.get(result)
    if column is None:
        return waves
    return tuple(_replace(w, **{column: getattr(w, column) + 1}) if w.no == no else w for w in waves)
