"""A small town for stories: two counties side by side, four townships, real importers, people with passwords."""

import json
from pathlib import Path

from argon2 import PasswordHasher

from command.core.chance import SeededChance
from command.core.clock import Clock, ManualClock
from command.tiers.imports import Where, import_divisions, import_officers, import_stations
from command.tiers.rows import Report
from geo import read_boundaries
from mobilization.imports import import_people, import_teams
from web_console.house import House
from web_console.maps import import_boundaries
from web_console.pager import Channel

MASTER = b"t" * 32
PASSWORD = "correct horse"
NORTH = 30.0
INSIDE = (111.05, 30.05)
"""A point in county 990101, township 990101001, inside the circle of s1."""
OUTSIDE = (111.09, 30.19)
"""A point in 990101002 that no circle holds."""
ELSEWHERE = (111.25, 30.05)
"""A point in county 990102."""


def write_rows(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "divisions.csv").write_text(
        "code,name\n9901,云江市\n990101,云城区\n990102,临江县\n990101001,江滨街道\n990101002,学府街道\n990102100,大堤镇\n",
        "utf-8",
    )
    (folder / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
        _square("9901", 111.0, 30.0, 111.4, 30.2), _square("990101", 111.0, 30.0, 111.2, 30.2),
        _square("990102", 111.2, 30.0, 111.4, 30.2), _square("990101001", 111.0, 30.0, 111.2, 30.1),
        _square("990101002", 111.0, 30.1, 111.2, 30.2), _square("990102100", 111.2, 30.0, 111.4, 30.2),
    ]}))  # fmt: skip
    (folder / "stations.csv").write_text(
        "id,name,tier,division,lon,lat\ns1,江滨站,station,990101001,111.051,30.05\ns2,大堤站,station,990102100,111.3,30.05\n",
        "utf-8",
    )
    people = [f"p{n},王{n},1990000{n:04d},1990-01-01,990101,2099-01-01,FIRST_AID:2099-01-01,1" for n in range(1, 13)]
    head = "id,name,phone,birth_date,division,insured_until,credentials,simulated"
    (folder / "people.csv").write_text("\n".join([head, *people]) + "\n", "utf-8")
    teams = [f"t{n},急救{n}队,FIRST_AID,s1,{111.05 + n / 1000:.3f},30.05,1,4,p{n},p{n + 6}" for n in range(1, 6)]
    far = "t6,临江急救队,FIRST_AID,s2,111.3,30.05,1,4,p6,p12"
    head = "id,name,speciality,station,lon,lat,minimum_crew,size,leader,deputies"
    (folder / "teams.csv").write_text("\n".join([head, *teams, far]) + "\n", "utf-8")
    (folder / "officers.csv").write_text(
        "id,name,role,post\nana,周敏,duty_officer,9901\nbo,李江,duty_officer,990101\ncy,陈堤,duty_officer,990102\ndi,何滨,duty_officer,990101001\neve,林楠,watch_leader,990101\n",
        "utf-8",
    )


def _square(code: str, west: float, south: float, east: float, north: float) -> dict[str, object]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def open_town(
    folder: Path,
    *,
    clock: Clock | None = None,
    channels: tuple[Channel, ...] = (),
    seed: int = 3,
    fill: bool = True,
    kind: str = "live",
) -> House:
    """The town as an open house; `fill` imports its rows, as a first start would."""
    house = House(
        folder / "realm", city="9901", kind=kind, clock=clock or ManualClock(), chance=SeededChance(seed), master=MASTER,
        channels=channels, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
    )  # fmt: skip
    if fill:
        _fill(house, folder / "rows")
    return house


def _fill(house: House, rows: Path) -> None:
    write_rows(rows)
    where = Where(lambda lon, lat: (lon, lat))
    reports: list[Report] = [
        import_divisions(house.registry, rows / "divisions.csv", city="9901"),
        import_stations(house.registry, rows / "stations.csv", where=where),
        import_people(house.registry, rows / "people.csv"),
        import_teams(house.registry, rows / "teams.csv", where=where),
        import_officers(house.registry, rows / "officers.csv"),
    ]
    assert [report.bad for report in reports] == [[]] * 5
    for officer in ("ana", "bo", "cy", "di", "eve"):
        house.accounts.add(officer, kind="officer", subject=officer, password=PASSWORD)
    for number in range(1, 13):
        house.accounts.add(f"leader{number}", kind="person", subject=f"p{number}", password=PASSWORD)
    import_boundaries(house, read_boundaries(rows / "boundaries.geojson"))
