"""Wall views: officers of city and county make and revoke their links; a screen on a wall shows one, signed in by nobody."""

from collections.abc import Callable

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from command.core.errors import Refused
from command.tiers.divisions import Tier, covers, tier_of
from web_console.bodies import Nothing, WallBody, WallToken
from web_console.directory import OfficerName
from web_console.feed.frames import GONE, SIGNED_OUT, Answer, Seen, refused
from web_console.feed.session import Session
from web_console.feed.shell import Asked, serve_socket
from web_console.house import House
from web_console.requests import decode, raw_body
from web_console.routes.common import answer, check_origin, commander_of, desk_asks, house_of, realm_of, signed_officer
from web_console.routes.sockets import beat_of, hear_pace, hello_of, turn_away
from web_console.walls.tables import WallRow

WALL_COOKIE = "muster_wall"
_HOUR_MS = 3_600_000
_MAY = frozenset({Tier.CITY, Tier.COUNTY})


def _giver(request: Request) -> OfficerName:
    officer = commander_of(request)
    if tier_of(officer.post) not in _MAY:
        raise Refused("wall.tier")
    return officer


async def listed(request: Request) -> Response:
    officer, house = _giver(request), house_of(request)
    rows = await house.apart(house.walls.listed, officer.post)
    return answer([_row(house, row) for row in rows])


async def make(request: Request) -> Response:
    """The token is in this answer and nowhere else."""
    officer = _giver(request)
    asking = await desk_asks(request, WallBody)
    house, body = asking.house, asking.body
    division = body.division or officer.post
    if division not in house.names.divisions or not covers(officer.post, division):
        raise Refused("division.unknown", division=division)
    now_ms, id_ = house.core.now_ms(), f"w-{asking.command_id}"
    until_ms = now_ms + body.hours * _HOUR_MS

    def work() -> str:
        return house.walls.make(id_=id_, division=division, place=body.place, by=officer.id, now_ms=now_ms, until_ms=until_ms)

    return answer({"id": id_, "token": await house.apart(work), "expires_ms": until_ms}, status=201)


async def revoke(request: Request) -> Response:
    officer = _giver(request)
    house = (await desk_asks(request, Nothing)).house
    wall, now_ms = request.path_params["wall"], house.core.now_ms()
    await house.apart(lambda: house.walls.revoke(wall, post=officer.post, now_ms=now_ms))
    house.walls.wake(wall)
    return answer({"id": wall, "revoked_ms": now_ms})


async def open_wall(request: Request) -> Response:
    """A screen shows its link; it gets a cookie and what to draw."""
    check_origin(request)
    token = decode(await raw_body(request), WallToken).token
    house = house_of(request)
    row = house.walls.held(token, now_ms=house.core.now_ms())
    response = answer({
        "division": row.division, "name": house.names.division(row.division), "place": row.place, "expires_ms": row.expires_ms,
        "realm": realm_of(house), "topics": [f"board/{row.division}/wall"],
    })  # fmt: skip
    secure = request.url.scheme == "https"
    response.set_cookie(
        WALL_COOKIE, token, path=f"{request.scope.get('root_path', '')}/api/v1", httponly=True, samesite="strict", secure=secure
    )
    return response


async def wall_feed(socket: WebSocket) -> None:
    """One board without people, for as long as the link holds: looked at again at every check, and at once when it is revoked."""
    house = house_of(socket)
    try:
        check_origin(socket)
        row = wall_of(socket)
    except Refused:
        await turn_away(socket)
        return
    session = Session(house.screens.hub, may_follow=lambda topic: topic == f"board/{row.division}/wall")

    async def act(_effect: Seen | Answer) -> bytes | None:
        return refused(Refused("session.role"))

    asked = Asked(hello=hello_of(house), beat=lambda: beat_of(house), act=act, check=_check(socket))
    house.walls.look(row.id, session.doubt)
    deafen = hear_pace(house, session)
    try:
        await serve_socket(socket, session, asked)
    finally:
        deafen()
        house.walls.leave(row.id, session.doubt)


def _check(socket: WebSocket) -> Callable[[], int | None]:
    def check() -> int | None:
        if house_of(socket).is_gone:
            return GONE
        try:
            wall_of(socket)
        except Refused:
            return SIGNED_OUT
        return None

    return check


def wall_of(connection: HTTPConnection) -> WallRow:
    """The link this screen was opened with, if it still holds."""
    house = house_of(connection)
    return house.walls.held(connection.cookies.get(WALL_COOKIE), now_ms=house.core.now_ms())


def check_looks(connection: HTTPConnection) -> None:
    """The base map is for whoever is signed in at a desk, and for walls: it names places and stations, no people."""
    try:
        signed_officer(connection)
    except Refused as refusal:
        try:
            wall_of(connection)
        except Refused:
            raise refusal from None


def _row(house: House, row: WallRow) -> dict[str, object]:
    officer = house.names.officers.get(row.made_by)
    return {
        "id": row.id, "division": row.division, "name": house.names.division(row.division), "place": row.place,
        "made_by": officer.name if officer else "—", "made_ms": row.made_ms, "expires_ms": row.expires_ms,
        "revoked_ms": row.revoked_ms,
    }  # fmt: skip
