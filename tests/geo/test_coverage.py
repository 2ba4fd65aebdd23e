"""Shares within the circle and within minutes, and gaps: counted by hand and against brute force."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import distance_m
from geo.coverage import Demand, gaps, ground_of, shares, within

POINTS = st.lists(st.tuples(st.floats(111.0, 111.1), st.floats(30.0, 30.1)), min_size=1, max_size=30)


@settings(deadline=None)
@given(POINTS, POINTS)
def test_within_agrees_with_plain_distance(points: list[tuple[float, float]], sites: list[tuple[float, float]]) -> None:
    found = within(np.array(points), np.array(sites), 1000.0).toarray()
    for n, point in enumerate(points):
        for m, site in enumerate(sites):
            metres = distance_m(*point, *site)
            assert found[n, m] == (metres <= 1000) or abs(metres - 1000) < 2


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
