"""Travel as the roads are now: those in force, without what marked ground shuts."""

from collections.abc import Callable, Iterable

import numpy as np
import shapely

from geo import Reach
from incidents import Zone
from web_console.catalogue import Travel


class OpenRoads:
    """Asked anew before every plan; made anew only when the roads, or what shuts them, changed. `standing`: the zones now."""

    def __init__(self, standing: Callable[[], Iterable[Zone]]) -> None:
        self._standing = standing
        self._made: tuple[Travel, frozenset[tuple[tuple[float, float], ...]], Travel] | None = None

    def __call__(self, travel: Travel) -> Travel:
        """What teams, who go by car, can still use. Where no roads are known, nothing can be shut."""
        shut = frozenset(zone.ring for zone in self._standing() if "car" in zone.shuts)
        if not isinstance(travel, Reach) or not shut:
            return travel
        if self._made is None or self._made[0] is not travel or self._made[1] != shut:
            arcs = [travel.network.inside(shapely.Polygon(ring)) for ring in shut]
            self._made = travel, shut, travel.without(np.unique(np.concatenate(arcs)))
        return self._made[2]
