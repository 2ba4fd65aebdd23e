"""Orders, given and called off, roll calls, and danger that was marked: which crews whose phone sleeps are to be told outside, and whether
it still makes sense. Pure."""

from command.core.facts import Fact, Look
from incidents import HAZARD, Zone, ZoneMarked
from mobilization.ending import mobilization_of
from mobilization.facts_calls import AttemptStarted
from mobilization.safety.crews import roll_of, standings
from mobilization.safety.facts import RollJoined, RollOpened
from mobilization.safety.facts_orders import OrderCalledOff, OrderGiven, OrderJoined
from mobilization.safety.states import LOST, Order
from mobilization.states import SEATED, Call, CallState, Mobilization

TOLD_TO_CREWS: tuple[type[Fact], ...] = (OrderGiven, OrderJoined, OrderCalledOff, RollOpened, RollJoined, ZoneMarked)


def told_by(fact: Fact, look: Look) -> tuple[str, str, tuple[str, ...]]:
    """What is told to which calls: about, of, calls. Nothing of a fact that tells crews nothing."""
    match fact:
        case OrderGiven() | OrderJoined():
            return "order", fact.order, _calls(fact)
        case OrderCalledOff():
            return "order_off", fact.order, _calls(fact)
        case RollOpened() | RollJoined():
            return "roll", str(fact.number), _calls(fact)
        case ZoneMarked(zone=zone, kind=kind, incident=incident) if kind == HAZARD and incident:
            return "danger", zone, _coming_or_out(look, incident)
        case _:
            return "", "", ()


def _calls(fact: OrderGiven | OrderJoined | OrderCalledOff | RollOpened | RollJoined) -> tuple[str, ...]:
    return (fact.call,) if isinstance(fact, OrderJoined | RollJoined) else tuple(crew.call for crew in fact.crews)


def _coming_or_out(look: Look, incident: str) -> tuple[str, ...]:
    state = look(f"mobilization:{mobilization_of(incident)}")
    return tuple(part.call for part in state.parts.values() if part.state in SEATED) if isinstance(state, Mobilization) else ()


def is_wanted(look: Look, attempt: AttemptStarted) -> bool:
    """Whether a message still tells something: a call that waits, an order nobody has read, a roll that waits for this crew, danger that stands."""
    call = look(f"call:{attempt.call}")
    if not isinstance(call, Call):
        return True
    match attempt.about:
        case "call":
            return call.state is CallState.OPEN
        case "order":
            order = look(f"order:{attempt.of}")
            return isinstance(order, Order) and call.id in order.unanswered
        case "roll":
            roll = roll_of(look, call.incident)
            row = roll.rows.get(call.id) if roll is not None and roll.is_open and str(roll.number) == attempt.of else None
            return row is not None and any(state in ("waiting", LOST) for state in standings(look, row).values())
        case "danger":
            zone = look(f"zone:{attempt.of}")
            return isinstance(zone, Zone) and not zone.over and call.state in SEATED
        case _:
            return True
