"""The first sign-in: with a one-time code from `muster link` one chooses a password, and is signed in."""

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from web_console.bodies import Body, Code
from web_console.requests import decode, raw_body
from web_console.routes.common import check_origin, house_of
from web_console.routes.sessions import at_desk, on_phone


class FirstBody(Body, frozen=True, kw_only=True):
    """`code` as printed; dashes, spaces and capitals do not matter."""

    code: Code
    password: Annotated[str, msgspec.Meta(max_length=256)]


async def desk_first(request: Request) -> Response:
    return at_desk(request, *await _accepted(request, "officer"))


async def phone_first(request: Request) -> Response:
    return on_phone(request, *await _accepted(request, "person"))


async def _accepted(request: Request, kind: str) -> tuple[str, str]:
    check_origin(request)
    accounts, body = house_of(request).accounts, decode(await raw_body(request), FirstBody)
    now_ms = house_of(request).core.now_ms()
    return accounts.accept(body.code, body.password, kind=kind, now_ms=now_ms), body.password
