"""What is wrong with fences: rings, overlaps, gaps, slivers, stations where they should not be. Pure. WGS-84 degrees, square metres."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import shapely
import shapely.ops
from shapely.geometry.base import BaseGeometry

from geo.metric import distance_m
from geo.plane import Plane

SLIVER_SHARE = 0.05
"""Of a circle as long around: thinner than that is a sliver, however large."""
LEAST_M2 = 1_000.0
"""Less is the width of a pen on the map."""


class Fault(NamedTuple):
    """`what`: invalid, overlap, sliver_overlap, gap, sliver_gap, away (a station outside its division), no_road, uncovered, lacks_tier.
    `ids`: of the zones it is about; `where`: what to show on a map; `m2`, `metres`: how much, as far as it has a size."""

    what: str
    ids: tuple[str, ...]
    where: BaseGeometry
    m2: float = 0.0
    metres: float = 0.0
    why: str = ""


class Site(NamedTuple):
    """A station: where it is, the division it belongs to, its tier (centre, office, station, post), its circle."""

    id: str
    lon: float
    lat: float
    division: str
    tier: str
    radius_m: float


def faults_of_areas(shapes: Mapping[str, BaseGeometry], *, whole: BaseGeometry | None = None) -> list[Fault]:
    """Areas of one tier, which should fill `whole` (else what they have as their outline) without overlap."""
    sound = {code: shape for code, shape in shapes.items() if shape.is_valid}
    found = [
        Fault("invalid", (code,), shapely.envelope(shape), why=shapely.is_valid_reason(shape).partition("[")[0])
        for code, shape in sorted(shapes.items()) if code not in sound
    ]  # fmt: skip
    found += _overlaps(sound)
    united = shapely.union_all(list(sound.values()))
    outline = whole if whole is not None else _without_holes(united)
    found += [
        Fault("sliver_gap" if _is_sliver(part) else "gap", _beside(part, sound), part, m2=area_m2(part))
        for part in _parts(shapely.difference(outline, united)) if area_m2(part) >= LEAST_M2
    ]  # fmt: skip
    return found


def _overlaps(shapes: Mapping[str, BaseGeometry]) -> Iterator[Fault]:
    codes = sorted(shapes)
    sound = np.array([shapes[code] for code in codes], np.object_)
    pairs = shapely.STRtree(sound).query(sound, predicate="intersects").T.tolist()
    for a, b in sorted((a, b) for a, b in pairs if a < b):
        for part in _parts(shapely.intersection(shapes[codes[a]], shapes[codes[b]])):
            if area_m2(part) >= LEAST_M2:
                yield Fault("sliver_overlap" if _is_sliver(part) else "overlap", (codes[a], codes[b]), part, m2=area_m2(part))


def faults_of_sites(
    sites: Sequence[Site], shapes: Mapping[str, BaseGeometry], *, has_road: Callable[[Site], bool] | None = None
) -> list[Fault]:  # fmt: skip
    """Stations outside the division they belong to, or whose circle no road enters. A division without a boundary is nobody's fault."""
    found = []
    for site in sorted(sites):
        point, home = shapely.Point(site.lon, site.lat), _home(site.division, shapes)
        if home is not None and not shapes[home].intersects(point):
            nearest = shapely.ops.nearest_points(shapes[home], point)[0]
            found.append(Fault("away", (site.id, home), point, metres=distance_m(site.lon, site.lat, nearest.x, nearest.y)))
        if has_road is not None and not has_road(site):
            found.append(Fault("no_road", (site.id,), point))
    return found


def lacking_tiers(
    sites: Sequence[Site], counties: Sequence[str], shapes: Mapping[str, BaseGeometry], *, tiers: Sequence[str]
) -> list[Fault]:  # fmt: skip
    """Per county, the tiers of stations it has none of. A county is a code that the divisions of its stations begin with."""
    found = []
    for county in sorted(counties):
        there = {site.tier for site in sites if site.division.startswith(county)}
        where = shapely.point_on_surface(shapes[county]) if county in shapes else shapely.Point()
        found += [Fault("lacks_tier", (county,), where, why=tier) for tier in tiers if tier not in there]
    return found


def area_m2(shape: BaseGeometry) -> float:
    return float(_flat(shape).area)


def _is_sliver(part: BaseGeometry) -> bool:
    flat = _flat(part)
    return bool(4 * np.pi * flat.area < SLIVER_SHARE * flat.length**2)


def _flat(part: BaseGeometry) -> BaseGeometry:
    """In a plane at its own middle: its area true to a ten-thousandth over a county."""
    return shapely.transform(part, Plane.over(part.bounds).metres)


def _without_holes(united: BaseGeometry) -> BaseGeometry:
    return shapely.union_all([shapely.Polygon(part.exterior) for part in _parts(united)])


def _parts(shape: BaseGeometry) -> list[shapely.Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and not part.is_empty]


def _beside(part: BaseGeometry, shapes: Mapping[str, BaseGeometry]) -> tuple[str, ...]:
    return tuple(code for code in sorted(shapes) if shapes[code].intersects(part))


def _home(division: str, shapes: Mapping[str, BaseGeometry]) -> str | None:
    """The narrowest division with a boundary that the station's belongs to."""
    known = [code for code in shapes if division.startswith(code)]
    return max(known, key=len, default=None)
