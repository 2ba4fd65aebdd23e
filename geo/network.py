"""The road graph compiled to arrays for one mode of travel: what searches, snaps and closures work on. Immutable: a closure makes
another view. Times are whole milliseconds, so that they are the same on every machine."""

import copy
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, Self

import networkx as nx
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.kernels import searching
from geo.kernels.searching import SHUT
from geo.metric import pairs_m
from geo.plane import Plane
from geo.raster import Floats, Ints
from geo.roads import Speeds

Ids = npt.NDArray[np.int32]
Road = tuple[int, int, int]
"""A way of the graph: from, to, and which of parallel ones."""
_MS_OF_M_AT_KMH = 3_600.0
_SAME_LENGTH_M = 1.0


class Snap(NamedTuple):
    """Where points come onto the roads, by point: the arc (-1: no road at all), the arc back (-1: one way), how far along, metres to it."""

    arc: Ids
    back: Ids
    along: Floats
    off_m: Floats


class Found(NamedTuple):
    """By node: milliseconds (SHUT: not reached), the arc that led there (-1: none); the nodes settled, in order of time."""

    ms: Ids
    arc: Ids
    settled: Ids


class Network:
    """Nodes `lonlat` (n, 2) WGS-84; arcs sorted by the node they leave: `tails`, `heads`, `ms` (SHUT: shut), `metres`, `roads` (m, 3); `in_ms`: `ms` in
    the order of the node they lead to."""

    def __init__(self, graph: "nx.MultiDiGraph[int]", speeds: Speeds) -> None:
        nodes = np.array(sorted(graph.nodes), np.int64)
        self.source = speeds.source
        self.lonlat: Floats = np.array(
            [(graph.nodes[n]["lon"], graph.nodes[n]["lat"]) for n in nodes.tolist()], np.float64
        ).reshape(-1, 2)
        arcs = _arcs(graph, speeds)
        ends = np.searchsorted(nodes, arcs.roads[:, :2])
        tails, heads = np.where(arcs.turned, ends.T[::-1], ends.T).astype(np.int32)
        order = np.lexsort((*arcs.roads.T[::-1], arcs.ms, heads, tails))
        self.tails, self.heads, self.ms = tails[order], heads[order], arcs.ms[order]
        self.metres, self.roads = arcs.metres[order], arcs.roads[order]
        self._turned, self._edge = arcs.turned[order], arcs.edge[order]
        self._names, self._bends = arcs.names, arcs.bends
        self._starts = _starts(self.tails, len(nodes))
        self._by_head: Ids = np.argsort(self.heads, kind="stable").astype(np.int32)
        self._in_starts, self._in_tails = _starts(self.heads, len(nodes)), self.tails[self._by_head]
        self.in_ms = self.ms[self._by_head]

    def prepare(self) -> Self:
        """Make now what the first who asks where a place is would wait for."""
        _ = self._lines, self._in_place
        return self

    def without(self, arcs: Ids) -> Self:
        """A view where these arcs are shut. What was shut before stays so."""
        other = copy.copy(self)
        other.ms, other.in_ms = self.ms.copy(), self.in_ms.copy()
        other.ms[arcs] = SHUT
        other.in_ms[self._in_place[arcs]] = SHUT
        return other

    def inside(self, area: BaseGeometry) -> Ids:
        """The arcs that an area touches, ascending."""
        _, arcs, tree = self._lines
        touched = arcs[tree.query(shapely.transform(area, self.plane.metres), predicate="intersects")]
        backs = self._backs[touched]
        return np.unique(np.concatenate((touched, backs[backs >= 0])))

    def near(self, line: Sequence[tuple[float, float]], most_m: float) -> Ids:
        """One arc of every road that comes so near to a line of (lon, lat), ascending."""
        _, arcs, tree = self._lines
        flat = shapely.linestrings(self.plane.metres(np.asarray(line, np.float64)))
        return np.sort(arcs[tree.query(flat, predicate="dwithin", distance=most_m)])

    def over(self, arc: int) -> Ids:
        """An arc and all others over the same ground, either way, ascending; a parallel road that is drawn otherwise, or longer, is none."""
        tail, head, line = int(self.tails[arc]), int(self.heads[arc]), self.line_of(arc)
        found = [
            other
            for start, end, way in ((tail, head, line), (head, tail, line[::-1]))
            for other in range(self._starts[start], self._starts[start + 1])
            if self.heads[other] == end
            and abs(self.metres[other] - self.metres[arc]) <= _SAME_LENGTH_M
            and self.line_of(other) == way
        ]
        return np.array(sorted(found), np.int32)

    def names_at(self, node: int) -> list[str]:
        """Of the roads that meet there, sorted; without those that have none."""
        leaving = range(self._starts[node], self._starts[node + 1])
        coming = self._by_head[self._in_starts[node] : self._in_starts[node + 1]].tolist()
        return sorted({self.name_of(arc) for arc in (*leaving, *coming)} - {""})

    def metres_of(self, arcs: Ids) -> float:
        """Metres of road under these arcs; one open both ways counts once."""
        backs = self._backs[arcs]
        once = (backs < 0) | (arcs < backs) | ~np.isin(backs, arcs)
        return float(self.metres[arcs][once].sum())

    def arcs_of(self, roads: Iterable[Road]) -> Ids:
        """The arcs of ways of the graph, ascending; a way that is not open to this mode has none."""
        return np.array(sorted(arc for road in roads for arc in self._arcs_of.get(road, ())), np.int32)

    def name_of(self, arc: int) -> str:
        return self._names[int(self._edge[arc])]

    def line_of(self, arc: int) -> list[tuple[float, float]]:
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

    def search(self, nodes: Ids, costs_ms: Ids, *, most_ms: int = SHUT - 1, backward: bool = False) -> Found:
        """The quickest ways from these nodes; `backward`: to them."""
        count = len(self.lonlat)
        ms, before = np.full(count, SHUT, np.int32), np.full(count, -1, np.int32)
        heap = np.empty(len(self.tails) + len(nodes) + 1, np.int64)
        at = (self._in_starts, self._in_tails, self.in_ms) if backward else (self._starts, self.heads, self.ms)
        settled = searching.search(*at, nodes, costs_ms, most_ms, ms, before, heap)
        if backward:
            led = before >= 0
            before[led] = self._by_head[before[led]]
        return Found(ms, before, settled)

    def metres_along(self, found: Found, begun: Floats, *, backward: bool) -> Floats:
        """By settled node, metres of the way found; `begun`: by node, those of the sources."""
        metres = begun.copy()
        searching.along(found.settled, found.arc, self.heads if backward else self.tails, self.metres, metres)
        return metres

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
    def _in_place(self) -> Ids:
        """By arc, where it stands among those sorted by the node they lead to."""
        place = np.empty(len(self._by_head), np.int32)
        place[self._by_head] = np.arange(len(place), dtype=np.int32)
        return place

    @cached_property
    def _arcs_of(self) -> dict[Road, list[int]]:
        found: dict[Road, list[int]] = {}
        for arc, (start, end, which) in enumerate(self.roads.tolist()):
            found.setdefault((start, end, which), []).append(arc)
        return found

    @cached_property
    def _backs(self) -> Ids:
        """By arc the one that leads back over the same ground, -1 where none does."""
        back: dict[tuple[int, int, int], int] = {}
        rows = list(zip(self.tails.tolist(), self.heads.tolist(), np.rint(self.metres).astype(np.int64).tolist(), strict=True))
        for arc, (tail, head, metres) in enumerate(rows):
            back.setdefault((head, tail, metres), arc)
        return np.array([back.get(row, -1) for row in rows], np.int32)

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


class _Arcs(NamedTuple):
    """Not sorted yet. `edge`: which name and bends are an arc's; `turned`: against the direction of its way."""

    roads: Ints
    ms: Ids
    metres: Floats
    turned: npt.NDArray[np.bool_]
    edge: Ids
    names: list[str]
    bends: list[tuple[float, ...]]


def _arcs(graph: "nx.MultiDiGraph[int]", speeds: Speeds) -> _Arcs:
    """A way from a place to itself leads nowhere, one that is not open to the mode is none."""
    roads, metres, kmh, names, bends = [], [], [], [], []
    for a, b, key, data in graph.edges(keys=True, data=True):
        speed = speeds.of(data["highway"])
        if a != b and speed is not None:
            roads.append((a, b, key))
            metres.append(data["length"])
            kmh.append(speed)
            names.append(data.get("name", ""))
            bends.append(data.get("between", ()))
    there = {(a, b) for a, b, _ in roads}
    back = [n for n, (a, b, _) in enumerate(roads) if speeds.both_ways and (b, a) not in there]
    edge = np.concatenate((np.arange(len(roads)), back)).astype(np.int32)
    length = np.array(metres, np.float64)[edge]
    ms = np.clip(np.rint(length * _MS_OF_M_AT_KMH / np.array(kmh, np.float64)[edge]), 1, SHUT - 1).astype(np.int32)
    return _Arcs(
        np.array(roads, np.int64).reshape(-1, 3)[edge], ms, length, np.arange(len(edge)) >= len(roads), edge, names, bends
    )


def _starts(nodes: Ids, count: int) -> Ids:
    return np.concatenate(([0], np.cumsum(np.bincount(nodes, minlength=count)))).astype(np.int32)
