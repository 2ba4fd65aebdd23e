"""How an incident is reached by road now: areas by minutes, for the map, and who has to go round what is shut."""

import json

import shapely
from shapely.geometry.base import BaseGeometry
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from geo import Reach, isochrones
from incidents import Incident
from mobilization import Call
from web_console.house import House
from web_console.open_roads import short_m
from web_console.routes.common import answer, house_of, officer_of

MINUTES = (5, 10, 15)


async def reach(request: Request) -> Response:
    """GeoJSON: one area for each of 5, 10 and 15 minutes, by car over the roads as they are open now; none where no roads are known
    (`by_road`). Where no road leads to the incident (`arrives`), as near as roads come and on foot from there."""
    house, incident = house_of(request), _shown(request)
    if incident.place.only:
        raise Refused("place.pending")
    travel, place = house.travel, (incident.place.lon, incident.place.lat)
    areas, arrives = await house.apart(_areas, travel, place) if isinstance(travel, Reach) else ([], False)
    features = [
        {"type": "Feature", "properties": {"minutes": minutes}, "geometry": json.loads(shapely.to_geojson(area))}
        for minutes, area in zip(MINUTES, areas, strict=False) if not area.is_empty
    ]  # fmt: skip
    found = {"type": "FeatureCollection", "features": features, "by_road": isinstance(travel, Reach), "arrives": arrives}
    content = json.dumps(found, separators=(",", ":"))
    return Response(content, media_type="application/geo+json", headers={"cache-control": "private, no-store"})


async def detours(request: Request) -> Response:
    """Of those who are asked or on their way: how long they take now, from their base, where what is shut makes it otherwise.
    `seconds` None: no road leads there any more, it ends `short_m` away."""
    house, incident = house_of(request), _shown(request)
    calls = house.view.waiting_of(incident.id)
    return answer(await house.apart(_detours, house, calls, (incident.place.lon, incident.place.lat)))


def _shown(request: Request) -> Incident:
    """One that the officer's board shows."""
    officer, house, name = officer_of(request), house_of(request), request.path_params["incident"]
    incident = house.view.incident(name)
    if incident is None or house.screens.picture(officer.post, name) is None:
        raise Refused("incident.unknown", incident=name)
    return incident


def _areas(travel: Reach, place: tuple[float, float]) -> tuple[list[BaseGeometry], bool]:
    """The areas, and whether a road leads to the place."""
    found = isochrones(travel.network, travel.to(place), MINUTES, backward=True)
    arrives = not found[-1].is_empty
    if not arrives:
        found = isochrones(travel.network, travel.around(place), MINUTES, backward=True)
    return [shapely.set_precision(area, 1e-5) for area in found], arrives


def _detours(house: House, calls: list[Call], place: tuple[float, float]) -> list[dict[str, object]]:
    bases = [(call.from_lon, call.from_lat) for call in calls]
    whole, now = house.catalogue.travel, house.travel
    if now is whole:  # nothing is shut
        return []
    return [
        {"call": call.id, "seconds": after.seconds if after.has_way else None, "short_m": None if after.has_way else short_m(now, base, place)}
        for call, base, before, after in zip(calls, bases, whole(bases, place), now(bases, place), strict=True)
        if (before.seconds, before.source) != (after.seconds, after.source)
    ]  # fmt: skip
