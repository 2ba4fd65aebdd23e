"""Whether a file is in another datum than was said: its places are all off by the very offset of that datum here. Pure.

A missed conversion moves everything by 300 to 700 m in one direction (GCJ-02), or about a kilometre (BD-09): too little to see,
enough to spoil every circle of a kilometre. Two things give it away: places known before, and divisions places should lie in.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from geo.datum import Crs, Degrees, from_wgs84, to_wgs84
from geo.metric import pairs_m

SHIFTED_M = 100.0
"""Less than this is no matter of datums."""
EXPLAINED = 0.15
"""What may be left of the shift once the right datum is taken, as a share."""
MISPLACED_LEAST = 3
_DATUMS: tuple[Crs, ...] = ("wgs84", "gcj02", "bd09")

Point = tuple[float, float]


class Doubt(NamedTuple):
    """The file fits `fits` rather than what was said; `metres`: how far its places would come to lie off."""

    fits: Crs
    metres: int


def doubt_by_shift(read: Sequence[Point], known: Sequence[Point], *, said: Crs) -> Doubt | None:
    """`read[n]`: a place as converted from `said`, now (lon, lat) WGS-84; `known[n]`: where the same place was known to be.

    The median decides, so that a few that truly moved do not matter; one place alone is enough.
    """
    if not read:
        return None
    at, there = np.asarray(read, np.float64).T, np.asarray(known, np.float64).T
    shift = _median_m(at, there)
    left = {fits: _median_m(other, there) for fits, other in _others(at, said)}
    fits = min(left, key=lambda each: (left[each], each))
    return Doubt(fits, round(shift)) if shift >= SHIFTED_M and left[fits] <= EXPLAINED * shift else None


def doubt_by_home(
    read: Sequence[Point], *, said: Crs, strangers: Callable[[Degrees, Degrees], int]
) -> Doubt | None:  # fmt: skip
    """`strangers(lon, lat)`: how many of the places, so read, lie outside the division they are said to be in.

    Doubtful when three or more do as said, and at most a fifth of them in another datum.
    """
    if not read:
        return None
    at = np.asarray(read, np.float64).T
    out = strangers(at[0], at[1])
    if out < MISPLACED_LEAST:
        return None
    found = min((strangers(other[0], other[1]), fits, round(_median_m(at, other))) for fits, other in _others(at, said))
    return Doubt(found[1], found[2]) if found[0] * 5 <= out and found[2] >= SHIFTED_M else None


def _others(at: Degrees, said: Crs) -> list[tuple[Crs, Degrees]]:
    """The same places had the file been in each other datum."""
    raw = from_wgs84(at[0], at[1], said)
    same = "wgs84" if said == "cgcs2000" else said
    return [(fits, np.stack(to_wgs84(raw[0], raw[1], fits))) for fits in _DATUMS if fits != same]


def _median_m(one: Degrees, other: Degrees) -> float:
    """Median of distances, place by place; both as rows of longitudes and latitudes."""
    return float(np.median(pairs_m(np.transpose(one), np.transpose(other))))
