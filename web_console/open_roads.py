"""Travel as the roads are now: those in force, without what marked ground shuts; and what one more outline would change."""

from collections.abc import Callable, Collection, Iterable

import numpy as np
import shapely

from geo import Reach
from incidents import Ring, Zone
from web_console.catalogue import Travel


class OpenRoads:
    """Asked anew before every plan; made anew only when the roads, or what shuts them, changed. `standing`: the zones now."""

    def __init__(self, standing: Callable[[], Iterable[Zone]]) -> None:
        self._standing = standing
        self._made: tuple[Travel, frozenset[Ring], Travel] | None = None

    def __call__(self, travel: Travel) -> Travel:
        """What teams, who go by car, can still use. Where no roads are known, nothing can be shut."""
        shut = self._shut()
        if self._made is None or self._made[0] is not travel or self._made[1] != shut:
            self._made = travel, shut, _without(travel, shut)
        return self._made[2]

    def with_also(self, travel: Travel, rings: Collection[Ring]) -> Travel:
        """As if these shut roads too."""
        return _without(travel, self._shut().union(rings)) if rings else self(travel)

    def _shut(self) -> frozenset[Ring]:
        return frozenset(zone.ring for zone in self._standing() if "car" in zone.shuts)


def road_metres(travel: Travel, ring: Ring) -> int | None:
    """Metres of road within an outline; None where no roads are known."""
    if not isinstance(travel, Reach):
        return None
    return round(travel.network.metres_of(travel.network.inside(shapely.Polygon(ring))))


def _without(travel: Travel, rings: Collection[Ring]) -> Travel:
    if not isinstance(travel, Reach) or not rings:
        return travel
    arcs = [travel.network.inside(shapely.Polygon(ring)) for ring in rings]
    return travel.without(np.unique(np.concatenate(arcs)))
