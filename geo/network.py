"""The roads of one mode of travel, to search: what leads where and how long it takes. Immutable: a closure makes another view."""

import copy
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple, Self

import networkx as nx
import numpy as np

from geo.arcs import compiled, starts_of
from geo.kernels import searching
from geo.kernels.searching import SHUT
from geo.lines import RoadLines
from geo.raster import Floats, Ids
from geo.roads import Speeds

Road = tuple[int, int, int]
"""A way of the graph: from, to, and which of parallel ones."""
_SAME_LENGTH_M = 1.0


class Found(NamedTuple):
    """By node: milliseconds (SHUT: not reached), the arc that led there (-1: none); the nodes settled, in order of time."""

    ms: Ids
    arc: Ids
    settled: Ids


class Network(RoadLines):
    """Arcs are sorted by the node they leave: `ms` (SHUT: shut), `roads` (m, 3), and what their lines hold; `in_ms`: `ms` in the order of the
    node they lead to."""

    def __init__(self, graph: "nx.MultiDiGraph[int]", speeds: Speeds) -> None:
        arcs = compiled(graph, speeds)
        super().__init__(arcs)
        self.source = speeds.source
        self.ms, self.roads = arcs.ms, arcs.roads
        self._starts = starts_of(self.tails, len(self.lonlat))
        self._by_head: Ids = np.argsort(self.heads, kind="stable").astype(np.int32)
        self._in_starts, self._in_tails = starts_of(self.heads, len(self.lonlat)), self.tails[self._by_head]
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

    def arcs_of(self, roads: Iterable[Road]) -> Ids:
        """The arcs of ways of the graph, ascending; a way that is not open to this mode has none."""
        return np.array(sorted(arc for road in roads for arc in self._arcs_of.get(road, ())), np.int32)

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
