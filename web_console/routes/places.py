"""Where things are: one search over names, what a place means before it is reported, and places that are kept."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.tiers.authority import within
from command.tiers.divisions import tier_of
from geo import Crs, point_to_wgs84
from incidents import Place, place_for, place_in
from web_console.bodies import PlaceBody, SavedPlaceBody
from web_console.gazetteer import KINDS
from web_console.house import House
from web_console.requests import number
from web_console.routes.common import answer, desk_asks, house_of, officer_of

HITS, HITS_MOST = 12, 60
_DATUMS: dict[str, Crs] = {"wgs84": "wgs84", "gcj02": "gcj02", "bd09": "bd09", "cgcs2000": "cgcs2000"}


class Found(NamedTuple):
    """A place as typed: as it will be recorded, and its exact point where that is to be sealed."""

    place: Place
    hidden: dict[str, float]


def find_place(house: House, where: PlaceBody) -> Found:
    """The place of a body, in the datum of the map. A latitude beyond the pole stays as typed, to be told as swapped."""
    if where.division is not None:
        return Found(place_in(house.ground, where.division), {})
    if where.lon is None or where.lat is None:
        raise Refused("body.field", field="place", detail="lon, lat")
    lon, lat = point_to_wgs84(where.lon, where.lat, where.crs)
    area = tuple(point_to_wgs84(*corner, where.crs) for corner in where.area)
    place = place_for(house.ground, lon, lat, township=where.township, private_home=where.private_home, area=area)
    return Found(place, {"exact_lon": lon, "exact_lat": lat} if where.private_home else {})


async def find(request: Request) -> Response:
    """Divisions, saved places, stations and teams of the officer's division, by name."""
    officer, house = officer_of(request), house_of(request)
    limit = round(number(request, "limit", lowest=1, highest=HITS_MOST)) if "limit" in request.query_params else HITS
    kind = request.query_params.get("kind", "")
    if kind not in ("", *KINDS):
        raise Refused("body.field", field="kind", detail=", ".join(KINDS))
    found = house.catalogue.gazetteer.find(request.query_params.get("q", "")[:40], within=officer.post, limit=limit, kind=kind)
    names = house.names
    return answer([
        {
            "kind": each.kind, "id": each.id, "name": each.name, "lon": each.lon, "lat": each.lat, "division": each.division,
            "path": [step for step in names.path(house.path_of(each.division)) if step["code"] != each.id],
        }
        for each in found
    ])  # fmt: skip


async def locate(request: Request) -> Response:
    """Divisions and stations of a point, or what a report of a mere division would be held to be, as the report shows them."""
    officer_of(request)
    house = house_of(request)
    place = find_place(house, _asked(request)).place
    stations = [(hit, house.names.stations[hit.id]) for hit in place.stations if hit.id in house.names.stations]
    return answer({
        "lon": place.lon, "lat": place.lat,
        "path": [{"code": c, "name": house.names.division(c), "tier": tier_of(c).value} for c in place.path],
        "township_chosen": place.township,
        "stations": [
            {"id": s.id, "name": s.name, "tier": s.tier, "distance_m": hit.distance_m, "inside": hit.inside} for hit, s in stations
        ],
        "outside_circles": place.outside_circles, "only": place.only or None, "point_from": place.point_from or None,
    })  # fmt: skip


def _asked(request: Request) -> PlaceBody:
    division = request.query_params.get("division")
    if division is not None:
        return PlaceBody(division=division[:40])
    crs = _DATUMS.get(request.query_params.get("crs", "wgs84"))
    if crs is None:
        raise Refused("place.crs")
    lon = number(request, "lon", lowest=-180, highest=180)
    return PlaceBody(lon=lon, lat=number(request, "lat", lowest=-180, highest=180), crs=crs)


async def save(request: Request) -> Response:
    """Keep a place under a name, for the next report from there. Asked again it is the same place."""
    asking = await desk_asks(request, SavedPlaceBody)
    body: SavedPlaceBody = asking.body
    house = asking.house
    place = find_place(house, PlaceBody(lon=body.lon, lat=body.lat, crs=body.crs)).place
    division = place.path[-1]
    within(asking.authority, division)
    values = {"name": body.name.strip(), "division": division, "lon": place.lon, "lat": place.lat}
    await house.keep_place(f"place-{asking.command_id}", values)
    return answer({"kind": "saved", "id": f"place-{asking.command_id}", **values}, status=201)
