"""A trial by the book with real Yichang: divisions and boundaries as published, made-up stations, people and teams, some rows corrupt.

Written down is what the person at the keyboard is shown. Stations are generated within the real borders; the county of each
follows from its place, townships are not claimed for any.
"""

import asyncio
import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from command.core.chance import SeededChance
from command.core.clock import ManualClock, SystemClock
from command.core.facts import Authority
from drills.city import City, CityPlan, make_city
from geo import DIVISION, Key, Zones, from_wgs84, read_boundaries
from incidents import BY_HAND, CATEGORIES, NOT_KNOWN, Need, RaiseIncident, default_lead, place_for
from mobilization import RaiseAndOrder, WaveCalled, mobilization_of
from tests.shared import real
from web_console.cli import main
from web_console.house import House
from web_console.master_key import master_key

pytestmark = pytest.mark.real_input

STATION = ("id", "name", "tier", "division", "lon", "lat", "phone")
PEOPLE = ("id", "name", "phone", "birth_date", "division", "insured_until", "credentials", "simulated")
TEAM = ("id", "name", "speciality", "kind", "station", "lon", "lat", "minimum_crew", "size", "leader", "deputies", "simulated")
Row = dict[str, Any]


class Keyboard:
    """The command line, and what it last said."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys

    def types(self, *words: str | Path) -> tuple[int, list[str]]:
        code = main(["--home", str(self.home), *map(str, words)])
        return code, self._capsys.readouterr().out.splitlines()


def made_up() -> tuple[City, Zones]:
    """A generated city over the box of Yichang, insured around today, and the real counties."""
    shapes = read_boundaries(real("yichang/counties_wgs84.geojson")).shapes
    today = datetime.fromtimestamp(SystemClock().wall_ms() / 1000, UTC).date()
    plan = CityPlan(
        seed=5, today=today, code="9905", bounds=(110.25, 29.95, 112.05, 31.55), counties=6, townships=60, people=1_500, teams=150
    )
    return make_city(plan), Zones({Key(DIVISION, code): shape for code, shape in shapes.items()})


def write(path: Path, columns: tuple[str, ...], rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def stations_of(city: City, counties: Zones) -> list[Row]:
    found = []
    for row in city.stations.dicts():
        path = counties.path_at(row["lon"], row["lat"])
        if path:
            found.append(row | {"division": path[-1]})
    return found


def counted(*, new: int = 0, same: int = 0, bad: int = 0) -> str:
    return f"新增 {new}，更新 0，未变 {same}，有误 {bad} · new {new}, changed 0, same {same}, bad {bad}"


def bring_yichang(keyboard: Keyboard) -> None:
    code, said = keyboard.types("init", "--city", "4205", "--name", "宜昌市")
    assert (code, said[0].startswith("已建立 宜昌市（4205）")) == (0, True)
    for path, count in (
        (real("yichang/areas.csv"), 13),
        (real("yichang/streets.csv"), 113),
        (real("yichang/villages.csv"), 1650),
    ):
        code, said = keyboard.types("import", "divisions", path)
        assert (code, said[0]) == (0, counted(new=count)), said
    code, said = keyboard.types("import", "boundaries", real("yichang/counties_gcj02_raw.geojson"), "--crs", "gcj02")
    assert (code, said) == (0, ["新增 13，更新 0，未变 0，已修复 3，有误 0 · new 13, changed 0, same 0, mended 3, bad 0"])


def corrupt_stations(good: Row) -> list[Row]:
    """One row for each way in which such files are wrong."""
    bad: list[Row] = [
        {"id": "X1", "lon": good["lat"], "lat": good["lon"]}, {"id": "X2", "lon": 114.3, "lat": 30.6}, {"id": "X3", "division": "420106"},
        {"id": "X4", "name": ""}, {"id": "X5", "name": '=HYPERLINK("x")'}, {"id": good["id"]}, {"id": "X7", "lon": "一百一十一度"},
        {"id": "X8", "tier": "城堡"},
    ]  # fmt: skip
    return [good | row for row in bad]


def test_a_trial_in_yichang(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keyboard = Keyboard(tmp_path / "home", capsys)
    bring_yichang(keyboard)
    city, counties = made_up()
    stations = stations_of(city, counties)
    count = len(stations)

    path = write(tmp_path / "stations.csv", STATION, stations + corrupt_stations(stations[0]))
    code, said = keyboard.types("import", "stations", path)
    assert (code, said) == (1, [
        counted(new=count, bad=8),
        f"第 {count + 2} 行 · line {count + 2}: 经纬度似乎填反了 · Longitude and latitude seem swapped",
        f"第 {count + 3} 行 · line {count + 3}: 坐标不在本市范围 · The place is outside the city",
        f"第 {count + 4} 行 · line {count + 4}: 没有这个区划：420106 · No such division: 420106",
        f"第 {count + 5} 行 · line {count + 5}: 缺少“name” · name is missing",
        f"第 {count + 6} 行 · line {count + 6}: “name”含公式或控制字符 · name holds a formula or control characters",
        f"第 {count + 7} 行 · line {count + 7}: 编号重复：{stations[0]['id']} · This id stands twice: {stations[0]['id']}",
        f"第 {count + 8} 行 · line {count + 8}: “lon”的内容不对：一百一十一度 · lon does not fit: 一百一十一度",
        f"第 {count + 9} 行 · line {count + 9}: “tier”的内容不对：城堡 · tier does not fit: 城堡",
        "未使用的列 · columns not used: phone",
    ])  # fmt: skip

    people: list[Row] = [row | {"division": ""} for row in city.people.dicts()]
    wrong: list[Row] = [{"id": "Y1", "phone": ""}, {"id": "Y2", "birth_date": "昨天"}, {"id": "Y3", "credentials": "FIRST_AID"}]
    path = write(tmp_path / "people.csv", PEOPLE, people + [people[0] | row for row in wrong])
    code, said = keyboard.types("import", "people", path)
    assert (code, said) == (1, [
        counted(new=1500, bad=3), "第 1502 行 · line 1502: 缺少“phone” · phone is missing",
        "第 1503 行 · line 1503: “birth_date”的内容不对：昨天 · birth_date does not fit: 昨天",
        "第 1504 行 · line 1504: “credentials”的内容不对：FIRST_AID · credentials does not fit: FIRST_AID",
    ])  # fmt: skip

    known = {row["id"] for row in stations}
    teams: list[Row] = list(city.teams.dicts())
    homeless = [line for line, row in enumerate(teams, 2) if row["station"] not in known]
    ours = next(row for row in teams if row["station"] in known)
    wrong = [{"id": "Z1", "speciality": "WIZARD"}, {"id": "Z2", "leader": "无此人"}, {"id": "Z3", "size": 0}]
    path = write(tmp_path / "teams.csv", TEAM, teams + [ours | row for row in wrong])
    code, said = keyboard.types("import", "teams", path)
    sound = len(teams) - len(homeless)
    assert (code, said[0]) == (1, counted(new=sound, bad=len(homeless) + 3))
    assert [line for line in said[1:] if "没有这个站点" not in line] == [
        "第 152 行 · line 152: 没有这个专业：WIZARD · No such speciality: WIZARD",
        "第 153 行 · line 153: 没有这个人：无此人 · No such person: 无此人",
        "第 154 行 · line 154: “size”的内容不对：0 · size does not fit: 0",
    ]
    assert sum("没有这个站点" in line for line in said) == len(homeless) > 0

    path = write(tmp_path / "again.csv", STATION, [row | gcj02(row) for row in stations])
    code, said = keyboard.types("import", "stations", path)
    assert (code, len(said)) == (1, 1)
    assert said[0].startswith("与已有位置相比，整个文件像是 gcj02 (")
    assert "不是所说的 wgs84；未导入" in said[0]
    path = write(tmp_path / "same.csv", STATION, stations)
    assert keyboard.types("import", "stations", path)[1][0] == counted(same=count)

    asyncio.run(a_fire(keyboard.home, {row["id"]: row for row in stations}))
    code, said = keyboard.types("verify-log")
    assert code == 0
    assert "条完好" in said[0]


def gcj02(row: Row) -> Row:
    lon, lat = from_wgs84(row["lon"], row["lat"], "gcj02")
    return {"lon": f"{float(lon):.6f}", "lat": f"{float(lat):.6f}"}


async def a_fire(home: Path, stations: dict[str, Row]) -> None:
    """In the county with the most first-aid teams, called out by that county: its own teams are asked, by the straight line."""
    now_ms = SystemClock().wall_ms()
    house = House(
        home / "realms" / "live", city="4205", kind="live", clock=ManualClock(now_ms), chance=SeededChance(4), master=master_key(home)
    )  # fmt: skip
    await house.open()
    await house.settle()
    aid = [team.division for team in house.names.teams.values() if team.speciality == "FIRST_AID"]
    county = max(sorted(set(aid)), key=aid.count)
    spot = next(row for row in stations.values() if row["division"] == county)
    unknown = place_for(house.ground, spot["lon"], spot["lat"], township=None, private_home=False)
    assert (unknown.path, unknown.township) == (("4205", county), NOT_KNOWN), "no township is invented"
    township = next(code for code in sorted(house.names.divisions) if len(code) == 9 and code.startswith(county))
    place = place_for(house.ground, spot["lon"], spot["lat"], township=township, private_home=False)
    assert (place.path, place.township) == (("4205", county, township), BY_HAND)
    assert any(hit.id == spot["id"] and hit.inside for hit in place.stations)
    fire = CATEGORIES["20700"]
    needs = tuple(Need(speciality=s, minimum=low, maximum=high) for s, low, high, _ in fire.needs)
    raising = RaiseIncident(
        incident="i-1", category=fire.code, severity=fire.severity, name=fire.zh, place=place, source="119", mode="EMERGENCY",
        lead=default_lead(place), needs=needs, verify=True,
    )  # fmt: skip
    order = RaiseAndOrder(raising=raising, mobilization=mobilization_of("i-1"))
    await house.ask(order, actor="officer:desk", authority=Authority(post=county, role="duty_officer"))
    await house.settle()
    records = house.realm.log.of(f"mobilization:{mobilization_of('i-1')}")
    wave = next(fact for record in records if isinstance(fact := house.core.event(record).fact, WaveCalled))
    called = [house.names.teams[call.team] for call in wave.calls]
    assert {"FIRST_AID"} <= {team.speciality for team in called}
    assert {team.division for team in called} == {county}
    assert {call.travel_source for call in wave.calls} == {"straight_line"}
    await house.close()
