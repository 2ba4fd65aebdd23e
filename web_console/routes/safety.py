"""Roll calls and SOS: what the desk does, and what leaders do on their phones."""

from io import BytesIO

import segno
from starlette.requests import Request
from starlette.responses import Response

from command.core.door import Lane
from command.core.errors import Refused
from geo import cell_of
from mobilization import ROLL_MIN, AnswerRoll, CallOffSos, CloseRoll, Mark, OpenRoll, RaiseSos, ResolveSos, TakeSos
from web_console.bodies import Nothing
from web_console.bodies_safety import (
    CloseRollBody,
    FineBody,
    MarkBody,
    NotedFineBody,
    NotedRollBody,
    NotedSosBody,
    ResolveBody,
    RollAnswerBody,
    RollBody,
    SosBody,
)
from web_console.house import House
from web_console.routes.common import Asking, commander_of, desk_asks, house_of, officer_of, phone_asks, receipt_answer, said_on


async def open_roll(request: Request) -> Response:
    asking = await desk_asks(request, RollBody)
    command = OpenRoll(incident=request.path_params["incident"], due_min=asking.body.due_min or ROLL_MIN)
    return receipt_answer(await asking(command))


async def close_roll(request: Request) -> Response:
    asking = await desk_asks(request, CloseRollBody)
    return receipt_answer(await asking(CloseRoll(incident=request.path_params["incident"], reason=asking.body.reason)))


async def note_roll(request: Request) -> Response:
    """By telephone, radio, face to face or from paper: who said it is sealed; the desk is named."""
    asking = await desk_asks(request, NotedRollBody)
    body: NotedRollBody = asking.body
    call = request.path_params["call"]
    command = AnswerRoll(
        call=call, marks=_marks(body.marks), words=body.words, noted_by=asking.actor, said_by=body.said_by,
        said_on=said_on(asking, call=call),
    )  # fmt: skip
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def answer_roll(request: Request) -> Response:
    asking = await phone_asks(request, RollAnswerBody)
    body: RollAnswerBody = asking.body
    command = AnswerRoll(
        call=request.path_params["call"], marks=_marks(body.marks), words=body.words, claimed_at_ms=body.claimed_at_ms
    )
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


def _marks(marks: tuple[MarkBody, ...]) -> tuple[Mark, ...]:
    return tuple(Mark(no=mark.no, state=mark.state) for mark in marks)


async def open_crew(request: Request) -> Response:
    """The names that were given of a crew, its leader's name and number, and what was said of it in the roll; recorded."""
    commander_of(request)
    asking = await desk_asks(request, Nothing)
    house, id_ = asking.house, request.path_params["call"]
    call = house.screens.call_of(_post(asking), id_)
    receipt = await asking(house.opening(f"person:{call.person}"))
    given, said = house.view.afield.sealed.get(f"names:{id_}", ()), house.view.afield.sealed.get(f"roll:{id_}", ())
    named = house.realm.open_event(given[-1]) if given else None
    leader = house.names.people.get(call.person)
    told = [opened for event in said if (opened := house.realm.open_event(event)) is not None]
    sealed = {
        "names": named.get("names", []) if named else [], "leader": leader.name if leader else None,
        "phone": leader.phone if leader else None, "told": told,
    }  # fmt: skip
    return receipt_answer(receipt, sealed=sealed)


def _post(asking: Asking) -> str:
    return asking.authority.post if asking.authority else ""


async def crew_qr(request: Request) -> Response:
    """A QR that opens the phone's page of a call, for the roll-call sheet. It names nobody and opens nothing by itself."""
    officer, house = officer_of(request), house_of(request)
    call = request.path_params["call"]
    house.screens.call_of(officer.post, call)
    out = BytesIO()
    segno.make(f"{request.base_url}phone?call={call}", error="m").save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, unit="mm"
    )
    return Response(out.getvalue(), media_type="image/svg+xml", headers={"X-Content-Type-Options": "nosniff"})


async def raise_sos(request: Request) -> Response:
    """Before everything else that waits. Half a position is none."""
    asking = await phone_asks(request, SosBody)
    body: SosBody = asking.body
    person = asking.actor.partition(":")[2]
    lon, lat = (body.lon, body.lat) if body.lon is not None and body.lat is not None and abs(body.lat) <= _POLE else (None, None)
    cell, cell_lon, cell_lat = cell_of(lon, lat) if lon is not None and lat is not None else ("", None, None)
    command = RaiseSos(
        person=person, division=_division_of(asking.house, person), call=body.call, lon=lon, lat=lat,
        accuracy_m=body.accuracy_m if lon is not None else None, cell=cell, cell_lon=cell_lon, cell_lat=cell_lat, words=body.words,
        claimed_at_ms=body.claimed_at_ms,
    )  # fmt: skip
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


_POLE = 90


async def note_sos(request: Request) -> Response:
    """By telephone, on behalf."""
    asking = await desk_asks(request, NotedSosBody)
    body: NotedSosBody = asking.body
    person = request.path_params["person"]
    command = RaiseSos(
        person=person, division=_division_of(asking.house, person), call=body.call, words=body.words, noted_by=asking.actor,
        said_by=body.said_by, said_on=said_on(asking, person=person),
    )  # fmt: skip
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


def _division_of(house: House, person: str) -> str:
    """Where a person belongs: as registered, else with the first team; in doubt the whole city."""
    found = house.names.people.get(person)
    if found is None:
        raise Refused("person.unknown")
    teams = [house.names.teams[team].division for team in house.names.teams_of.get(person, ()) if team in house.names.teams]
    return found.division or next(iter(teams), house.city)


async def fine(request: Request) -> Response:
    asking = await phone_asks(request, FineBody)
    command = CallOffSos(person=asking.actor.partition(":")[2], claimed_at_ms=asking.body.claimed_at_ms)
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def note_fine(request: Request) -> Response:
    asking = await desk_asks(request, NotedFineBody)
    command = CallOffSos(person=request.path_params["person"], noted_by=asking.actor, said_by=asking.body.said_by)
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def take_sos(request: Request) -> Response:
    """Who takes it gets the exact position and the words with the receipt; that they were opened is recorded."""
    commander_of(request)
    asking = await desk_asks(request, Nothing)
    person = request.path_params["person"]
    receipt = await asking(TakeSos(person=person), lane=Lane.SOS_AND_ANSWERS)
    await asking.house.ask(asking.house.opening(f"person:{person}"), actor=asking.actor, authority=asking.authority)
    return receipt_answer(receipt, sealed=_sealed_of(asking.house, person))


async def open_sos(request: Request) -> Response:
    commander_of(request)
    asking = await desk_asks(request, Nothing)
    person = request.path_params["person"]
    if asking.house.screens.item(f"board/{_post(asking)}/duty", f"sos/{person}") is None:
        raise Refused("sos.none")
    return receipt_answer(await asking(asking.house.opening(f"person:{person}")), sealed=_sealed_of(asking.house, person))


def _sealed_of(house: House, person: str) -> dict[str, object]:
    """All that was said with this SOS, the newest last to count; who it is, and the number."""
    found: dict[str, object] = {}
    for event in house.view.afield.sealed.get(f"sos:{person}", ()):
        found |= house.realm.open_event(event) or {}
    known = house.names.people.get(person)
    return found | {"name": known.name if known else None, "phone": known.phone if known else None}


async def resolve_sos(request: Request) -> Response:
    asking = await desk_asks(request, ResolveBody)
    return receipt_answer(await asking(ResolveSos(person=request.path_params["person"], words=asking.body.words)))
