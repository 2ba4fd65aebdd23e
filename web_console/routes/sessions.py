"""Signing in and out, at desks and on phones; both may be signed in in one browser."""

import contextlib
from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.tiers.divisions import Tier, parent_of, path_of, tier_of
from mobilization import SESSION_MS, UnbindPhone
from web_console.accounts.accounts import Signed
from web_console.board.moves import KEEPER, keeper_board
from web_console.bodies import SignIn
from web_console.directory import OfficerName
from web_console.house import House
from web_console.requests import decode, raw_body
from web_console.routes.common import (
    DESK_COOKIE,
    PHONE_COOKIE,
    answer,
    check_origin,
    house_of,
    realm_of,
    signed_officer,
    signed_phone,
)
from web_console.trainer.exercise import MAY_ACT, is_safety, may_follow, may_stop

_PATHS = {DESK_COOKIE: "/api/v1", PHONE_COOKIE: "/api/v1/me"}


async def desk_sign_in(request: Request) -> Response:
    check_origin(request)
    body = decode(await raw_body(request), SignIn)
    return await house_of(request).apart(at_desk, request, body.login, body.password)


def at_desk(request: Request, login: str, password: str) -> Response:
    """Signed in at a desk, or refused."""
    house = house_of(request)
    return welcome_at_desk(request, *house.accounts.sign_in(login, password, kind="officer", now_ms=house.session_ms()))


def welcome_at_desk(request: Request, token: str, signed: Signed) -> Response:
    house = house_of(request)
    return _with_cookie(request, answer(_desk(house, house.names.officers[signed.subject])), DESK_COOKIE, token)


async def desk_session(request: Request) -> Response:
    return answer(_desk(house_of(request), signed_officer(request)))


async def desk_sign_out(request: Request) -> Response:
    return await _signed_out(request, DESK_COOKIE)


async def phone_sign_in(request: Request) -> Response:
    check_origin(request)
    body = decode(await raw_body(request), SignIn)
    return await house_of(request).apart(on_phone, request, body.login, body.password)


def on_phone(request: Request, login: str, password: str) -> Response:
    """Signed in on a leader's phone, or refused."""
    house = house_of(request)
    return welcome_on_phone(request, *house.accounts.sign_in(login, password, kind="person", now_ms=house.session_ms()))


def welcome_on_phone(request: Request, token: str, signed: Signed) -> Response:
    return _with_cookie(request, answer(_phone(house_of(request), signed)), PHONE_COOKIE, token)


def welcome_phone(request: Request, token: str, signed: Signed) -> Response:
    """A bound phone stays signed in through a restart of its browser."""
    response = answer(_phone(house_of(request), signed))
    return _with_cookie(request, response, PHONE_COOKIE, token, max_age_s=SESSION_MS // 1000)


async def phone_session(request: Request) -> Response:
    house, signed, token = house_of(request), signed_phone(request), request.cookies.get(PHONE_COOKIE, "")
    began_anew = bool(signed.phone) and await house.apart(partial(house.accounts.devices.renew, token, now_ms=house.session_ms()))
    return welcome_phone(request, token, signed) if began_anew else answer(_phone(house, signed))


async def phone_sign_out(request: Request) -> Response:
    """A bound phone is bound no longer."""
    check_origin(request)
    house = house_of(request)
    with contextlib.suppress(Refused):
        signed = signed_phone(request)
        if signed.phone:
            await house.apart(house.accounts.devices.unbind, signed.phone)
            command = UnbindPhone(person=signed.subject, phone=signed.phone)
            await house.ask(command, actor=f"person:{signed.subject}")
    return await _signed_out(request, PHONE_COOKIE)


def _desk(house: House, officer: OfficerName) -> dict[str, object]:
    station = house.names.stations.get(officer.station)
    post = {"division": officer.post, "tier": tier_of(officer.post).value, "name": house.names.division(officer.post)}
    return {
        "officer": {
            "id": officer.id, "name": officer.name, "role": officer.role, "post": post, "station": station.name if station else None,
        },
        "realm": realm_of(house),
        "topics": [keeper_board(officer.station) if officer.role == KEEPER else f"board/{officer.post}/duty"],
        "posts": [post, *_posts_below(house, officer.post)],
        "path": house.names.path(tuple(code for code in path_of(officer.post) if code.startswith(house.city))),
        **_plays(house, officer),
    }  # fmt: skip


def _plays(house: House, officer: OfficerName) -> dict[str, dict[str, bool]]:
    """In a drill: what this officer is in it."""
    if house.exercise is None:
        return {}
    drill = house.drill
    return {
        "plays": {
            "follows": may_follow(officer, drill), "acts": officer.role in MAY_ACT, "stops": may_stop(officer, drill),
            "safety": is_safety(officer, drill),
        }
    }  # fmt: skip


def _posts_below(house: House, post: str) -> list[dict[str, str]]:
    """The posts one tier down, whose boards this officer may look at alone."""
    below = [code for code in house.names.divisions if parent_of(code) == post and tier_of(code) is not Tier.VILLAGE]
    return [{"division": code, "tier": tier_of(code).value, "name": house.names.division(code)} for code in sorted(below)]


def _phone(house: House, signed: Signed) -> dict[str, object]:
    """With how the person stands: a phone on a bad line shows that before its socket has said anything."""
    person = signed.subject
    found = house.names.people.get(person)
    return {
        "person": {"id": person, "name": found.name if found else None, "teams": list(house.names.teams_of.get(person, ()))},
        "realm": realm_of(house),
        "topics": [f"me/{person}"],
        "phone": signed.phone,
        "self": msgspec.Raw(house.screens.item(f"me/{person}", "self") or b"null"),
    }


def cookie_path(request: Request, cookie: str, *, under: str = "") -> str:
    """A realm's own: an exercise stands under `/x/{id}`, and neither sees the other's."""
    return f"{request.scope.get('root_path', '')}{under}{_PATHS[cookie]}"


def _with_cookie(request: Request, response: Response, cookie: str, token: str, *, max_age_s: int | None = None) -> Response:
    response.set_cookie(
        cookie,
        token,
        path=cookie_path(request, cookie),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        max_age=max_age_s,
    )
    return response


async def _signed_out(request: Request, cookie: str) -> Response:
    """In a thread: an import beside it may hold the registry."""
    check_origin(request)
    house = house_of(request)
    await house.apart(house.accounts.sign_out, request.cookies.get(cookie))
    response = Response(status_code=204)
    response.delete_cookie(cookie, path=cookie_path(request, cookie))
    return response
