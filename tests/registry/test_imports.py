"""Bad rows are named by their line; the good ones are stored; what is personal is sealed."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from command.tiers.imports import Where, import_officers, import_posts, import_stations
from command.tiers.rows import BadRow
from command.tiers.sheets import read_sheet
from command.tiers.tables import StationRow
from mobilization.imports import import_people, import_teams
from mobilization.tables import PersonRow
from tests.town import open_town
from web_console.house import House

WHERE = Where(lambda lon, lat: (lon, lat), in_city=lambda lon, lat: 111.0 <= lon <= 111.4 and 30.0 <= lat <= 30.2)


@pytest.fixture
def town(tmp_path: Path) -> House:
    return open_town(tmp_path)


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_stations_swapped_off_the_city_and_of_unknown_divisions(town: House, tmp_path: Path) -> None:
    path = write(
        tmp_path / "s.csv", "id,name,tier,division,lon,lat", "a,好,station,990101001,111.1,30.1", "b,反,station,990101001,30.1,111.1",
        "c,远,station,990101001,112.1,30.1", "d,无,station,990199,111.1,30.1", "e,类,castle,990101,111.1,30.1", "a,重,station,990101,111.1,30.1",
        "g,,station,990101,111.1,30.1", "h,=1+1,station,990101,111.1,30.1", "i,字,station,990101,abc,30.1",
    )  # fmt: skip
    report = import_stations(town.registry, path, where=WHERE)
    assert [(bad.line, bad.code) for bad in report.bad] == [
        (3, "row.swapped"), (4, "row.off_city"), (5, "row.unknown_division"), (6, "row.value"), (7, "row.twice"), (8, "row.missing"),
        (9, "row.formula"), (10, "row.value"),
    ]  # fmt: skip
    assert report.counts["new"] == 1


def test_people_in_chinese_headings_and_gb18030(town: House, tmp_path: Path) -> None:
    path = write(
        tmp_path / "p.csv", "编号,姓名,手机,出生日期,证书,爱好", "x1,欧阳小燕,19900009999,2000-02-29,FIRST_AID:2030-01-01,钓鱼",
        "x2,李,19900009998,昨天,,", encoding="gb18030",
    )  # fmt: skip
    report = import_people(town.registry, path)
    assert [(bad.line, bad.code, bad.column) for bad in report.bad] == [(3, "row.value", "birth_date")]
    assert report.ignored == ["爱好"]
    town.catalogue.renew()
    found = town.names.people.get("x1")
    assert found is not None
    assert found.name == "欧阳小燕"
    assert "欧阳小燕".encode() not in town.realm.folder.registry.read_bytes()


def test_duty_numbers_of_posts_lie_in_the_open_as_they_are_written(town: House, tmp_path: Path) -> None:
    path = write(
        tmp_path / "posts.csv", "区划代码,值班电话", "990100000000,０７１７－6221234 ; 13800138000;0717-6221234", "990101,12350", "990101,12351",
        "990199,12350", "990102,办公室", "990102100,", "990101001,12", encoding="gb18030",
    )  # fmt: skip
    report = import_posts(town.registry, path)
    assert [(bad.line, bad.code, bad.column) for bad in report.bad] == [
        (4, "row.twice", "division"), (5, "row.unknown_division", "division"), (6, "row.phone", "phones"), (7, "row.missing", "phones"),
        (8, "row.phone", "phones"),
    ]  # fmt: skip
    assert report.counts == {"new": 2, "changed": 0, "same": 0}
    town.catalogue.renew()
    assert town.names.duty_numbers == {"9901": ("0717-6221234", "13800138000"), "990101": ("12350",)}
    import_posts(town.registry, write(tmp_path / "again.csv", "division,phones", "990101,0717-6225678"))
    town.catalogue.renew()
    assert town.names.duty_numbers["990101"] == ("0717-6225678",), "a number that changed takes the place of the old"


def test_teams_by_xlsx_with_strangers_and_unknown_specialities(town: House, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("id", "name", "speciality", "station", "size", "leader", "deputies"),
        ("n1", "新队", "RESCUE_WATER", "s1", 6, "p1", "p2;p3"),
        ("n2", "坏队", "WIZARD", "s1", 6, "p1", ""),
        ("n3", "坏队", "RESCUE", "s1", 6, "nobody", ""),
        ("n4", "坏队", "RESCUE", "s9", 6, "p1", ""),
        ("n5", "坏队", "RESCUE", "s1", 0, "p1", ""),
    ):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    report = import_teams(town.registry, tmp_path / "t.xlsx", where=WHERE)
    assert [(bad.line, bad.code) for bad in report.bad] == [
        (3, "row.unknown_speciality"), (4, "row.unknown_person"), (5, "row.unknown_station"), (6, "row.value"),
    ]  # fmt: skip
    town.catalogue.renew()
    assert town.names.teams["n1"].deputies == ("p2", "p3")


def test_stations_and_people_by_geojson(town: House, tmp_path: Path) -> None:
    def feature(geometry: object, **properties: object) -> dict[str, object]:
        return {"type": "Feature", "geometry": geometry, "properties": properties}

    def point(lon: object, lat: object) -> dict[str, object]:
        return {"type": "Point", "coordinates": [lon, lat]}

    area = {"type": "Polygon", "coordinates": [[[111.1, 30.1], [111.2, 30.1], [111.2, 30.2], [111.1, 30.1]]]}
    common = {"tier": "station", "division": "990101001"}
    features = [
        feature(point(111.1, 30.1), 编号="g1", 名称="好", radius_m=800, 备注="无", **common),
        feature(point(30.1, 111.1), id="g2", name="反", **common),
        feature(area, id="g3", name="面", **common),
        feature(None, id="g4", name="无处", **common),
        feature(point("a", None), id="g5", name="字", **common),
        "not a feature",
    ]
    path = write(tmp_path / "s.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    report = import_stations(town.registry, path, where=WHERE)
    assert [(bad.line, bad.code, bad.column) for bad in report.bad] == [
        (2, "row.swapped", "lon"), (3, "row.value", "lon"), (4, "row.missing", "lon"), (5, "row.value", "lon"), (6, "row.missing", "id"),
    ]  # fmt: skip
    assert (report.counts["new"], report.ignored) == (1, ["备注"])
    with town.registry.read() as session:
        assert session.get_one(StationRow, "g1").radius_m == 800

    person = feature(
        point(111.12, 30.11),
        id="g9",
        name="欧阳小燕",
        phone="19900009997",
        credentials=["FIRST_AID:2030-01-01", "AED:2030-01-01"],
    )
    people = write(tmp_path / "p.json", json.dumps({"type": "FeatureCollection", "features": [person]}))
    assert import_people(town.registry, people).bad == []
    with town.registry.read() as session:
        held = session.get_one(PersonRow, "g9").credentials
    assert set(held) == {"FIRST_AID", "AED"}


def test_importing_the_same_officers_again_changes_nothing(town: House, tmp_path: Path) -> None:
    before = town.registry.revision()
    report = import_officers(town.registry, tmp_path / "rows" / "officers.csv")
    assert report.counts == {"new": 0, "changed": 0, "same": 5}
    assert town.registry.revision() == before


def test_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    for name, text in (
        ("x.xlsx", "not a workbook"),
        ("x.geojson", "[1]"),
        ("x.geojson", "{"),
        ("x.json", '{"features": 1}'),
        ("x.json", "[" * 9999),
    ):
        with pytest.raises(BadRow) as caught:
            read_sheet(write(tmp_path / name, text), {"id": ()})
        assert caught.value.bad.code == ("file.no_book" if name == "x.xlsx" else "file.unreadable")
