"""Roads and navigable water from OpenStreetMap files, PBF or XML: ways cut where they meet. WGS-84 degrees, metres."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import osmium

from geo.metric import distance_m
from geo.roads import Edge, Roads

_NO_ROADS = frozenset({
    "proposed", "construction", "raceway", "bus_guideway", "elevator", "platform", "abandoned", "razed", "services", "rest_area",
})  # fmt: skip
_WATER = frozenset({"river", "canal"})
_BARRED = frozenset({"no", "private"})
_YES = frozenset({"yes", "true", "1"})
_DIGITS = 7
Place = tuple[float, float]


class _Line(NamedTuple):
    """A way as it was drawn. `ahead`, `back`: the directions open to wheels."""

    nodes: list[int]
    kind: str
    name: str
    ahead: bool
    back: bool


class Read(NamedTuple):
    """`left_out`: ways without places for all their nodes, as at the border of an extract; they are cut there."""

    roads: Roads
    left_out: int


def read_osm(path: Path) -> Read:
    """Raises ValueError when the file is no OpenStreetMap file, is cut short, or holds no way."""
    places: dict[int, Place] = {}
    lines: list[_Line] = []
    lacking = 0
    try:
        for way in osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)):
            if isinstance(way, osmium.osm.Way):
                found, complete = _lines(way, places)
                lacking += not complete
                lines += found
    except (RuntimeError, ValueError) as error:
        raise ValueError("not an OpenStreetMap file") from error
    if not lines:
        raise ValueError("no roads in this file")
    return Read(_cut(lines, places), lacking)


def _lines(way: "osmium.osm.Way", places: dict[int, Place]) -> tuple[list[_Line], bool]:
    tags = way.tags
    highway, water = tags.get("highway"), tags.get("waterway")
    is_road = highway is not None and highway not in _NO_ROADS and tags.get("area") != "yes" and tags.get("access") not in _BARRED
    kind = highway if is_road else water if water in _WATER else None
    if kind is None:
        return [], True
    runs = _runs(way, places)
    name = tags.get("name") or tags.get("ref") or ""
    return [_Line(run, kind, name, *_directions(tags, kind)) for run in runs if len(run) > 1], len(runs) == 1


def _runs(way: "osmium.osm.Way", places: dict[int, Place]) -> list[list[int]]:
    """Its nodes in a row; a gap where a place is lacking is not bridged."""
    runs: list[list[int]] = [[]]
    for node in way.nodes:
        if node.location.valid():
            places[node.ref] = (round(node.location.lon, _DIGITS), round(node.location.lat, _DIGITS))
            runs[-1].append(node.ref)
        else:
            runs.append([])
    return runs


def _directions(tags: "osmium.osm.TagList", kind: str) -> tuple[bool, bool]:
    said = tags.get("oneway")
    if said == "-1":
        return False, True
    implied = kind in ("motorway", "motorway_link") or tags.get("junction") in ("roundabout", "circular")
    return True, said == "no" or not (said in _YES or implied)


def _cut(lines: list[_Line], places: dict[int, Place]) -> Roads:
    """Edges from one meeting of ways to the next; what lies between are the bends of an edge."""
    uses = Counter(node for line in lines for node in line.nodes)
    uses.update(end for line in lines for end in (line.nodes[0], line.nodes[-1]))
    numbers: dict[int, int] = {}
    edges: list[Edge] = []
    for line in lines:
        for piece in _pieces(line.nodes, uses):
            ends = [numbers.setdefault(node, len(numbers)) for node in (piece[0], piece[-1])]
            metres = round(sum(distance_m(*places[a], *places[b]) for a, b in pairwise(piece)), 1)
            if ends[0] == ends[1] or metres == 0:
                continue
            bends = [places[node] for node in piece[1:-1]]
            if line.ahead:
                edges.append(Edge(ends[0], ends[1], metres, line.kind, line.name, _flat(bends)))
            if line.back:
                edges.append(Edge(ends[1], ends[0], metres, line.kind, line.name, _flat(bends[::-1])))
    return Roads([places[node] for node in numbers], edges)


def _pieces(nodes: list[int], uses: Counter[int]) -> Iterator[list[int]]:
    piece = nodes[:1]
    for node in nodes[1:]:
        piece.append(node)
        if uses[node] > 1:
            yield piece
            piece = [node]


def _flat(places: list[Place]) -> tuple[float, ...]:
    return tuple(each for place in places for each in place)
