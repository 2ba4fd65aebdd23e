"""What a survey of the ground counts: people, buildings, built-up land or all ground, as far as the city knows it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo import DIVISION, Key, Zones
from geo.coverage import GAP_CELL_M, Demand, gathered, ground_of
from web_console.catalogue import Travel
from web_console.counts import Counts, Floats
from web_console.directory import Directory, SavedPlace

PEOPLE, BUILDINGS, BUILT, ALL = "people", "buildings", "built", "ground"
BASES = (PEOPLE, BUILDINGS, BUILT, ALL)
"""What tells most first."""
Ints = npt.NDArray[np.int64]
POINTS_MOST = 20_000
"""Places that are counted one by one; more are put together, square by square."""


class Ground(NamedTuple):
    """What is surveyed. `built`: built-up land, `counts`: people and buildings, where the city brought them. `basis`: one of BASES."""

    names: Directory
    shapes: Mapping[str, BaseGeometry]
    built: BaseGeometry | None
    travel: Travel
    places: Sequence[SavedPlace] = ()
    counts: Counts | None = None
    basis: str = ALL

    def under(self, post: str) -> "Ground":
        """What a post looks after. Stations stay: a neighbour's circle reaches over the border."""
        shapes = {code: shape for code, shape in self.shapes.items() if code.startswith(post)}
        own, _ = _held(self.counts.points if self.counts else np.empty((0, 2)), shapes)
        return self._replace(
            shapes=shapes, places=[each for each in self.places if each.division.startswith(post)],
            counts=Counts(*(part[own] for part in self.counts)) if self.counts else None,
        )  # fmt: skip

    @property
    def bases(self) -> list[str]:
        """Those that are known here."""
        counted = {name for name in (PEOPLE, BUILDINGS) if self.counts is not None and self._counted(name).any()}
        known = counted | {ALL} | ({BUILT} if self.built is not None else set())
        return [basis for basis in BASES if basis in known]

    def demand(self, *, most: int = POINTS_MOST) -> Demand:
        """In the narrowest divisions that are known; hardly more than `most` points."""
        leaves = _leaves(self.shapes)
        if self.basis in (PEOPLE, BUILDINGS):
            return gathered(self._in(leaves), most)
        step_m = GAP_CELL_M
        if self.basis == BUILT and self.built is not None:
            built = {code: shapely.intersection(shape, self.built) for code, shape in leaves.items()}
            leaves, step_m = {code: shape for code, shape in built.items() if not shape.is_empty}, GAP_CELL_M / 2
        demand = ground_of(leaves, step_m=step_m)
        if (count := len(demand.points)) > most:
            return ground_of(leaves, step_m=step_m * float(np.sqrt(count / most)))
        return demand

    def _counted(self, basis: str) -> Floats:
        return np.empty(0) if self.counts is None else self.counts.people if basis == PEOPLE else self.counts.buildings

    def _in(self, leaves: Mapping[str, BaseGeometry]) -> Demand:
        """What was counted in these divisions; a place on a border counts once."""
        points = self.counts.points if self.counts else np.empty((0, 2))
        inside, codes = _held(points, leaves)
        return Demand(points[inside], self._counted(self.basis)[inside], codes)


def _held(points: Floats, shapes: Mapping[str, BaseGeometry]) -> tuple[Ints, list[str]]:
    """Which of these points lie in a shape, ascending, and the code of the first that holds each."""
    fences = Zones({Key(DIVISION, code): shape for code, shape in shapes.items()})
    held = fences.at_many(np.ascontiguousarray(points))
    inside = np.flatnonzero(np.diff(held.starts) > 0)
    return inside, [fences.keys[n].id for n in held.numbers[held.starts[inside]].tolist()]


def _leaves(shapes: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The narrowest divisions: those that no other lies in."""
    above = {code[:length] for code in shapes for length in range(1, len(code))}
    return {code: shape for code, shape in shapes.items() if code not in above}
