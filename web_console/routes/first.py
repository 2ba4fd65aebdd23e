"""The first sign-in: with a one-time code from `muster link` one chooses a password, and is signed in."""

from collections.abc import Callable
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from web_console.accounts.accounts import Signed
from web_console.bodies import Body, Code
from web_console.requests import decode, raw_body
from web_console.routes.common import check_origin, house_of
from web_console.routes.sessions import welcome_at_desk, welcome_on_phone


class FirstBody(Body, frozen=True, kw_only=True):
    """`code` as printed; dashes, spaces and capitals do not matter."""

    code: Code
    password: Annotated[str, msgspec.Meta(max_length=256)]


async def desk_first(request: Request) -> Response:
    return await _first(request, "officer", welcome_at_desk)


async def phone_first(request: Request) -> Response:
    return await _first(request, "person", welcome_on_phone)


async def _first(request: Request, kind: str, welcome: Callable[[Request, str, Signed], Response]) -> Response:
    check_origin(request)
    house, body = house_of(request), decode(await raw_body(request), FirstBody)

    def accept() -> Response:
        return welcome(request, *house.accounts.accept(body.code, body.password, kind=kind, now_ms=house.session_ms()))

    return await house.apart(accept)
