"""Zones: fenced areas that mean something, and which of them hold a point. Immutable: a change makes a new index.

Exact: boundary points belong to the zone (a shared border to the lowest id of its tier); a circle holds distance <= radius.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.metric import EARTH_M, distance_m, pairs_m

_DEGREE_M = EARTH_M * np.pi / 180.0


class Circle(NamedTuple):
    """A station's service circle."""

    id: str
    lon: float
    lat: float
    radius_m: float


def _metres_to(area: shapely.Polygon, circle: Circle) -> float:
    """From a circle's centre to the nearest point of an area."""
    scale = _DEGREE_M * np.array([np.cos(np.radians(circle.lat)), 1.0])
    flat = shapely.transform(area, lambda points: (points - (circle.lon, circle.lat)) * scale)
    return float(shapely.distance(flat, shapely.Point(0.0, 0.0)))


class Near(NamedTuple):
    """A circle seen from a point."""

    id: str
    distance_m: float
    inside: bool


class ZoneIndex:
    """Divisions by code and circles by id. WGS-84."""

    def __init__(self, divisions: Mapping[str, BaseGeometry], circles: Sequence[Circle]) -> None:
        self._codes = sorted(divisions)
        self._shapes = [divisions[code] for code in self._codes]
        for shape in self._shapes:
            shapely.prepare(shape)
        self._tree = shapely.STRtree(self._shapes)
        self._circles = sorted(circles)
        self._at = np.array([(c.lon, c.lat) for c in self._circles], np.float64).reshape(-1, 2)
        self._centres = shapely.STRtree([shapely.Point(at) for at in self._at])
        self._widest_m = max((c.radius_m for c in self._circles), default=0.0)

    def path_at(self, lon: float, lat: float) -> tuple[str, ...]:
        """The divisions that hold a point, from the widest down, one a tier; () when none does.

        Where boundaries are missing the path is shorter; a division whose parent does not hold the point is left out.
        """
        point = shapely.Point(lon, lat)
        holding = sorted(self._codes[i] for i in self._tree.query(point, predicate="intersects"))
        path: list[str] = []
        for code in sorted(holding, key=lambda c: (len(c), c)):
            if not path or (len(code) > len(path[-1]) and code.startswith(path[-1])):
                path.append(code)
        return tuple(path)

    def circles_at(self, lon: float, lat: float) -> list[Near]:
        """Circles that hold a point, nearest first, ties by id."""
        reach = self._widest_m * 1.01
        d_lat = reach / _DEGREE_M
        d_lon = d_lat / max(float(np.cos(np.radians(lat))), 1e-6)
        found = self._centres.query(shapely.box(lon - d_lon, lat - d_lat, lon + d_lon, lat + d_lat))
        near = [self._near(int(i), lon, lat) for i in found]
        return sorted((n for n in near if n.inside), key=lambda n: (n.distance_m, n.id))

    def touched_by(self, area: shapely.Polygon) -> tuple[str, ...]:
        """The divisions that an area shares ground with, by code."""
        found = self._tree.query(area, predicate="intersects")
        return tuple(sorted(self._codes[i] for i in found if not self._shapes[i].touches(area)))

    def circles_touching(self, area: shapely.Polygon) -> list[Near]:
        """Circles that an area reaches into, nearest first (0 m: it holds the centre), ties by id. Distances in a plane at the
        circle's own centre, true to a thousandth over some tens of kilometres."""
        west, south, east, north = area.bounds
        lat_reach = self._widest_m * 1.01 / _DEGREE_M
        lon_reach = lat_reach / max(float(np.cos(np.radians(max(abs(south), abs(north))))), 1e-6)
        close = self._centres.query(shapely.box(west - lon_reach, south - lat_reach, east + lon_reach, north + lat_reach))
        reached = [(circle, _metres_to(area, circle)) for circle in (self._circles[i] for i in close)]
        near = [Near(circle.id, metres, True) for circle, metres in reached if metres <= circle.radius_m]
        return sorted(near, key=lambda n: (n.distance_m, n.id))

    def nearest_circle(self, lon: float, lat: float) -> Near | None:
        """The circle whose centre is nearest, ties by id."""
        if not self._circles:
            return None
        return self._near(int(np.argmin(pairs_m(self._at, np.array([[lon, lat]])))), lon, lat)

    def _near(self, index: int, lon: float, lat: float) -> Near:
        circle = self._circles[index]
        metres = distance_m(circle.lon, circle.lat, lon, lat)
        return Near(circle.id, metres, metres <= circle.radius_m)
