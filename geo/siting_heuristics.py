"""Sites chosen without a solver, fast: for covering site by site, then by swaps; for the p-median by prices, then by interchange.

Teitz and Bart 1968 (interchange), Cornuejols, Fisher and Nemhauser 1977 (the Lagrangian bound).
"""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csc_array

from geo.raster import Floats, Ints

_ROUNDS, _PATIENCE = 300, 15
"""Of the Lagrangian in all, and those without a better bound after which it goes at half the pace."""


def greedy(columns: csc_array, weights: Floats, needs: Ints, k: int) -> list[int]:
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


def swapped(columns: csc_array, weights: Floats, needs: Ints, chosen: list[int]) -> list[int]:
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


def relaxed(
    costs: Floats, k: int, value: Callable[[list[int]], float], goes_on: Callable[[], bool]
) -> tuple[list[int], float]:  # fmt: skip
    """The Lagrangian of 'everyone is served': each round prices the demands anew, and its k best sites are a choice as well.
    The best choice, interchanged, and the bound."""
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
