"""Incidents at the desk. A route parses, looks up what the decision needs from outside, asks the door, answers."""

from typing import TypedDict

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.core.facts import Command
from incidents import (
    CATEGORIES,
    ByOrder,
    ChangeSeverity,
    ChangeStage,
    DisposeIncident,
    InformServices,
    Need,
    PassLead,
    RaiseIncident,
    Report,
    ReverseIncident,
    ReviewIncident,
    SetNeeds,
    SetPlace,
    VerifyIncident,
    default_lead,
)
from mobilization import CloseIncident, MergeIncidents, OrderCall, RaiseAndOrder, mobilization_of
from mobilization.specialities import SPECIALITIES
from web_console.bodies import (
    ByOrderBody,
    DisposeBody,
    InformedBody,
    ItIsSo,
    LeadBody,
    MergeBody,
    NeedBody,
    NeedsBody,
    Nothing,
    OrderBody,
    PlaceSetBody,
    RaiseBody,
    SeverityBody,
    StageBody,
)
from web_console.house import House
from web_console.requests import query_position
from web_console.routes.common import answer, commander_of, desk_asks, house_of, officer_of, receipt_answer
from web_console.routes.places import find_place


class OrderedBy(TypedDict, total=False):
    by_order: ByOrder
    reason: str


async def raise_incident(request: Request) -> Response:
    """Take a report; with `order` also verify it and call out, all in one command."""
    asking = await desk_asks(request, RaiseBody)
    body: RaiseBody = asking.body
    incident = f"i-{asking.command_id}"
    raising = _raising(asking.house, incident, body)
    command: Command = raising
    if body.order:
        command = RaiseAndOrder(
            raising=raising, mobilization=mobilization_of(incident), channels=asking.house.channels, **ordered_by(body.by_order)
        )
    return receipt_answer(await asking(command))


def _raising(house: House, incident: str, body: RaiseBody) -> RaiseIncident:
    category = CATEGORIES.get(body.category)
    if category is None:
        raise Refused("incident.category", category=body.category)
    needs = needs_of(body.needs)
    place, hidden = find_place(house, body.place)
    said = body.report
    return RaiseIncident(
        incident=incident, category=body.category, severity=body.severity, name=category.zh, place=place, source=said.source,
        mode=body.mode, lead=default_lead(place), needs=needs, verify=body.verify or body.order, informed=_once_each(said.informed),
        report=Report(
            caller=said.caller, phone=said.phone, words="；".join(part for part in (body.name, said.words) if part),
            address=body.place.address, **hidden,
        ),
    )  # fmt: skip


async def set_place(request: Request) -> Response:
    """Where it is, found out or put right."""
    asking = await desk_asks(request, PlaceSetBody)
    body: PlaceSetBody = asking.body
    place, hidden = find_place(asking.house, body.place)
    command = SetPlace(
        incident=request.path_params["incident"],
        place=place,
        screen_position=body.screen_position,
        address=body.place.address,
        **hidden,
    )
    return receipt_answer(await asking(command))


async def inform(request: Request) -> Response:
    """110, 119 or 120 know of it."""
    asking = await desk_asks(request, InformedBody)
    command = InformServices(incident=request.path_params["incident"], services=_once_each(asking.body.services))
    return receipt_answer(await asking(command))


def _once_each(services: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(services)))


def needs_of(typed: tuple[NeedBody, ...]) -> tuple[Need, ...]:
    unknown = next((need.speciality for need in typed if need.speciality not in SPECIALITIES), None)
    if unknown is not None:
        raise Refused("need.speciality", speciality=unknown)
    return tuple(Need(**msgspec.structs.asdict(need)) for need in typed)


async def read_incident(request: Request) -> Response:
    """The incident, its calls and lines, as the board of the officer's post sees them."""
    officer = officer_of(request)
    house, incident = house_of(request), request.path_params["incident"]
    await house.reach(query_position(request, "at_least"))
    items = house.screens.picture(officer.post, incident)
    if items is None:
        raise Refused("incident.unknown", incident=incident)
    return answer(items)


async def open_sealed(request: Request) -> Response:
    """The sealed part of a report; that it was opened, and by whom, is recorded before it is shown."""
    commander_of(request)
    asking = await desk_asks(request, Nothing)
    incident = request.path_params["incident"]
    if asking.house.screens.picture(asking.authority.post if asking.authority else "", incident) is None:
        raise Refused("incident.unknown", incident=incident)
    receipt = await asking(asking.house.opening(f"incident:{incident}"))
    return receipt_answer(receipt, sealed=asking.house.screens.report_of(incident))


async def verify(request: Request) -> Response:
    asking = await desk_asks(request, ItIsSo)
    return receipt_answer(await asking(VerifyIncident(incident=request.path_params["incident"])))


async def change_stage(request: Request) -> Response:
    asking = await desk_asks(request, StageBody)
    command = ChangeStage(
        incident=request.path_params["incident"], stage=asking.body.stage, screen_position=asking.body.screen_position
    )
    return receipt_answer(await asking(command))


async def set_needs(request: Request) -> Response:
    asking = await desk_asks(request, NeedsBody)
    command = SetNeeds(
        incident=request.path_params["incident"], needs=needs_of(asking.body.needs), screen_position=asking.body.screen_position
    )
    return receipt_answer(await asking(command))


async def change_severity(request: Request) -> Response:
    asking = await desk_asks(request, SeverityBody)
    command = ChangeSeverity(
        incident=request.path_params["incident"], severity=asking.body.severity, screen_position=asking.body.screen_position
    )
    return receipt_answer(await asking(command))


async def dispose(request: Request) -> Response:
    asking = await desk_asks(request, DisposeBody)
    body: DisposeBody = asking.body
    command = DisposeIncident(incident=request.path_params["incident"], stage=body.as_, reason=body.reason, to=body.to)
    return receipt_answer(await asking(command))


async def merge(request: Request) -> Response:
    asking = await desk_asks(request, MergeBody)
    return receipt_answer(await asking(MergeIncidents(incident=request.path_params["incident"], into=asking.body.into)))


async def reverse(request: Request) -> Response:
    asking = await desk_asks(request, ItIsSo)
    return receipt_answer(await asking(ReverseIncident(incident=request.path_params["incident"])))


async def close(request: Request) -> Response:
    asking = await desk_asks(request, ItIsSo)
    return receipt_answer(await asking(CloseIncident(incident=request.path_params["incident"])))


async def review(request: Request) -> Response:
    """The review of a closed incident was held."""
    asking = await desk_asks(request, ItIsSo)
    return receipt_answer(await asking(ReviewIncident(incident=request.path_params["incident"])))


async def pass_lead(request: Request) -> Response:
    asking = await desk_asks(request, LeadBody)
    body: LeadBody = asking.body
    command = PassLead(
        incident=request.path_params["incident"],
        act=body.act,
        to=body.to,
        by_order=by_order(body.by_order),
        reason=body.by_order.reason,
    )
    return receipt_answer(await asking(command))


async def order(request: Request) -> Response:
    asking = await desk_asks(request, OrderBody)
    incident = request.path_params["incident"]
    command = OrderCall(
        mobilization=mobilization_of(incident), incident=incident, needs=needs_of(asking.body.needs), channels=asking.house.channels,
        screen_position=asking.body.screen_position, **ordered_by(asking.body.by_order),
    )  # fmt: skip
    return receipt_answer(await asking(command))


def by_order(body: ByOrderBody) -> ByOrder:
    return ByOrder(body=body.body, document=body.document, oral=body.oral)


def ordered_by(body: ByOrderBody | None) -> OrderedBy:
    """The order behind a call-out and its reason, where the officer gave them."""
    return {} if body is None else {"by_order": by_order(body), "reason": body.reason}
