"""Where to put k: stations more, so that most lies in a circle or in two; teams beforehand, so that they are there soonest. Each answer
says what share is covered before and after, and what no choice of as many betters. As plain values, for screens."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import shapely
from scipy.sparse import csr_array

from command.core.errors import Refused
from geo import Reach, seconds_each, seconds_from
from geo.coverage import Demand, Floats, gaps, within
from geo.siting import Sited, cover_most, p_median
from mobilization.specialities import meets
from web_console.demand import Ground
from web_console.survey import CIRCLE_M, GAPS_MOST, IN_TIME_S, TIERS, Counts, circles_over

STATIONS, TEAMS = ("next", "twice"), ("quickest", "in_time")
ASKS = (*STATIONS, *TEAMS)
K_MOST = 20
SPOTS_MOST, DEMANDS_MOST = 1_000, 3_000
"""Places compared for a station; squares of ground for which teams are timed one by one."""
LATE_S = 60 * 60
"""Whoever is reached later, or by no road, counts as reached after so long: one far valley does not decide for a city."""
SOLVER_LEAST_S = 1.0


class Asked(NamedTuple):
    """`ask`: one of ASKS. `speciality`: teams that can do this count from where they are based; "": none does."""

    ask: str
    k: int
    speciality: str = ""


class Spot(NamedTuple):
    """A place that may be chosen. `kind`: station, place or ground; `name`: its own, of ground none; `within`: the division's."""

    kind: str
    name: str
    within: str
    lon: float
    lat: float


def sited(ground: Ground, asked: Asked, *, post: str, left: Callable[[], float]) -> dict[str, Any]:
    """`left`: seconds that may still be spent. Raises Refused where nothing can be compared."""
    if not 1 <= asked.k <= K_MOST:
        raise Refused("siting.k", most=K_MOST)
    if not ground.shapes:
        raise Refused("siting.no_ground")
    return _stations(ground, asked, left) if asked.ask in STATIONS else _teams(ground, asked, post, left)


def _stations(ground: Ground, asked: Asked, left: Callable[[], float]) -> dict[str, Any]:
    """Among places in the largest gaps, evenly thinned where they are very many."""
    times = 1 if asked.ask == "next" else 2
    demand = ground.demand()
    count = circles_over(ground.names.stations.values(), demand)
    lost = gaps(demand, count >= times)[:GAPS_MOST]
    open_ = np.flatnonzero((count < times) & (demand.weights > 0))
    inside = shapely.intersects_xy(shapely.union_all([gap.area for gap in lost]), *demand.points[open_].T)
    every = open_[inside]
    thinned = every[:: -(-len(every) // SPOTS_MOST)] if len(every) else every
    weights = demand.weights[open_]
    covers = within(demand.points[open_], demand.points[thinned], CIRCLE_M)
    found = _cover(covers, weights, asked.k, times - count[open_], left)
    spots = [_ground_spot(ground, demand, int(thinned[site])) for site in found.sites]
    before = float(demand.weights[count >= times].sum())
    return _answer(
        asked, ground.basis, spots, found, demand, compared=(len(thinned), len(every)), shares=_shares(demand, before, found)
    )


def _teams(ground: Ground, asked: Asked, post: str, left: Callable[[], float]) -> dict[str, Any]:
    """Among stations, those of the upper tiers first, and saved places of the own ground, as many as there is time to compare."""
    if not isinstance(ground.travel, Reach):
        raise Refused("siting.no_roads")
    spots = _places(ground, post)
    if len(spots) < asked.k:
        raise Refused("siting.few_places", places=len(spots))
    demand = ground.demand(most=DEMANDS_MOST)
    begun = left()
    each = seconds_each(ground.travel, [(s.lon, s.lat) for s in spots], demand.points, goes_on=lambda: left() > begun / 2)
    bases = [(t.lon, t.lat) for t in ground.names.teams.values() if asked.speciality and meets(t.speciality, asked.speciality)]
    now = seconds_from(ground.travel, bases, demand.points)
    compared = (each.shape[1], len(spots))
    in_time = now <= IN_TIME_S
    before = float(demand.weights[in_time].sum())
    if asked.ask == "in_time":
        open_ = np.flatnonzero(~in_time & (demand.weights > 0))
        covers = csr_array((each[open_] <= IN_TIME_S).astype(np.float64))
        found = _cover(covers, demand.weights[open_], asked.k, np.ones(len(open_), np.int64), left)
        shares = _shares(demand, before, found)
        return _answer(
            asked, ground.basis, [spots[site] for site in found.sites], found, demand, compared=compared, shares=shares
        )
    share = demand.weights / demand.weights.sum()
    took = np.minimum(np.minimum(each, now[:, None]), LATE_S)
    found = p_median(took, share, asked.k, seconds=max(SOLVER_LEAST_S, left()), goes_on=lambda: left() > 0)
    after = float(demand.weights[took[:, found.sites].min(axis=1) <= IN_TIME_S].sum())
    minutes = {
        "before_s": round(float((np.minimum(now, LATE_S) * share).sum())), "after_s": round(found.value), "best_s": round(found.bound),
    }  # fmt: skip
    shares = _shares(demand, before, Sited([], after - before, after - before)) | {"best": None} | minutes
    return _answer(asked, ground.basis, [spots[site] for site in found.sites], found, demand, compared=compared, shares=shares)


def _cover(covers: csr_array, weights: Floats, k: int, needs: Counts, left: Callable[[], float]) -> Sited:
    """Nothing where all is covered already, or nothing can be."""
    if not len(weights) or not covers.shape[1]:
        return Sited([], 0.0, 0.0)
    return cover_most(covers, weights, k, times=needs, seconds=max(SOLVER_LEAST_S, left()))


def _places(ground: Ground, post: str) -> list[Spot]:
    own = [each for each in ground.names.stations.values() if each.division.startswith(post)]
    ranks = {tier: at for at, tier in enumerate(TIERS)}
    stations = sorted(own, key=lambda each: (ranks.get(each.tier, len(TIERS)), each.id))
    places = sorted(ground.places, key=lambda each: each.id)
    called = ground.names.division
    return [Spot("station", s.name, called(s.division), s.lon, s.lat) for s in stations] + [
        Spot("place", p.name, called(p.division), p.lon, p.lat) for p in places
    ]


def _ground_spot(ground: Ground, demand: Demand, at: int) -> Spot:
    lon, lat = (round(float(degrees), 6) for degrees in demand.points[at])
    return Spot("ground", "", ground.names.division(demand.divisions[at]), lon, lat)


def _shares(demand: Demand, before: float, found: Sited) -> dict[str, Any]:
    whole = float(demand.weights.sum())
    after, best = before + found.value, before + found.bound
    return {"before": round(before / whole, 4), "after": round(after / whole, 4), "best": round(min(1.0, best / whole), 4)}


def _answer(
    asked: Asked, basis: str, spots: list[Spot], found: Sited, demand: Demand, *, compared: tuple[int, int], shares: dict[str, Any]
) -> dict[str, Any]:  # fmt: skip
    return {
        "ask": asked.ask, "k": asked.k, "speciality": asked.speciality, "basis": basis, "weight": round(float(demand.weights.sum()), 2),
        "minutes": IN_TIME_S // 60, "late_minutes": LATE_S // 60, "compared": compared[0], "of": compared[1],
        "ran_out": found.ran_out or (asked.ask in TEAMS and compared[0] < compared[1]), **shares,
        "sites": [spot._asdict() for spot in spots],
    }  # fmt: skip
