"""Roads as lines on the ground, shut or not: what they are called, what lies near them, where points come onto them. Of times they know
nothing. WGS-84 degrees, metres."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.arcs import Arcs
from geo.metric import pairs_m
from geo.plane import Plane
from geo.raster import Floats, Ids

Point = tuple[float, float]
"""Its lon and lat."""


class Snap(NamedTuple):
    """Where points come onto the roads, by point: the arc (-1: no road at all), the arc back (-1: one way), how far along, metres to it."""

    arc: Ids
    back: Ids
    along: Floats
    off_m: Floats


class RoadLines:
    """Nodes `lonlat` (n, 2) and arcs between them: `tails`, `heads`, `metres`. One line stands for a road and its way back."""

    def __init__(self, arcs: Arcs) -> None:
        self.lonlat, self.tails, self.heads, self.metres = arcs.lonlat, arcs.tails, arcs.heads, arcs.metres
        self._turned, self._edge, self._names, self._bends = arcs.turned, arcs.edge, arcs.names, arcs.bends

    def name_of(self, arc: int) -> str:
        return self._names[int(self._edge[arc])]

    def line_of(self, arc: int) -> list[Point]:
        """(lon, lat) from the node an arc leaves to the one it leads to."""
        between = self._bends[int(self._edge[arc])]
        bends = list(zip(between[::2], between[1::2], strict=True))
        tail, head = self.lonlat[[self.tails[arc], self.heads[arc]]].tolist()
        return [(tail[0], tail[1]), *(bends[::-1] if self._turned[arc] else bends), (head[0], head[1])]

    def points_on(self, arcs: Ids, shares: Floats) -> Floats:
        """Places at these shares of the arcs' lengths, (n, 2)."""
        lines, of, _ = self._lines
        number = np.full(len(self.tails), -1, np.int32)
        number[of] = np.arange(len(of))
        own = number[arcs] >= 0
        line = lines[np.where(own, number[arcs], number[self._backs[arcs]])]
        on = shapely.line_interpolate_point(line, np.where(own, shares, 1 - shares), normalized=True)
        return self.plane.degrees(shapely.get_coordinates(on))

    def metres_of(self, arcs: Ids) -> float:
        """Metres of road under these arcs; one open both ways counts once."""
        backs = self._backs[arcs]
        once = (backs < 0) | (arcs < backs) | ~np.isin(backs, arcs)
        return float(self.metres[arcs][once].sum())

    def inside(self, area: BaseGeometry) -> Ids:
        """The arcs that an area touches, ascending."""
        _, arcs, tree = self._lines
        touched = arcs[tree.query(shapely.transform(area, self.plane.metres), predicate="intersects")]
        backs = self._backs[touched]
        return np.unique(np.concatenate((touched, backs[backs >= 0])))

    def near(self, line: Sequence[Point], most_m: float) -> Ids:
        """One arc of every road that comes so near to a line of (lon, lat), ascending."""
        _, arcs, tree = self._lines
        flat = shapely.linestrings(self.plane.metres(np.asarray(line, np.float64)))
        return np.sort(arcs[tree.query(flat, predicate="dwithin", distance=most_m)])

    def snap(self, points: Floats) -> Snap:
        """The nearest place on a road of each (lon, lat), shape (n, 2); shut roads are roads."""
        lines, arcs, tree = self._lines
        count = len(points)
        if not len(arcs) or not count:
            return Snap(np.full(count, -1, np.int32), np.full(count, -1, np.int32), np.zeros(count), np.full(count, np.inf))
        flat = shapely.points(self.plane.metres(points))
        _, nearest = tree.query_nearest(flat, all_matches=False)
        line = lines[nearest]
        along = shapely.line_locate_point(line, flat, normalized=True)
        on = self.plane.degrees(shapely.get_coordinates(shapely.line_interpolate_point(line, along, normalized=True)))
        arc = arcs[nearest]
        return Snap(arc, self._backs[arc], along, pairs_m(points, on))

    @cached_property
    def plane(self) -> Plane:
        """At the middle of its nodes."""
        return Plane.over((*self.lonlat.min(0), *self.lonlat.max(0)) if len(self.lonlat) else (0.0, 0.0, 0.0, 0.0))

    @cached_property
    def _lines(self) -> tuple[npt.NDArray[np.object_], Ids, shapely.STRtree]:
        """One line a road, in the plane; the arc it is the line of."""
        arcs = np.flatnonzero((self._backs < 0) | (self._backs > np.arange(len(self.tails)))).astype(np.int32)
        bent = [n for n, arc in enumerate(arcs.tolist()) if self._bends[int(self._edge[arc])]]
        nodes = self.plane.metres(self.lonlat)
        ends = np.stack((nodes[self.tails[arcs]], nodes[self.heads[arcs]]), axis=1)
        lines: npt.NDArray[np.object_] = np.atleast_1d(np.asarray(shapely.linestrings(ends), np.object_))
        for n in bent:
            lines[n] = shapely.linestrings(self.plane.metres(np.array(self.line_of(int(arcs[n])))))
        return lines, arcs, shapely.STRtree(lines)

    @cached_property
    def _backs(self) -> Ids:
        """By arc the one that leads back over the same ground, -1 where none does."""
        back: dict[tuple[int, int, int], int] = {}
        rows = list(zip(self.tails.tolist(), self.heads.tolist(), np.rint(self.metres).astype(np.int64).tolist(), strict=True))
        for arc, (tail, head, metres) in enumerate(rows):
            back.setdefault((head, tail, metres), arc)
        return np.array([back.get(row, -1) for row in rows], np.int32)
