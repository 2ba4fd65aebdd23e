"""Lines as they were drawn, made into roads: cut where they meet. WGS-84 degrees, metres."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from geo.metric import distance_m
from geo.roads import Edge, Roads

DIGITS = 7
"""Decimal places of a place: lines meet where they have the same."""
Place = tuple[float, float]


class Unsound(ValueError):
    """A file of lines that is refused whole. `code`: why, for whoever has the words; `value`: what of it."""

    def __init__(self, code: str, said: str, value: str = "") -> None:
        super().__init__(said)
        self.code, self.value = code, value


class Line(NamedTuple):
    """A way as it was drawn, node by node. `ahead`, `back`: the directions open to wheels."""

    nodes: list[int]
    kind: str
    name: str
    ahead: bool
    back: bool


class Read(NamedTuple):
    """What a file held. `left_out`: lines that lack a part, as at the border of an extract; they are cut there. `loops`: pieces that lead
    nowhere: back to where they begin without meeting another, or of no length."""

    roads: Roads
    left_out: int
    loops: int = 0


def read_of(lines: Sequence[Line], places: Mapping[int, Place], *, left_out: int) -> Read:
    """Edges from one meeting of lines to the next; what lies between are the bends of an edge. What leads nowhere is left out.

    Raises Unsound when nothing is left.
    """
    uses = Counter(node for line in lines for node in line.nodes)
    uses.update(end for line in lines for end in (line.nodes[0], line.nodes[-1]))
    numbers: dict[int, int] = {}
    edges: list[Edge] = []
    loops = 0
    for line in lines:
        for piece in _pieces(line.nodes, uses):
            metres = round(sum(distance_m(*places[a], *places[b]) for a, b in pairwise(piece)), 1)
            if piece[0] == piece[-1] or metres == 0:
                loops += 1
                continue
            ends = [numbers.setdefault(node, len(numbers)) for node in (piece[0], piece[-1])]
            bends = [places[node] for node in piece[1:-1]]
            if line.ahead:
                edges.append(Edge(ends[0], ends[1], metres, line.kind, line.name, _flat(bends)))
            if line.back:
                edges.append(Edge(ends[1], ends[0], metres, line.kind, line.name, _flat(bends[::-1])))
    if not edges:
        raise Unsound("no_roads", "no roads in this file")
    return Read(Roads([places[node] for node in numbers], edges), left_out, loops)


def _pieces(nodes: list[int], uses: Counter[int]) -> Iterator[list[int]]:
    piece = nodes[:1]
    for node in nodes[1:]:
        piece.append(node)
        if uses[node] > 1:
            yield piece
            piece = [node]


def _flat(places: list[Place]) -> tuple[float, ...]:
    return tuple(each for place in places for each in place)
