"""The made-up city: it tiles, its roads join, it is the same for the same seed, and the importers take every row of it."""

import hashlib
import os
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import shapely
from argon2 import PasswordHasher
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.tiers.imports import Where, import_divisions, import_officers, import_places, import_stations
from drills.city import City, CityPlan, make_city, write_rows
from drills.city.teams import GENERAL, SPECIALISTS, STANDING
from geo import DIVISION, Key, Zones, read_boundaries
from incidents.categories import BRING, CATEGORIES, RISKS
from mobilization.imports import import_people, import_teams
from mobilization.specialities import SPECIALITIES
from tests.bench.desk_server import CITY
from web_console.house import House
from web_console.maps import import_boundaries, in_city


@pytest.fixture(scope="module")
def city() -> City:
    return make_city(CityPlan(village_boundaries=True))


def shapes_of(city: City) -> dict[str, BaseGeometry]:
    return {each["properties"]["code"]: shape(each["geometry"]) for each in city.boundaries}


def tiles(shapes: dict[str, BaseGeometry]) -> None:
    assert all(each.is_valid and each.geom_type == "Polygon" for each in shapes.values())
    for parent, whole in shapes.items():
        lengths = {len(code) for code in shapes if len(code) > len(parent) and code.startswith(parent)}
        if lengths:
            parts = [each for code, each in shapes.items() if code.startswith(parent) and len(code) == min(lengths)]
            assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-9)
            assert shapely.union_all(parts).symmetric_difference(whole).area < whole.area * 1e-9


def test_each_tier_tiles_the_one_above(city: City) -> None:
    tiles(shapes_of(city))


@pytest.mark.parametrize("seed", range(2, 8))
def test_any_seed_makes_a_sound_city(seed: int) -> None:
    made = make_city(CityPlan(seed=seed, counties=1 + seed, townships=24, people=800, teams=120))
    tiles(shapes_of(made))
    roads_join(made)
    assert len(made.teams.rows) == 120
    assert Counter(len(str(code)) for code in made.divisions.column("code")) == {4: 1, 6: 1 + seed, 9: 24, 12: 240}


def test_what_is_counted_lies_in_the_city_also_at_its_border() -> None:
    city = make_city(CITY)
    whole = shapely.union_all(list(shapes_of(city).values()))
    shapely.prepare(whole)
    assert city.counts.rows
    assert all(whole.intersects(shapely.Point(lon, lat)) for lon, lat, *_ in city.counts.rows)


def test_codes_are_unique_and_their_parents_come_before_them(city: City) -> None:
    seen: set[str] = set()
    for row in city.divisions.dicts():
        code, name = str(row["code"]), str(row["name"])
        assert code not in seen
        parent = {4: "", 6: code[:4], 9: code[:6], 12: code[:9]}[len(code)]
        assert not parent or parent in seen
        seen.add(code)
        if len(code) == 9:
            assert name.endswith("街道" if code[6] == "0" else "镇" if code[6] == "1" else "乡"), row
        if len(code) == 12:
            assert name.endswith("社区" if code[9] < "2" else "村"), row
    assert [row["name"] for row in city.divisions.dicts() if len(str(row["code"])) == 6] == ["云城区", "临江县", "北屏县"]


def test_every_station_stands_in_its_division_and_the_town_is_covered_densely(city: City) -> None:
    shapes = shapes_of(city)
    for row in city.stations.dicts():
        assert shapely.covers(shapes[str(row["division"])], shapely.Point(row["lon"], row["lat"])), row
    tiers = Counter(city.stations.column("tier"))
    assert (tiers["centre"], tiers["office"]) == (3, 30)
    assert tiers["station"] > 150
    assert tiers["post"] >= 5
    town = next(shape(f["geometry"]) for f in city.layers["urban"] if f["properties"]["kind"] == "city")
    circles = [shapely.Point(row["lon"], row["lat"]).buffer(1000 / 111_000) for row in city.stations.dicts()]
    covered = shapely.union_all(circles)
    assert covered.intersection(town).area > 0.95 * town.area
    assert covered.area < 0.5 * shapes["9901"].area


def roads_join(city: City) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(city.road_nodes.rows)))
    graph.add_edges_from((row["u"], row["v"]) for row in city.road_edges.dicts())
    assert nx.is_strongly_connected(graph)


def test_roads_join_every_place_both_ways_over_bridges(city: City) -> None:
    roads_join(city)
    rows = list(city.road_edges.dicts())
    assert {row["highway"] for row in rows} == {"trunk", "primary", "secondary", "tertiary", "residential"}
    assert all(float(row["length_m"]) > 0 for row in rows)
    assert sum(int(row["bridge"]) for row in rows) >= 6
    arcs = {(row["u"], row["v"]) for row in rows}
    assert 0 < sum((v, u) not in arcs for u, v in arcs) < 0.1 * len(arcs)
    wet = shapely.union_all([shape(f["geometry"]) for f in city.layers["water"] if f["properties"]["kind"] in ("river", "lake")])
    spots = [row[1:] for row in city.road_nodes.rows]
    dry = [shapely.LineString([spots[row["u"]], spots[row["v"]]]) for row in rows if not row["bridge"]]
    inner = wet.buffer(-30 / 111_000)
    assert not shapely.intersects(inner, shapely.multilinestrings(dry))


def test_main_roads_have_names_that_hold_both_ways_and_small_streets_none(city: City) -> None:
    rows = list(city.road_edges.dicts())
    called = {(row["u"], row["v"]): str(row["name"]) for row in rows}
    assert all(called.get((v, u), name) == name for (u, v), name in called.items())
    main = [row for row in rows if row["highway"] != "residential"]
    assert sum(bool(row["name"]) for row in main) > 0.95 * len(main), "but for what is shorter than a block"
    assert not any(row["name"] for row in rows if row["highway"] == "residential")
    names = {str(row["name"]) for row in main} - {""}
    assert "人民路" in names
    assert all(name.endswith(("路", "街", "大道")) for name in names)
    assert not any(name.endswith("公路") for name in names if name.startswith(("人民", "解放"))), (
        "streets and roads between towns"
    )
    for town in (CityPlan(seed=2, townships=9, people=300, teams=40), CityPlan(townships=9, people=300, teams=40)):
        assert len({row["name"] for row in make_city(town).road_edges.dicts()}) > 30


def test_teams_hold_the_heads_of_the_scale_city(city: City) -> None:
    heads: Counter[str] = Counter()
    crews = list(city.teams.dicts())
    for row in crews:
        heads[str(row["speciality"])] += int(row["size"])
        members = [part for part in f"{row['leader']};{row['deputies']};{row['members']}".split(";") if part]
        assert len(members) == len(set(members)) == row["size"]
        if row["speciality"] in SPECIALISTS:
            assert 4 <= int(row["size"]) <= 10, row
    assert {code: heads[code] for code in SPECIALISTS} == {code: spec[0] for code, spec in SPECIALISTS.items()}
    assert len(crews) == len({row["name"] for row in crews}) == 143
    assert all(sum(row["speciality"] == code for row in crews) == 3 for code in STANDING)
    assert all(any(row["speciality"] == code for row in crews) for code in GENERAL)
    assert {row["speciality"] for row in crews} <= set(SPECIALITIES)


def test_people_are_adults_and_leaders_hold_what_their_team_needs() -> None:
    today = date(2026, 2, 28)
    made = make_city(CityPlan(today=today, people=900, teams=60))
    people = {str(row["id"]): row for row in made.people.dicts()}
    assert len(people) == 900
    assert len({row["phone"] for row in people.values()}) == 900
    for row in people.values():
        born = date.fromisoformat(str(row["birth_date"]))
        assert 18 <= today.year - born.year - ((today.month, today.day) < (born.month, born.day)) <= 66
        assert row["simulated"] == 1
        assert str(row["phone"]).startswith("154")
        assert len(str(row["phone"])) == 11
    for team in made.teams.dicts():
        needed = SPECIALITIES[str(team["speciality"])].credential
        if needed:
            held = dict(part.split(":") for part in str(people[str(team["leader"])]["credentials"]).split(";") if part)
            assert date.fromisoformat(held[needed]) > today


def test_a_box_is_covered_whole() -> None:
    box = (-74.5, 17.9, -71.6, 20.1)
    made = make_city(CityPlan(bounds=box, counties=6, townships=60, teams=300))
    assert shapely.covers(shapes_of(made)["9901"], shapely.box(*box))
    tiles(shapes_of(made))


def test_a_city_cannot_be_asked_for_what_its_codes_do_not_hold() -> None:
    wrongs: tuple[dict[str, Any], ...] = (
        {"counties": 4, "townships": 3},
        {"people": 0},
        {"teams": 23},
        {"counties": 31, "townships": 90, "teams": 300},
    )
    for wrong in wrongs:
        with pytest.raises(ValueError, match=r"count|hold"):
            CityPlan(**wrong)


def digest(folder: Path) -> str:
    write_rows(make_city(CityPlan(townships=9, people=300, teams=40)), folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def test_the_same_seed_is_the_same_city_under_any_hash_seed(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from tests.drills.test_city import digest; print(digest(Path(sys.argv[1])))"
    found = {digest(tmp_path / "here")}
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent.parent,
        )  # fmt: skip
        found.add(done.stdout.strip())
    assert len(found) == 1


def test_every_row_is_taken_by_the_importers(tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    write_rows(make_city(CityPlan(people=900)), rows)
    house = House(
        tmp_path / "realm", city="9901", kind="demo", clock=ManualClock(), chance=SeededChance(1), master=b"c" * 32,
        hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
    )  # fmt: skip
    assert import_divisions(house.registry, rows / "divisions.csv", city="9901").bad == []
    assert import_boundaries(house, read_boundaries(rows / "boundaries.geojson")).bad == []
    where = Where(lambda lon, lat: (lon, lat), in_city=partial(in_city, house))
    assert import_stations(house.registry, rows / "stations.csv", where=where).bad == []
    assert import_places(house.registry, rows / "places.csv", where=where).bad == []
    assert import_people(house.registry, rows / "people.csv").bad == []
    assert import_teams(house.registry, rows / "teams.csv", where=where).bad == []
    assert import_officers(house.registry, rows / "officers.csv").bad == []
    house.catalogue.renew()
    zones = Zones({Key(DIVISION, code): shape for code, shape in read_boundaries(rows / "boundaries.geojson").shapes.items()})
    for station in house.names.stations.values():
        assert station.division[:9] in zones.path_at(station.lon, station.lat), station
    for path in rows.rglob("*json"):
        assert '"fictional":true' in path.read_text("utf-8").replace(": ", ":"), path


def test_the_tables_of_categories_and_specialities_fit_each_other() -> None:
    marks = [category.mark_zh for category in CATEGORIES.values()]
    assert len(marks) == len(set(marks))
    assert all(len(mark) == 1 for mark in marks)
    assert len({category.mark_en for category in CATEGORIES.values()}) == len(CATEGORIES) >= 20
    for category in CATEGORIES.values():
        assert 1 <= category.severity <= 4
        assert len(category.mark_en) == 2
        assert category.scheme == ("muster" if category.code.startswith("M") else "gbt35561")
        assert category.verified == (category.scheme == "muster")
        assert 0 < category.hours[0] < category.hours[1]
        for speciality, minimum, maximum, by_min in category.needs:
            assert speciality in SPECIALITIES
            assert 0 < minimum <= maximum
            assert by_min > 0
        assert set(category.bring) <= set(BRING)
        assert set(category.risks) <= set(RISKS)
        assert "灭火" not in category.task_zh
    for held in SPECIALITIES.values():
        assert held.parent is None or held.parent in SPECIALITIES
        assert held.kind in ("specialist", "standing", "general")
        assert held.zone in ("WARM", "COLD")
    assert sum(each.kind == "standing" for each in SPECIALITIES.values()) == 8


def test_every_certificate_a_speciality_asks_for_has_its_name() -> None:
    table = tomllib.loads(files("mobilization").joinpath("data/specialities.toml").read_text("utf-8"))
    named = {row["code"]: row for row in table["credential"]}
    assert {each.credential for each in SPECIALITIES.values()} - {None} <= set(named)
    assert all(row["zh"] and row["en"] for row in named.values())
