"""Road networks: stored by hash, made into a graph with times that say whether their speeds were measured."""

import csv
import gzip
import time
from pathlib import Path

import pytest

from geo import SPEEDS, Edge, Network, Reach, Roads, Speeds, modes_of, read_road_set, road_graph, straight_line, write_road_set
from tests.shared import real

LINE = Roads(
    [(0.0, 0.0), (0.01, 0.0), (0.02, 0.0)],
    [Edge(0, 1, 1112.0, "primary"), Edge(1, 2, 1112.0, "lane nobody knows"), Edge(0, 1, 1112.0, "service")],
)  # fmt: skip


def test_a_set_is_named_by_its_content_and_read_back_whole(tmp_path: Path) -> None:
    version = write_road_set(tmp_path, LINE)
    assert write_road_set(tmp_path, LINE) == version
    assert read_road_set(tmp_path, version) == LINE
    assert write_road_set(tmp_path, Roads(LINE.nodes, LINE.edges[:2])) != version


def test_speeds_go_by_class_and_of_parallel_roads_the_quickest_counts() -> None:
    reach = Reach(Network(road_graph(LINE), Speeds(assumed=False, other=10, kmh={"primary": 40, "service": 20})))
    (first,), (second,) = reach([(0.0, 0.0)], (0.01, 0.0)), reach([(0.01, 0.0)], (0.02, 0.0))
    assert (first.seconds, second.seconds) == (round(1.112 / 40 * 3600), round(1.112 / 10 * 3600))


def test_a_mode_is_there_where_a_way_is_open_to_it() -> None:
    def modes(*kinds: str) -> tuple[str, ...]:
        return modes_of(Roads(LINE.nodes, [Edge(0, 1, 1112.0, kind) for kind in kinds]))

    assert modes("primary") == ("car", "e_bike", "foot")
    assert modes("motorway") == ("car",)
    assert modes("river") == ("boat",)
    assert modes("footway", "canal") == ("e_bike", "foot", "boat")
    assert modes() == ()


def test_assumed_speeds_are_called_so() -> None:
    measured = Speeds(assumed=False, other=10, kmh={})
    for speeds, said in ((SPEEDS["car"], "road_graph_assumed_speeds"), (measured, "road_graph")):
        (trip,) = Reach(Network(road_graph(LINE), speeds))([(0.0, 0.0)], (0.02, 0.0))
        assert (trip.metres, trip.source) == (2224, said)
    assert SPEEDS["car"].assumed, "until somebody measures them"


@pytest.mark.real_input
def test_the_roads_of_jinan_are_searched_once_a_place() -> None:
    """12,766 nodes: a hundred teams to one place, well within a wave's 50 ms; no way is shorter than the straight one."""
    with gzip.open(real("roads/jinan_nodes.csv.gz"), "rt", encoding="utf-8") as file:
        spots = [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)]
    with gzip.open(real("roads/jinan_edges.csv.gz"), "rt", encoding="utf-8") as file:
        edges = [Edge(int(r["u"]), int(r["v"]), float(r["length_m"]), r["highway"]) for r in csv.DictReader(file)]
    travel = Reach(Network(road_graph(Roads(spots, edges)), SPEEDS["car"]))
    teams, place = spots[::127], (117.02, 36.66)
    took = []
    for east in (0.02, 0.01, 0.0):  # of places that were never asked for; the best, for others work beside
        began = time.perf_counter()
        trips = travel(teams, (place[0] + east, place[1]))
        took.append(time.perf_counter() - began)
    assert min(took) < 0.25, "five times what a whole wave may take"
    direct = straight_line(teams, place)
    by_road = [(trip, line) for trip, line in zip(trips, direct, strict=True) if trip.source == "road_graph_assumed_speeds"]
    assert len(by_road) > 90
    assert all(trip.metres >= line.metres / 1.3 - 1 for trip, line in by_road)
