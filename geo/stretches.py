"""A stretch of road between two junctions, kept as its line: so that it is found again on roads that were imported anew. WGS-84 degrees, metres."""

from typing import NamedTuple

import msgspec
import numpy as np
import shapely

from geo.linework import DIGITS
from geo.network import Network
from geo.raster import Floats, Ids

SAME_M = 5.0
"""A road that keeps so near to a line runs on it: drawings of one road differ by less, the lane beside it lies farther off."""
_HALF = 0.5
_EXACT_M = 1.0
_STEP_M, _STEPS_MOST = 2.0, 1_000


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """`line`: (lon, lat) from one junction to the next; `road`: its name; `ends`: another road's at either end; "" where there is none.
    Events hold it."""

    line: tuple[tuple[float, float], ...]
    road: str
    ends: tuple[str, str]
    metres: int


def stretch_at(net: Network, lon: float, lat: float) -> tuple[Stretch, float] | None:
    """The stretch that is nearest to a place, and metres to it; None where there is no road at all. What is shut is a road."""
    snap = net.snap(np.array([[lon, lat]]))
    arc = int(snap.arc[0])
    if arc < 0:
        return None
    line = tuple((round(x, DIGITS), round(y, DIGITS)) for x, y in net.line_of(arc))
    road = net.name_of(arc)
    tail, head = (
        next((name for name in net.names_at(int(node)) if name != road), "") for node in (net.tails[arc], net.heads[arc])
    )
    return Stretch(line=line, road=road, ends=(tail, head), metres=round(float(net.metres[arc]))), float(snap.off_m[0])


def arcs_of_stretch(net: Network, stretch: Stretch) -> Ids:
    """The arcs that run on a stretch now, both ways, ascending; none where less than half of it is a road of this network.

    Roads are taken by how near they run to it, of equals one of its name, then of its length; one whose part of the line another has
    already is the lane beside. Roads that cross it or go on from its ends are none; one that was joined to others since is taken whole.
    """
    line = shapely.LineString(net.plane.metres(np.asarray(stretch.line, np.float64)))
    if not 0 < line.length < np.inf:  # no line, or off the plane
        return np.empty(0, np.int32)
    near = [_beside(net, arc, line, stretch) for arc in net.near(stretch.line, SAME_M).tolist()]
    taken: list[Ids] = []
    covered = np.zeros(_STEPS_MOST, np.bool_)
    for found in sorted(each for each in near if each is not None):
        part = slice(int(found.begins * _STEPS_MOST), max(int(found.begins * _STEPS_MOST) + 1, round(found.ends * _STEPS_MOST)))
        if covered[part].mean() < _HALF:
            covered[part] = True
            taken.append(net.over(found.arc))
    return np.unique(np.concatenate(taken)) if covered.mean() >= _HALF else np.empty(0, np.int32)


class _Beside(NamedTuple):
    """A road along a part of the line, between two shares of it; in the order in which roads are taken."""

    off_m: float
    is_other: bool
    unlike_m: float
    arc: int
    begins: float
    ends: float


def _beside(net: Network, arc: int, line: shapely.LineString, stretch: Stretch) -> _Beside | None:
    """How a road runs along the line; None where it does so for less than half of the shorter of both."""
    road = shapely.LineString(net.plane.metres(np.array(net.line_of(arc))))
    steps = int(np.clip(np.ceil(road.length / _STEP_M), 2, _STEPS_MOST))
    points = shapely.line_interpolate_point(road, np.linspace(0, 1, steps + 1), normalized=True)
    off: Floats = shapely.distance(points, line)
    near = off <= SAME_M
    if not near.any():
        return None
    along: Floats = shapely.line_locate_point(line, points[near])
    begins, ends, off_m = float(along.min()), float(along.max()), round(float(off[near].mean()), 1)
    name = net.name_of(arc)
    is_other = bool(name and stretch.road and name != stretch.road)
    if ends - begins < _HALF * min(road.length, line.length) or (is_other and off_m > _EXACT_M):
        return None
    share = (ends - begins) / line.length
    return _Beside(
        off_m, is_other, abs(float(net.metres[arc]) - share * stretch.metres), arc, begins / line.length, ends / line.length
    )
