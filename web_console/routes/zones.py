"""Ground that a desk marks: danger areas and closed roads."""

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from geo import Reach, point_to_wgs84
from incidents import ChangeZone, LiftZone, MarkZone, Ring
from mobilization import Call, CallState
from web_console.bodies import Nothing
from web_console.bodies_zones import ZoneAgainBody, ZoneBody, ZoneLookBody
from web_console.catalogue import Travel
from web_console.house import House
from web_console.open_roads import road_metres
from web_console.requests import decode, raw_body
from web_console.routes.common import answer, check_origin, commander_of, desk_asks, house_of, receipt_answer

_NOT_THERE_YET = frozenset({CallState.OPEN, CallState.ACCEPTED, CallState.LATER, CallState.SET_OUT})
_TEAMS_MOST = 20


async def mark(request: Request) -> Response:
    asking = await desk_asks(request, ZoneBody)
    body: ZoneBody = asking.body
    ring, divisions = _area(asking.house, body)
    command = MarkZone(
        zone=f"z-{asking.command_id}", kind=body.kind, what=body.what, ring=ring, divisions=divisions, shuts=body.shuts,
        look_again_ms=body.look_again_ms, depth_cm=body.depth_cm, until_ms=body.until_ms, incident=body.incident or "",
        said_by=body.said_by, said_on=body.said_on,
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def change(request: Request) -> Response:
    """Somebody looked again, or it is drawn anew."""
    asking = await desk_asks(request, ZoneAgainBody)
    body: ZoneAgainBody = asking.body
    ring, divisions = _area(asking.house, body)
    command = ChangeZone(
        zone=request.path_params["zone"], ring=ring, divisions=divisions, shuts=body.shuts, look_again_ms=body.look_again_ms,
        depth_cm=body.depth_cm, until_ms=body.until_ms, said_by=body.said_by, said_on=body.said_on,
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def lift(request: Request) -> Response:
    asking = await desk_asks(request, Nothing)
    return receipt_answer(await asking(LiftZone(zone=request.path_params["zone"])))


async def open_sealed(request: Request) -> Response:
    """Who reported it, and on which number. Looking is recorded."""
    commander_of(request)
    asking = await desk_asks(request, Nothing)
    house, zone = asking.house, request.path_params["zone"]
    post, said = asking.authority.post if asking.authority else "", house.view.zones_said.get(zone)
    if said is None or house.screens.item(f"board/{post}/duty", f"zone/{zone}") is None:
        raise Refused("zone.unknown")
    receipt = await asking(house.opening(f"zone:{zone}"))
    return receipt_answer(receipt, sealed=house.realm.open_event(said))


async def look(request: Request) -> Response:
    """What an outline would change, before it is marked: divisions, stations whose circle it touches, metres of road, and how much longer
    teams called to an incident would then take."""
    check_origin(request)
    officer, house = commander_of(request), house_of(request)
    body = decode(await raw_body(request), ZoneLookBody)
    ring, _ = _area(house, body)
    touched = house.ground.touched(ring)
    assert touched is not None  # noqa: S101 -- `_area` has refused what is none
    stations = [house.names.stations[hit.id] for hit in touched.stations if hit.id in house.names.stations]
    return answer({
        "divisions": house.names.path(touched.divisions), "stations": [{"id": each.id, "name": each.name} for each in stations],
        "roads_m": road_metres(house.catalogue.travel, ring),
        "teams": await house.apart(_longer, house, _calls_of(house, officer.post, body.incident), ring if "car" in body.shuts else None),
    })  # fmt: skip


def _calls_of(house: House, post: str, incident: str | None) -> list[Call]:
    """Of those who are asked or on their way, on boards this post sees."""
    if incident is None:
        return []
    if house.screens.picture(post, incident) is None:
        raise Refused("incident.unknown", incident=incident)
    calls = (house.view.call(call) for call in house.view.calls_of.get(incident, ()))
    return [call for call in calls if call is not None and call.state in _NOT_THERE_YET]


def _longer(house: House, calls: list[Call], ring: Ring | None) -> list[dict[str, object]]:
    """Those who would take longer, the latest first; `after_s` None: no road is left, the roads end `short_m` away."""
    incident = house.view.incident(calls[0].incident) if calls and ring else None
    if incident is None or ring is None:
        return []
    bases, place = [(call.from_lon, call.from_lat) for call in calls], (incident.place.lon, incident.place.lat)
    travel = house.open_roads.with_also(house.catalogue.travel, [ring])
    found = []
    for call, before, after in zip(calls, house.travel(bases, place), travel(bases, place), strict=True):
        if (after.seconds, after.source) != (before.seconds, before.source):
            left = after.source == before.source
            row = {
                "team": call.team,
                "name": house.names.team(call.team),
                "before_s": before.seconds,
                "after_s": after.seconds if left else None,
            }
            found.append(
                (after.seconds, row | {"short_m": None if left else _short_m(travel, (call.from_lon, call.from_lat), place)})
            )
    return [row for _, row in sorted(found, key=lambda each: -each[0])][:_TEAMS_MOST]


def _short_m(travel: Travel, base: tuple[float, float], place: tuple[float, float]) -> int | None:
    """How far from the place the roads from a base end."""
    way = travel.way(base, place) if isinstance(travel, Reach) else None
    return way.short_m if way is not None else None


def _area(house: House, body: ZoneAgainBody | ZoneLookBody) -> tuple[Ring, tuple[str, ...]]:
    """The ring in WGS-84, and the divisions it touches."""
    ring = tuple(point_to_wgs84(*corner, body.crs) for corner in body.ring)
    touched = house.ground.touched(ring)
    if touched is None:
        raise Refused("zone.area")
    return ring, touched.divisions
