"""A way that was found, as a line: road by road, with their names, from where one comes onto them to where one leaves them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from geo.lines import Point, Snap
from geo.metric import pairs_m
from geo.network import Network
from geo.partway import BY_HEAD, STAYS, Ends, ends_of
from geo.plane import Plane
from geo.travel import WALK_M_S


class Way(NamedTuple):
    """A way by road as (lon, lat), with the name of the road that begins at each; ms and metres on it. `arrives`: False where no road
    leads to the place, `points` then end where one leaves the roads for it, `short_m` metres away."""

    points: list[Point]
    names: list[str]
    metres: int
    seconds: int
    arrives: bool
    short_m: int


def traced(net: Network, snap: Snap, ends: Ends, option: int) -> tuple[list[Point], list[str]]:
    """Point by point from where the origin comes onto the roads to where one leaves them for the place."""
    arc, along = int(snap.arc[0]), float(snap.along[0])
    until, end_arc = float(ends.snap.along[0]), int(ends.snap.arc[0])
    if option == STAYS:
        return _part(net, arc, along, until)
    points, names = _part(net, arc, along, 1.0 if option == BY_HEAD else 0.0)
    node = int(net.heads[arc] if option == BY_HEAD else net.tails[arc])
    while (onward := int(ends.found.arc[node])) >= 0:
        more, called = _part(net, onward, 0.0, 1.0)
        points, names, node = points + more[1:], names[:-1] + called, int(net.heads[onward])
    last, called = _part(net, end_arc, 0.0 if node == int(net.tails[end_arc]) else 1.0, until)
    return points + last[1:], names[:-1] + called


def as_near(net: Network, snap: Snap, place: Point) -> Way | None:
    """To the junction from which one is soonest, on foot, at a place that no road leads to; None: not even from the origin one comes
    anywhere."""
    from_origin = ends_of(net, snap, backward=False)
    if not len(from_origin.found.settled):
        return None
    reached = from_origin.found.settled
    gaps = pairs_m(net.lonlat[reached], np.array([place]))
    at = int(np.argmin(from_origin.found.ms[reached] + gaps / WALK_M_S * 1000))
    node, points, names = int(reached[at]), list[Point](), list[str]()
    seconds, metres = int(from_origin.found.ms[node]) / 1000, float(from_origin.metres[node])
    while (arc := int(from_origin.found.arc[node])) >= 0:
        line, called = _part(net, arc, 0.0, 1.0)
        points, names, node = (
            line[:-1] + points if points else line,
            called[:-1] + names if names else called,
            int(net.tails[arc]),
        )
    first, called = _part(net, int(snap.arc[0]), float(snap.along[0]), 1.0 if node == int(net.heads[snap.arc[0]]) else 0.0)
    return Way(
        first + points[1:], called + names[1:], round(metres), round(seconds), arrives=False, short_m=round(float(gaps[at]))
    )


def _part(net: Network, arc: int, start: float, end: float) -> tuple[list[Point], list[str]]:
    """A part of an arc, also against its direction, and its name at each point."""
    points = _cut(net.line_of(arc), start, end, net.plane)
    return points, [net.name_of(arc)] * len(points)


def _cut(line: Sequence[Point], start: float, end: float, plane: Plane) -> list[Point]:
    """The piece of a line between two shares of its length, in that order; lengths in the plane, as it was snapped."""
    if start > end:
        return _cut(line, end, start, plane)[::-1]
    if (start, end) == (0.0, 1.0):
        return list(line)
    points = plane.metres(np.asarray(line, np.float64))
    run = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    low, high = start * run[-1], end * run[-1]
    inner = points[(run > low) & (run < high)]
    ends = [[np.interp(at, run, points[:, axis]) for axis in (0, 1)] for at in (low, high)]
    return [(lon, lat) for lon, lat in plane.degrees(np.vstack(([ends[0]], inner, [ends[1]]))).tolist()]
