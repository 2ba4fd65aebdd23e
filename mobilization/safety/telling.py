"""Orders, given and called off, and roll calls to crews whose phone sleeps: who is to be told outside, and whether it still makes sense. Pure."""

from command.core.facts import Fact, Look
from mobilization.facts_calls import AttemptStarted
from mobilization.safety.crews import roll_of, standings
from mobilization.safety.facts import RollJoined, RollOpened
from mobilization.safety.facts_orders import OrderCalledOff, OrderGiven, OrderJoined
from mobilization.safety.states import LOST, Order
from mobilization.states import Call, CallState

TOLD_TO_CREWS: tuple[type[Fact], ...] = (OrderGiven, OrderJoined, OrderCalledOff, RollOpened, RollJoined)


def told_by(fact: Fact) -> tuple[str, str, tuple[str, ...]]:
    """What is told to which calls: about, of, calls. Nothing of a fact that tells crews nothing."""
    match fact:
        case OrderGiven(order=order, crews=crews):
            return "order", order, tuple(crew.call for crew in crews)
        case OrderJoined(order=order, call=call):
            return "order", order, (call,)
        case OrderCalledOff(order=order, crews=crews):
            return "order_off", order, tuple(crew.call for crew in crews)
        case RollOpened(number=number, crews=crews):
            return "roll", str(number), tuple(crew.call for crew in crews)
        case RollJoined(number=number, call=call):
            return "roll", str(number), (call,)
        case _:
            return "", "", ()


def is_wanted(look: Look, attempt: AttemptStarted) -> bool:
    """Whether a message still tells something: a call that waits, an order nobody has read, a roll that waits for this crew."""
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
        case _:
            return True
