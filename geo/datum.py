"""Datums: WGS-84 inside, GCJ-02, BD-09 and CGCS2000 at the edges. Degrees; scalars or arrays alike.

GCJ-02 is an offset of WGS-84 published by converters (constants of the Krasovsky 1940 ellipsoid); BD-09 lies on top of
GCJ-02. Inverses are found by iteration, exact to far below a millimetre. Outside China nothing is shifted.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

Crs = Literal["wgs84", "gcj02", "bd09", "cgcs2000"]
Degrees = npt.NDArray[np.float64]

_A = 6378245.0
_EE = 0.00669342162296594323
_BD = np.pi * 3000.0 / 180.0
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_ROUNDS = 12
_Forward = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]


def to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, crs: Crs) -> tuple[Degrees, Degrees]:
    """Longitudes and latitudes in WGS-84. CGCS2000 differs by less than a decimetre and is taken as equal."""
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if crs == "gcj02":
        return _inverse(wgs84_to_gcj02, x, y)
    if crs == "bd09":
        return _inverse(wgs84_to_gcj02, *_inverse(gcj02_to_bd09, x, y))
    return x, y


def from_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, crs: Crs) -> tuple[Degrees, Degrees]:
    """WGS-84 to the datum named."""
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if crs == "gcj02":
        return wgs84_to_gcj02(x, y)
    return gcj02_to_bd09(*wgs84_to_gcj02(x, y)) if crs == "bd09" else (x, y)


def point_to_wgs84(lon: float, lat: float, crs: Crs) -> tuple[float, float]:
    """One point."""
    x, y = to_wgs84(lon, lat, crs)
    return float(x), float(y)


def wgs84_to_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """The published offset; unchanged outside China's bounding box."""
    x, y = lon - 105.0, lat - 35.0
    ripple = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + ripple
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + ripple
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    radians = np.radians(lat)
    magic = 1.0 - _EE * np.sin(radians) ** 2
    root = np.sqrt(magic)
    d_lat = north * 180.0 / ((_A * (1.0 - _EE)) / (magic * root) * np.pi)
    d_lon = east * 180.0 / (_A / root * np.cos(radians) * np.pi)
    inside = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return np.where(inside, lon + d_lon, lon), np.where(inside, lat + d_lat, lat)


def gcj02_to_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Baidu's rotation on top of GCJ-02."""
    inside = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    radius = np.sqrt(lon * lon + lat * lat) + 0.00002 * np.sin(lat * _BD)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD)
    return (
        np.where(inside, radius * np.cos(angle) + 0.0065, lon),
        np.where(inside, radius * np.sin(angle) + 0.006, lat),
    )


def _inverse(forward: _Forward, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """The point that `forward` brings here: fixed-point iteration, each round a thousand times nearer."""
    x, y = lon, lat
    for _ in range(_ROUNDS):
        there_x, there_y = forward(x, y)
        x, y = x + (lon - there_x), y + (lat - there_y)
    return x, y
