"""Which shapes hold a point: the raster answers, and an exact predicate where floating point cannot tell. WGS-84 degrees."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.kernels import finding
from geo.raster import Cells, Floats, Ids, Ints, Shape


class Held(NamedTuple):
    """Point by point: `numbers[starts[n]:starts[n + 1]]` are the zones that hold the n-th, ascending, as indices of `Zones.keys`."""

    starts: Ints
    numbers: Ids


class Holders:
    """Shapes by number, and the cells they mark."""

    def __init__(self, shapes: Sequence[Shape], cells: Cells) -> None:
        self._shapes, self._cells = shapes, cells

    def at(self, lon: float, lat: float) -> list[int]:
        """The shapes that hold a point, ascending."""
        out = np.empty(self._cells.most, np.int32)
        found: list[int] = out[: finding.find_one(lon, lat, self._cells, out)].tolist()
        if found and min(found) < 0:
            return list(self._asked(found, lon, lat))
        return found

    def at_many(self, points: Floats) -> Held:
        """`points`: shape (n, 2), lon and lat. Outside every shape, or not a number: none."""
        starts = np.empty(len(points) + 1, np.int64)
        room = len(points) * 4 + self._cells.most
        numbers = np.empty(room, np.int32)
        while finding.find_many(points, self._cells, starts, numbers) < 0:
            room *= 2
            numbers = np.empty(room, np.int32)
        return self._sure(points, Held(starts, numbers[: starts[-1]]))

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
