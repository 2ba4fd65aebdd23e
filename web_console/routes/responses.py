"""Responses: the activation of a post at a level, recorded as ordered."""

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.tiers.divisions import covers
from incidents import CATEGORIES, ChangeLevel, EndResponse, StartResponse
from incidents import Response as Running
from web_console.bodies import EndBody, LevelBody, Nothing, ResponseBody
from web_console.routes.common import commander_of, desk_asks, receipt_answer
from web_console.routes.incidents import by_order


async def start(request: Request) -> Response:
    asking = await desk_asks(request, ResponseBody)
    body: ResponseBody = asking.body
    if body.category not in CATEGORIES:
        raise Refused("incident.category", category=body.category)
    if body.division not in asking.house.names.divisions:
        raise Refused("division.unknown", division=body.division)
    command = StartResponse(
        response=f"r-{asking.command_id}", division=body.division, category=body.category, level=body.level, item=body.item,
        term_h=body.term_h, measures=body.measures, by_order=by_order(body.by_order),
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def open_sealed(request: Request) -> Response:
    """What was ordered, in words: item and measures. Looking is recorded."""
    commander_of(request)
    asking = await desk_asks(request, Nothing)
    response = request.path_params["response"]
    event = asking.house.view.started.get(response)
    state = asking.house.view.look(f"response:{response}")
    post = asking.authority.post if asking.authority else ""
    if event is None or not isinstance(state, Running) or not (covers(post, state.division) or covers(state.division, post)):
        raise Refused("response.unknown")
    receipt = await asking(asking.house.opening(f"response:{response}"))
    return receipt_answer(receipt, sealed=asking.house.realm.open_event(event))


async def change_level(request: Request) -> Response:
    asking = await desk_asks(request, LevelBody)
    order = asking.body.by_order
    command = ChangeLevel(
        response=request.path_params["response"], level=asking.body.level, reason=order.reason, by_order=by_order(order)
    )
    return receipt_answer(await asking(command))


async def end(request: Request) -> Response:
    asking = await desk_asks(request, EndBody)
    order = asking.body.by_order
    command = EndResponse(response=request.path_params["response"], reason=order.reason, by_order=by_order(order))
    return receipt_answer(await asking(command))
