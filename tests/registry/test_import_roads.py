"""Roads by `muster import roads`: bad rows by line, whole refusals, and waves that say what their travel times rest on."""

import time
from itertools import pairwise
from pathlib import Path

import pytest

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.tiers.rows import BadRow, BadRows
from drills.city import CityPlan
from geo import Reach
from incidents import Incident
from mobilization.planning import Asking, plan_wave
from tests.stories.told import told
from tests.town import INSIDE, open_town
from web_console.bringing import bring_city, bring_osm, bring_roads, in_lines
from web_console.cli import main
from web_console.demo import open_incident
from web_console.house import House

NODES = "node,lon,lat\n" + "".join(f"n{n},{111.05 + n / 1000:.3f},30.05\n" for n in range(7))
EDGES = "u,v,highway,length_m\n" + "".join(f"n{a},n{b},tertiary,96\nn{b},n{a},tertiary,96\n" for a, b in pairwise(range(7)))


def write(folder: Path, nodes: str = NODES, edges: str = EDGES) -> tuple[Path, Path]:
    (folder / "nodes.csv").write_text(nodes, "utf-8")
    (folder / "edges.csv").write_text(edges, "utf-8")
    return folder / "nodes.csv", folder / "edges.csv"


def test_a_wave_records_what_its_travel_times_rest_on(tmp_path: Path) -> None:
    said = {}
    for name in ("without", "with"):
        with told(tmp_path / name) as town:
            if name == "with":
                bring_roads(town.house, *write(tmp_path), crs="wgs84")
            wave = town.sees("bo", f"/incidents/{town.raise_fire()}/why")["waves"][0]
            said[name] = {call["travel_source"] for call in wave["called"]}
    assert said == {"without": {"straight_line"}, "with": {"road_graph_assumed_speeds"}}


async def test_the_demo_citys_waves_are_planned_by_road_in_no_time(tmp_path: Path) -> None:
    house = House(tmp_path / "realm", city="9901", kind="demo", clock=ManualClock(), chance=SeededChance(1), master=b"r" * 32)
    bring_city(house, CityPlan())
    await house.open()
    await open_incident(house)
    await house.settle()
    (incident,) = (state for name in house.view.incidents if isinstance(state := house.view.look(f"incident:{name}"), Incident))
    state = house.view.look(f"mobilization:m-{incident.id}")
    outlook = house.outlook()
    began = time.perf_counter()
    plan = plan_wave(state, incident, outlook, Asking(house.view.look, now_ms=house.core.now_ms(), wave_id="test", more=3))
    spent = time.perf_counter() - began
    named = called_roads(house)
    await house.close()
    assert {call.travel_source for call in plan.calls} == {"road_graph_assumed_speeds"}
    assert spent < 0.25, "five times the 50 ms of a wave"
    assert len(named) > 3, "the ways of the demo say which roads they follow"


def called_roads(house: House) -> set[str]:
    """The names of the roads from some teams to the centre of the town."""
    travel = house.travel
    assert isinstance(travel, Reach)
    centre = min(house.names.stations.values(), key=lambda each: each.id)
    teams = sorted(house.names.teams.values(), key=lambda each: each.id)[:20]
    ways = [travel.way((team.lon, team.lat), (centre.lon, centre.lat)) for team in teams]
    return {name for way in ways if way is not None for name in way.names if name}


def test_bad_rows_are_all_named_and_the_roads_in_force_stay(tmp_path: Path) -> None:
    house = open_town(tmp_path)
    bring_roads(house, *write(tmp_path), crs="wgs84")
    nodes = NODES + "n1,111.06,30.05\nx1,abc,30.05\n"
    edges = EDGES + "n1,n99,tertiary,50\nn1,n2,tertiary,0\nn1,,tertiary,5\n"
    held = stored(house)
    with pytest.raises(BadRows) as caught:
        bring_roads(house, *write(tmp_path, nodes, edges), crs="wgs84")
    assert caught.value.bad.code == "file.bad_rows"
    assert [(bad.file, bad.line, bad.code, bad.column) for bad in caught.value.rows] == [
        ("nodes.csv", 9, "row.twice", "node"), ("nodes.csv", 10, "row.value", "lon"), ("edges.csv", 14, "row.unknown_node", "v"),
        ("edges.csv", 15, "row.value", "length_m"), ("edges.csv", 16, "row.missing", "v"),
    ]  # fmt: skip
    assert stored(house) == held, "nothing was stored"
    house.catalogue.renew()
    (trip,) = house.outlook().travel([(111.056, 30.05)], INSIDE)
    assert (trip.metres, trip.source) == (576, "road_graph_assumed_speeds")


def stored(house: House) -> list[str]:
    return sorted(path.name for path in house.realm.folder.roads.glob("*"))


def test_loops_and_edges_that_come_twice_are_counted_and_left_out(tmp_path: Path) -> None:
    house = open_town(tmp_path)
    more = "n1,n1,tertiary,50\nn0,n1,tertiary,96\nn0,n1,tertiary,200\n"
    report = bring_roads(house, *write(tmp_path, edges=EDGES + more), crs="wgs84")
    assert report.bad == []
    assert report.counts == {"nodes": 7, "edges": 13, "loops": 1, "twice": 1}, "a longer way between the same two is another way"
    said = next(in_lines(report))
    assert "绕回原处或无长度未导入 1，重复未导入 1，有误 0 · " in said
    assert said.endswith("loops or of no length left out 1, left out as they came twice 1, bad 0")


def test_a_network_of_less_than_half_needs_sure(tmp_path: Path) -> None:
    house = open_town(tmp_path)
    bring_roads(house, *write(tmp_path), crs="wgs84")
    held = stored(house)
    half, less = ("u,v,highway,length_m\n" + "\n".join(EDGES.splitlines()[1:lines]) for lines in (7, 6))
    with pytest.raises(BadRow) as caught:
        bring_roads(house, *write(tmp_path, edges=less), crs="wgs84")
    assert (caught.value.bad.code, caught.value.bad.column, caught.value.bad.value) == ("file.fewer_roads", "12", "5")
    (tmp_path / "town.osm").write_text(OSM.format(111.05, 111.056), "utf-8")
    with pytest.raises(BadRow, match=r"file\.fewer_roads"):
        bring_osm(house, tmp_path / "town.osm")
    assert stored(house) == held, "nothing was stored"
    assert bring_roads(house, *write(tmp_path, edges=half), crs="wgs84").counts["edges"] == 6
    assert bring_osm(house, tmp_path / "town.osm", sure=True).counts["edges"] == 2


@pytest.mark.parametrize(
    ("nodes", "edges", "bad"),
    [
        (
            "x,nan,30.05\nx,inf,30.05\nx,1e999,30.05\n",
            "",
            [(9, "row.value", "lon"), (10, "row.value", "lon"), (11, "row.value", "lon")],
        ),
        ("x,30.05,111.05\n", "", [(9, "row.swapped", "lat")]),
        ("x,200,30.05\n", "", [(9, "row.value", "lon")]),
        ("", "n1,n2,tertiary,nan\nn1,n2,tertiary,-5\n", [(14, "row.value", "length_m"), (15, "row.value", "length_m")]),
        ("x,111.0", "n1,n2", [(9, "row.missing", "lat"), (14, "row.missing", "length_m")]),
    ],
    ids=["no number", "swapped", "off the globe", "no length", "cut short"],
)
def test_each_bad_row_is_named_and_refuses_the_files_whole(
    tmp_path: Path, nodes: str, edges: str, bad: list[tuple[int, str, str]]
) -> None:
    house = open_town(tmp_path)
    with pytest.raises(BadRows) as caught:
        bring_roads(house, *write(tmp_path, NODES + nodes, EDGES + edges), crs="wgs84")
    assert [(each.line, each.code, each.column) for each in caught.value.rows] == bad
    assert not stored(house), "nothing was stored"


@pytest.mark.parametrize(
    ("nodes", "edges", "code"),
    [
        ("", EDGES, "file.blank"), (NODES, "", "file.blank"), ("\x00\x01" * 50, EDGES, "file.no_rows"),
        ("node,lon,lat\n", EDGES, "file.no_rows"), ("x,y\n1,2\n", EDGES, "file.no_rows"), (NODES, "u,v,length_m\n", "file.no_rows"),
        ("node,lon,lat\na,30.05,111.05\nb,30.05,111.06\n", EDGES, "file.swapped"),
    ],
    ids=["no nodes", "no edges", "no text", "a head alone", "other columns", "a head of edges alone", "swapped"],
)  # fmt: skip
def test_a_file_without_one_sound_row_is_refused_whole(tmp_path: Path, nodes: str, edges: str, code: str) -> None:
    house = open_town(tmp_path)
    with pytest.raises(BadRow) as caught:
        bring_roads(house, *write(tmp_path, nodes, edges), crs="wgs84")
    assert caught.value.bad.code == code
    assert not list(house.realm.folder.roads.glob("*")), "nothing was stored"


def test_roads_of_another_city_or_without_an_edge_are_refused_whole(tmp_path: Path) -> None:
    house = open_town(tmp_path)
    for nodes, edges, code in (
        (NODES.replace("111.", "112."), EDGES, "file.off_city"),
        (NODES, "u,v,length_m\nn1,n1,x\n", "file.no_rows"),
    ):
        with pytest.raises(BadRow) as caught:
            bring_roads(house, *write(tmp_path, nodes, edges), crs="wgs84")
        assert caught.value.bad.code == code
    assert house.outlook().travel([(111.056, 30.05)], INSIDE)[0].source == "straight_line"


def test_by_the_command_and_kept_by_a_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nodes, edges = write(tmp_path)
    home = ["--home", str(tmp_path / "home")]
    assert main([*home, "init", "--city", "9901", "--name", "云江市"]) == 0
    assert main([*home, "import", "roads", "--nodes", str(nodes), "--edges", str(edges)]) == 0
    assert "路口 7，路段 12，有误 0" in capsys.readouterr().out
    for wrong in (["roads"], ["roads", str(nodes), "--nodes", str(nodes)], ["roads", "--nodes", str(nodes)], ["stations"]):
        assert main([*home, "import", *wrong]) == 2
    write(tmp_path, edges=EDGES.rsplit(",", 2)[0])
    assert main([*home, "import", "roads", "--nodes", str(nodes), "--edges", str(edges)]) == 1
    said = capsys.readouterr().out
    assert "有 1 行有误；路网整体替换" in said
    assert "edges.csv 第 13 行 · edges.csv line 13: 缺少“length_m” · length_m is missing" in said
    assert main([*home, "backup", str(tmp_path / "copies" / "one")]) == 0
    assert main([*home, "--realm", "again", "restore", str(tmp_path / "copies" / "one")]) == 0
    held = [sorted((tmp_path / "home" / "realms" / name / "roads").iterdir()) for name in ("live", "again")]
    assert [path.name for path in held[0]] == [path.name for path in held[1]] != []


OSM = """<osm version="0.6"><node id="1" lon="{0}" lat="30.05"/><node id="2" lon="{1}" lat="30.05"/>
<way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="tertiary"/><tag k="name" v="滨江路"/></way></osm>"""


def test_roads_of_openstreetmap_come_in_by_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "town.osm").write_text(OSM.format(111.05, 111.056), "utf-8")
    home = ["--home", str(tmp_path / "home")]
    assert main([*home, "init", "--city", "9901", "--name", "云江市"]) == 0
    assert main([*home, "import", "roads", str(tmp_path / "town.osm")]) == 0
    assert "路口 2，路段 2，在边界处截断 0，有误 0" in capsys.readouterr().out


def test_a_map_of_another_city_or_none_is_refused_whole(tmp_path: Path) -> None:
    house = open_town(tmp_path)
    (tmp_path / "away.osm").write_text(OSM.format(112.05, 112.06), "utf-8")
    (tmp_path / "none.osm.pbf").write_bytes(b"nothing")
    for name, code in (("away.osm", "file.off_city"), ("none.osm.pbf", "file.no_osm")):
        with pytest.raises(BadRow) as caught:
            bring_osm(house, tmp_path / name)
        assert caught.value.bad.code == code
    assert house.outlook().travel([(111.056, 30.05)], INSIDE)[0].source == "straight_line"
    (tmp_path / "town.osm").write_text(OSM.format(111.05, 111.056), "utf-8")
    bring_osm(house, tmp_path / "town.osm")
    (trip,) = house.outlook().travel([(111.056, 30.05)], INSIDE)
    assert trip.source == "road_graph_assumed_speeds"
