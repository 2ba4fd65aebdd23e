"""How far one comes in so many minutes: what is inside can be reached, what is far outside cannot, and a road is followed to the metre."""

import random

import numpy as np
import pytest
import shapely

from geo import SPEEDS, Network, Reach, Roads, distances_m, isochrones, road_graph
from geo.isochrones import CELL_M
from tests.geo.test_reach import LENGTH, STREETS, line_town, town

SLACK = 3 * CELL_M / 111_195


def test_a_street_is_reached_as_far_as_one_comes_and_not_to_its_end() -> None:
    reach = Reach(Network(road_graph(line_town()), STREETS))
    half = LENGTH / 10 / 60 / 2
    near, far = isochrones(reach.network, reach.to((111.01, 30.0)), (half, half * 2), backward=True)
    west, _, east, _ = near.bounds
    assert west == pytest.approx(111.005, abs=SLACK)
    assert east == pytest.approx(111.015, abs=SLACK)
    assert far.bounds[0] == pytest.approx(111.0, abs=SLACK)
    assert far.covers(near)


@pytest.mark.parametrize("seed", range(8))
def test_every_place_on_a_road_is_inside_when_its_way_is_short_enough(seed: int) -> None:
    chance = random.Random(seed)
    net = Network(road_graph(town(chance)), SPEEDS["car"])
    reach, place = Reach(net), (111 + chance.random() / 40, 30 + chance.random() / 40)
    ends = reach.to(place)
    for minutes, area in zip((1, 3), isochrones(net, ends, (1, 3), backward=True), strict=True):
        arcs = np.arange(len(net.tails), dtype=np.int32)
        middle = [(float(lon), float(lat)) for lon, lat in net.points_on(arcs, np.full(len(arcs), 0.5))]
        ms, _, _ = reach._least(reach.snap(middle), ends)
        reached = [point for point, took in zip(middle, ms.tolist(), strict=True) if took <= minutes * 60_000]
        assert all(area.covers(shapely.Point(point)) for point in reached)
        assert reached or area.area < 1e-4


def test_what_is_inside_is_near_a_road_that_is_reached_in_time() -> None:
    chance = random.Random(3)
    net = Network(road_graph(town(chance)), SPEEDS["car"])
    reach, place = Reach(net), (111.01, 30.01)
    (area,) = isochrones(net, reach.to(place), (6,), backward=True)
    west, south, east, north = area.bounds
    inside = [(west + (east - west) * chance.random(), south + (north - south) * chance.random()) for _ in range(400)]
    inside = [point for point in inside if area.covers(shapely.Point(point))]
    arcs, shares = np.repeat(np.arange(len(net.tails), dtype=np.int32), 40), np.tile(np.linspace(0, 1, 40), len(net.tails))
    on_roads = net.points_on(arcs, shares)
    at = reach.to(place).found.ms[net.heads[arcs]] + net.ms[arcs] * (1 - shares)
    in_time = on_roads[at <= 365_000]
    assert all(distances_m([tuple(p) for p in in_time.tolist()], *point).min() < 3 * CELL_M for point in inside)


def test_nothing_is_reached_where_there_are_no_roads() -> None:
    reach = Reach(Network(road_graph(Roads([], [])), STREETS))
    assert isochrones(reach.network, reach.to((111.0, 30.0)), (5,), backward=True)[0].is_empty
