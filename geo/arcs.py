"""The road graph of networkx compiled to arrays for one mode of travel, arc by arc: an arc is one direction of a road. Times are whole
milliseconds, so that they are the same on every machine."""

from typing import NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt

from geo.kernels.searching import SHUT
from geo.raster import Floats, Ids, Ints
from geo.roads import Speeds

_MS_OF_M_AT_KMH = 3_600.0


class Arcs(NamedTuple):
    """Sorted by the node they leave, then by the one they lead to. `tails`, `heads`: nodes as rows of `lonlat`; `roads` (m, 3): ways of the
    graph; `edge`: which name and bends are an arc's; `turned`: against the direction of its way."""

    lonlat: Floats
    tails: Ids
    heads: Ids
    roads: Ints
    ms: Ids
    metres: Floats
    turned: npt.NDArray[np.bool_]
    edge: Ids
    names: list[str]
    bends: list[tuple[float, ...]]


def compiled(graph: "nx.MultiDiGraph[int]", speeds: Speeds) -> Arcs:
    """A way from a place to itself leads nowhere, one that is not open to the mode is none."""
    nodes = np.array(sorted(graph.nodes), np.int64)
    lonlat: Floats = np.array([(graph.nodes[n]["lon"], graph.nodes[n]["lat"]) for n in nodes.tolist()], np.float64).reshape(-1, 2)
    ways, metres, kmh, names, bends = [], [], [], [], []
    for a, b, key, data in graph.edges(keys=True, data=True):
        speed = speeds.of(data["highway"])
        if a != b and speed is not None:
            ways.append((a, b, key))
            metres.append(data["length"])
            kmh.append(speed)
            names.append(data.get("name", ""))
            bends.append(data.get("between", ()))
    there = {(a, b) for a, b, _ in ways}
    back = [n for n, (a, b, _) in enumerate(ways) if speeds.both_ways and (b, a) not in there]
    edge = np.concatenate((np.arange(len(ways)), back)).astype(np.int32)
    turned = np.arange(len(edge)) >= len(ways)
    roads, length = np.array(ways, np.int64).reshape(-1, 3)[edge], np.array(metres, np.float64)[edge]
    ms = np.clip(np.rint(length * _MS_OF_M_AT_KMH / np.array(kmh, np.float64)[edge]), 1, SHUT - 1).astype(np.int32)
    ends = np.searchsorted(nodes, roads[:, :2])
    tails, heads = np.where(turned, ends.T[::-1], ends.T).astype(np.int32)
    order = np.lexsort((*roads.T[::-1], ms, heads, tails))
    return Arcs(
        lonlat, tails[order], heads[order], roads[order], ms[order], length[order], turned[order], edge[order], names, bends
    )


def starts_of(nodes: Ids, count: int) -> Ids:
    """Where the arcs of each node begin among arcs sorted by these nodes, and where the last end."""
    return np.concatenate(([0], np.cumsum(np.bincount(nodes, minlength=count)))).astype(np.int32)
