"""How long it takes from the nearest of many, against asking each of them."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import Network, Reach, Roads, road_graph, seconds_each, seconds_from
from tests.geo.test_reach import STREETS, line_town, town


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_it_is_what_the_nearest_of_them_takes(seed: int, count: int) -> None:
    chance = random.Random(seed)
    reach = Reach(Network(road_graph(town(chance)), STREETS))
    spots = [(111 + chance.random() / 40, 30 + chance.random() / 40) for _ in range(count + 12)]
    sources, points = spots[:count], spots[count:]
    found = seconds_from(reach, sources, np.array(points))
    for point, seconds in zip(points, found.tolist(), strict=True):
        trips = [trip.seconds for trip in reach(sources, point) if trip.source == "road_graph"]
        assert seconds == pytest.approx(min(trips, default=np.inf), abs=1.5)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_each_by_itself_is_as_from_it_alone(seed: int, count: int) -> None:
    chance = random.Random(seed)
    reach = Reach(Network(road_graph(town(chance)), STREETS))
    spots = [(111 + chance.random() / 40, 30 + chance.random() / 40) for _ in range(count + 12)]
    sources, points = spots[:count], np.array(spots[count:])
    found = seconds_each(reach, sources, points)
    for at, source in enumerate(sources):
        assert found[:, at].tolist() == seconds_from(reach, [source], points).tolist()
    assert seconds_each(reach, sources, points, goes_on=lambda: False).tolist() == found[:, :1].tolist()


def test_on_one_road_nobody_goes_to_its_end_and_back() -> None:
    reach = Reach(Network(road_graph(line_town()), STREETS))
    (ahead, behind) = seconds_from(reach, [(111.005, 30.0)], np.array([(111.008, 30.0), (111.002, 30.0)]))
    assert (ahead, behind) == (pytest.approx(28.9, abs=0.2), pytest.approx(28.9, abs=0.2))


def test_without_roads_or_sources_nothing_is_reached() -> None:
    bare, line = (Reach(Network(road_graph(roads), STREETS)) for roads in (Roads([], []), line_town()))
    points = np.array([(111.0, 30.0)])
    assert seconds_from(bare, [(111.0, 30.0)], points).tolist() == [np.inf]
    assert seconds_from(line, [], points).tolist() == [np.inf]
    assert seconds_from(line, [(111.0, 30.0)], np.empty((0, 2))).tolist() == []
