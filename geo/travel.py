"""Travel times to a place where there are no roads to go by: a stated rule of thumb."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from geo.metric import distances_m
from geo.roads import Mode

DETOUR = 1.3
WALK_M_S = 2.5
CAR_M_S = 30 / 3.6
STRAIGHT_M_S: Mapping[Mode, float] = {"car": CAR_M_S, "e_bike": 15 / 3.6, "foot": WALK_M_S, "boat": 10 / 3.6}
"""Along a straight line, by mode; of e-bikes and boats assumptions, the slower ones of `data/speeds.toml`."""
SNAP_MOST_M = 3_000.0


NO_ROAD = "straight_line_no_road"
AS_NEAR = "as_near_by_road"


class Trip(NamedTuple):
    """Whole metres and seconds, and what they rest on."""

    metres: int
    seconds: int
    source: str

    @property
    def has_way(self) -> bool:
        """False where there are roads, but none leads there: by road as near as one comes and on foot from there, or, where even that
        is far off, along a straight line. Either is a guess: what lies between may be water."""
        return self.source not in {NO_ROAD, AS_NEAR}


def straight_line(
    origins: Sequence[tuple[float, float]], place: tuple[float, float], *, speed_m_s: float = CAR_M_S
) -> list[Trip]:
    """Distance x 1.3 at one speed: 2.5 m/s on foot (median of responders' tracks, domain.md 5.1), 30 km/h by car."""
    return [
        Trip(round(metres * DETOUR), round(metres * DETOUR / speed_m_s), "straight_line")
        for metres in distances_m(origins, *place)
    ]
