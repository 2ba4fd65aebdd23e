"""The roads of the network that was brought in, as lines of the base map: for a city that brought no drawing of its own."""

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from geo import Edge, Roads

ORDER = ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "service", "track", "path")
"""The classes that are drawn, the largest first."""
_SAME = {
    "living_street": "residential",
    "road": "unclassified",
    "": "unclassified",
    "footway": "path",
    "pedestrian": "path",
    "cycleway": "path",
}
POINTS_MOST = 200_000
"""What a browser draws without a halt, some 4 MB: of larger networks the small classes are left out."""
_DECIMALS = 5


def drawn(roads: Roads) -> Iterator[tuple[str, BaseGeometry]]:
    """(class, lines), the small ones first, so that the large ones are drawn above them. A way open both ways is one line."""
    by_class: dict[str, dict[tuple[int, int, int], Edge]] = {kind: {} for kind in ORDER}
    for edge in roads.edges:
        kind = edge.highway.removesuffix("_link")
        if (held := by_class.get(_SAME.get(kind, kind))) is not None:
            held.setdefault((min(edge.start, edge.end), max(edge.start, edge.end), round(edge.metres)), edge)
    left, shown = POINTS_MOST, []
    for kind in ORDER:
        edges = by_class[kind].values()
        left -= sum(2 + len(edge.between) // 2 for edge in edges)
        if left < 0:
            break
        if edges:
            lines = shapely.line_merge(shapely.multilinestrings([_line(roads, edge) for edge in edges]))
            shown.append((kind, shapely.set_precision(lines, 10.0**-_DECIMALS, mode="pointwise")))
    yield from reversed(shown)


def _line(roads: Roads, edge: Edge) -> list[tuple[float, float]]:
    return [roads.nodes[edge.start], *zip(edge.between[::2], edge.between[1::2], strict=True), roads.nodes[edge.end]]
