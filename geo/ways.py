"""A way in words: legs of one direction each, with the turn that begins them. WGS-84 degrees, metres."""

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from geo.metric import distance_m

STRAIGHT_DEG, BACK_DEG = 35.0, 150.0


class Leg(NamedTuple):
    """`turn`: start, left, right, back; `heading`: of eight, n ne e se s sw w nw, where the leg begins."""

    turn: str
    heading: str
    metres: int


def legs_of(points: Sequence[tuple[float, float]]) -> list[Leg]:
    """What to follow and where to turn; bends of less than 35 degrees are no turns."""
    found: list[Leg] = []
    last = 0.0
    for (lon_a, lat_a), (lon_b, lat_b) in itertools.pairwise(points):
        metres = distance_m(lon_a, lat_a, lon_b, lat_b)
        if metres < 1:
            continue
        bearing = math.degrees(math.atan2((lon_b - lon_a) * math.cos(math.radians(lat_a)), lat_b - lat_a)) % 360
        turn = (bearing - last + 180) % 360 - 180
        last = bearing
        if found and abs(turn) < STRAIGHT_DEG:
            found[-1] = found[-1]._replace(metres=found[-1].metres + round(metres))
            continue
        word = "start" if not found else "back" if abs(turn) > BACK_DEG else "right" if turn > 0 else "left"
        found.append(Leg(word, _HEADINGS[round(bearing / 45) % 8], round(metres)))
    return found


_HEADINGS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
