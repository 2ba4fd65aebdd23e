"""How far one comes by road: areas from where an incident is reached in so many minutes, for the map."""

import json

import shapely
from shapely.geometry.base import BaseGeometry
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from geo import Reach, isochrones
from web_console.routes.common import house_of, officer_of

MINUTES = (5, 10, 15)


async def reach(request: Request) -> Response:
    """GeoJSON: one area for each of 5, 10 and 15 minutes, by car over the roads as they are open now; none where no roads are known."""
    officer, house = officer_of(request), house_of(request)
    name = request.path_params["incident"]
    incident = house.view.incident(name)
    if incident is None or house.screens.picture(officer.post, name) is None:
        raise Refused("incident.unknown", incident=name)
    if incident.place.only:
        raise Refused("place.pending")
    travel, place = house.travel, (incident.place.lon, incident.place.lat)
    areas = await house.apart(_areas, travel, place) if isinstance(travel, Reach) else []
    features = [
        {"type": "Feature", "properties": {"minutes": minutes}, "geometry": json.loads(shapely.to_geojson(area))}
        for minutes, area in zip(MINUTES, areas, strict=False) if not area.is_empty
    ]  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return Response(content, media_type="application/geo+json", headers={"cache-control": "private, no-store"})


def _areas(travel: Reach, place: tuple[float, float]) -> list[BaseGeometry]:
    return [shapely.set_precision(area, 1e-5) for area in isochrones(travel.network, travel.to(place), MINUTES, backward=True)]
