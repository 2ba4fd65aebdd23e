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
from scipy.sparse import block_array, csc_array, csr_array, eye_array, kron, vstack

Floats = npt.NDArray[np.float64]
SECONDS = 10.0
EXACT_MOST = 60_000
"""Pairs of demand and site up to which a p-median is given to the solver."""
_ROUNDS, _PATIENCE = 300, 15
"""Of the Lagrangian in all, and those without a better bound after which it goes at half the pace."""


class Sited(NamedTuple):
    """`sites`: ascending. `value`: weight covered, or weighted distance. `bound`: no choice of as many is better."""

    sites: list[int]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of the bound; 0: it is the best."""
        return abs(self.bound - self.value) / max(abs(self.bound), 1e-12)


def cover_most(covers: csr_array, weights: Floats, k: int, *, times: int = 1, seconds: float = SECONDS) -> Sited:
    """The `k` sites that cover most weight. `covers` (demands, sites): 1 where a site covers a demand; `times`: by how many sites a demand
    must be covered to count; `seconds`: for the solver, 0 leaves it to the heuristic and the bound of the relaxation."""
    demands, sites = covers.shape
    k, columns = min(k, sites), csc_array(covers)

    def value(chosen: list[int]) -> float:
        return float(weights[np.asarray(columns[:, chosen].sum(axis=1)) >= times].sum()) if chosen else 0.0

    begun = _swapped(_greedy(columns, weights, k, times), sites, value)
    whole = int(seconds > 0)
    solved = milp(
        np.concatenate((np.zeros(sites), -weights)), bounds=Bounds(0, 1), options={"time_limit": seconds or SECONDS},
        integrality=np.repeat((whole, whole * (times > 1)), (sites, demands)),
        constraints=[
            LinearConstraint(block_array([[covers, -times * eye_array(demands)]], format="csr"), 0, np.inf),
            LinearConstraint(np.repeat((1.0, 0.0), (sites, demands))[None, :], 0, k),
        ],
    )  # fmt: skip
    found = begun if solved.x is None or not whole else max(begun, _chosen(solved.x[:sites], k), key=value)
    return Sited(sorted(found), value(found), max(-_bound(solved, -float(weights.sum())), value(found)))


def p_median(distances: Floats, weights: Floats, k: int, *, seconds: float = SECONDS) -> Sited:
    """The `k` sites from which the weighted distance to all demands is least. `distances` (demands, sites): inf where none leads."""
    demands, sites = distances.shape
    k = min(k, sites)
    costs = np.where(np.isfinite(distances), distances, _far(distances)) * weights[:, None]

    def value(chosen: list[int]) -> float:
        return float(costs[:, chosen].min(axis=1).sum()) if chosen else float("inf")

    found, bound = _relaxed(costs, k, value)
    if seconds > 0 and demands * sites <= EXACT_MOST and bound < value(found) * (1 - 1e-9):
        solved = _median_solved(costs, k, seconds)
        if solved.x is not None:
            found = min(found, _chosen(solved.x[:sites], k), key=value)
        bound = max(bound, _bound(solved, bound))
    return Sited(sorted(found), value(found), min(bound, value(found)))


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


def _greedy(columns: csc_array, weights: Floats, k: int, times: int) -> list[int]:
    """Site by site what adds most; what is covered too few times counts in part, or no first site would ever be worth it."""
    chosen: list[int] = []
    count = np.zeros(columns.shape[0])
    for _ in range(k):
        gains = columns.T @ (weights * (count < times))
        gains[chosen] = -1.0
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        chosen.append(best)
        count += columns[:, [best]].toarray()[:, 0]
    return chosen


def _swapped(chosen: list[int], sites: int, value: Callable[[list[int]], float]) -> list[int]:
    """One site for another as long as that is better."""
    best, better = value(chosen), True
    while better:
        better = False
        for at in range(len(chosen)):
            for site in range(sites):
                if site in chosen:
                    continue
                other = [*chosen[:at], site, *chosen[at + 1 :]]
                if (worth := value(other)) > best + 1e-9:
                    chosen, best, better = other, worth, True
    return chosen


def _relaxed(costs: Floats, k: int, value: Callable[[list[int]], float]) -> tuple[list[int], float]:
    """The Lagrangian of 'everyone is served': each round prices the demands anew, and its k best sites are a choice as well."""
    price = np.sort(costs, axis=1)[:, min(k, costs.shape[1] - 1)].copy()
    best, least, bound, pace = list[int](), float("inf"), -float("inf"), 2.0
    since = 0
    for _ in range(_ROUNDS):
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
    better = _interchanged(costs, best)
    return better, bound


def _interchanged(costs: Floats, chosen: list[int]) -> list[int]:
    """Teitz and Bart: the best swap of each site that could come in, as long as one is better."""
    chosen, better = list(chosen), True
    while better:
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
    if solved.mip_dual_bound is not None:
        return float(solved.mip_dual_bound)
    return float(solved.fun) if solved.fun is not None else otherwise
