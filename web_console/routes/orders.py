"""Orders to crews and the dangers that they report, each with its receipt."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from command.core.door import Lane
from command.core.errors import Refused
from mobilization import (
    ORDER_MIN,
    AcknowledgeDanger,
    AddDangerPhoto,
    CallOffOrder,
    Danger,
    GiveOrder,
    ReceiptOrder,
    ReportDanger,
)
from web_console.bodies import ItIsSo, Nothing
from web_console.bodies_safety import DangerBody, GiveOrderBody, NotedDangerBody, NotedReceiptBody, ReceiptBody
from web_console.requests import PHOTO_MOST, command_id, fingerprint, raw_body
from web_console.routes.common import (
    Asking,
    check_origin,
    commander_of,
    desk_asks,
    house_of,
    person_of,
    phone_asks,
    receipt_answer,
    said_on,
)
from web_console.routes.photos import name_of


async def give(request: Request) -> Response:
    asking = await desk_asks(request, GiveOrderBody)
    body: GiveOrderBody = asking.body
    command = GiveOrder(
        order=f"o-{asking.command_id}", incident=request.path_params["incident"], kind=body.kind, words=body.words, calls=body.calls,
        due_min=body.due_min or ORDER_MIN,
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def call_off(request: Request) -> Response:
    asking = await desk_asks(request, Nothing)
    return receipt_answer(await asking(CallOffOrder(order=request.path_params["order"])))


async def receipt(request: Request) -> Response:
    asking = await phone_asks(request, ReceiptBody)
    body: ReceiptBody = asking.body
    command = ReceiptOrder(
        order=request.path_params["order"], call=request.path_params["call"], receipt=body.receipt, reason=body.reason,
        claimed_at_ms=body.claimed_at_ms,
    )  # fmt: skip
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def note_receipt(request: Request) -> Response:
    """By telephone, on behalf."""
    asking = await desk_asks(request, NotedReceiptBody)
    body: NotedReceiptBody = asking.body
    command = ReceiptOrder(
        order=request.path_params["order"], call=body.call, receipt=body.receipt, reason=body.reason, noted_by=asking.actor,
        said_by=body.said_by, said_on=said_on(asking, call=body.call),
    )  # fmt: skip
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def open_order(request: Request) -> Response:
    """What was ordered, in words. Looking is recorded."""
    return await _open(request, "order", request.path_params["order"])


async def open_danger(request: Request) -> Response:
    """What a crew reported, in words. Looking is recorded."""
    return await _open(request, "danger", request.path_params["danger"])


async def _open(request: Request, kind: str, name: str) -> Response:
    commander_of(request)
    asking: Asking = await desk_asks(request, Nothing)
    house, post = asking.house, asking.authority.post if asking.authority else ""
    events = house.view.afield.sealed.get(f"{kind}:{name}", ())
    if not events or house.screens.item(f"board/{post}/duty", f"{kind}/{name}") is None:
        raise Refused(f"{kind}.unknown")
    receipt_ = await asking(house.opening(events[-1].subject or f"{kind}:{name}"))
    return receipt_answer(receipt_, sealed=house.realm.open_event(events[-1]))


async def report(request: Request) -> Response:
    asking = await phone_asks(request, DangerBody)
    body: DangerBody = asking.body
    command = ReportDanger(
        danger=f"d-{asking.command_id}", call=request.path_params["call"], kind=body.kind, words=body.words,
        claimed_at_ms=body.claimed_at_ms,
    )  # fmt: skip
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def note_danger(request: Request) -> Response:
    """By telephone, on behalf."""
    asking = await desk_asks(request, NotedDangerBody)
    body: NotedDangerBody = asking.body
    call = request.path_params["call"]
    command = ReportDanger(
        danger=f"d-{asking.command_id}", call=call, kind=body.kind, words=body.words, noted_by=asking.actor, said_by=body.said_by,
        said_on=said_on(asking, call=call),
    )  # fmt: skip
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def acknowledge(request: Request) -> Response:
    asking = await desk_asks(request, ItIsSo)
    return receipt_answer(await asking(AcknowledgeDanger(danger=request.path_params["danger"])))


async def add_photo(request: Request) -> Response:
    """A picture of what was reported: stripped and sealed like those of the desk, durable before the log says so."""
    check_origin(request)
    person, house = person_of(request), house_of(request)
    danger, id_ = house.view.look(f"danger:{request.path_params['danger']}"), command_id(request)
    if not isinstance(danger, Danger) or danger.person != person:
        raise Refused("danger.unknown")
    raw = await raw_body(request, most=PHOTO_MOST)
    bare, mime = await house.apart.strip(raw)
    mark = fingerprint(request, raw)
    photo = name_of(id_, mark)
    await run_in_threadpool(house.realm.blobs.put, photo, f"incident:{danger.incident}", bare)
    asking = Asking(house, None, f"person:{person}", id_, mark, None)
    return receipt_answer(await asking(AddDangerPhoto(danger=danger.id, photo=photo, mime=mime, size=len(bare))))
