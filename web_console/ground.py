"""The realm's map as decisions need it: which divisions and stations hold a point. Built anew when either changes."""

from collections.abc import Iterable, Mapping

from shapely.geometry.base import BaseGeometry

from geo import Circle, ZoneIndex, cell_of
from incidents import Located, StationHit
from web_console.directory import StationName


class CityGround:
    """`city`: the code of the city; a boundary set may lack tiers, the path is then as deep as it goes."""

    def __init__(self, shapes: Mapping[str, BaseGeometry], stations: Iterable[StationName], *, city: str, areas: str) -> None:
        circles = [Circle(s.id, s.lon, s.lat, s.radius_m) for s in stations]
        self._zones = ZoneIndex(shapes, circles)
        self._city = city
        self._areas = areas

    def locate(self, lon: float, lat: float) -> Located | None:
        """Where a WGS-84 point lies; None off the city."""
        path = self._zones.path_at(lon, lat)
        if not path or not path[0].startswith(self._city):
            return None
        full = path if path[0] == self._city else (self._city, *path)
        holding = self._zones.circles_at(lon, lat)
        nearest = None if holding else self._zones.nearest_circle(lon, lat)
        shown = holding or ([nearest] if nearest is not None else [])
        hits = tuple(StationHit(id=near.id, distance_m=round(near.distance_m), inside=near.inside) for near in shown)
        return Located(path=full, stations=hits, outside_circles=not holding, areas=self._areas)

    @staticmethod
    def cell(lon: float, lat: float) -> tuple[str, float, float]:
        return cell_of(lon, lat)
