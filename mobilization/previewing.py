"""What an order would do, worked out by the very deciders and planner that will do it. Nothing is recorded, nobody is called."""

from typing import NamedTuple

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from incidents import acts_on, find_open
from mobilization.chances import ASSUMED_CHANCE, OPEN_AT_LEAST, chance_of_enough, expected_people
from mobilization.commands import OrderCall
from mobilization.facts import Amended, OrderAsked, Ordered, PlannedCall
from mobilization.finding import check_commands, find_mobilization
from mobilization.folding import as_amended, as_ordered
from mobilization.ordering import order_call
from mobilization.planning import Asking, Outlook, Plan, open_crews, plan_wave
from mobilization.states import Mobilization, Seats

_NEARER = "nearer_sufficed"
_NOBODY = Plan((), (), {})


class Preview(NamedTuple):
    """The call-out as it would stand after the order, and its next wave; or, where that is for the tier above, what it would be
    asked: then nobody is called."""

    state: Mobilization | None
    plan: Plan
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
        return Preview(None, _NOBODY, asks)
    ordered = next(fact for fact in facts if isinstance(fact, Ordered | Amended))
    running = look(f"mobilization:{command.mobilization}")
    state = as_ordered(ordered, moment.now_ms) if isinstance(ordered, Ordered) else as_amended(running, ordered, moment.now_ms)
    return Preview(state, _plan(state, look, moment, outlook))


def preview_wave(mobilization: str, look: Look, moment: Moment, outlook: Outlook) -> Preview:
    """One wave more, as an officer may order it now."""
    state = find_mobilization(look, mobilization)
    incident = find_open(look, state.incident)
    check_commands(acts_on(moment.authority, incident.place), incident, state)
    if state.over:
        raise Refused("mobilization.over")
    return Preview(state, _plan(state, look, moment, outlook, more=OPEN_AT_LEAST))


def _plan(state: Mobilization, look: Look, moment: Moment, outlook: Outlook, *, more: int = 0) -> Plan:
    incident = find_open(look, state.incident)
    return plan_wave(state, incident, outlook, Asking(look, now_ms=moment.now_ms, wave_id="preview", more=more))


def fills(preview: Preview) -> list[Fill]:
    """Need by need, in the order of the call-out."""
    state, plan = preview.state, preview.plan
    return [_fill(state, seats, plan) for seats in state.needs if seats.minimum] if state is not None else []


def _fill(state: Mobilization, seats: Seats, plan: Plan) -> Fill:
    calls = tuple(call for call in plan.calls if call.speciality == seats.speciality)
    offers = [(crew, ASSUMED_CHANCE) for crew in [*open_crews(state, seats), *(call.crew_max for call in calls)]]
    held = seats.promised + seats.served
    return Fill(
        seats, calls, chance=chance_of_enough(offers, seats.short), expected=held + round(expected_people(offers, seats.free)),
        left=sum(row.reason == _NEARER and row.speciality == seats.speciality for row in plan.why_not),
    )  # fmt: skip


def _fact(decided: Fact | Sealed) -> Fact:
    return decided.fact if isinstance(decided, Sealed) else decided
