"""Before an import is stored: does the file look like another datum than was said? If so it is refused whole, and named."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from command.tiers.divisions import path_of
from command.tiers.imports import Placed
from command.tiers.rows import BadRow
from geo import (
    Crs,
    Doubt,
    Edge,
    Roads,
    doubt_by_guests,
    doubt_by_home,
    doubt_by_junctions,
    doubt_by_roadside,
    doubt_by_shift,
    moved_as_one,
)
from geo.datum import Degrees

PLACES_LEAST = 3
"""One station that moves is no doubt about a file; one boundary is."""
OUTSIDE_LEAST, OUTSIDE_SHARE = 20, 0.005
"""Junctions beyond the border that are none of a map's usual loose ends there."""


def check_shapes(
    shapes: Mapping[str, BaseGeometry], known: Mapping[str, BaseGeometry], *, stations: Sequence[Placed], said: Crs
) -> None:
    """Boundaries as read, beside those of the same divisions in force, and beside the stations that lie in them. Raises BadRow."""
    both = sorted(shapes.keys() & known.keys())
    read, there = ([mark for c in both for mark in _marks(found[c])] for found in (shapes, known))
    _check_datum(read[::3], there[::3], said=said)
    _check_as_one(read, there)
    homes = [(each.at, home) for each in stations if (home := _home(each.division, shapes)) is not None]
    at = [at for at, _ in homes]
    _refuse(doubt_by_guests(at, said=said, strangers=_strangers(homes)), said)
    _refuse_stored(doubt_by_home(at, said="wgs84", strangers=_strangers(homes)))


def check_places(placed: Sequence[Placed], shapes: Mapping[str, BaseGeometry], *, said: Crs) -> None:
    """Places as read, beside where they were known to be, and beside the boundaries of their divisions. Raises BadRow."""
    again = [(each.at, each.known) for each in placed if each.known is not None]
    if len(again) >= PLACES_LEAST:
        _check_datum([at for at, _ in again], [known for _, known in again], said=said)
        _check_as_one([at for at, _ in again], [known for _, known in again])
    homes = [(each.at, home) for each in placed if (home := _home(each.division, shapes)) is not None]
    at = [at for at, _ in homes]
    _refuse(doubt_by_home(at, said=said, strangers=_strangers(homes)), said)
    _refuse_stored(doubt_by_guests(at, said="wgs84", strangers=_strangers(homes)))


def check_roads(roads: Roads, known: Degrees, *, stations: Degrees, outline: BaseGeometry | None, said: Crs) -> None:
    """Roads as read, beside the junctions in force (n, 2), beside stations (n, 2), which lie along roads, and beside the outline of the city. What comes
    first decides. Nothing is found out where there are none of these, or where all roads lie well within the outline. Raises BadRow."""
    nodes = np.reshape(np.asarray(roads.nodes, np.float64), (-1, 2))
    _refuse(doubt_by_junctions(nodes, known, said=said), said)
    _refuse_stored(doubt_by_junctions(known, nodes, said="wgs84"))
    _refuse(doubt_by_roadside(_lines(roads), stations, said=said), said)
    if outline is None:
        return
    shapely.prepare(outline)
    least = max(OUTSIDE_LEAST, round(OUTSIDE_SHARE * len(nodes)))

    def strangers(lon: Degrees, lat: Degrees) -> int:
        out = int((~shapely.contains_xy(outline, lon, lat)).sum())
        return out if out >= least else 0

    _refuse(doubt_by_home([(lon, lat) for lon, lat in nodes.tolist()], said=said, strangers=strangers), said)


def _lines(roads: Roads) -> list[shapely.LineString]:
    """Each road once, whichever ways it may be driven."""
    found: dict[tuple[int, int], Edge] = {}
    for edge in roads.edges:
        found.setdefault((min(edge.start, edge.end), max(edge.start, edge.end)), edge)
    bends = (zip(edge.between[::2], edge.between[1::2], strict=True) for edge in found.values())
    ends = ((roads.nodes[edge.start], roads.nodes[edge.end]) for edge in found.values())
    return [shapely.LineString([start, *between, end]) for (start, end), between in zip(ends, bends, strict=True)]


def _home(division: str, shapes: Mapping[str, BaseGeometry]) -> BaseGeometry | None:
    """The smallest known boundary that the division lies in."""
    codes = path_of(division) if division else ()
    return next((shapes[code] for code in reversed(codes) if code in shapes), None)


def _marks(shape: BaseGeometry) -> list[tuple[float, float]]:
    """Its middle, and two corners of the box around it: of one shape alone they show whether the whole of it moved."""
    middle, (west, south, east, north) = shape.centroid, shape.bounds
    return [(middle.x, middle.y), (west, south), (east, north)]


def _strangers(homes: Sequence[tuple[tuple[float, float], BaseGeometry]]) -> Callable[[Degrees, Degrees], int]:
    """How many places lie outside their homes, were they where one says."""
    shapes = np.array([home for _, home in homes])
    return lambda lon, lat: int((~shapely.intersects_xy(shapes, lon, lat)).sum())


def _check_datum(read: Sequence[tuple[float, float]], known: Sequence[tuple[float, float]], *, said: Crs) -> None:
    """The same places as read and as stored: in another datum than said, or stored from another than was said then."""
    _refuse(doubt_by_shift(read, known, said=said), said)
    _refuse_stored(doubt_by_shift(known, read, said="wgs84"))


def _check_as_one(read: Sequence[tuple[float, float]], known: Sequence[tuple[float, float]]) -> None:
    if (metres := moved_as_one(read, known)) is not None:
        raise BadRow("file.shifted", value=str(metres))


def _refuse_stored(doubt: Doubt | None) -> None:
    """What is stored looks like a datum it was not converted from, while the file seems right."""
    if doubt is not None:
        raise BadRow("file.stored_datum", value=f"{doubt.fits} ({doubt.metres} m)")


def _refuse(doubt: Doubt | None, said: Crs) -> None:
    if doubt is not None:
        raise BadRow("file.datum", said, f"{doubt.fits} ({doubt.metres} m)")
