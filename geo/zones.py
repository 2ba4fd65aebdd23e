"""Zones: fenced areas that mean something, and which of them hold a point. Immutable: a change makes a new index, and queries that run
go on with the old one.

Exact: boundary points belong to the zone (a shared border to the lowest id of its tier); a disc holds distance <= radius. WGS-84.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.kernels import finding
from geo.metric import DEGREE_M, distance_m, pairs_m
from geo.plane import Plane
from geo.raster import Disc, Floats, Grid, Ints, Piece, Shape, cells_of, grid_over, piece_of

DIVISION, CIRCLE = "division", "circle"


class Key(NamedTuple):
    """A zone by its kind (division, circle, fence, hazard, closure) and its id within it."""

    kind: str
    id: str


class Near(NamedTuple):
    """A circle seen from a point."""

    id: str
    distance_m: float
    inside: bool


class Held(NamedTuple):
    """Point by point: `numbers[starts[n]:starts[n + 1]]` are the zones that hold the n-th, ascending, as indices of `Zones.keys`."""

    starts: Ints
    numbers: npt.NDArray[np.int32]


class Zones:
    """Zones of all kinds in one index. `keys`: sorted."""

    def __init__(
        self, zones: Mapping[Key, Shape], *, grid: Grid | None = None, pieces: Mapping[Key, Piece] | None = None
    ) -> None:
        """`grid`, `pieces`: of an index before, as far as its zones are the same."""
        self.keys = sorted(zones)
        self._zones = zones
        self._shapes = [zones[key] for key in self.keys]
        self._disc = {key: shape for key, shape in zones.items() if isinstance(shape, Disc)}
        self._grid = grid if grid is not None else grid_over(self._shapes)
        made = pieces or {}
        self._pieces = {key: made[key] if key in made else piece_of(zones[key], self._grid) for key in self.keys}
        self._cells = cells_of(self._shapes, list(self._pieces.values()), self._grid)

    def changed(self, *, put: Mapping[Key, Shape] | None = None, drop: Iterable[Key] = ()) -> Self:
        """With these zones added or moved, and those taken away."""
        put, gone = put or {}, frozenset(drop)
        zones = {key: shape for key, shape in self._zones.items() if key not in gone} | dict(put)
        if not all(self._grid.spans(shape) for shape in put.values()):
            return type(self)(zones)
        kept = {key: piece for key, piece in self._pieces.items() if key not in gone and key not in put}
        return type(self)(zones, grid=self._grid, pieces=kept)

    def at(self, lon: float, lat: float) -> tuple[Key, ...]:
        """The zones that hold a point, sorted."""
        return tuple(self.keys[n] for n in self._numbers_at(lon, lat))

    def at_many(self, points: Floats) -> Held:
        """`points`: shape (n, 2), lon and lat. Outside every zone, or not a number: none."""
        starts = np.empty(len(points) + 1, np.int64)
        room = len(points) * 4 + self._cells.most
        numbers = np.empty(room, np.int32)
        while finding.find_many(points, self._cells, starts, numbers) < 0:
            room *= 2
            numbers = np.empty(room, np.int32)
        return self._sure(points, Held(starts, numbers[: starts[-1]]))

    def touching(self, area: BaseGeometry) -> tuple[Key, ...]:
        """The zones that share ground with an area (a common border alone is none), sorted."""
        return tuple(sorted((*self._fences_touching(area), *(Key(kind, near.id) for kind, near in self._discs_touching(area)))))

    def path_at(self, lon: float, lat: float) -> tuple[str, ...]:
        """The divisions that hold a point, from the widest down, one a tier; () when none does.

        Where boundaries are missing the path is shorter; a division whose parent does not hold the point is left out.
        """
        holding = (self.keys[n].id for n in self._numbers_at(lon, lat) if self.keys[n].kind == DIVISION)
        path: list[str] = []
        for code in sorted(holding, key=lambda c: (len(c), c)):
            if not path or (len(code) > len(path[-1]) and code.startswith(path[-1])):
                path.append(code)
        return tuple(path)

    def circles_at(self, lon: float, lat: float) -> list[Near]:
        """Circles that hold a point, nearest first, ties by id."""
        held = (self.keys[n] for n in self._numbers_at(lon, lat))
        return sorted((self._near(key, lon, lat) for key in held if key.kind == CIRCLE), key=lambda n: (n.distance_m, n.id))

    def circles_touching(self, area: BaseGeometry) -> list[Near]:
        """Circles that an area reaches into, nearest first (0 m: it holds the centre), ties by id."""
        near = [near for kind, near in self._discs_touching(area) if kind == CIRCLE]
        return sorted(near, key=lambda n: (n.distance_m, n.id))

    def nearest_circle(self, lon: float, lat: float) -> Near | None:
        """The circle whose centre is nearest, ties by id."""
        keys, centres, _ = self._discs
        circles = [n for n, key in enumerate(keys) if key.kind == CIRCLE]
        if not circles:
            return None
        nearest = int(np.argmin(pairs_m(centres[circles], np.array([[lon, lat]]))))
        return self._near(keys[circles[nearest]], lon, lat)

    def _numbers_at(self, lon: float, lat: float) -> list[int]:
        out = np.empty(self._cells.most, np.int32)
        found: list[int] = out[: finding.find_one(lon, lat, self._cells, out)].tolist()
        if found and min(found) < 0:
            return list(self._asked(found, lon, lat))
        return found

    def _asked(self, found: list[int], lon: float, lat: float) -> Iterator[int]:
        """What floating point could not tell, an exact predicate tells."""
        for number in found:
            if number >= 0:
                yield number
            elif self._is_on(~number, lon, lat):
                yield ~number

    def _sure(self, points: Floats, held: Held) -> Held:
        doubtful = np.flatnonzero(held.numbers < 0)
        if not len(doubtful):
            return held
        numbers, keep = held.numbers.copy(), np.ones(len(held.numbers), bool)
        at = np.searchsorted(held.starts, doubtful, side="right") - 1
        for where, point in zip(doubtful.tolist(), at.tolist(), strict=True):
            numbers[where] = ~numbers[where]
            keep[where] = self._is_on(int(numbers[where]), *points[point])
        before = np.concatenate(([0], np.cumsum(keep)))
        return Held(before[held.starts], numbers[keep])

    def _is_on(self, number: int, lon: float, lat: float) -> bool:
        shape = self._shapes[number]
        return isinstance(shape, BaseGeometry) and bool(shapely.intersects_xy(shape, lon, lat))

    def _fences_touching(self, area: BaseGeometry) -> list[Key]:
        keys, shapes, tree = self._fences
        return [keys[n] for n in tree.query(area, predicate="intersects") if not shapes[n].touches(area)]

    def _discs_touching(self, area: BaseGeometry) -> list[tuple[str, Near]]:
        keys, centres, widest_m = self._discs
        west, south, east, north = area.bounds
        lat_reach = widest_m * 1.01 / DEGREE_M
        lon_reach = lat_reach / max(float(np.cos(np.radians(max(abs(south), abs(north))))), 1e-6)
        lon, lat = centres.T
        close = (west - lon_reach <= lon) & (lon <= east + lon_reach) & (south - lat_reach <= lat) & (lat <= north + lat_reach)
        found = []
        for key in (keys[n] for n in np.flatnonzero(close)):
            disc = self._disc[key]
            metres = _metres_to(area, disc)
            if metres <= disc.radius_m:
                found.append((key.kind, Near(key.id, metres, inside=True)))
        return found

    @cached_property
    def _fences(self) -> tuple[list[Key], list[BaseGeometry], shapely.STRtree]:
        pairs = [(key, shape) for key, shape in zip(self.keys, self._shapes, strict=True) if not isinstance(shape, Disc)]
        shapes = [shape for _, shape in pairs]
        return [key for key, _ in pairs], shapes, shapely.STRtree(shapes)

    @cached_property
    def _discs(self) -> tuple[list[Key], Floats, float]:
        """Their keys, centres and the widest radius."""
        keys = sorted(self._disc)
        centres = np.array([self._disc[key][:2] for key in keys], np.float64).reshape(-1, 2)
        return keys, centres, max((disc.radius_m for disc in self._disc.values()), default=0.0)

    def _near(self, key: Key, lon: float, lat: float) -> Near:
        disc = self._disc[key]
        metres = distance_m(disc.lon, disc.lat, lon, lat)
        return Near(key.id, metres, metres <= disc.radius_m)


def _metres_to(area: BaseGeometry, disc: Disc) -> float:
    """From a disc's centre to the place of an area that is nearest in a plane at that centre."""
    plane, centre = Plane(disc.lon, disc.lat), shapely.Point(0.0, 0.0)
    nearest = shapely.get_coordinates(shapely.shortest_line(shapely.transform(area, plane.metres), centre))[:1]
    return distance_m(disc.lon, disc.lat, *plane.degrees(nearest)[0].tolist())
