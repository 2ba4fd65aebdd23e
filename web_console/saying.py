"""What a message outside the house says, and which goes first."""

from collections.abc import Callable

from mobilization import FOR_CREWS, AttemptStarted, Call, Order
from web_console.board.view import View
from web_console.sms import answer_text, call_text, crew_text, over_text, spoken_text


def text_of(view: View, attempt: AttemptStarted, *, answers: bool, letter_of: Callable[[Call], str]) -> str:
    """`answers`: whether its channel brings replies; `letter_of`: which call of its telephone it is."""
    call, order = view.call(attempt.call), view.look(f"order:{attempt.of}") if attempt.about in {"order", "order_off"} else None
    kind = order.kind if isinstance(order, Order) else ""
    if attempt.channel == "voice":
        return spoken_text(answers=answers, about=attempt.about, order=kind)
    if attempt.about in FOR_CREWS:
        return crew_text(attempt.about, order=kind)
    if attempt.about == "over" or call is None:
        return over_text()
    return answer_text(call) if attempt.about == "answer" else call_text(answers=answers, letter=letter_of(call))


def urgency_of(view: View, attempt: AttemptStarted) -> tuple[int, ...]:
    """Crews that are out first, then the gravest, calls before what is over, the nearest first."""
    call = view.call(attempt.call)
    incident = view.incident(call.incident) if call is not None else None
    return (
        attempt.about not in FOR_CREWS, incident.severity if incident else 9, attempt.about != "call",
        call.seconds_to if call is not None else 0,
    )  # fmt: skip
