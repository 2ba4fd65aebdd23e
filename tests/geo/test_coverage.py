"""Shares within the circle and within minutes, and gaps: counted by hand and against brute force."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import distance_m
from geo.coverage import Demand, gaps, gathered, ground_of, shares, within
from geo.plane import Plane

POINTS = st.lists(st.tuples(st.floats(111.0, 111.1), st.floats(30.0, 30.1)), min_size=1, max_size=30)


@settings(deadline=None)
@given(POINTS, POINTS)
def test_within_agrees_with_plain_distance(points: list[tuple[float, float]], sites: list[tuple[float, float]]) -> None:
    found = within(np.array(points), np.array(sites), 1000.0).toarray()
    for n, point in enumerate(points):
        for m, site in enumerate(sites):
            metres = distance_m(*point, *site)
            assert found[n, m] == (metres <= 1000) or abs(metres - 1000) < 1e-6


def test_shares_are_of_weight_by_division() -> None:
    demand = Demand(np.zeros((4, 2)), np.array([10.0, 30.0, 5.0, 0.0]), ["b", "b", "a", "c"])
    found = shares(demand, near=np.array([True, False, True, True]), in_time=np.array([True, True, False, False]))
    assert [tuple(share) for share in found] == [("a", 5.0, 1.0, 0.0), ("b", 40.0, 0.25, 1.0)]


def test_gaps_hang_together_and_the_heaviest_is_first() -> None:
    points = np.array([(111.001, 30.001), (111.004, 30.004), (111.05, 30.05), (111.09, 30.09)])
    demand = Demand(points, np.array([2.0, 3.0, 9.0, 7.0]), ["x", "y", "x", "x"])
    found = gaps(demand, np.array([False, False, False, True]))
    assert [(gap.weight, gap.division) for gap in found] == [(9.0, "x"), (5.0, "y")]
    assert all(gap.area.covers(shapely.Point(gap.lon, gap.lat)) for gap in found)
    assert gaps(demand, np.ones(4, np.bool_)) == []


def test_ground_weighs_its_square_kilometres() -> None:
    shapes = {"a": shapely.box(111.0, 30.0, 111.1, 30.1), "b": shapely.box(111.1, 30.0, 111.15, 30.1)}
    ground = ground_of(shapes)
    weight = {code: sum(w for w, d in zip(ground.weights, ground.divisions, strict=True) if d == code) for code in shapes}
    assert weight["a"] == pytest.approx(distance_m(111.0, 30.05, 111.1, 30.05) * 11.1195 / 1000, rel=0.02)
    assert weight["a"] == pytest.approx(2 * weight["b"], rel=0.05)


@given(st.integers(1, 400), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_points_put_together_keep_their_weight_their_division_and_their_place(count: int, most: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    points = chance.uniform((111.0, 30.0), (111.3, 30.3), (count, 2))
    demand = Demand(points, chance.integers(0, 9, count).astype(float), ["a" if lon < 111.15 else "b" for lon in points[:, 0]])
    found = gathered(demand, most)
    assert len(found.points) <= max(most, 2), "two divisions are never put together"
    for code in ("a", "b"):
        before, after = (np.array([each == code for each in held.divisions], bool) for held in (demand, found))
        assert found.weights[after].sum() == pytest.approx(demand.weights[before].sum())
    if found.weights.sum():
        plane = Plane(111.15, 30.15)
        middles = [np.average(plane.metres(held.points), axis=0, weights=held.weights) for held in (demand, found)]
        assert middles[0] == pytest.approx(middles[1], abs=5)
