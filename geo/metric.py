"""Metres on the ground: distances, and cells for places that may not be told exactly. WGS-84 degrees in, metres out.

A distance is the chord straight through the ellipsoid, made an arc again: with the shortest way around the ellipsoid (pyproj.Geod) it
agrees to 2 mm at 50 km and to a few metres at 500 km. On a sphere it would be 3 m off at the edge of a circle of one kilometre.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SEMI_MAJOR_M, ECC2 = 6_378_137.0, 0.0066943799901413165
"""Of the WGS-84 ellipsoid: half its longer axis, and the square of its eccentricity."""
EARTH_M = 6_371_008.8
"""Mean radius (IUGG): what an arc is bent by."""
DEGREE_M = 110_574.0
"""A degree of latitude where it is shortest, at the equator, rounded down: for boxes that must not come out too small."""
_ROW_DEGREE_M = EARTH_M * math.pi / 180.0
Floats = npt.NDArray[np.float64]


def spot(lon: float, lat: float) -> tuple[float, float, float]:
    """Earth-centred metres of a place on the ellipsoid (EPSG:4978 at height 0). The loops of `geo.kernels` compile this very function."""
    lam, phi = math.radians(lon), math.radians(lat)
    sine = math.sin(phi)
    normal = SEMI_MAJOR_M / math.sqrt(1.0 - ECC2 * sine * sine)
    across = normal * math.cos(phi)
    return across * math.cos(lam), across * math.sin(lam), normal * (1.0 - ECC2) * sine


def arc_m(chord2: float) -> float:
    """The way over the ground above a chord, given as its square in square metres."""
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(chord2) / (2 * EARTH_M)))


def chord_m(metres: float) -> float:
    """The chord under a way over the ground: the inverse of `arc_m`; half around the earth is the most."""
    return 2 * EARTH_M * math.sin(min(metres / (2 * EARTH_M), math.pi / 2))


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    xa, ya, za = spot(lon_a, lat_a)
    xb, yb, zb = spot(lon_b, lat_b)
    return arc_m((xa - xb) ** 2 + (ya - yb) ** 2 + (za - zb) ** 2)


def distances_m(points: Sequence[tuple[float, float]], lon: float, lat: float) -> Floats:
    """From many (lon, lat) to one point."""
    if not points:
        return np.empty(0)
    return pairs_m(np.asarray(points, np.float64), np.array([[lon, lat]]))


def pairs_m(points: Floats, others: Floats) -> Floats:
    """Row by row; shape (n, 2) each, lon and lat; one row of `others` stands for all."""
    return arcs_m(((spots(points) - spots(others)) ** 2).sum(axis=1))


def arcs_m(chords2: Floats) -> Floats:
    """As `arc_m`, of many."""
    return np.asarray(2 * EARTH_M * np.arcsin(np.minimum(1.0, np.sqrt(chords2) / (2 * EARTH_M))))


def spots(points: Floats) -> Floats:
    """As `spot`, of many: (n, 2) to (n, 3)."""
    lam, phi = np.radians(points).T
    sine = np.sin(phi)
    normal = SEMI_MAJOR_M / np.sqrt(1.0 - ECC2 * sine * sine)
    across = normal * np.cos(phi)
    return np.stack((across * np.cos(lam), across * np.sin(lam), normal * (1.0 - ECC2) * sine), axis=1)


def cell_of(lon: float, lat: float, *, size_m: float = 250.0) -> tuple[str, float, float]:
    """The cell that holds a point: its id and its centre (lon, lat). Rows of equal height, each cut into equal widths."""
    row = math.floor(lat * _ROW_DEGREE_M / size_m)
    centre_lat = (row + 0.5) * size_m / _ROW_DEGREE_M
    width = size_m / (_ROW_DEGREE_M * max(math.cos(math.radians(centre_lat)), 1e-6))
    column = math.floor(lon / width)
    return f"{round(size_m)}/{row}/{column}", round((column + 0.5) * width, 6), round(centre_lat, 6)
