"""p-median problems of the OR-Library: read, and solved to the best there is."""

import itertools
import random

import networkx as nx
import numpy as np
import pytest

from geo.orlib import read_p_median
from geo.siting import p_median


def made(seed: int, *, nodes: int = 12, p: int = 3) -> tuple[str, dict[tuple[int, int], int]]:
    """A file with edges named twice, the second time with another length; and the edges as they count."""
    chance = random.Random(seed)
    lines = [(a, a + 1, chance.randint(1, 90)) for a in range(1, nodes)]
    pairs = [chance.sample(range(1, nodes + 1), 2) for _ in range(20)]
    lines += [(a, b, chance.randint(1, 90)) for a, b in pairs]
    lines += [(b, a, chance.randint(1, 90)) for a, b, _ in lines[::3]]
    text = "\n".join([f" {nodes} {len(lines)} {p}", *(f" {a} {b} {length} " for a, b, length in lines)]) + "\n"
    return text, {(min(a, b), max(a, b)): length for a, b, length in lines}


@pytest.mark.parametrize("seed", range(6))
def test_the_last_line_of_an_edge_counts_and_the_best_sites_are_found(seed: int) -> None:
    text, edges = made(seed)
    problem = read_p_median(text)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from((a, b, length) for (a, b), length in edges.items())
    ways = dict(nx.all_pairs_dijkstra_path_length(graph))
    expected = [[ways[a][b] for b in sorted(graph)] for a in sorted(graph)]
    assert problem.distances.tolist() == expected
    found = p_median(problem.distances, np.ones(len(problem.distances)), problem.p)
    best = min(
        float(problem.distances[:, list(sites)].min(axis=1).sum())
        for sites in itertools.combinations(range(len(expected)), problem.p)
    )
    assert (found.value, found.gap) == pytest.approx((best, 0), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("3 2", 1),
        ("3 2 4\n1 2 5\n2 3 5", 1),
        ("3 2 1\n1 2 5", 1),
        ("3 2 1\n1 2 5\n2 9 5", 3),
        ("3 2 1\n1 2 x\n2 3 5", 2),
        ("3 2 1\n1 2 -5\n2 3 5", 2),
    ],
)
def test_what_is_no_problem_is_refused_by_its_line(text: str, line: int) -> None:
    with pytest.raises(ValueError, match=f"^line {line}:"):
        read_p_median(text)
