"""A way in words: legs of one direction each, with the turn and the road that begin them. WGS-84 degrees, metres."""

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from geo.metric import distance_m

STRAIGHT_DEG, BACK_DEG = 35.0, 150.0


class Leg(NamedTuple):
    """`turn`: start, on (the road changes its name), left, right, back; `heading`: of eight, n ne e se s sw w nw, where the leg begins;
    `name`: the road's, "" where it has none."""

    turn: str
    heading: str
    metres: int
    name: str = ""


def legs_of(points: Sequence[tuple[float, float]], names: Sequence[str] = ()) -> list[Leg]:
    """What to follow and where to turn; bends of less than 35 degrees are no turns. `names`: of the road that begins at each point."""
    found: list[Leg] = []
    last = 0.0
    for (a, b), name in zip(itertools.pairwise(points), names or itertools.repeat(""), strict=False):
        metres = distance_m(*a, *b)
        if metres < 1:
            continue
        bearing = math.degrees(math.atan2((b[0] - a[0]) * math.cos(math.radians(a[1])), b[1] - a[1])) % 360
        word = _turn(bearing - last) if found else "start"
        last = bearing
        if word == "on" and name in {"", found[-1].name}:
            found[-1] = found[-1]._replace(metres=found[-1].metres + round(metres))
        else:
            found.append(Leg(word, _HEADINGS[round(bearing / 45) % 8], round(metres), name))
    return found


def _turn(degrees: float) -> str:
    turned = (degrees + 180) % 360 - 180
    if abs(turned) < STRAIGHT_DEG:
        return "on"
    return "back" if abs(turned) > BACK_DEG else "right" if turned > 0 else "left"


_HEADINGS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
