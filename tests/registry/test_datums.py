"""`muster import` with the wrong --crs: named in the report and refused whole, with nothing stored; --sure has the last word.

Roads of every kind of file too: beside those in force, beside stations, beside the outline of the city."""

import csv
import json
from pathlib import Path
from typing import NamedTuple

import geopandas
import numpy as np
import pytest
import shapely

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.realm_facts import RealmState
from command.tiers.rows import Bad, BadRow
from drills.city import CityPlan, make_city, write_rows
from geo import Crs, Roads, from_wgs84, read_road_set
from tests.shared import real
from web_console.bringing import bad_in_words, bring, bring_city, bring_geopackage, bring_osm, bring_roads
from web_console.cli import main
from web_console.datums import check_roads
from web_console.house import House


def shifted(path: Path, crs: Crs, *, rename: str = "") -> Path:
    """The same file with its places written in `crs`; `rename` put before ids makes its rows new ones."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        lon, lat = from_wgs84(float(row["lon"]), float(row["lat"]), crs)
        row |= {"id": rename + row["id"], "lon": f"{float(lon):.7f}", "lat": f"{float(lat):.7f}"}
    made = path.with_name(f"{rename}{path.stem}-{crs}.csv")
    with made.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return made


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Path]:
    folder = tmp_path_factory.mktemp("city")
    house = House(folder / "realm", city="9901", kind="demo", clock=ManualClock(), chance=SeededChance(1), master=b"d" * 32)
    plan = CityPlan(people=600, teams=60)
    write_rows(make_city(plan), folder / "rows")
    bring_city(house, plan)
    return house, folder / "rows"


@pytest.mark.parametrize("what", ["stations", "teams"])
@pytest.mark.parametrize(("truth", "said"), [("gcj02", "wgs84"), ("gcj02", "cgcs2000"), ("bd09", "gcj02"), ("wgs84", "gcj02")])
@pytest.mark.parametrize("rename", ["", "N"])
def test_places_in_another_datum_than_said(city: tuple[House, Path], what: str, truth: Crs, said: Crs, rename: str) -> None:
    """Known rows again, and rows never seen: stations by their divisions, teams by their stations."""
    house, rows = city
    path = shifted(rows / f"{what}.csv", truth, rename=rename)
    before = house.registry.revision()
    with pytest.raises(BadRow) as caught:
        bring(house, what, path, crs=said)
    assert (caught.value.bad.code, caught.value.bad.column) == ("file.datum", said)
    assert caught.value.bad.value.startswith(truth)
    assert house.registry.revision() == before, "nothing was stored"
    if not rename:
        report = bring(house, what, path, crs=truth)
        assert report.bad == []


def test_one_station_that_moves_is_no_doubt_about_the_file(city: tuple[House, Path], tmp_path: Path) -> None:
    house, rows = city
    lines = shifted(rows / "stations.csv", "gcj02").read_text("utf-8").splitlines()
    town = next(line for line in lines if ",centre," in line)
    (tmp_path / "one.csv").write_text(f"{lines[0]}\n{town}\n", "utf-8")
    assert bring(house, "stations", tmp_path / "one.csv", crs="wgs84").counts["changed"] == 1
    assert bring(house, "stations", rows / "stations.csv", crs="wgs84").counts["changed"] == 1


def rows_of(folder: Path, roads: Roads, truth: Crs) -> tuple[Path, Path]:
    nodes = [f"n{n},{lon:.7f},{lat:.7f}" for n, (lon, lat) in enumerate(written(roads, truth))]
    edges = [f"n{edge.start},n{edge.end},{edge.highway},{edge.metres}" for edge in roads.edges]
    (folder / "nodes.csv").write_text("node,lon,lat\n" + "\n".join(nodes), "utf-8")
    (folder / "edges.csv").write_text("u,v,highway,length_m\n" + "\n".join(edges), "utf-8")
    return folder / "nodes.csv", folder / "edges.csv"


def map_of(folder: Path, roads: Roads, truth: Crs) -> Path:
    nodes = [f'<node id="{n + 1}" lon="{lon:.7f}" lat="{lat:.7f}"/>' for n, (lon, lat) in enumerate(written(roads, truth))]
    ways = [
        f'<way id="{n + 1}"><nd ref="{e.start + 1}"/><nd ref="{e.end + 1}"/><tag k="highway" v="{e.highway}"/><tag k="oneway" v="yes"/></way>'
        for n, e in enumerate(roads.edges)
    ]
    (folder / "town.osm").write_text(f'<osm version="0.6">{"".join(nodes)}{"".join(ways)}</osm>', "utf-8")
    return folder / "town.osm"


def package_of(folder: Path, roads: Roads, truth: Crs) -> Path:
    """A file that says EPSG:4326 of itself, whatever its degrees are, as such files do."""
    at = written(roads, truth)
    lines = [shapely.LineString([at[edge.start], at[edge.end]]) for edge in roads.edges]
    frame = geopandas.GeoDataFrame({"highway": [e.highway for e in roads.edges], "oneway": "yes"}, geometry=lines, crs=4326)
    frame.to_file(folder / "roads.gpkg", layer="roads", driver="GPKG")
    return folder / "roads.gpkg"


def written(roads: Roads, truth: Crs) -> list[tuple[float, float]]:
    at = np.array(roads.nodes)
    lon, lat = from_wgs84(at[:, 0], at[:, 1], truth)
    return list(zip(lon.tolist(), lat.tolist(), strict=True))


WRONG: tuple[tuple[Crs, Crs, int], ...] = (("gcj02", "wgs84", 620), ("bd09", "wgs84", 1_234), ("wgs84", "gcj02", 619))


def bring_written(house: House, form: str, folder: Path, roads: Roads, truth: Crs, said: Crs, *, sure: bool = False) -> None:
    if form == "rows":
        bring_roads(house, *rows_of(folder, roads, truth), crs=said, sure=sure)
    elif form == "osm":
        bring_osm(house, map_of(folder, roads, truth), crs=said, sure=sure)
    else:
        bring_geopackage(house, package_of(folder, roads, truth), crs=said, sure=sure)


@pytest.mark.parametrize("form", ["rows", "osm", "geopackage"])
def test_roads_in_another_datum_than_said(city: tuple[House, Path], tmp_path: Path, form: str) -> None:
    house, _ = city
    folder = house.realm.folder.roads
    held = sorted(path.name for path in folder.iterdir())
    roads = in_force(house)
    for truth, said, metres in WRONG:
        with pytest.raises(BadRow) as caught:
            bring_written(house, form, tmp_path, roads, truth, said)
        assert (caught.value.bad.code, caught.value.bad.column) == ("file.datum", said)
        fits, off = caught.value.bad.value.removesuffix(" m)").split(" (")
        assert fits == truth
        assert int(off) == pytest.approx(metres, abs=5)
    assert sorted(path.name for path in folder.iterdir()) == held, "nothing was stored"
    bring_written(house, form, tmp_path, roads, "gcj02", "gcj02")
    house.catalogue.renew()
    middles = [np.median(np.array(each.nodes), axis=0) for each in (in_force(house), roads)]
    assert np.abs(middles[0] - middles[1]).max() < 1e-4, "stored as WGS-84"
    bring_written(house, form, tmp_path, roads, "gcj02", "wgs84", sure=True)
    house.catalogue.renew()
    with pytest.raises(BadRow, match=r"file\.stored_datum.*gcj02"):
        bring_written(house, form, tmp_path, roads, "wgs84", "wgs84")
    bring_written(house, form, tmp_path, roads, "wgs84", "wgs84", sure=True)


def in_force(house: House) -> Roads:
    state = house.realm.core.world.look("realm")
    assert isinstance(state, RealmState)
    return read_road_set(house.realm.folder.roads, state.roads)


def test_first_roads_are_held_against_stations_and_the_outline(city: tuple[House, Path]) -> None:
    house, _ = city
    nobody = np.empty((0, 2))
    roads = in_force(house)
    off = Roads(written(roads, "gcj02"), roads.edges)
    stations = np.array([(s.lon, s.lat) for s in house.names.stations.values()])
    with pytest.raises(BadRow, match=r"file\.datum"):
        check_roads(off, nobody, stations=stations, outline=None, said="wgs84")
    check_roads(roads, nobody, stations=stations, outline=house.catalogue.shapes["9901"], said="wgs84")

    grid = [(111.0 + x / 500, 30.0 + y / 500) for x in range(1, 50) for y in range(1, 50)]
    whole = shapely.box(111.0, 30.0, 111.1, 30.1)
    town = Roads(grid, [])
    check_roads(town, nobody, stations=nobody, outline=whole, said="wgs84")
    with pytest.raises(BadRow, match=r"file\.datum"):
        check_roads(Roads(written(town, "gcj02"), []), nobody, stations=nobody, outline=whole, said="wgs84")
    check_roads(Roads(written(town, "gcj02"), []), nobody, stations=nobody, outline=whole.buffer(0.1), said="wgs84")


class Town(NamedTuple):
    """A city with its divisions, and nothing else in it yet."""

    house: House
    rows: Path

    def bring(self, what: str, path: Path, *, said: Crs = "wgs84", sure: bool = False) -> dict[str, int]:
        report = bring(self.house, what, path, crs=said, sure=sure)
        self.house.catalogue.renew()
        assert report.bad == []
        return report.counts

    def refuses(self, what: str, path: Path, *, said: Crs = "wgs84") -> tuple[str, str]:
        """Code and value; nothing is stored."""
        held, revision = self.house.areas, self.house.registry.revision()
        with pytest.raises(BadRow) as caught:
            bring(self.house, what, path, crs=said)
        assert (self.house.areas, self.house.registry.revision()) == (held, revision)
        return caught.value.bad.code, caught.value.bad.value

    def outlines(self, truth: Crs = "wgs84", *, east: float = 0.0, north: float = 0.0, only: str = "") -> Path:
        """The boundaries written in this datum, and moved by so many degrees."""
        found = json.loads((self.rows / "boundaries.geojson").read_text("utf-8"))
        found["features"] = [each for each in found["features"] if only in ("", each["properties"]["code"])]
        for each in found["features"]:
            shape = shapely.geometry.shape(each["geometry"])
            moved = shapely.transform(shape, lambda xy: np.column_stack(from_wgs84(xy[:, 0] + east, xy[:, 1] + north, truth)))
            each["geometry"] = shapely.geometry.mapping(moved)
        (self.rows / "moved.geojson").write_text(json.dumps(found), "utf-8")
        return self.rows / "moved.geojson"


@pytest.fixture
def bare(tmp_path: Path) -> Town:
    house = House(tmp_path / "realm", city="9901", kind="demo", clock=ManualClock(), chance=SeededChance(1), master=b"d" * 32)
    write_rows(make_city(CityPlan(people=600, teams=60)), tmp_path / "rows")
    town = Town(house, tmp_path / "rows")
    town.bring("divisions", town.rows / "divisions.csv")
    return town


@pytest.mark.parametrize("only", ["", "990101"])
def test_the_right_boundaries_beside_wrong_ones_are_not_taken_silently(bare: Town, only: str) -> None:
    """The first ones came unconverted and nothing was known to tell; of a city, and of one district alone."""
    bare.bring("boundaries", bare.outlines("gcj02", only=only))
    for said in ("wgs84", "cgcs2000"):
        code, value = bare.refuses("boundaries", bare.outlines(only=only), said=said)
        assert (code, value[:7]) == ("file.stored_datum", "gcj02 (")
    counts = bare.bring("boundaries", bare.outlines(only=only), sure=True)
    assert counts["changed"] > 0 == counts["new"]


def test_right_stations_within_boundaries_that_came_unconverted(bare: Town) -> None:
    bare.bring("boundaries", bare.outlines("gcj02"))
    code, value = bare.refuses("stations", bare.rows / "stations.csv")
    assert (code, value[:7]) == ("file.stored_datum", "gcj02 (")


@pytest.mark.parametrize("only", ["", "990101"])
def test_boundaries_that_moved_as_one_are_refused_though_no_datum_explains_it(bare: Town, only: str) -> None:
    bare.bring("boundaries", bare.outlines(only=only))
    assert bare.bring("boundaries", bare.outlines(north=0.0005, only=only))["changed"] > 0, "less than 100 m"
    bare.bring("boundaries", bare.outlines(only=only))
    code, metres = bare.refuses("boundaries", bare.outlines(east=-0.003, north=0.002, only=only))
    assert code == "file.shifted"
    assert int(metres) == pytest.approx(364, abs=5)
    assert "错的可能是文件，也可能是已有位置" in bad_in_words(Bad(0, code, value=metres))
    assert bare.bring("boundaries", bare.outlines(east=-0.003, north=0.002, only=only), sure=True)["changed"] > 0


def test_the_first_boundaries_are_held_against_stations(bare: Town) -> None:
    stations = bare.rows / "stations.csv"
    bare.bring("stations", stations)
    code, value = bare.refuses("boundaries", bare.outlines("gcj02"))
    assert (code, value[:7]) == ("file.datum", "gcj02 (")
    bare.bring("stations", shifted(stations, "gcj02"), sure=True)
    code, value = bare.refuses("boundaries", bare.outlines())
    assert (code, value[:7]) == ("file.stored_datum", "gcj02 (")
    code, value = bare.refuses("stations", stations)
    assert (code, value[:7]) == ("file.stored_datum", "gcj02 (")
    bare.bring("stations", stations, sure=True)
    assert bare.bring("boundaries", bare.outlines())["new"] > 0


@pytest.mark.real_input
def test_the_roads_of_jinan_beside_a_part_of_them() -> None:
    """Known: the smaller network, which was simplified on its own. Read: the larger one."""
    nobody = np.empty((0, 2))
    known, whole = (
        np.loadtxt(real(f"roads/{name}.csv.gz"), delimiter=",", skiprows=1, usecols=(1, 2))
        for name in ("jinan_small_nodes", "jinan_nodes")
    )
    roads = Roads([(lon, lat) for lon, lat in whole.tolist()], [])
    check_roads(roads, known, stations=nobody, outline=None, said="wgs84")
    datums: tuple[Crs, ...] = ("gcj02", "bd09")
    for datum in datums:
        with pytest.raises(BadRow, match=datum):
            check_roads(Roads(written(roads, datum), []), known, stations=nobody, outline=None, said="wgs84")


@pytest.mark.real_input
def test_the_boundaries_of_yichang_in_the_wrong_datum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(tmp_path / "home")]
    raw, clean = str(real("yichang/counties_gcj02_raw.geojson")), str(real("yichang/counties_wgs84.geojson"))
    areas = tmp_path / "home" / "realms" / "live" / "areas"
    assert main([*home, "init", "--city", "4205", "--name", "宜昌市"]) == 0
    assert main([*home, "import", "divisions", str(real("yichang/areas.csv"))]) == 0
    assert main([*home, "import", "boundaries", clean]) == 0
    held = sorted(path.name for path in areas.iterdir())
    capsys.readouterr()

    for file, said, fits, metres in ((raw, "wgs84", "gcj02", 600), (clean, "gcj02", "wgs84", 599), (raw, "bd09", "gcj02", 910)):
        assert main([*home, "import", "boundaries", file, "--crs", said]) == 1
        told = capsys.readouterr().out
        assert f"{fits} ({metres} m)" in told
        assert f"不是所说的 {said}；未导入" in told
        assert sorted(path.name for path in areas.iterdir()) == held

    assert main([*home, "import", "boundaries", raw, "--crs", "gcj02"]) == 0
    assert main([*home, "import", "boundaries", raw, "--crs", "wgs84", "--sure"]) == 0
    capsys.readouterr()
    assert main([*home, "import", "boundaries", raw, "--crs", "gcj02"]) == 1, (
        "what is stored is wrong now: right looks odd beside it"
    )
    assert "如错的是已有位置，加 --sure" in capsys.readouterr().out
    assert main([*home, "import", "boundaries", clean]) == 1, "no other datum of the file explains it"
    assert "已有的像是 gcj02 (600 m)" in capsys.readouterr().out
    assert main([*home, "import", "boundaries", raw, "--crs", "gcj02", "--sure"]) == 0
