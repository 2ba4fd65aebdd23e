"""Travel times from everywhere to one place, with a cut-off of half an hour; the same with one road in a hundred shut."""

from collections.abc import Callable

import networkx as nx
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from geo import Edge, Network, Roads, Speeds, road_graph
from tests.bench.figures import Figure, seconds

CUT_OFF_MS = 30 * 60_000
STREET_M, KMH = 180.0, 30.0
SHUT, ROUNDS = 0.01, 5
DEGREE_M = 111_195.0


def reach(nodes: int, done: Callable[[], None]) -> list[Figure]:
    net = Network(road_graph(made(nodes)), Speeds(assumed=False, other=KMH, kmh={}))
    place, cost = np.array([nodes // 2 + int(nodes**0.5) // 2], np.int32), np.zeros(1, np.int32)
    shut = np.random.default_rng(2).permutation(len(net.tails))[: int(len(net.tails) * SHUT)].astype(np.int32)

    def search(view: Network) -> int:
        return len(view.search(place, cost, most_ms=CUT_OFF_MS, backward=True).settled)

    search(net)
    ours = min(seconds(lambda: search(net))[0] for _ in range(ROUNDS))
    again = min(seconds(lambda: search(net.without(shut)))[0] for _ in range(ROUNDS))
    done()
    backwards = csr_matrix((net.ms.astype(np.float64), (net.heads, net.tails)), shape=(nodes, nodes))
    scipy_s = min(seconds(lambda: dijkstra(backwards, indices=place, limit=CUT_OFF_MS))[0] for _ in range(ROUNDS))
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_weighted_edges_from(zip(net.heads.tolist(), net.tails.tolist(), net.ms.tolist(), strict=True))
    nx_s, found = seconds(lambda: nx.single_source_dijkstra_path_length(graph, int(place[0]), cutoff=CUT_OFF_MS))
    assert len(found) == search(net), "both reach the same"
    return [
        Figure("reach_vs_scipy", ours * 1000, "ms", "scipy", scipy_s * 1000, "ratio at most 1.3"),
        Figure("reach_vs_networkx", ours * 1000, "ms", "networkx", nx_s * 1000, "ratio at most 0.1"),
        Figure("closure_requery_ms", again * 1000, "ms", "without closures", ours * 1000, "5"),
    ]


def made(nodes: int) -> Roads:
    """Streets in a net of squares, a tenth of them lacking, some slower to go along than others."""
    side, chance = int(nodes**0.5), np.random.default_rng(1)
    step = STREET_M / DEGREE_M
    spots = [(111 + n % side * step, 30 + n // side * step) for n in range(nodes)]
    pairs = [(n, n + 1) for n in range(nodes - 1) if (n + 1) % side] + [(n, n + side) for n in range(nodes - side)]
    keep, metres = chance.random(len(pairs)) > 0.1, STREET_M * chance.uniform(1.0, 1.6, len(pairs))
    edges = []
    for (a, b), length, kept in zip(pairs, metres.tolist(), keep.tolist(), strict=True):
        if kept:
            edges += [Edge(a, b, length, "road"), Edge(b, a, length, "road")]
    return Roads(spots, edges)
