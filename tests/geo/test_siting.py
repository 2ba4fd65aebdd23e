"""Where to put k: against trying everything, with bounds that hold."""

import itertools

import numpy as np
import pytest
from scipy.sparse import csr_array

from geo.siting import cover_most, p_median


def best_cover(covers: np.ndarray, weights: np.ndarray, k: int, times: int) -> float:
    return max(
        float(weights[covers[:, list(c)].sum(axis=1) >= times].sum()) for c in itertools.combinations(range(covers.shape[1]), k)
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("times", [1, 2])
def test_covering_is_the_best_there_is(seed: int, times: int) -> None:
    rng = np.random.default_rng(seed)
    covers, weights = (rng.random((25, 9)) < 0.25).astype(float), rng.integers(1, 50, 25).astype(float)
    found = cover_most(csr_array(covers), weights, 3, times=times)
    best = best_cover(covers, weights, 3, times)
    assert (found.value, found.gap) == pytest.approx((best, 0), abs=1e-6)
    quick = cover_most(csr_array(covers), weights, 3, times=times, seconds=0)
    assert quick.value <= best <= quick.bound + 1e-6, "the heuristic says how far it may be"
    assert quick.value >= best * 0.8


@pytest.mark.parametrize("seed", range(12))
def test_a_p_median_is_the_best_there_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    distances, weights = rng.integers(1, 100, (20, 9)).astype(float), rng.integers(1, 9, 20).astype(float)
    best = min(float((weights * distances[:, list(c)].min(axis=1)).sum()) for c in itertools.combinations(range(9), 3))
    found = p_median(distances, weights, 3)
    assert (found.value, found.gap) == pytest.approx((best, 0), abs=1e-6)
    quick = p_median(distances, weights, 3, seconds=0)
    assert quick.bound - 1e-6 <= best <= quick.value
    assert quick.value <= best * 1.1


def test_more_sites_than_there_are_take_all_and_nobody_unreachable_breaks_it() -> None:
    distances = np.array([[1.0, np.inf], [np.inf, np.inf]])
    assert p_median(distances, np.ones(2), 5).sites == [0, 1]
    assert cover_most(csr_array(np.eye(2)), np.array([3.0, 4.0]), 5).value == 7


@pytest.mark.parametrize("seed", range(8))
def test_each_demand_may_need_another_number(seed: int) -> None:
    rng = np.random.default_rng(seed)
    covers, weights = (rng.random((25, 9)) < 0.3).astype(float), rng.integers(1, 50, 25).astype(float)
    times = rng.integers(1, 4, 25)
    found = cover_most(csr_array(covers), weights, 3, times=times)
    best = max(float(weights[covers[:, list(c)].sum(axis=1) >= times].sum()) for c in itertools.combinations(range(9), 3))
    assert (found.value, found.gap) == pytest.approx((best, 0), abs=1e-6)
    assert not found.ran_out
    one = cover_most(csr_array(covers), weights, 1, times=times, seconds=0)
    assert one.gap == 0, "one alone needs no solver: what more than one must cover is not to be had"


def test_when_the_time_runs_out_the_bound_still_holds_and_it_is_said() -> None:
    rng = np.random.default_rng(3)
    distances, weights = rng.random((400, 180)), rng.random(400)
    full = p_median(distances, weights, 12, seconds=0)
    cut = p_median(distances, weights, 12, seconds=0, goes_on=lambda: False)
    assert cut.ran_out is True
    assert cut.bound <= full.value <= cut.value
    covers = csr_array((rng.random((1500, 250)) < 0.03).astype(float))
    hurried = cover_most(covers, rng.random(1500), 25, times=2, seconds=0.05)
    assert hurried.ran_out is True
    assert hurried.value <= hurried.bound
