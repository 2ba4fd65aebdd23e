"""The realm's map as decisions need it: which divisions and stations hold a point. Built anew when either changes."""

from collections.abc import Collection, Iterable, Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from command.tiers.divisions import path_of
from geo import CIRCLE, DIVISION, Disc, Key, Shape, Zones, cell_of
from incidents import Located, Ring, Seat, StationHit, Touched
from web_console.directory import StationName

CORNERS_LEAST, CORNERS_MOST = 3, 200
POLE = 90
_MOSTLY = 0.5
_LINE_DEG = 0.00005
"""Some five metres: a line that runs on a border touches both sides."""


class CityGround:
    """`city`: the code of the city; a boundary set may lack tiers, the path is then as deep as it goes."""

    def __init__(
        self, shapes: Mapping[str, BaseGeometry], stations: Iterable[StationName], *, city: str, areas: str, divisions: Collection[str]
    ) -> None:  # fmt: skip
        self._stations = sorted(stations, key=lambda station: station.id)
        self._shapes = shapes
        zones: dict[Key, Shape] = {Key(DIVISION, code): shape for code, shape in shapes.items()}
        zones |= {Key(CIRCLE, s.id): Disc(s.lon, s.lat, s.radius_m) for s in self._stations}
        self._zones = Zones(zones)
        self._box = shapely.box(*shapely.total_bounds(list(shapes.values()))) if shapes else shapely.Polygon()
        self._city = city
        self._areas = areas
        self._divisions = divisions

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

    def touched(self, ring: Ring) -> Touched | None:
        """What an area touches below the city; None when the ring is none, or lies elsewhere, most of it at least."""
        if not CORNERS_LEAST <= len(ring) <= CORNERS_MOST or any(abs(lat) > POLE for _, lat in ring):
            return None
        area = shapely.Polygon(ring)
        if not area.is_valid or area.area == 0 or area.intersection(self._box).area < _MOSTLY * area.area:
            return None
        return self._touched(area)

    def along(self, line: Ring) -> Touched | None:
        """What a line touches below the city; None when it is none, or lies elsewhere."""
        if len(set(line)) == 1 or any(abs(lat) > POLE for _, lat in line):
            return None
        return self._touched(shapely.LineString(line).buffer(_LINE_DEG, quad_segs=2))

    def _touched(self, area: BaseGeometry) -> Touched | None:
        touched = [code for kind, code in self._zones.touching(area) if kind == DIVISION and code.startswith(self._city)]
        if not touched:
            return None
        near = self._zones.circles_touching(area)
        below = tuple(code for code in touched if code != self._city)
        return Touched(below, tuple(StationHit(id=n.id, distance_m=round(n.distance_m), inside=True) for n in near))

    def seat(self, code: str) -> Seat | None:
        """A point inside the boundary, else a station; of the division, else of the nearest one above it."""
        for division in reversed([each for each in path_of(code) if each.startswith(self._city)]):
            if (shape := self._shapes.get(division)) is not None:
                point = shapely.point_on_surface(shape)
                return Seat(round(point.x, 6), round(point.y, 6), "boundary", division, self._areas)
            if (station := next((s for s in self._stations if s.division.startswith(division)), None)) is not None:
                return Seat(station.lon, station.lat, "station", division, self._areas)
        return None

    def knows(self, code: str) -> bool:
        return code in self._divisions

    @staticmethod
    def cell(lon: float, lat: float) -> tuple[str, float, float]:
        return cell_of(lon, lat)
