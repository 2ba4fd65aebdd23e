"""When a report is a duplicate: the same category within 300 m and 2 h of an incident that is still open. Pure."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from geo import distance_m

DUPLICATE_M = 300.0
DUPLICATE_MS = 2 * 3_600_000


class Standing(NamedTuple):
    """An incident that later reports may be duplicates of."""

    incident: str
    category: str
    lead: str
    lon: float
    lat: float
    at_ms: int


def duplicate_of(new: Standing, standing: Sequence[Standing], *, is_open: Callable[[str], bool]) -> Standing | None:
    """The nearest open incident of the same category within reach in place and time, ties to the earlier; pure."""
    near = [
        (distance_m(new.lon, new.lat, each.lon, each.lat), number, each)
        for number, each in enumerate(standing)
        if each.category == new.category and abs(new.at_ms - each.at_ms) <= DUPLICATE_MS and is_open(each.incident)
    ]
    return min((each for each in near if each[0] <= DUPLICATE_M), default=(0, 0, None))[2]


def still_near(standing: Sequence[Standing], now_ms: int) -> list[Standing]:
    """Those that a report of now or later may still be a duplicate of, by time."""
    return [each for each in standing if each.at_ms >= now_ms - DUPLICATE_MS]
