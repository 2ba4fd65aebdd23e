"""The made-up city: it tiles, it is the same for the same seed, and the importers take every row of it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
import shapely
from argon2 import PasswordHasher

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.tiers.imports import Where, import_divisions, import_officers, import_stations
from drills.city import City, CityPlan, make_city, write_rows
from geo import ZoneIndex, read_boundaries
from mobilization.imports import import_people, import_teams
from web_console.house import House


@pytest.fixture(scope="module")
def city() -> City:
    return make_city(CityPlan())


def test_townships_tile_counties_and_counties_tile_the_city(city: City) -> None:
    for parent, digits in (("9901", 6), ("990101", 9)):
        parts = [shape for code, shape in city.shapes.items() if len(code) == digits and code.startswith(parent)]
        whole = city.shapes[parent]
        assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-6)
        assert shapely.union_all(parts).symmetric_difference(whole).area < whole.area * 1e-6


def test_it_has_the_size_that_was_asked_for(city: City) -> None:
    codes = [row["code"] for row in city.divisions]
    assert len(codes) == len(set(codes))
    assert [sum(len(code) == digits for code in codes) for digits in (4, 6, 9, 12)] == [1, 3, 30, 240]
    assert (len(city.teams), len(city.people)) == (143, 1_500)
    small = make_city(CityPlan(seed=5, townships=12, people=900, teams=60, counties=4))
    assert sum(len(row["code"]) == 6 for row in small.divisions) == 4
    assert (len(small.teams), len(small.people)) == (60, 900)


def test_roads_hold_together_both_ways(city: City) -> None:
    assert nx.is_strongly_connected(city.roads)
    assert all(data["length"] > 0 for _, _, data in city.roads.edges(data=True))


def digest(folder: Path) -> str:
    write_rows(make_city(CityPlan(townships=9, people=300, teams=40)), folder)
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.iterdir()))).hexdigest()


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


def test_every_row_is_taken_by_the_importers_and_every_station_stands_in_its_division(city: City, tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    write_rows(city, rows)
    house = House(
        tmp_path / "realm", city="9901", kind="demo", clock=ManualClock(), chance=SeededChance(1), master=b"c" * 32,
        hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
    )  # fmt: skip
    assert import_divisions(house.registry, rows / "divisions.csv", city="9901").bad == []
    assert house.import_boundaries(read_boundaries(rows / "boundaries.geojson")).bad == []
    where = Where(lambda lon, lat: (lon, lat), in_city=house.in_city)
    assert import_stations(house.registry, rows / "stations.csv", where=where).bad == []
    assert import_people(house.registry, rows / "people.csv").bad == []
    assert import_teams(house.registry, rows / "teams.csv", where=where).bad == []
    assert import_officers(house.registry, rows / "officers.csv").bad == []
    house.catalogue.spoil()
    zones = ZoneIndex(read_boundaries(rows / "boundaries.geojson").shapes, [])
    for station in house.names.stations.values():
        assert station.division[:9] in zones.path_at(station.lon, station.lat), station
    assert b'"fictional":true' in (rows / "boundaries.geojson").read_bytes()
