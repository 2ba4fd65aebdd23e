"""Ways by road against networkx: snapping within an arc, one-way streets, closures, islands, several modes, and what lies between."""

import itertools
import math
import random

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import SPEEDS, STRAIGHT_M_S, Edge, Network, Reach, Roads, Speeds, distance_m, road_graph

WALK = 2.5
STREETS = Speeds(assumed=False, other=36, kmh={})


def town(chance: random.Random, *, nodes: int = 40, ways: int = 90) -> Roads:
    """Streets between places near each other, a third of them one-way, with two places off all roads."""
    spots = [(111 + chance.random() / 40, 30 + chance.random() / 40) for _ in range(nodes)]
    edges = []
    for _ in range(ways):
        a, b = chance.sample(range(nodes - 2), 2)
        metres = distance_m(*spots[a], *spots[b]) * chance.choice((1.0, 1.2))
        kind = chance.choice(("primary", "service", "footway"))
        edges.append(Edge(a, b, metres, kind, f"{min(a, b)}-{max(a, b)}"))
        if chance.random() < 0.66:
            edges.append(Edge(b, a, metres, kind, f"{min(a, b)}-{max(a, b)}"))
    return Roads(spots, edges)


def truth(roads: Roads, speeds: Speeds, shut: set[tuple[int, int]] = frozenset()) -> "nx.DiGraph[int]":  # type: ignore[assignment]
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(roads.nodes)))
    for edge in roads.edges:
        kmh = speeds.of(edge.highway)
        if kmh is None or (edge.start, edge.end) in shut:
            continue
        ms = round(edge.metres * 3600 / kmh)
        if ms < graph.get_edge_data(edge.start, edge.end, {"ms": math.inf})["ms"]:
            graph.add_edge(edge.start, edge.end, ms=ms)
    return graph


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.booleans())
def test_times_between_all_places_are_those_of_networkx(seed: int, backward: bool) -> None:
    roads = town(random.Random(seed))
    net = Network(road_graph(roads), SPEEDS["car"])
    graph = truth(roads, SPEEDS["car"])
    if backward:
        graph = graph.reverse()
    found = net.search(np.array([3], np.int32), np.array([0], np.int32), backward=backward)
    expected = nx.single_source_dijkstra_path_length(graph, 3, weight="ms")
    assert {n: int(found.ms[n]) for n in found.settled} == expected
    assert list(found.ms[found.settled]) == sorted(found.ms[found.settled])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_what_is_shut_is_driven_around_and_opens_again(seed: int) -> None:
    chance = random.Random(seed)
    roads = town(chance)
    open_net = Network(road_graph(roads), STREETS)
    shut = set(chance.sample([(edge.start, edge.end) for edge in roads.edges], 12))
    net = open_net.without(open_net.arcs_of((a, b, key) for a, b in shut for key in range(9)))
    nodes, costs = np.array([3], np.int32), np.array([0], np.int32)
    found = net.search(nodes, costs)
    expected = nx.single_source_dijkstra_path_length(truth(roads, STREETS, shut), 3, weight="ms")
    assert {n: int(found.ms[n]) for n in found.settled} == expected
    again = open_net.search(nodes, costs)
    assert {n: int(again.ms[n]) for n in again.settled} == nx.single_source_dijkstra_path_length(
        truth(roads, STREETS), 3, weight="ms"
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_a_cut_off_finds_the_same_and_no_more(seed: int) -> None:
    net = Network(road_graph(town(random.Random(seed))), STREETS)
    nodes, costs = np.array([3], np.int32), np.array([0], np.int32)
    whole, near = net.search(nodes, costs), net.search(nodes, costs, most_ms=120_000)
    assert {int(n) for n in near.settled} == {int(n) for n in whole.settled if whole.ms[n] <= 120_000}
    assert all(near.ms[n] == whole.ms[n] for n in near.settled)


def line_town() -> Roads:
    """Three kilometres east along one street, the last of it one-way; an island far off."""
    spots = [(111.0, 30.0), (111.01, 30.0), (111.02, 30.0), (111.03, 30.0), (111.5, 30.0), (111.51, 30.0)]
    length = distance_m(*spots[0], *spots[1])
    both = [(0, 1), (1, 0), (1, 2), (2, 1), (4, 5), (5, 4)]
    edges = [Edge(a, b, length, "primary", "长江路") for a, b in both] + [Edge(2, 3, length, "primary", "滨江路")]
    return Roads(spots, edges)


LENGTH = distance_m(111.0, 30.0, 111.01, 30.0)
LINE = Reach(Network(road_graph(line_town()), STREETS))


def test_one_comes_onto_a_road_where_it_is_nearest_not_at_its_ends() -> None:
    (trip,) = LINE([(111.005, 30.0)], (111.015, 30.0))
    assert trip.metres == pytest.approx(LENGTH, abs=2)
    assert trip.seconds == pytest.approx(LENGTH / 10, abs=1)
    (beside,) = LINE([(111.005, 30.001)], (111.015, 30.0))
    off_m = distance_m(111.005, 30.001, 111.005, 30.0)
    assert beside.seconds == pytest.approx(LENGTH / 10 + off_m / WALK, abs=1), "the last metres on foot"


def test_two_on_one_road_need_not_go_to_its_end() -> None:
    (trip, back) = LINE([(111.002, 30.0), (111.008, 30.0)], (111.005, 30.0))
    assert trip.metres == pytest.approx(LENGTH * 0.3, abs=2)
    assert back.metres == pytest.approx(LENGTH * 0.3, abs=2)


def test_nobody_drives_back_on_a_one_way_street() -> None:
    (trip,) = LINE([(111.028, 30.0)], (111.022, 30.0))
    assert trip.source == "as_near_by_road", "on to the end of the street, and back on foot"
    walked = distance_m(111.03, 30.0, 111.022, 30.0)
    assert trip.metres == pytest.approx(LENGTH * 0.2 + walked, abs=1)
    assert trip.seconds == pytest.approx(LENGTH * 0.2 / 10 + walked / WALK, abs=1)
    assert not trip.has_way
    (on,) = LINE([(111.022, 30.0)], (111.028, 30.0))
    assert on.seconds == pytest.approx(LENGTH * 0.6 / 10, abs=1)


def test_on_foot_one_way_streets_bind_nobody() -> None:
    walk = Reach(Network(road_graph(line_town()), SPEEDS["foot"]))
    (trip,) = walk([(111.028, 30.0)], (111.022, 30.0))
    assert trip.seconds == pytest.approx(LENGTH * 0.6 / WALK, abs=2)


def test_where_no_road_leads_each_mode_has_its_own_pace() -> None:
    walk = Reach(Network(road_graph(line_town()), SPEEDS["foot"]), straight_m_s=STRAIGHT_M_S["foot"])
    for reach in (walk, walk.without(walk.network.arcs_of([(0, 1, 0)]))):
        (trip,) = reach([(111.0, 30.0)], (111.505, 30.0))
        assert trip.source == "straight_line_no_road"
        assert trip.seconds == pytest.approx(trip.metres / WALK, abs=1)


def test_a_way_is_a_line_with_names_from_door_to_door() -> None:
    way = LINE.way((111.005, 30.0), (111.025, 30.0))
    assert way is not None
    assert way.arrives
    assert way.points[0] == pytest.approx((111.005, 30.0))
    assert way.points[-1] == pytest.approx((111.025, 30.0))
    assert [name for name, _ in itertools.groupby(way.names)] == ["长江路", "滨江路"]
    assert way.metres == pytest.approx(2 * LENGTH, abs=3)
    assert sum(distance_m(*a, *b) for a, b in itertools.pairwise(way.points)) == pytest.approx(way.metres, abs=3)


def test_where_no_road_leads_the_way_ends_as_near_as_one_comes() -> None:
    way = LINE.way((111.005, 30.0), (111.505, 30.0))
    assert way is not None
    assert not way.arrives
    assert way.points[-1] == pytest.approx((111.03, 30.0))
    assert way.short_m == pytest.approx(distance_m(111.03, 30.0, 111.505, 30.0), abs=1)
    assert LINE.way((112.5, 31.0), (111.0, 30.0)) is None, "not near any road"


def test_a_flooded_stretch_shuts_the_roads_it_touches() -> None:
    net = Network(road_graph(line_town()), STREETS)
    flooded = net.inside(shapely.box(111.012, 29.999, 111.018, 30.001))
    assert net.roads[flooded].tolist() == [[1, 2, 0], [2, 1, 0]]
    (trip,) = Reach(net.without(flooded))([(111.005, 30.0)], (111.025, 30.0))
    assert trip.source == "as_near_by_road"


def test_of_those_whom_no_road_leads_there_who_comes_nearest_by_road_is_sooner_than_who_is_nearest_by_air() -> None:
    """A house in the flood: one team drives to its edge, another waits across the water, nearer but with no way round."""
    spots = [(111.0, 30.0), (111.02, 30.0), (111.025, 30.0), (111.025, 30.004), (111.045, 30.004)]
    roads = Roads(
        spots, [Edge(a, b, distance_m(*spots[a], *spots[b]), "x") for a, b in ((0, 1), (1, 0), (1, 2), (2, 1), (3, 4), (4, 3))]
    )
    net = Network(road_graph(roads), STREETS)
    flooded = Reach(net.without(net.inside(shapely.Point(111.0235, 30.0).buffer(0.003))))
    here, across = flooded([spots[0], spots[4]], (111.0235, 30.0))
    assert [trip.source for trip in (here, across)] == ["as_near_by_road"] * 2
    edge_m, other_m = (distance_m(*spots[n], 111.0235, 30.0) for n in (1, 3))
    assert here.seconds == pytest.approx(2 * LENGTH / 10 + edge_m / WALK, abs=2)
    assert across.seconds == pytest.approx(2 * LENGTH / 10 + other_m / WALK, abs=2)
    assert here.seconds < across.seconds
    way = flooded.way(spots[0], (111.0235, 30.0))
    assert way is not None
    assert not way.arrives
    assert way.points[-1] == pytest.approx(spots[1])
    assert way.seconds + way.short_m / WALK == pytest.approx(here.seconds, abs=1), "the phone shows the way that was planned with"


def test_at_a_junction_one_takes_any_of_its_roads() -> None:
    """Where one stands or goes lies on the end of a road that is one-way the other way, or shut; others meet there."""
    spots = [(111.0, 30.0), (111.01, 30.0), (111.02, 30.0)]
    roads = Roads(spots, [Edge(0, 1, LENGTH, "x"), Edge(2, 1, LENGTH, "x"), Edge(1, 2, LENGTH, "x")])
    net = Network(road_graph(roads), STREETS)
    to_east, from_east = Reach(net)([spots[1]], spots[2])[0], Reach(net)([spots[2]], spots[1])[0]
    assert (to_east.source, from_east.source) == ("road_graph", "road_graph")
    shut = Reach(net.without(net.arcs_of([(0, 1, 0)])))
    assert shut([spots[1]], spots[2])[0] == to_east
    assert shut([spots[2]], spots[1])[0] == from_east
    (on_foot,) = shut([spots[0]], spots[1])
    assert (on_foot.source, on_foot.seconds) == ("as_near_by_road", round(distance_m(*spots[0], *spots[1]) / WALK))
    (lost,) = shut([(111.005, 30.0)], spots[1])
    assert lost.source == "straight_line_no_road", "in the middle of a road that is shut one comes nowhere"


def test_no_roads_at_all() -> None:
    reach = Reach(Network(road_graph(Roads([], [])), STREETS))
    (trip,) = reach([(111.0, 30.0)], (111.1, 30.0))
    assert trip.source == "straight_line_no_road"
    assert reach.way((111.0, 30.0), (111.1, 30.0)) is None


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_every_way_is_as_long_and_takes_as_long_as_its_trip(seed: int) -> None:
    chance = random.Random(seed)
    roads = town(chance)
    reach = Reach(Network(road_graph(roads), STREETS))
    spots = [(111 + chance.random() / 40, 30 + chance.random() / 40) for _ in range(6)]
    for a, b in itertools.permutations(spots, 2):
        (trip,), way = reach([a], b), reach.way(a, b)
        assert way is not None
        assert way.arrives == (trip.source == "road_graph")
        if way.arrives:
            off = [float(each) for each in reach.snap([a, b]).off_m]
            assert trip.metres == pytest.approx(way.metres + sum(off), abs=2)
            assert trip.seconds == pytest.approx(way.seconds + sum(off) / WALK, abs=2)
        assert len(way.points) == len(way.names)
