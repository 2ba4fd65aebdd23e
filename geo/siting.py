"""Where to put k of something: maximal covering (once, or twice over), and p-median. Pure: weights and distances in, sites out.

A heuristic comes first and is always there; HiGHS (through scipy) proves or betters it within a time. What is returned says how far from
the best it may be. Church and ReVelle 1974 (covering), Hogan and ReVelle 1986 (backup cover).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import block_array, csc_array, csr_array, diags_array, eye_array, kron, vstack

from geo.raster import Floats, Ints
from geo.siting_heuristics import greedy, relaxed, swapped

SECONDS = 10.0
EXACT_MOST = 60_000
"""Pairs of demand and site up to which a p-median is given to the solver."""
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


def cover_most(covers: csr_array, weights: Floats, k: int, *, times: int | Ints = 1, seconds: float = SECONDS) -> Sited:
    """The `k` sites that cover most weight. `covers` (demands, sites): 1 where a site covers a demand; `times`: by how many sites a demand
    must be covered to count, of all or of each; `seconds`: for the solver, 0 leaves it to the heuristic and the bound of the relaxation."""
    demands, sites = covers.shape
    k, columns, needs = min(k, sites), csc_array(covers), np.broadcast_to(np.asarray(times, np.int64), demands)

    def value(chosen: list[int]) -> float:
        return float(weights[np.asarray(columns[:, chosen].sum(axis=1)) >= needs].sum()) if chosen else 0.0

    weights = np.where(needs <= k, weights, 0.0)  # what more than k must cover is not to be had
    begun = swapped(columns, weights, needs, greedy(columns, weights, needs, k))
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

    found, bound = relaxed(costs, k, value, goes_on)
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


def _chosen(solved: Floats, k: int) -> list[int]:
    return sorted(np.argsort(-solved, kind="stable")[:k].tolist())


def _bound(solved: OptimizeResult, otherwise: float) -> float:
    """What the solver proved: of a relaxation its value, of a search that was cut short what it had shown by then."""
    if solved.mip_dual_bound is not None and np.isfinite(solved.mip_dual_bound):
        return float(solved.mip_dual_bound)
    return float(solved.fun) if solved.status == 0 else otherwise
