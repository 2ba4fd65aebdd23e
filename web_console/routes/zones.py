"""Ground that a desk marks: danger areas and closed roads."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from geo import Mode, Reach, Stretch, point_to_wgs84, stretch_at
from incidents import ChangeZone, LiftZone, MarkZone, Ring, Touched
from mobilization import Call
from web_console.bodies import Nothing
from web_console.bodies_zones import ZoneAgainBody, ZoneBody, ZoneLookBody
from web_console.house import House
from web_console.open_roads import Shape, road_metres, short_m
from web_console.requests import decode, raw_body
from web_console.routes.common import answer, check_origin, commander_of, desk_asks, house_of, receipt_answer

_TEAMS_MOST = 20
_NEAR_MOST_M = 500.0
"""A road farther from the place that was pressed is not the one that was meant."""


async def mark(request: Request) -> Response:
    asking = await desk_asks(request, ZoneBody)
    body: ZoneBody = asking.body
    shape = _shape(body)
    await _check_road(asking.house, shape, body.shuts)
    command = MarkZone(
        zone=f"z-{asking.command_id}", kind=body.kind, what=body.what, ring=shape.ring, stretch=shape.stretch,
        divisions=_touched(asking.house, shape).divisions, shuts=body.shuts,
        look_again_ms=body.look_again_ms, depth_cm=body.depth_cm, until_ms=body.until_ms, incident=body.incident or "",
        said_by=body.said_by, said_on=body.said_on,
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def change(request: Request) -> Response:
    """Somebody looked again, or it is drawn anew."""
    asking = await desk_asks(request, ZoneAgainBody)
    body: ZoneAgainBody = asking.body
    zone = request.path_params["zone"]
    shape, standing = _shape(body), asking.house.view.zone(zone)
    if standing is None or standing.stretch != shape.stretch:  # the road of what is shut already may be gone since
        await _check_road(asking.house, shape, body.shuts)
    command = ChangeZone(
        zone=zone, ring=shape.ring, stretch=shape.stretch, divisions=_touched(asking.house, shape).divisions, shuts=body.shuts,
        look_again_ms=body.look_again_ms, depth_cm=body.depth_cm, until_ms=body.until_ms, said_by=body.said_by, said_on=body.said_on,
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
    """What an outline, or a stretch of road, would change, before it is marked: divisions, stations whose circle it touches, metres of
    road, and how much longer teams called to an incident would then take. Of a place that is pressed, which stretch is near it."""
    check_origin(request)
    officer, house = commander_of(request), house_of(request)
    body = decode(await raw_body(request), ZoneLookBody)
    if [body.ring, body.stretch, body.near].count(None) != 2:  # noqa: PLR2004 -- one of three
        raise Refused("zone.area")
    off_m = None
    if body.near is None:
        shape = _shape(body)
    else:
        stretch, off_m = await _stretch_near(house, point_to_wgs84(*body.near, body.crs), body.shuts)
        shape = _Shape((), stretch)
    touched = _touched(house, shape)
    shown = shape.stretch or shape.ring
    stations = [house.names.stations[hit.id] for hit in touched.stations if hit.id in house.names.stations]
    return answer({
        "divisions": house.names.path(touched.divisions), "stations": [{"id": each.id, "name": each.name} for each in stations],
        "roads_m": shape.stretch.metres if shape.stretch else road_metres(house.catalogue.travel, shape.ring),
        "teams": await house.apart(_longer, house, _calls_of(house, officer.post, body.incident), shown if "car" in body.shuts else None),
        "stretch": shape.stretch, "off_m": off_m,
        "found": await _is_found(house, shape.stretch, body.shuts) if shape.stretch else None,
    })  # fmt: skip


def _calls_of(house: House, post: str, incident: str | None) -> list[Call]:
    """Of those who are asked or on their way, on boards this post sees."""
    if incident is None:
        return []
    if house.screens.picture(post, incident) is None:
        raise Refused("incident.unknown", incident=incident)
    return house.view.waiting_of(incident)


def _longer(house: House, calls: list[Call], shape: Shape | None) -> list[dict[str, object]]:
    """Those who would take longer, the latest first; `after_s` None: no road is left, the roads end `short_m` away. Whom no road leads
    there already are not among them."""
    incident = house.view.incident(calls[0].incident) if calls and shape else None
    if incident is None or shape is None:
        return []
    bases, place = [(call.from_lon, call.from_lat) for call in calls], (incident.place.lon, incident.place.lat)
    travel = house.open_roads.with_also(house.catalogue.travel, [shape])
    found = []
    for call, base, before, after in zip(calls, bases, house.travel(bases, place), travel(bases, place), strict=True):
        if before.has_way and (after.seconds, after.source) != (before.seconds, before.source):
            row = {"team": call.team, "name": house.names.team(call.team), "before_s": before.seconds}
            left = (
                {"after_s": after.seconds, "short_m": None}
                if after.has_way
                else {"after_s": None, "short_m": short_m(travel, base, place)}
            )
            found.append((after.seconds, row | left))
    return [row for _, row in sorted(found, key=lambda each: -each[0])][:_TEAMS_MOST]


class _Shape(NamedTuple):
    """What is marked: an outline in WGS-84, else a stretch of road."""

    ring: Ring
    stretch: Stretch | None


def _shape(body: ZoneAgainBody | ZoneLookBody) -> _Shape:
    """As it was said; of both, or of neither, nothing is marked."""
    said = body.stretch
    stretch = Stretch(line=said.line, road=said.road, ends=said.ends, metres=said.metres) if said is not None else None
    return _Shape(tuple(point_to_wgs84(*corner, body.crs) for corner in body.ring or ()), stretch)


async def _is_found(house: House, stretch: Stretch, shuts: tuple[Mode, ...]) -> bool | None:
    """Whether it is a road to any of those it is shut for; None: no roads are known."""
    travels = [(mode, await house.apart(house.catalogue.travel_by, mode)) for mode in shuts if mode in house.catalogue.modes]
    return house.open_roads.is_found(stretch, travels)


async def _check_road(house: House, shape: _Shape, shuts: tuple[Mode, ...]) -> None:
    if shape.stretch is not None and not await _is_found(house, shape.stretch, shuts):
        raise Refused("zone.no_road")


async def _stretch_near(house: House, place: tuple[float, float], shuts: tuple[Mode, ...]) -> tuple[Stretch, int]:
    """The nearest of the roads that are open to any of these, and metres to it."""
    if house.ground.locate(*place) is None:
        raise Refused("zone.no_road")
    travels = [await house.apart(house.catalogue.travel_by, mode) for mode in shuts or ("car",) if mode in house.catalogue.modes]
    found = [near for travel in travels if isinstance(travel, Reach) and (near := stretch_at(travel.network, *place))]
    if not found or (nearest := min(found, key=lambda near: near[1]))[1] > _NEAR_MOST_M:
        raise Refused("zone.no_road")
    return nearest[0], round(nearest[1])


def _touched(house: House, shape: _Shape) -> Touched:
    touched = house.ground.along(shape.stretch.line) if shape.stretch else house.ground.touched(shape.ring)
    if touched is None:
        raise Refused("zone.area")
    return touched
