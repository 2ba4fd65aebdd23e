"""How far one comes: the ground near roads that can be reached in so many minutes, as areas. WGS-84 degrees, metres."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.kernels.searching import SHUT
from geo.network import Network
from geo.partway import Ends
from geo.plane import Plane
from geo.raster import Floats, Ids

CELL_M = 100.0
"""Areas are made of squares so wide, and hold all within one of a road that is reached."""
_STEP_M = 50.0


def isochrones(network: Network, ends: Ends, minutes: Sequence[float], *, backward: bool) -> list[BaseGeometry]:
    """One area for each of `minutes`; `ends`: what a search found, `backward` as it was asked. Empty where nothing is reached."""
    found = []
    for most in minutes:
        points = _reached(network, ends, round(most * 60_000), backward=backward)
        found.append(_area(points, network.plane))
    return found


def _reached(network: Network, ends: Ends, most_ms: int, *, backward: bool) -> Floats:
    """Places some fifty metres apart along every road, as far as one comes along it."""
    at, ms = ends.found.ms[network.heads if backward else network.tails], network.ms
    reached = np.flatnonzero((at <= most_ms) & (ms < SHUT)).astype(np.int32)
    part = np.minimum((most_ms - at[reached]) / ms[reached], 1.0)
    own, own_low, own_high = _own(network, ends, most_ms, backward=backward)
    arcs = np.concatenate((reached, own))
    low = np.concatenate((1 - part if backward else np.zeros(len(part)), own_low))
    high = np.concatenate((np.ones(len(part)) if backward else part, own_high))
    steps = np.maximum(np.ceil(network.metres[arcs] * (high - low) / _STEP_M), 1).astype(np.int64) + 1
    nth = np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)
    shares = np.repeat(low, steps) + nth / np.repeat(steps - 1, steps) * np.repeat(high - low, steps)
    return network.points_on(np.repeat(arcs, steps), shares)


def _own(network: Network, ends: Ends, most_ms: int, *, backward: bool) -> tuple[Ids, Floats, Floats]:
    """The arcs the place itself is on, and between which shares of them one comes."""
    arc, back, along = int(ends.snap.arc[0]), int(ends.snap.back[0]), float(ends.snap.along[0])
    on = [(each, share) for each, share in ((arc, along), (back, 1 - along)) if each >= 0 and network.ms[each] < SHUT]
    far = [most_ms / int(network.ms[each]) for each, _ in on]
    low = [max(share - far[n], 0.0) if backward else share for n, (_, share) in enumerate(on)]
    high = [share if backward else min(share + far[n], 1.0) for n, (_, share) in enumerate(on)]
    return np.array([each for each, _ in on], np.int32), np.array(low), np.array(high)


def _area(points: Floats, plane: Plane) -> BaseGeometry:
    """The squares that hold a point and those around them, as one area with every corner of a square: more minutes then cover fewer."""
    if not len(points):
        return shapely.Polygon()
    cells = np.unique(np.floor(plane.metres(points) / CELL_M).astype(np.int64), axis=0)
    around = np.stack(np.meshgrid((-1, 0, 1), (-1, 0, 1)), axis=-1).reshape(-1, 2)
    cells = np.unique((cells[:, None, :] + around).reshape(-1, 2)[:, ::-1], axis=0)  # row by row, west to east
    begins = np.flatnonzero(np.r_[True, (np.diff(cells[:, 0]) != 0) | (np.diff(cells[:, 1]) != 1)])
    ends = np.r_[begins[1:], len(cells)] - 1
    south, west, east = cells[begins, 0], cells[begins, 1], cells[ends, 1] + 1
    squares = shapely.segmentize(shapely.union_all(shapely.box(west, south, east, south + 1)), 1.0)
    return shapely.transform(squares, lambda corners: plane.degrees(corners * CELL_M))
