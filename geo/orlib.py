"""p-median problems as the OR-Library keeps them (Beasley 1985): a graph whose shortest ways are the distances."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import shortest_path

from geo.raster import Floats

_NODES_MOST = 5_000


class Problem(NamedTuple):
    """`distances` (nodes, nodes), inf where no way leads; `p`: how many sites."""

    distances: Floats
    p: int


def read_p_median(text: str) -> Problem:
    """Of an edge that is named twice the last line counts, as in the published optima.

    Raises ValueError, naming the line, for what is no such file.
    """
    rows = [line.split() for line in text.splitlines() if line.strip()]
    nodes, edges, p = _numbers(rows, 0)
    if not (1 <= p <= nodes <= _NODES_MOST and len(rows) == edges + 1):
        raise ValueError("line 1: not the sizes of a p-median problem")
    lengths: dict[tuple[int, int], int] = {}
    for at in range(1, len(rows)):
        a, b, length = _numbers(rows, at)
        if not (1 <= a <= nodes and 1 <= b <= nodes and length >= 0):
            raise ValueError(f"line {at + 1}: no edge of this graph")
        lengths[min(a, b) - 1, max(a, b) - 1] = length
    ends = np.array(list(lengths), np.int64).reshape(-1, 2)
    graph = csr_matrix((np.array(list(lengths.values()), np.float64), ends.T), shape=(nodes, nodes))
    return Problem(np.asarray(shortest_path(graph, directed=False)), p)


def _numbers(rows: list[list[str]], at: int) -> tuple[int, int, int]:
    try:
        a, b, c = (int(each) for each in rows[at])
    except (IndexError, ValueError) as error:
        raise ValueError(f"line {at + 1}: not three whole numbers") from error
    return a, b, c
