"""Who is nearest of very many who move: a lattice of cells that lists only those who may be called. One thread; WGS-84 degrees."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geo.kernels import people
from geo.metric import DEGREE_M, arcs_m, chord_m
from geo.raster import Floats, Ids

_A_CELL = 3
"""Eligible people to a cell, were they spread evenly: few enough to look through, not so few that rings are empty."""


class Lattice(NamedTuple):
    west: float
    south: float
    d_lon: float
    d_lat: float
    columns: int
    rows: int


class Moving:
    """`people`: how many there may be, numbered from 0. At first nobody is anywhere, and nobody is eligible.

    `bounds`: west, south, east, north of where most are; who is outside is found too, more slowly. `eligible`: about how many.
    """

    def __init__(self, people: int, bounds: tuple[float, float, float, float], *, eligible: int) -> None:
        west, south, east, north = bounds
        squeeze = float(np.cos(np.radians(max(abs(south), abs(north)))))
        cells = max(eligible / _A_CELL, 1.0)
        d_lat = max(float(np.sqrt((east - west) * squeeze * (north - south) / cells)), 1e-6)
        self._lattice = Lattice(
            west, south, d_lat / squeeze, d_lat, int((east - west) * squeeze / d_lat) + 1, int((north - south) / d_lat) + 1
        )
        self._step_m = d_lat * DEGREE_M * 0.99
        self._places, self._eligible = np.zeros((people, 2)), np.zeros(people, np.bool_)
        self._cells, self._first = (
            np.full(people, -1, np.int32),
            np.full(self._lattice.columns * self._lattice.rows, -1, np.int32),
        )
        self._following, self._preceding = np.full(people, -1, np.int32), np.full(people, -1, np.int32)

    def move(self, ones: Ids, points: Floats) -> None:
        """New places (n, 2) of these people."""
        people.move(ones, points, *self._state)

    def mark(self, ones: Ids, *, eligible: bool) -> None:
        """These may be called, or may not; where they are was said before."""
        people.mark(ones, eligible, *self._state)

    def nearest(self, lon: float, lat: float, most: int, *, within_m: float = np.inf) -> list[tuple[int, float]]:
        """(number, metres) of the nearest who are eligible, nearest first, ties by number."""
        ones, squares = np.empty(most, np.int32), np.empty(most)
        found = people.nearest(
            lon,
            lat,
            chord_m(within_m) ** 2,
            self._places,
            self._lattice,
            self._step_m,
            self._first,
            self._following,
            ones,
            squares,
        )
        return list(zip(ones[:found].tolist(), arcs_m(squares[:found]).tolist(), strict=True))

    @property
    def _state(self) -> tuple[npt.NDArray[np.generic] | Lattice, ...]:
        return self._places, self._eligible, self._lattice, self._cells, self._first, self._following, self._preceding
