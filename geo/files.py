"""Boundary files at the edge: read, repaired, converted, and kept as immutable sets named by their hash."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.datum import Crs, to_wgs84

_CODES = ("code", "adcode", "division")
CORNERS_MOST = 500_000
"""Of one feature: more than any county has, and still read in seconds."""
_DIGITS = 7
"""Decimal places kept: a centimetre."""


class Repair(NamedTuple):
    """What was wrong with a feature, and whether it could be mended. `feature` counts from 1."""

    feature: int
    code: str
    what: str
    mended: bool


class Boundaries(NamedTuple):
    """`numbers`: the feature each code was read from."""

    shapes: dict[str, BaseGeometry]
    repairs: list[Repair]
    numbers: Mapping[str, int] = MappingProxyType({})


def read_boundaries(path: Path, *, crs: Crs = "wgs84") -> Boundaries:
    """Polygons by division code, in WGS-84, valid, outer rings counter-clockwise. Bad features are named, not guessed.

    Raises ValueError when the file is no GeoJSON FeatureCollection.
    """
    try:
        features = json.loads(path.read_text("utf-8-sig"))["features"]
        if not isinstance(features, list):
            raise TypeError(features)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a GeoJSON FeatureCollection") from error
    shapes: dict[str, BaseGeometry] = {}
    numbers: dict[str, int] = {}
    repairs: list[Repair] = []
    for number, feature in enumerate(features, 1):
        code, found, repair = _read(number, feature, crs)
        if repair is not None:
            repairs.append(repair)
        if found is not None and code in shapes:
            repairs.append(Repair(number, code, "twice", mended=False))
        elif found is not None:
            shapes[code], numbers[code] = found, number
    return Boundaries(shapes, repairs, numbers)


def _read(number: int, feature: Any, crs: Crs) -> tuple[str, BaseGeometry | None, Repair | None]:
    said = feature.get("properties") if isinstance(feature, dict) else None
    properties = said if isinstance(said, dict) else {}
    code = str(next((properties[name] for name in _CODES if name in properties), ""))
    if not code.isdigit():
        return code, None, Repair(number, code, "no_code", mended=False)
    try:
        with np.errstate(invalid="ignore"):  # what is no number is found below
            found = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError):
        return code, None, Repair(number, code, "no_geometry", mended=False)
    if (wrong := _wrong_corners(found)) is not None:
        return code, None, Repair(number, code, wrong, mended=False)
    if crs not in ("wgs84", "cgcs2000"):
        found = shapely.transform(found, lambda xy: np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], crs)))
    why = None if found.is_valid else shapely.is_valid_reason(found).partition("[")[0]
    polygons = _polygons(found if why is None else shapely.make_valid(found, method="structure", keep_collapsed=False))
    if polygons.is_empty:
        return code, None, Repair(number, code, "no_area", mended=False)
    oriented = shapely.orient_polygons(polygons) if hasattr(shapely, "orient_polygons") else polygons
    return code, oriented, None if why is None else Repair(number, code, why, mended=True)


def _wrong_corners(found: BaseGeometry) -> str | None:
    """Too many of them, or some that are no place on earth: swapped, or not a number."""
    corners = shapely.get_coordinates(found)
    if len(corners) > CORNERS_MOST:
        return "too_many_corners"
    lon, lat = corners.T
    if not np.isfinite(corners).all() or (np.abs(lon) > 180).any():  # noqa: PLR2004 -- degrees
        return "no_place"
    return "swapped" if (np.abs(lat) > 90).any() else None  # noqa: PLR2004 -- degrees


def _polygons(found: BaseGeometry) -> BaseGeometry:
    """The areas of a geometry; lines and points left over by a repair are dropped."""
    parts = [p for p in shapely.get_parts(found, return_index=False) if isinstance(p, Polygon | MultiPolygon)]
    flat = [q for p in parts for q in (p.geoms if isinstance(p, MultiPolygon) else (p,))]
    return flat[0] if len(flat) == 1 else MultiPolygon(flat)


def write_boundary_set(folder: Path, shapes: Mapping[str, BaseGeometry]) -> str:
    """Store a set; returns its version, the hash of its content. The same set is the same file."""
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": mapping(_rounded(shapes[code]))}
        for code in sorted(shapes)
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()
    version = hashlib.sha256(text).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{version}.geojson").write_bytes(text)
    return version


def is_stored_as(found: BaseGeometry, stored: BaseGeometry) -> bool:
    """Whether a shape as read would be stored as this one is: the same corners, wherever a ring begins."""
    return bool(shapely.equals_exact(_rounded(found).normalize(), stored.normalize(), 10**-_DIGITS))


def _rounded(found: BaseGeometry) -> BaseGeometry:
    return shapely.set_precision(found, 10**-_DIGITS, mode="pointwise")


def read_boundary_set(folder: Path, version: str) -> dict[str, BaseGeometry]:
    """A stored set; {} for the empty version."""
    return read_boundaries(folder / f"{version}.geojson").shapes if version else {}
