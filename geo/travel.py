"""Travel times to a place: over the road graph where there is one, else a stated rule of thumb."""

from collections.abc import Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.metric import distances_m, pairs_m

DETOUR = 1.3
WALK_M_S = 2.5
CAR_M_S = 30 / 3.6
SNAP_MOST_M = 3_000.0
SEARCHES_HELD = 64
SNAPS_HELD = 100_000
Floats = npt.NDArray[np.float64]


class Trip(NamedTuple):
    """Whole metres and seconds, and what they rest on."""

    metres: int
    seconds: int
    source: str


def straight_line(
    origins: Sequence[tuple[float, float]], place: tuple[float, float], *, speed_m_s: float = CAR_M_S
) -> list[Trip]:
    """Distance x 1.3 at one speed: 2.5 m/s on foot (median of responders' tracks, domain.md 5.1), 30 km/h by car."""
    return [
        Trip(round(metres * DETOUR), round(metres * DETOUR / speed_m_s), "straight_line")
        for metres in distances_m(origins, *place)
    ]


class RoadTravel:
    """Times over a networkx graph: nodes with `lon`, `lat`, edges with `length` (m) and `seconds`; directed.

    The graph people edit stays a networkx graph; this compiles it once to arrays. `source`: what its times rest on.
    A wave asks for one place several times, and always from the same bases: the last searches are held.
    """

    def __init__(self, graph: "nx.DiGraph[int]", *, source: str = "road_graph") -> None:
        self._source = source
        self._held: dict[int, Reached] = {}
        self._snapped: dict[tuple[float, float], tuple[int, float]] = {}
        nodes = sorted(graph.nodes)
        index = {node: i for i, node in enumerate(nodes)}
        self._lonlat = np.array([(graph.nodes[n]["lon"], graph.nodes[n]["lat"]) for n in nodes], np.float64)
        self._squeeze = np.cos(np.radians(self._lonlat[:, 1].mean()))
        self._tree = cKDTree(self._lonlat * (self._squeeze, 1.0))
        edges = sorted((index[a], index[b], data["seconds"], data["length"]) for a, b, data in graph.edges(data=True))
        starts, ends, seconds, metres = np.array(edges, np.float64).T if edges else np.empty((4, 0))
        starts, ends = starts.astype(np.int64), ends.astype(np.int64)
        self._backwards = csr_matrix((seconds, (ends, starts)), shape=(len(nodes), len(nodes)))
        self._edge_keys, self._edge_metres = starts * len(nodes) + ends, metres

    def __call__(self, origins: Sequence[tuple[float, float]], place: tuple[float, float]) -> list[Trip]:
        """One search backwards from the place; an origin that cannot be reached by road falls back, and says so."""
        if not origins:
            return []
        to_nodes, to_m = self._snap([place])
        nodes, from_m = self._snap(origins)
        reached = self._search(int(to_nodes[0]))
        walk_m = from_m + to_m[0]
        by_road = np.isfinite(reached.seconds[nodes]) & (walk_m <= 2 * SNAP_MOST_M)
        metres = reached.metres[nodes] + walk_m
        seconds = np.where(by_road, reached.seconds[nodes], 0.0) + walk_m / WALK_M_S  # inf has no whole number
        found = [Trip(m, s, self._source) for m, s in zip(_whole(metres), _whole(seconds), strict=True)]
        for lost in map(int, np.flatnonzero(~by_road)):
            found[lost] = straight_line([origins[lost]], place)[0]._replace(source="straight_line_no_road")
        return found

    def way(self, origin: tuple[float, float], place: tuple[float, float]) -> list[tuple[float, float]]:
        """The nodes of the quickest way by road between the two, as (lon, lat); none where no road leads."""
        (start, end), _ = self._snap([origin, place])
        reached, node = self._search(int(end)), int(start)
        if not np.isfinite(reached.seconds[node]):
            return []
        nodes = [node]
        while node != int(end):
            node = int(reached.onward[node])
            nodes.append(node)
        return [(float(lon), float(lat)) for lon, lat in self._lonlat[nodes]]

    def _search(self, to_node: int) -> "Reached":
        found = self._held.get(to_node)
        if found is None:
            seconds, before = dijkstra(self._backwards, indices=np.array([to_node]), return_predecessors=True)
            if len(self._held) >= SEARCHES_HELD:
                self._held.clear()
            found = self._held[to_node] = Reached(seconds[0], self._metres_along(before[0]), before[0])
        return found

    def _metres_along(self, before: npt.NDArray[np.int32]) -> Floats:
        """Metres of every node's way to the place: each pass doubles how far along the ways the sums reach."""
        here = np.arange(len(before))
        onward = np.where(before >= 0, before, here)
        moves = np.flatnonzero(onward != here)
        metres = np.zeros(len(before))
        metres[moves] = self._edge_metres[np.searchsorted(self._edge_keys, moves * len(before) + onward[moves])]
        while (farther := onward[onward]).tobytes() != onward.tobytes():
            metres += metres[onward]
            onward = farther
        return metres

    def _snap(self, points: Sequence[tuple[float, float]]) -> tuple[npt.NDArray[np.int64], Floats]:
        """The nearest node of each point and the metres to it. Bases stay where they are: they are looked for once."""
        lacking = [point for point in dict.fromkeys(points) if point not in self._snapped]
        if lacking:
            if len(self._snapped) + len(lacking) > SNAPS_HELD:
                self._snapped, lacking = {}, list(dict.fromkeys(points))
            array = np.asarray(lacking, np.float64)
            nodes = np.asarray(self._tree.query(array * (self._squeeze, 1.0))[1], np.int64)
            self._snapped |= zip(
                lacking, zip(nodes.tolist(), pairs_m(array, self._lonlat[nodes]).tolist(), strict=True), strict=True
            )
        found = [self._snapped[point] for point in points]
        return np.array([node for node, _ in found], np.int64), np.array([metres for _, metres in found])


class Reached(NamedTuple):
    """From every node to one place: seconds (inf where no road leads), metres of that way, and the next node on it."""

    seconds: Floats
    metres: Floats
    onward: npt.NDArray[np.int32]


def _whole(values: Floats) -> list[int]:
    found: list[int] = np.rint(values).astype(np.int64).tolist()
    return found
