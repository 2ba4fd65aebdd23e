"""One stretch of road shut, and no other: not the roads that cross it, not the lane beside it; found again where the roads were brought anew."""

import itertools
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import SPEEDS, Edge, Network, Reach, Roads, Speeds, arcs_of_stretch, distance_m, road_graph, stretch_at

STREETS = Speeds(assumed=False, other=36, kmh={})
STEP = 0.002


def grid(chance: random.Random, *, side: int = 5, aside: float = 0.0) -> Roads:
    """Streets by the square, shifted `aside` degrees; bent, some of them one-way; their names by row and column."""
    spots = [(111 + x * STEP + aside, 30 + y * STEP + aside) for y in range(side) for x in range(side)]
    edges = []
    for a, b in itertools.combinations(range(side * side), 2):
        dx, dy = b % side - a % side, b // side - a // side
        if (abs(dx), abs(dy)) in ((1, 0), (0, 1)):
            (ax, ay), (bx, by) = spots[a], spots[b]
            bend = ((ax + bx) / 2 + dy * 0.0002, (ay + by) / 2 + dx * 0.0002)
            metres = distance_m(ax, ay, *bend) + distance_m(*bend, bx, by)
            name = f"{a // side}横路" if dx else f"{a % side}纵路"
            edges.append(Edge(a, b, metres, "primary", name, bend))
            if chance.random() < 0.7:
                edges.append(Edge(b, a, metres, "primary", name, bend))
    return Roads(spots, edges)


def middle(line: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    return line[len(line) // 2]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(0, 1_000))
def test_a_stretch_is_shut_both_ways_and_times_are_those_of_networkx_without_it(seed: int, which: int) -> None:
    chance = random.Random(seed)
    roads = grid(chance)
    net = Network(road_graph(roads), STREETS)
    edge = roads.edges[which % len(roads.edges)]
    found = stretch_at(net, *edge.between)
    assert found is not None
    stretch, off_m = found
    assert off_m < 1
    assert stretch.road == edge.name
    shut = arcs_of_stretch(net, stretch)
    assert {frozenset(road[:2]) for road in net.roads[shut].tolist()} == {frozenset((edge.start, edge.end))}
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(roads.nodes)))
    for each in roads.edges:
        if {each.start, each.end} != {edge.start, edge.end}:
            graph.add_edge(each.start, each.end, ms=round(each.metres * 100))
    left = net.without(shut).search(np.array([3], np.int32), np.array([0], np.int32))
    assert {n: int(left.ms[n]) for n in left.settled} == nx.single_source_dijkstra_path_length(graph, 3, weight="ms")


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(0, 1_000))
def test_it_is_found_where_the_roads_were_brought_anew_cut_otherwise_and_a_little_aside(seed: int, which: int) -> None:
    """Three metres aside, other numbers, and every road cut in two at its bend."""
    chance = random.Random(seed)
    roads = grid(chance)
    edge = roads.edges[which % len(roads.edges)]
    found = stretch_at(Network(road_graph(roads), STREETS), *edge.between)
    assert found is not None
    moved = grid(random.Random(seed), aside=0.00002)
    count, spots, edges = len(moved.nodes), list(moved.nodes)[::-1], list[Edge]()
    bends: dict[tuple[float, ...], int] = {}
    for each in moved.edges:
        mid = bends.setdefault(each.between, count + len(bends))
        a, b = count - 1 - each.start, count - 1 - each.end
        edges += [Edge(a, mid, each.metres / 2, "primary", each.name), Edge(mid, b, each.metres / 2, "primary", each.name)]
    spots += [(bend[0], bend[1]) for bend in bends]
    net = Network(road_graph(Roads(spots, edges)), STREETS)
    a, b = count - 1 - edge.start, count - 1 - edge.end
    mid = bends[next(each.between for each in moved.edges if {each.start, each.end} == {edge.start, edge.end})]
    shut = arcs_of_stretch(net, found[0])
    assert {frozenset(road[:2]) for road in net.roads[shut].tolist()} == {frozenset((a, mid)), frozenset((mid, b))}


def lanes(aside_m: float, *, name: str = "辅路") -> Network:
    """A street of one carriageway, a lane so far beside it between other junctions, a road across, the street going on."""
    off = aside_m / 111_195
    spots = [(111.0, 30.0), (111.005, 30.0), (111.01, 30.0), (111.0, 30 + off), (111.005, 30 + off), (111.005, 29.99)]
    length = distance_m(*spots[0], *spots[1])
    ways = [(0, 1, "长江路"), (1, 2, "长江路"), (3, 4, name), (1, 5, "学院路"), (1, 4, "学院路")]
    return Network(
        road_graph(Roads(spots, [Edge(*each, length, "primary", called) for a, b, called in ways for each in ((a, b), (b, a))])),
        STREETS,
    )


@pytest.mark.parametrize("aside_m", [4.0, 8.0, 15.0])
def test_the_lane_beside_the_road_across_and_the_road_that_goes_on_stay_open(aside_m: float) -> None:
    for name in ("辅路", "长江路", ""):
        net = lanes(aside_m, name=name)
        found = stretch_at(net, 111.0025, 29.99999)
        assert found is not None
        assert (found[0].road, found[0].ends, found[0].metres) == ("长江路", ("", "学院路"), 482)
        assert net.roads[arcs_of_stretch(net, found[0])].tolist() == [[0, 1, 0], [1, 0, 0]]
        beside = stretch_at(net, 111.0025, 30.0 + aside_m / 111_195)
        assert beside is not None
        assert net.roads[arcs_of_stretch(net, beside[0])].tolist() == [[3, 4, 0], [4, 3, 0]]


def test_of_two_ways_between_the_same_junctions_one_is_shut() -> None:
    """Both are drawn as one line, as in a list of edges: their lengths tell them apart."""
    ways = [
        Edge(0, 1, 1000.0, "primary"),
        Edge(1, 0, 1000.4, "primary"),
        Edge(0, 1, 1500.0, "primary"),
        Edge(1, 0, 1500.0, "primary"),
    ]
    net = Network(road_graph(Roads([(111.0, 30.0), (111.01, 30.0)], ways)), STREETS)
    found = stretch_at(net, 111.005, 30.0)
    assert found is not None
    left = Reach(net.without(arcs_of_stretch(net, found[0])))
    for there, back in (((111.0, 30.0), (111.01, 30.0)), ((111.01, 30.0), (111.0, 30.0))):
        assert left([there], back)[0].metres == (1500 if found[0].metres == 1000 else 1000)


def test_what_is_no_road_any_more_is_not_found() -> None:
    net = lanes(15.0)
    found = stretch_at(net, 111.0025, 30.0)
    assert found is not None
    gone = Network(road_graph(Roads([(111.0, 30.0), (111.005, 29.99)], [Edge(0, 1, 1200.0, "primary")])), STREETS)
    assert arcs_of_stretch(gone, found[0]).tolist() == []
    assert arcs_of_stretch(Network(road_graph(Roads([], [])), STREETS), found[0]).tolist() == []
    assert stretch_at(Network(road_graph(Roads([], [])), STREETS), 111.0, 30.0) is None


def test_a_road_that_was_renamed_is_found_where_it_lies_and_another_beside_its_place_is_not() -> None:
    """Where a bypass by another name now lies three metres off, nobody can tell that it is the same road."""
    found = stretch_at(lanes(15.0), 111.0025, 30.0)
    assert found is not None
    stretch = found[0]
    metres = float(stretch.metres)
    for aside, shut in ((0.0, [[0, 1, 0]]), (0.00003, [])):
        line = [(lon, lat + aside) for lon, lat in stretch.line]
        net = Network(road_graph(Roads(line, [Edge(0, 1, metres, "primary", "新长江路")])), STREETS)
        assert net.roads[arcs_of_stretch(net, stretch)].tolist() == shut


def test_it_is_shut_for_those_it_is_open_to() -> None:
    found = stretch_at(lanes(15.0), 111.0025, 30.0)
    assert found is not None
    on_foot = Network(
        road_graph(Roads([(111.0, 30.0), (111.005, 30.0)], [Edge(0, 1, 482.0, "footway", "长江路")])), SPEEDS["foot"]
    )
    assert len(arcs_of_stretch(on_foot, found[0])) == 2, "a street made a footway since: both ways on foot"
