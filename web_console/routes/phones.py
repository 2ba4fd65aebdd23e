"""Phones of people: the link that binds one, signing in by it, taking one off, and what a self-test showed."""

from typing import TypedDict

import segno
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from mobilization import LINK_MS, BindPhone, LinkPhone, ReportTest, UnbindPhone
from web_console.accounts.accounts import Signed
from web_console.bodies import Body, Code, Nothing
from web_console.house import House
from web_console.requests import decode, raw_body
from web_console.routes.common import (
    Asking,
    check_origin,
    desk_asks,
    house_of,
    phone_asks,
    receipt_answer,
    signed_officer,
    signed_phone,
)
from web_console.routes.sessions import welcome_phone

_QR_SCALE = 6


class LinkBody(Body, frozen=True, kw_only=True):
    """`code`: what stands behind `#k=` in the link."""

    code: Code


class TestBody(Body, frozen=True, kw_only=True):
    """What its owner says after the phone rang for a trial."""

    heard: bool
    felt: bool
    notified: bool
    claimed_at_ms: int | None = None


class _Where(TypedDict):
    division: str
    stations: tuple[str, ...]
    station: str


async def link(request: Request) -> Response:
    """A link for a phone of this person: recorded before it is made, shown this once, good once."""
    asking = await desk_asks(request, Nothing, who=signed_officer)
    house, person = asking.house, request.path_params["person"]
    receipt = await asking(LinkPhone(person=person, **_where(asking, person)))
    code = await house.apart(lambda: house.accounts.devices.invite(person, now_ms=house.core.now_ms()))
    path = f"/phone#k={code}"
    qr = segno.make(f"{request.url.scheme}://{request.headers.get('host', '')}{path}", error="m")
    made = {"path": path, "qr": qr.svg_data_uri(scale=_QR_SCALE, border=2), "expires_ms": house.core.now_ms() + LINK_MS}
    return receipt_answer(receipt, **made)


async def bind(request: Request) -> Response:
    """The link is used on a phone: it is signed in from now on."""
    check_origin(request)
    house, body = house_of(request), decode(await raw_body(request), LinkBody)
    devices, now_ms = house.accounts.devices, house.core.now_ms()
    found = await house.apart(lambda: devices.look_at(body.code, now_ms=now_ms))
    command = BindPhone(person=found.person, phone=found.phone)
    await house.ask(command, actor=f"person:{found.person}", command_id=f"{found.phone}/bound")
    token = await house.apart(lambda: devices.bind(body.code, found, now_ms=now_ms))
    return welcome_phone(request, token, Signed("person", found.person, found.phone))


async def unbind(request: Request) -> Response:
    """Taken off at a desk: lost, given away, or one too many."""
    asking = await desk_asks(request, Nothing, who=signed_officer)
    person, phone = request.path_params["person"], request.path_params["phone"]
    receipt = await asking(UnbindPhone(person=person, phone=phone, **_where(asking, person)))
    await asking.house.apart(asking.house.accounts.devices.unbind, phone)
    return receipt_answer(receipt)


async def report_test(request: Request) -> Response:
    asking = await phone_asks(request, TestBody)
    signed, body = signed_phone(request), asking.body
    command = ReportTest(person=signed.subject, phone=signed.phone, heard=body.heard, felt=body.felt, notified=body.notified)
    return receipt_answer(await asking(command))


def _where(asking: Asking, person: str) -> _Where:
    """Where a person belongs, and which station's keeper asks."""
    house: House = asking.house
    found = house.names.people.get(person)
    if found is None:
        raise Refused("person.unknown")
    teams = [house.names.teams[team] for team in house.names.teams_of.get(person, ()) if team in house.names.teams]
    officer = house.names.officers.get(asking.actor.partition(":")[2])
    return _Where(
        division=found.division or next((team.division for team in teams), ""),
        stations=tuple(sorted({team.station for team in teams})), station=officer.station if officer else "",
    )  # fmt: skip
