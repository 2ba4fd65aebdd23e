"""Whether a file is in another datum than was said: its places are all off by the very offset of that datum here. Pure.

A missed conversion moves everything by 300 to 700 m in one direction (GCJ-02), or about a kilometre (BD-09): too little to see,
enough to spoil every circle of a kilometre. Two things give it away: places known before, and divisions places should lie in. Of roads
nobody says which junction is which, and in a town the next one is never far: what counts there is how many come to lie upon known ones.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geo.datum import Crs, Degrees, from_wgs84, to_wgs84
from geo.metric import pairs_m, spots
from geo.plane import Plane

SHIFTED_M = 100.0
"""Less than this is no matter of datums."""
EXPLAINED = 0.15
"""What may be left of the shift once the right datum is taken, as a share."""
MISPLACED_LEAST = 3
UPON_M, NEAR_M, JUNCTIONS_LEAST = 20.0, 2_000.0, 20
"""Two sources of one junction are no farther apart; what is beyond NEAR_M of any road read is of another town; fewer say nothing."""
FITTING, CHANCE = 0.5, 0.5
"""The share of junctions that must fit in the other datum, and what share of those may fit as said, by chance."""
BESIDE_LEAST = 10
AS_ONE_LEAST, AS_ONE_SHARE, AS_ONE = 3, 0.8, 0.25
"""Places that move as one: how many at least, the share of them that does, and how far each may stray from it, as a share of the way."""
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


def moved_as_one(read: Sequence[Point], known: Sequence[Point]) -> int | None:
    """How many metres all places lie off in one direction, whatever moved them; None where less than 100, or each its own way."""
    if len(read) < AS_ONE_LEAST:
        return None
    at, there = np.asarray(read, np.float64), np.asarray(known, np.float64)
    plane = Plane(*np.median(there, axis=0).tolist())
    steps = plane.metres(at) - plane.metres(there)
    step = np.median(steps, axis=0)
    metres = float(np.hypot(*step))
    apart = np.quantile(np.hypot(*(steps - step).T), AS_ONE_SHARE, method="higher")
    return round(metres) if metres >= SHIFTED_M and apart <= AS_ONE * metres else None


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


def doubt_by_guests(
    known: Sequence[Point], *, said: Crs, strangers: Callable[[Degrees, Degrees], int]
) -> Doubt | None:  # fmt: skip
    """Of outlines as converted from `said`: `strangers(lon, lat)` is how many of the places `known`, so read, lie outside the outline of their own
    division. Doubtful when three or more do, and at most a fifth of them had the outlines been in another datum."""
    if not known:
        return None
    at = np.asarray(known, np.float64)
    out = strangers(at[:, 0], at[:, 1])
    if out < MISPLACED_LEAST:
        return None
    found = min((strangers(*there.T), fits) for fits, there in _as_read(at, said))
    metres = _offset_m(at, said, found[1])
    return Doubt(found[1], metres) if found[0] * 5 <= out and metres >= SHIFTED_M else None


def doubt_by_junctions(read: Degrees, known: Degrees, *, said: Crs) -> Doubt | None:
    """`read` (n, 2): ends of roads as converted from `said`; `known` (m, 2): those of roads known before, whichever of them are the same."""
    if not len(read) or not len(known):
        return None
    tree = cKDTree(spots(read))

    def fitting(there: Degrees) -> tuple[float, int]:
        gaps = np.asarray(tree.query(spots(there), distance_upper_bound=NEAR_M)[0])
        near = gaps[np.isfinite(gaps)]
        return (float((near <= UPON_M).mean()) if len(near) else 0.0), len(near)

    as_said, count = fitting(known)
    if count < JUNCTIONS_LEAST:
        return None
    share, fits = max((fitting(there)[0], fits) for fits, there in _as_read(known, said))
    return Doubt(fits, _offset_m(read, said, fits)) if share >= FITTING and as_said <= CHANCE * share else None


def doubt_by_roadside(roads: Sequence[shapely.LineString], places: Degrees, *, said: Crs) -> Doubt | None:
    """`places` (n, 2) that lie along roads, as stations do: doubtful when half are 100 m and more off as said, and a fifth of that in another datum."""
    if not roads or len(places) < BESIDE_LEAST:
        return None
    corners = shapely.get_coordinates(roads)
    plane = Plane(*np.median(corners, axis=0).tolist())
    tree = shapely.STRtree(shapely.transform(np.asarray(roads), plane.metres))

    def off_m(there: Degrees) -> float:
        _, gaps = tree.query_nearest(shapely.points(plane.metres(there)), all_matches=False, return_distance=True)
        near = gaps[gaps <= NEAR_M]
        return float(np.median(near)) if len(near) >= BESIDE_LEAST else float("inf")

    as_said = off_m(places)
    least, fits = min((off_m(there), fits) for fits, there in _as_read(places, said))
    return Doubt(fits, _offset_m(corners, said, fits)) if SHIFTED_M <= as_said < float("inf") and least * 5 <= as_said else None


def _as_read(known: Degrees, said: Crs) -> list[tuple[Crs, Degrees]]:
    """Where known places would have come to lie, had a file that holds them been in each other datum."""
    found = []
    for fits in _datums_but(said):
        raw = from_wgs84(known[:, 0], known[:, 1], fits)
        found.append((fits, np.column_stack(to_wgs84(raw[0], raw[1], said))))
    return found


def _offset_m(read: Degrees, said: Crs, fits: Crs) -> int:
    at = read.T
    return round(next(_median_m(at, other) for name, other in _others(at, said) if name == fits))


def _others(at: Degrees, said: Crs) -> list[tuple[Crs, Degrees]]:
    """The same places had the file been in each other datum."""
    raw = from_wgs84(at[0], at[1], said)
    return [(fits, np.stack(to_wgs84(raw[0], raw[1], fits))) for fits in _datums_but(said)]


def _datums_but(said: Crs) -> list[Crs]:
    return [fits for fits in _DATUMS if fits != ("wgs84" if said == "cgcs2000" else said)]


def _median_m(one: Degrees, other: Degrees) -> float:
    """Median of distances, place by place; both as rows of longitudes and latitudes."""
    return float(np.median(pairs_m(np.transpose(one), np.transpose(other))))
