"""What an order would do, worked out by the very deciders and planner that will do it. Nothing is recorded, nobody is called."""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from incidents import acts_on, find_open
from mobilization.chances import ASSUMED_CHANCE, OPEN_AT_LEAST, chance_of_enough, expected_people
from mobilization.commands import OrderCall
from mobilization.facts import Amended, OrderAsked, Ordered, PlannedCall
from mobilization.finding import check_commands, find_mobilization
from mobilization.folding import as_amended, as_ordered
from mobilization.gates import Gates, team_reason
from mobilization.ordering import order_call
from mobilization.planning import Asking, Outlook, Plan, gates_of, open_crews, plan_wave
from mobilization.states import Mobilization, Seats
from mobilization.whynot import NEARER, NotCalled

_NOBODY = Plan((), (), {})


class Preview(NamedTuple):
    """The call-out as it would stand after the order, and its next wave; or, where that is for the tier above, what it would be
    asked: then nobody is called. `left`: by speciality, teams that pass every gate and are not called."""

    state: Mobilization | None
    plan: Plan
    left: Mapping[str, int]
    asks: OrderAsked | None = None


class Fill(NamedTuple):
    """What a need may expect of a plan. `chance`: of reaching its minimum; `expected`: seats taken, on average, with those who promised;
    `left`: teams that pass every gate and are not called."""

    seats: Seats
    calls: tuple[PlannedCall, ...]
    chance: float
    expected: int
    left: int


def preview_order(command: OrderCall, look: Look, moment: Moment, outlook: Outlook) -> Preview:
    """Raises what the order itself would be refused with."""
    facts = [_fact(each) for each in order_call(look, command, moment)]
    asks = next((fact for fact in facts if isinstance(fact, OrderAsked)), None)
    if asks is not None:
        return Preview(None, _NOBODY, {}, asks)
    ordered = next(fact for fact in facts if isinstance(fact, Ordered | Amended))
    running = look(f"mobilization:{command.mobilization}")
    state = as_ordered(ordered, moment.now_ms) if isinstance(ordered, Ordered) else as_amended(running, ordered, moment.now_ms)
    return _previewed(state, look, moment, outlook)


def preview_wave(mobilization: str, look: Look, moment: Moment, outlook: Outlook) -> Preview:
    """One wave more, as an officer may order it now."""
    state = find_mobilization(look, mobilization)
    incident = find_open(look, state.incident)
    check_commands(acts_on(moment.authority, incident.place), incident, state)
    if state.over:
        raise Refused("mobilization.over")
    return _previewed(state, look, moment, outlook, more=OPEN_AT_LEAST)


def _previewed(state: Mobilization, look: Look, moment: Moment, outlook: Outlook, *, more: int = 0) -> Preview:
    asking = Asking(look, now_ms=moment.now_ms, wave_id="preview", more=more)
    plan = plan_wave(state, find_open(look, state.incident), outlook, asking)
    taken = {each for call in plan.calls for each in (call.person, call.team)}
    gates = gates_of(state, outlook, asking, (), taken)
    left = {each.speciality: sum(1 for _ in _callable(each, state, gates, outlook, taken)) for each in plan.not_called}
    return Preview(state, plan, left)


def _callable(not_called: NotCalled, state: Mobilization, gates: Gates, outlook: Outlook, taken: Set[str]) -> Iterator[str]:
    """Those behind who sufficed are looked at here alone."""
    yield from (row.team for row in not_called.looked_at if row.reason == NEARER)
    seats, farther = state.seats(not_called.speciality), set(not_called.farther) - taken
    for team in outlook.roster.meeting(not_called.speciality):
        if (
            seats is not None
            and team.id in farther
            and team_reason(team, left=seats.free, look=gates.look) is None
            and gates.first(team)[0]
        ):
            yield team.id


def fills(preview: Preview) -> list[Fill]:
    """Need by need, in the order of the call-out."""
    state, plan = preview.state, preview.plan
    return (
        [_fill(state, seats, plan, preview.left.get(seats.speciality, 0)) for seats in state.needs if seats.minimum]
        if state is not None
        else []
    )


def _fill(state: Mobilization, seats: Seats, plan: Plan, left: int) -> Fill:
    calls = tuple(call for call in plan.calls if call.speciality == seats.speciality)
    offers = [(crew, ASSUMED_CHANCE) for crew in [*open_crews(state, seats), *(call.crew_max for call in calls)]]
    held = seats.promised + seats.served
    return Fill(
        seats, calls, chance=chance_of_enough(offers, seats.short), expected=held + round(expected_people(offers, seats.free)),
        left=left,
    )  # fmt: skip


def _fact(decided: Fact | Sealed) -> Fact:
    return decided.fact if isinstance(decided, Sealed) else decided
