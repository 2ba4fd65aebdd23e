"""Road networks: stored by hash, made into a graph with times that say whether their speeds were measured."""

import csv
import gzip
import itertools
import random
import time
from pathlib import Path

import networkx as nx
import pytest

from geo import SPEEDS, Edge, Roads, RoadTravel, read_road_set, road_graph, straight_line, write_road_set
from geo.roads import Speeds
from tests.shared import real

LINE = Roads(
    [(0.0, 0.0), (0.01, 0.0), (0.02, 0.0)],
    [Edge(0, 1, 1112.0, "primary"), Edge(1, 2, 1112.0, "lane nobody knows"), Edge(0, 1, 1112.0, "service")],
)  # fmt: skip


def test_a_set_is_named_by_its_content_and_read_back_whole(tmp_path: Path) -> None:
    version = write_road_set(tmp_path, LINE)
    assert write_road_set(tmp_path, LINE) == version
    assert read_road_set(tmp_path, version) == LINE
    assert write_road_set(tmp_path, LINE._replace(edges=LINE.edges[:2])) != version


def test_speeds_go_by_class_and_of_parallel_roads_the_quickest_counts() -> None:
    graph = road_graph(LINE, Speeds(assumed=False, other=10, kmh={"primary": 40, "service": 20}))
    assert graph[0][1]["seconds"] == pytest.approx(1.112 / 40 * 3600)
    assert graph[1][2]["seconds"] == pytest.approx(1.112 / 10 * 3600)


def test_assumed_speeds_are_called_so() -> None:
    measured = Speeds(assumed=False, other=10, kmh={})
    for speeds, said in ((SPEEDS, "road_graph_assumed_speeds"), (measured, "road_graph")):
        (trip,) = RoadTravel(road_graph(LINE, speeds), source=speeds.source)([(0.0, 0.0)], (0.02, 0.0))
        assert (trip.metres, trip.source) == (2224, said)
    assert SPEEDS.assumed, "until somebody measures them"


def test_trips_are_the_shortest_ways_of_the_graph() -> None:
    """Against networkx, on a net of dead ends, one-way streets and an island nobody leaves by road."""
    chance = random.Random(7)
    spots = [(111 + chance.random() / 50, 30 + chance.random() / 50) for _ in range(60)]
    edges = [
        Edge(a, b, chance.uniform(50, 900), chance.choice(("primary", "service")))
        for a, b in zip(*[iter(chance.choices(range(55), k=240))] * 2, strict=True)
        if a != b
    ]
    graph = road_graph(Roads(spots, edges), SPEEDS)
    place = spots[3]
    for start, trip in zip(range(60), RoadTravel(graph)(spots, place), strict=True):
        try:
            way = nx.shortest_path(graph, start, 3, weight="seconds")
        except nx.NetworkXNoPath:
            assert trip.source == "straight_line_no_road"
            continue
        legs = [graph[a][b] for a, b in itertools.pairwise(way)]
        shortest = [sum(leg["length"] for leg in legs), sum(leg["seconds"] for leg in legs)]
        assert [trip.metres, trip.seconds] == pytest.approx(shortest, abs=1)


@pytest.mark.real_input
def test_the_roads_of_jinan_are_searched_once_a_place() -> None:
    """12,766 nodes: a hundred teams to one place, well within a wave's 50 ms; no way is shorter than the straight one."""
    with gzip.open(real("roads/jinan_nodes.csv.gz"), "rt", encoding="utf-8") as file:
        spots = [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)]
    with gzip.open(real("roads/jinan_edges.csv.gz"), "rt", encoding="utf-8") as file:
        edges = [Edge(int(r["u"]), int(r["v"]), float(r["length_m"]), r["highway"]) for r in csv.DictReader(file)]
    travel = RoadTravel(road_graph(Roads(spots, edges), SPEEDS), source=SPEEDS.source)
    teams, place = spots[::127], (117.02, 36.66)
    began = time.perf_counter()
    trips = travel(teams, place)
    first = time.perf_counter() - began
    assert first < 0.25, "five times what a whole wave may take"
    direct = straight_line(teams, place)
    by_road = [(trip, line) for trip, line in zip(trips, direct, strict=True) if trip.source == "road_graph_assumed_speeds"]
    assert len(by_road) > 90
    assert all(trip.metres >= line.metres / 1.3 - 1 for trip, line in by_road)
