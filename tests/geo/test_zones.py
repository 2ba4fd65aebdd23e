"""Zones: which hold a point, decided the same for ever."""

import networkx as nx
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import Circle, RoadTravel, ZoneIndex, cell_of, distance_m, straight_line

SQUARES = {
    "9901": shapely.box(0, 0, 2, 1), "990101": shapely.box(0, 0, 1, 1), "990102": shapely.box(1, 0, 2, 1),
    "990101001": shapely.box(0, 0, 1, 0.5),
}  # fmt: skip
CIRCLES = [Circle("b", 0.5, 0.5, 1000), Circle("a", 0.5, 0.5, 1000), Circle("c", 0.6, 0.5, 1000)]
INDEX = ZoneIndex(SQUARES, CIRCLES)


def test_a_point_has_one_path_from_the_city_down() -> None:
    assert INDEX.path_at(0.5, 0.25) == ("9901", "990101", "990101001")
    assert INDEX.path_at(0.5, 0.75) == ("9901", "990101")
    assert INDEX.path_at(5, 5) == ()


def test_a_shared_border_belongs_to_the_lowest_code() -> None:
    assert INDEX.path_at(1.0, 0.75) == ("9901", "990101")


def test_circles_nearest_first_ties_by_id() -> None:
    assert [near.id for near in INDEX.circles_at(0.5, 0.5)] == ["a", "b"]
    assert INDEX.circles_at(0.55, 0.5) == []
    nearest = INDEX.nearest_circle(0.59, 0.5)
    assert nearest is not None
    assert (nearest.id, nearest.inside) == ("c", False)


@given(lon=st.floats(0.48, 0.52), lat=st.floats(0.48, 0.52))
def test_circles_agree_with_plain_distance(lon: float, lat: float) -> None:
    found = {near.id for near in INDEX.circles_at(lon, lat)}
    assert found == {c.id for c in CIRCLES if distance_m(c.lon, c.lat, lon, lat) <= c.radius_m}


@given(lon=st.floats(-179, 179), lat=st.floats(-80, 80))
def test_a_cell_hides_the_point_within_its_size(lon: float, lat: float) -> None:
    name, centre_lon, centre_lat = cell_of(lon, lat)
    assert distance_m(lon, lat, centre_lon, centre_lat) <= 250
    assert cell_of(centre_lon, centre_lat)[0] == name


def grid() -> "nx.DiGraph[int]":
    graph: nx.DiGraph[int] = nx.DiGraph()
    for n in range(4):
        graph.add_node(n, lon=0.01 * n, lat=0.0)
    for n in range(3):
        graph.add_edge(n, n + 1, length=1112.0, seconds=100.0)
    return graph


def test_travel_follows_one_way_streets_and_says_what_it_rests_on() -> None:
    travel = RoadTravel(grid())
    east, west = travel([(0.0, 0.0), (0.03, 0.0)], (0.02, 0.0))
    assert (east.source, east.seconds) == ("road_graph", 200)
    assert east.metres == pytest.approx(2224, abs=2)
    assert west.source == "straight_line_no_road"
    assert west == straight_line([(0.03, 0.0)], (0.02, 0.0))[0]._replace(source="straight_line_no_road")
