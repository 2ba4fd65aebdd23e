"""Travel times to a place: over the road graph where there is one, else a stated rule of thumb."""

from collections.abc import Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.metric import distances_m

DETOUR = 1.3
WALK_M_S = 2.5
CAR_M_S = 30 / 3.6
SNAP_MOST_M = 3_000.0
SEARCHES_HELD = 64
Seconds = npt.NDArray[np.float64]
Before = npt.NDArray[np.int32]


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
    A wave asks for one place several times: the last searches are held.
    """

    def __init__(self, graph: "nx.DiGraph[int]", *, source: str = "road_graph") -> None:
        self._source = source
        self._held: dict[int, tuple[Seconds, Before]] = {}
        nodes = sorted(graph.nodes)
        index = {node: i for i, node in enumerate(nodes)}
        self._lonlat = np.array([(graph.nodes[n]["lon"], graph.nodes[n]["lat"]) for n in nodes], np.float64)
        self._squeeze = np.cos(np.radians(self._lonlat[:, 1].mean()))
        self._tree = cKDTree(self._lonlat * (self._squeeze, 1.0))
        edges = sorted((index[a], index[b], data["seconds"], data["length"]) for a, b, data in graph.edges(data=True))
        heads, tails, seconds, metres = np.array(edges).T if edges else np.empty((4, 0))
        shape = (len(nodes), len(nodes))
        self._backwards = csr_matrix((seconds, (tails.astype(int), heads.astype(int))), shape=shape)
        self._metres = {(int(a), int(b)): float(m) for a, b, m in zip(heads, tails, metres, strict=True)}

    def __call__(self, origins: Sequence[tuple[float, float]], place: tuple[float, float]) -> list[Trip]:
        """One search backwards from the place; an origin that cannot be reached by road falls back, and says so."""
        if not origins:
            return []
        direct = straight_line(origins, place)
        to_node, to_m = self._snap([place])
        from_nodes, from_m = self._snap(origins)
        seconds, before = self._search(int(to_node[0]))
        return [
            self._trip(int(node), float(snap + to_m[0]), float(seconds[node]), before, thumb)
            for node, snap, thumb in zip(from_nodes, from_m, direct, strict=True)
        ]

    def _search(self, to_node: int) -> tuple[Seconds, Before]:
        found = self._held.get(to_node)
        if found is None:
            seconds, before = dijkstra(self._backwards, indices=np.array([to_node]), return_predecessors=True)
            if len(self._held) >= SEARCHES_HELD:
                self._held.clear()
            found = self._held[to_node] = (seconds[0], before[0])
        return found

    def _trip(self, node: int, walk_m: float, seconds: float, before: Before, thumb: Trip) -> Trip:
        if not np.isfinite(seconds) or walk_m > 2 * SNAP_MOST_M:
            return thumb._replace(source="straight_line_no_road")
        metres = 0.0
        while (onward := int(before[node])) >= 0:
            metres += self._metres[node, onward]
            node = onward
        return Trip(round(metres + walk_m), round(seconds + walk_m / WALK_M_S), self._source)

    def _snap(self, points: Sequence[tuple[float, float]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """The nearest node of each point and the metres to it."""
        array = np.asarray(points, np.float64)
        nodes = np.asarray(self._tree.query(array * (self._squeeze, 1.0))[1], np.int64)
        metres = [distances_m([tuple(p)], *self._lonlat[n])[0] for p, n in zip(array, nodes, strict=True)]
        return nodes, np.array(metres)
