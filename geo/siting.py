"""Where to put k of something: maximal covering (once, or twice over), and p-median. Pure: weights and distances in, sites out.

A heuristic comes first and is always there; HiGHS (through scipy) proves or betters it within a time. What is returned says how far from
the best it may be. Church and ReVelle 1974 (covering), Hogan and ReVelle 1986 (backup cover), Teitz and Bart 1968 (interchange),
Cornuejols, Fisher and Nemhauser 1977 (the Lagrangian bound).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import block_array, csc_array, csr_array, diags_array, eye_array, kron, vstack

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
SECONDS = 10.0
EXACT_MOST = 60_000
"""Pairs of demand and site up to which a p-median is given to the solver."""
_ROUNDS, _PATIENCE = 300, 15
"""Of the Lagrangian in all, and those without a better bound after which it goes at half the pace."""
_OUT_OF_TIME = 1
"""What the solver says of its time."""


class Sited(NamedTuple):
    """`sites`: ascending. `value`: weight covered, or weighted distance. `bound`: no choice of as many is better. `ran_out`: the time
    ended before the best was proved."""

    sites: list[int]
    value: float
    bound: float
    ran_out: bool = False

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of the bound; 0: it is the best."""
        return abs(self.bound - self.value) / max(abs(self.bound), 1e-12)


def cover_most(covers: csr_array, weights: Floats, k: int, *, times: int | Counts = 1, seconds: float = SECONDS) -> Sited:
    """The `k` sites that cover most weight. `covers` (demands, sites): 1 where a site covers a demand; `times`: by how many sites a demand
    must be covered to count, of all or of each; `seconds`: for the solver, 0 leaves it to the heuristic and the bound of the relaxation."""
    demands, sites = covers.shape
    k, columns, needs = min(k, sites), csc_array(covers), np.broadcast_to(np.asarray(times, np.int64), demands)

    def value(chosen: list[int]) -> float:
        return float(weights[np.asarray(columns[:, chosen].sum(axis=1)) >= needs].sum()) if chosen else 0.0

    weights = np.where(needs <= k, weights, 0.0)  # what more than k must cover is not to be had
    begun = _swapped(columns, weights, needs, _greedy(columns, weights, needs, k))
    apart = float(np.sort(columns.T @ (weights / needs))[sites - k :].sum())
    if apart <= value(begun) * (1 + 1e-12):  # as much as if no two covered the same
        return Sited(sorted(begun), value(begun), value(begun))
    whole = int(seconds > 0)
    solved = milp(
        np.concatenate((np.zeros(sites), -weights)), bounds=Bounds(0, 1), options={"time_limit": seconds or SECONDS},
        integrality=np.concatenate((np.full(sites, whole), whole * (needs > 1))),
        constraints=[
            LinearConstraint(block_array([[covers, -diags_array(needs.astype(np.float64))]], format="csr"), 0, np.inf),
            LinearConstraint(np.repeat((1.0, 0.0), (sites, demands))[None, :], 0, k),
        ],
    )  # fmt: skip
    found = begun if solved.x is None or not whole else max(begun, _chosen(solved.x[:sites], k), key=value)
    bound = max(min(apart, -_bound(solved, -float(weights.sum()))), value(found))
    return Sited(sorted(found), value(found), bound, solved.status == _OUT_OF_TIME)


def p_median(
    distances: Floats, weights: Floats, k: int, *, seconds: float = SECONDS, goes_on: Callable[[], bool] = lambda: True
) -> Sited:
    """The `k` sites from which the weighted distance to all demands is least. `distances` (demands, sites): inf where none leads;
    `goes_on`: whether there is time left for the heuristic, `seconds` for the solver."""
    demands, sites = distances.shape
    k = min(k, sites)
    costs = np.where(np.isfinite(distances), distances, _far(distances)) * weights[:, None]

    def value(chosen: list[int]) -> float:
        return float(costs[:, chosen].min(axis=1).sum()) if chosen else float("inf")

    found, bound = _relaxed(costs, k, value, goes_on)
    ran_out = not goes_on()
    if seconds > 0 and demands * sites <= EXACT_MOST and bound < value(found) * (1 - 1e-9):
        solved = _median_solved(costs, k, seconds)
        if solved.x is not None:
            found = min(found, _chosen(solved.x[:sites], k), key=value)
        bound, ran_out = max(bound, _bound(solved, bound)), solved.status == _OUT_OF_TIME
    proved = bound >= value(found) * (1 - 1e-9)
    return Sited(sorted(found), value(found), min(bound, value(found)), ran_out and not proved)


def _median_solved(costs: Floats, k: int, seconds: float) -> OptimizeResult:
    """Sites first, then who is served from where, site by site within a demand."""
    demands, sites = costs.shape
    pairs = demands * sites
    served = kron(eye_array(demands), np.ones((1, sites)), format="csr")
    opened = vstack([eye_array(sites)] * demands, format="csr")
    return milp(
        np.concatenate((np.zeros(sites), costs.ravel())), bounds=Bounds(0, 1), options={"time_limit": seconds},
        integrality=np.repeat((1, 0), (sites, pairs)),
        constraints=[
            LinearConstraint(block_array([[csr_array((demands, sites)), served]], format="csr"), 1, 1),
            LinearConstraint(block_array([[opened, -eye_array(pairs)]], format="csr"), 0, np.inf),
            LinearConstraint(np.repeat((1.0, 0.0), (sites, pairs))[None, :], k, k),
        ],
    )  # fmt: skip


def _far(distances: Floats) -> float:
    """Farther than any way there is: whoever cannot be reached is reached last, not left out."""
    return 10 * float(distances[np.isfinite(distances)].max(initial=1.0))


def _greedy(columns: csc_array, weights: Floats, needs: Counts, k: int) -> list[int]:
    """Site by site what adds most; what is covered too few times counts in part, or no first site would ever be worth it."""
    chosen: list[int] = []
    count = np.zeros(columns.shape[0])
    for _ in range(k):
        gains = columns.T @ (weights / needs * (count < needs))
        gains[chosen] = -1.0
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        chosen.append(best)
        count += columns[:, [best]].toarray()[:, 0]
    return chosen


def _swapped(columns: csc_array, weights: Floats, needs: Counts, chosen: list[int]) -> list[int]:
    """One site for another as long as that is better: of each that could go, the best that could come."""
    better = True
    while better:
        better = False
        for at in range(len(chosen)):
            rest = chosen[:at] + chosen[at + 1 :]
            count = np.asarray(columns[:, rest].sum(axis=1)) if rest else np.zeros(len(needs))
            gains = columns.T @ (weights * (count == needs - 1))
            gains[rest] = -1.0
            best = int(np.argmax(gains))
            if gains[best] > gains[chosen[at]] + 1e-9:
                chosen, better = [*chosen[:at], best, *chosen[at + 1 :]], True
    return chosen


def _relaxed(
    costs: Floats, k: int, value: Callable[[list[int]], float], goes_on: Callable[[], bool]
) -> tuple[list[int], float]:  # fmt: skip
    """The Lagrangian of 'everyone is served': each round prices the demands anew, and its k best sites are a choice as well."""
    price = np.sort(costs, axis=1)[:, min(k, costs.shape[1] - 1)].copy()
    best, least, bound, pace = list[int](), float("inf"), -float("inf"), 2.0
    since = 0
    for at in range(_ROUNDS):
        if at and not goes_on():
            break
        worth = np.minimum(costs - price[:, None], 0.0)
        sites = np.argsort(worth.sum(axis=0), kind="stable")[:k]
        low = float(price.sum() + worth[:, sites].sum())
        since = 0 if low > bound + 1e-9 else since + 1
        bound = max(bound, low)
        if (here := value(sites.tolist())) < least:
            best, least = sites.tolist(), here
        served = 1.0 - (worth[:, sites] < 0).sum(axis=1)
        norm = float((served**2).sum())
        if norm == 0 or least - bound <= 1e-9 * max(least, 1.0):
            break
        if since > _PATIENCE:
            pace, since = pace / 2, 0
        price = np.maximum(price + pace * (least - low) / norm * served, 0.0)
    return _interchanged(costs, best, goes_on), bound


def _interchanged(costs: Floats, chosen: list[int], goes_on: Callable[[], bool]) -> list[int]:
    """Teitz and Bart: the best swap of each site that could come in, as long as one is better."""
    chosen, better = list(chosen), True
    while better and goes_on():
        better = False
        order = np.argsort(costs[:, chosen], axis=1, kind="stable")
        rows = np.arange(len(costs))
        first, own = costs[rows, np.array(chosen)[order[:, 0]]], order[:, 0]
        second = costs[rows, np.array(chosen)[order[:, 1]]] if len(chosen) > 1 else np.full(len(costs), np.inf)
        gain_best, swap = 1e-9, None
        for site in range(costs.shape[1]):
            if site in chosen:
                continue
            come = costs[:, site]
            gained = np.maximum(first - come, 0.0).sum()
            lost = np.bincount(own, np.where(come < first, 0.0, np.minimum(second, come) - first), minlength=len(chosen))
            out = int(np.argmin(lost))
            if gained - lost[out] > gain_best:
                gain_best, swap = gained - lost[out], (out, site)
        if swap is not None:
            chosen[swap[0]], better = swap[1], True
    return chosen


def _chosen(solved: Floats, k: int) -> list[int]:
    return sorted(np.argsort(-solved, kind="stable")[:k].tolist())


def _bound(solved: OptimizeResult, otherwise: float) -> float:
    """What the solver proved: of a relaxation its value, of a search that was cut short what it had shown by then."""
    if solved.mip_dual_bound is not None and np.isfinite(solved.mip_dual_bound):
        return float(solved.mip_dual_bound)
    return float(solved.fun) if solved.status == 0 else otherwise
