"""Zones: fenced areas that mean something, and which of them hold a point. Immutable: a change makes a new index, and queries that run
go on with the old one.

Exact: boundary points belong to the zone (a shared border to the lowest id of its tier); a disc holds distance <= radius. WGS-84.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, Self

import shapely
from shapely.geometry.base import BaseGeometry

from geo.discs import Discs
from geo.holders import Held, Holders
from geo.metric import distance_m
from geo.raster import Disc, Floats, Grid, Piece, Shape, cells_of, grid_over, piece_of

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


class Zones:
    """Zones of all kinds in one index. `keys`: sorted."""

    def __init__(
        self, zones: Mapping[Key, Shape], *, grid: Grid | None = None, pieces: Mapping[Key, Piece] | None = None
    ) -> None:
        """`grid`, `pieces`: of an index before, as far as its zones are the same."""
        self.keys = sorted(zones)
        self._zones = zones
        self._shapes = [zones[key] for key in self.keys]
        self._disc = {n: shape for n, shape in enumerate(self._shapes) if isinstance(shape, Disc)}
        self._grid = grid if grid is not None else grid_over(self._shapes)
        made = pieces or {}
        self._pieces = {key: made[key] if key in made else piece_of(zones[key], self._grid) for key in self.keys}
        self._holders = Holders(self._shapes, cells_of(self._shapes, list(self._pieces.values()), self._grid))

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
        return tuple(self.keys[n] for n in self._holders.at(lon, lat))

    def at_many(self, points: Floats) -> Held:
        """`points`: shape (n, 2), lon and lat. Outside every zone, or not a number: none."""
        return self._holders.at_many(points)

    def touching(self, area: BaseGeometry) -> tuple[Key, ...]:
        """The zones that share ground with an area (a common border alone is none), sorted."""
        return tuple(sorted((*self._fences_touching(area), *(self.keys[n] for n, _ in self._discs.touching(area)))))

    def path_at(self, lon: float, lat: float) -> tuple[str, ...]:
        """The divisions that hold a point, from the widest down, one a tier; () when none does.

        Where boundaries are missing the path is shorter; a division whose parent does not hold the point is left out.
        """
        holding = (self.keys[n].id for n in self._holders.at(lon, lat) if self.keys[n].kind == DIVISION)
        path: list[str] = []
        for code in sorted(holding, key=lambda c: (len(c), c)):
            if not path or (len(code) > len(path[-1]) and code.startswith(path[-1])):
                path.append(code)
        return tuple(path)

    def circles_at(self, lon: float, lat: float) -> list[Near]:
        """Circles that hold a point, nearest first, ties by id."""
        held = (n for n in self._holders.at(lon, lat) if self.keys[n].kind == CIRCLE)
        return sorted((self._near(n, lon, lat) for n in held), key=lambda near: (near.distance_m, near.id))

    def circles_touching(self, area: BaseGeometry) -> list[Near]:
        """Circles that an area reaches into, nearest first (0 m: it holds the centre), ties by id."""
        near = (Near(self.keys[n].id, metres, inside=True) for n, metres in self._circles.touching(area))
        return sorted(near, key=lambda near: (near.distance_m, near.id))

    def nearest_circle(self, lon: float, lat: float) -> Near | None:
        """The circle whose centre is nearest, ties by id."""
        nearest = self._circles.nearest(lon, lat)
        return None if nearest is None else self._near(nearest, lon, lat)

    def _fences_touching(self, area: BaseGeometry) -> list[Key]:
        keys, shapes, tree = self._fences
        return [keys[n] for n in tree.query(area, predicate="intersects") if not shapes[n].touches(area)]

    @cached_property
    def _fences(self) -> tuple[list[Key], list[BaseGeometry], shapely.STRtree]:
        pairs = [(key, shape) for key, shape in zip(self.keys, self._shapes, strict=True) if not isinstance(shape, Disc)]
        shapes = [shape for _, shape in pairs]
        return [key for key, _ in pairs], shapes, shapely.STRtree(shapes)

    @cached_property
    def _discs(self) -> Discs:
        return Discs(self._disc)

    @cached_property
    def _circles(self) -> Discs:
        return Discs({n: disc for n, disc in self._disc.items() if self.keys[n].kind == CIRCLE})

    def _near(self, number: int, lon: float, lat: float) -> Near:
        disc = self._disc[number]
        metres = distance_m(disc.lon, disc.lat, lon, lat)
        return Near(self.keys[number].id, metres, metres <= disc.radius_m)
