"""Phones of people: the link that binds one, signing in by it, taking one off, and what a self-test showed."""

import segno
from starlette.requests import Request
from starlette.responses import Response

from mobilization import LINK_MS, BindPhone, LinkPhone, ReportTest, UnbindPhone
from web_console.accounts.accounts import Signed
from web_console.bodies import Body, Code, Nothing
from web_console.requests import decode, raw_body
from web_console.routes.common import (
    check_origin,
    desk_asks,
    house_of,
    phone_asks,
    receipt_answer,
    signed_officer,
    signed_phone,
    where_of,
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


async def link(request: Request) -> Response:
    """A link for a phone of this person: recorded before it is made, shown this once, good once."""
    asking = await desk_asks(request, Nothing, who=signed_officer)
    house, person = asking.house, request.path_params["person"]
    receipt = await asking(LinkPhone(person=person, **where_of(asking.house, asking.actor, person)))
    code = await house.apart(lambda: house.accounts.devices.invite(person, now_ms=house.session_ms()))
    path = f"{request.scope.get('root_path', '')}/phone#k={code}"
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
    receipt = await asking(UnbindPhone(person=person, phone=phone, **where_of(asking.house, asking.actor, person)))
    await asking.house.apart(asking.house.accounts.devices.unbind, phone)
    return receipt_answer(receipt)


async def report_test(request: Request) -> Response:
    asking = await phone_asks(request, TestBody)
    signed, body = signed_phone(request), asking.body
    command = ReportTest(person=signed.subject, phone=signed.phone, heard=body.heard, felt=body.felt, notified=body.notified)
    return receipt_answer(await asking(command))
