"""Discs on the ground, by number: the nearest, and those that an area reaches into. WGS-84 degrees, metres."""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.metric import DEGREE_M, distance_m, pairs_m
from geo.plane import Plane
from geo.raster import Disc, Floats


class Discs:
    """`discs`: by ascending number."""

    def __init__(self, discs: Mapping[int, Disc]) -> None:
        self._numbers, self._discs = list(discs), list(discs.values())
        self._centres: Floats = np.array([disc[:2] for disc in self._discs], np.float64).reshape(-1, 2)
        self._widest_m = max((disc.radius_m for disc in self._discs), default=0.0)

    def nearest(self, lon: float, lat: float) -> int | None:
        """The disc whose centre is nearest to a point, ties by number; None: there is none at all."""
        if not self._numbers:
            return None
        return self._numbers[int(np.argmin(pairs_m(self._centres, np.array([[lon, lat]]))))]

    def touching(self, area: BaseGeometry) -> list[tuple[int, float]]:
        """The discs that an area reaches into, ascending, and metres from their centres to it (0: it holds the centre)."""
        west, south, east, north = area.bounds
        lat_reach = self._widest_m * 1.01 / DEGREE_M
        lon_reach = lat_reach / max(float(np.cos(np.radians(max(abs(south), abs(north))))), 1e-6)
        lon, lat = self._centres.T
        close = (west - lon_reach <= lon) & (lon <= east + lon_reach) & (south - lat_reach <= lat) & (lat <= north + lat_reach)
        found = []
        for row in np.flatnonzero(close).tolist():
            metres = _metres_to(area, self._discs[row])
            if metres <= self._discs[row].radius_m:
                found.append((self._numbers[row], metres))
        return found


def _metres_to(area: BaseGeometry, disc: Disc) -> float:
    """From a disc's centre to the place of an area that is nearest in a plane at that centre."""
    plane, centre = Plane(disc.lon, disc.lat), shapely.Point(0.0, 0.0)
    nearest = shapely.get_coordinates(shapely.shortest_line(shapely.transform(area, plane.metres), centre))[:1]
    return distance_m(disc.lon, disc.lat, *plane.degrees(nearest)[0].tolist())
