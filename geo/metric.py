"""Metres on the ground: distances, and cells for places that may not be told exactly. WGS-84 degrees in, metres out."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

EARTH_M = 6_371_008.8
"""Mean radius (IUGG)."""
_DEGREE_M = EARTH_M * math.pi / 180.0


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance (haversine)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    h = math.sin((phi_b - phi_a) / 2) ** 2
    h += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(h)))


def distances_m(points: Sequence[tuple[float, float]], lon: float, lat: float) -> npt.NDArray[np.float64]:
    """Great-circle distances from many (lon, lat) to one point."""
    if not points:
        return np.empty(0)
    return pairs_m(np.asarray(points, np.float64), np.array([[lon, lat]]))


def pairs_m(points: npt.NDArray[np.float64], others: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Great-circle distances row by row; shape (n, 2) each, lon and lat; one row of `others` stands for all."""
    (lam_a, phi_a), (lam_b, phi_b) = np.radians(points).T, np.radians(others).T
    h = np.sin((phi_b - phi_a) / 2) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin((lam_b - lam_a) / 2) ** 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.minimum(1.0, np.sqrt(h))))


def cell_of(lon: float, lat: float, *, size_m: float = 250.0) -> tuple[str, float, float]:
    """The cell that holds a point: its id and its centre (lon, lat). Rows of equal height, each cut into equal widths."""
    row = math.floor(lat * _DEGREE_M / size_m)
    centre_lat = (row + 0.5) * size_m / _DEGREE_M
    width = size_m / (_DEGREE_M * max(math.cos(math.radians(centre_lat)), 1e-6))
    column = math.floor(lon / width)
    return f"{round(size_m)}/{row}/{column}", round((column + 0.5) * width, 6), round(centre_lat, 6)
