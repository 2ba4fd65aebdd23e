"""Travel as the roads are now: those in force, without what marked ground shuts for a mode of travel; and what one more would change."""

from collections.abc import Callable, Collection, Iterable

import numpy as np
import numpy.typing as npt
import shapely

from geo import Mode, Reach, Stretch, arcs_of_stretch
from incidents import Ring, Zone
from web_console.catalogue import Travel

Shape = Ring | Stretch
"""What shuts roads: an outline all that it touches, a stretch itself."""
_HELD_MOST = 500


class OpenRoads:
    """Asked anew before every plan; made anew only when the roads, or what shuts them, changed. `standing`: the zones now."""

    def __init__(self, standing: Callable[[], Iterable[Zone]]) -> None:
        self._standing = standing
        self._made: dict[Mode, _Made] = {}

    def __call__(self, travel: Travel, mode: Mode = "car") -> Travel:
        """What of the ways of a mode can still be used. Where no roads are known, nothing can be shut."""
        return self._of(travel, mode).without(self._shut(mode))

    def with_also(self, travel: Travel, shapes: Collection[Shape]) -> Travel:
        """As if these shut roads too, for cars."""
        return self._of(travel, "car").as_if(self._shut("car").union(shapes)) if shapes else self(travel)

    def is_found(self, stretch: Stretch, travels: Iterable[tuple[Mode, Travel]]) -> bool | None:
        """Whether any of these networks has that stretch of road now; None: none of them is known."""
        found = [len(self._of(travel, mode).arcs(stretch)) > 0 for mode, travel in travels if isinstance(travel, Reach)]
        return any(found) if found else None

    def _of(self, travel: Travel, mode: Mode) -> "_Made":
        made = self._made.get(mode)
        if made is None or made.travel is not travel:
            made = self._made[mode] = _Made(travel)
        return made

    def _shut(self, mode: Mode) -> frozenset[Shape]:
        return frozenset(zone.stretch or zone.ring for zone in self._standing() if mode in zone.shuts)


class _Made:
    """Over one network. What a shape shuts is found once."""

    def __init__(self, travel: Travel) -> None:
        self.travel = travel
        self._found: dict[Shape, npt.NDArray[np.int32]] = {}
        self._open: tuple[frozenset[Shape], Travel] = frozenset(), travel

    def without(self, shapes: frozenset[Shape]) -> Travel:
        if self._open[0] != shapes:
            self._found = {shape: arcs for shape, arcs in self._found.items() if shape in shapes}
            self._open = shapes, self.as_if(shapes)
        return self._open[1]

    def as_if(self, shapes: Collection[Shape]) -> Travel:
        if not isinstance(self.travel, Reach) or not shapes:
            return self.travel
        return self.travel.without(np.unique(np.concatenate([self.arcs(shape) for shape in shapes])))

    def arcs(self, shape: Shape) -> npt.NDArray[np.int32]:
        assert isinstance(self.travel, Reach)  # noqa: S101 -- callers have looked
        found = self._found.get(shape)
        if found is None:
            if len(self._found) >= _HELD_MOST:  # outlines that were only looked at
                self._found.clear()
            net = self.travel.network
            found = arcs_of_stretch(net, shape) if isinstance(shape, Stretch) else net.inside(shapely.Polygon(shape))
            self._found[shape] = found
        return found


def road_metres(travel: Travel, ring: Ring) -> int | None:
    """Metres of road within an outline; None where no roads are known."""
    if not isinstance(travel, Reach):
        return None
    return round(travel.network.metres_of(travel.network.inside(shapely.Polygon(ring))))


def short_m(travel: Travel, base: tuple[float, float], place: tuple[float, float]) -> int | None:
    """How far from a place one leaves the roads that lead there from a base; None where none is near the base."""
    way = travel.way(base, place) if isinstance(travel, Reach) else None
    return way.short_m if way is not None else None
