"""A way by road, node by node, and in words."""

import networkx as nx

from geo import RoadTravel, legs_of


def town() -> "nx.DiGraph[int]":
    """North along one road, then east; a dead end beside it that leads nowhere else."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    for node, (lon, lat) in enumerate([(111.0, 30.0), (111.0, 30.01), (111.01, 30.01), (111.5, 30.5), (111.51, 30.5)]):
        graph.add_node(node, lon=lon, lat=lat)
    for a, b, metres in ((0, 1, 1112.0), (1, 2, 963.0), (3, 4, 960.0)):
        graph.add_edge(a, b, length=metres, seconds=metres / 10)
    return graph


def test_the_way_follows_the_roads_and_is_none_where_no_road_leads() -> None:
    travel = RoadTravel(town())
    assert travel.way((111.0, 30.0), (111.01, 30.01)) == [(111.0, 30.0), (111.0, 30.01), (111.01, 30.01)]
    assert travel.way((111.5, 30.5), (111.01, 30.01)) == []


def test_turns_are_told_and_bends_are_not() -> None:
    bent = [(111.0, 30.0), (111.0005, 30.005), (111.0, 30.01), (111.01, 30.01), (111.01, 30.02), (111.0, 30.02)]
    assert [(leg.turn, leg.heading) for leg in legs_of(bent)] == [("start", "n"), ("right", "e"), ("left", "n"), ("left", "w")]
    assert abs(legs_of(bent)[0].metres - 1_115) < 10
