"""New incidents ring until somebody at the post has heard them."""

from starlette.requests import Request
from starlette.responses import Response

from incidents import AcknowledgeAlarms
from web_console.bodies import AlarmsBody
from web_console.routes.common import desk_asks, receipt_answer


async def acknowledge(request: Request) -> Response:
    """For the whole post: all its desks fall silent."""
    asking = await desk_asks(request, AlarmsBody)
    return receipt_answer(await asking(AcknowledgeAlarms(incidents=asking.body.incidents)))
