"""`muster import` with the wrong --crs: named in the report and refused whole, with nothing stored; --sure has the last word."""

import csv
from pathlib import Path

import pytest

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.tiers.rows import BadRow
from drills.city import CityPlan, make_city, write_rows
from geo import Crs, from_wgs84
from tests.shared import real
from web_console.bringing import bring, bring_city
from web_console.cli import main
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


@pytest.mark.real_input
def test_the_boundaries_of_yichang_in_the_wrong_datum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(tmp_path / "home")]
    raw, clean = str(real("yichang/counties_gcj02_raw.geojson")), str(real("yichang/counties_wgs84.geojson"))
    areas = tmp_path / "home" / "realms" / "live" / "areas"
    (tmp_path / "city.csv").write_text("code,name\n4205,宜昌市\n", "utf-8")
    assert main([*home, "init", "--city", "4205", "--name", "宜昌市"]) == 0
    for path in (tmp_path / "city.csv", real("yichang/areas.csv")):
        assert main([*home, "import", "divisions", str(path)]) == 0
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
    assert main([*home, "import", "boundaries", raw, "--crs", "gcj02", "--sure"]) == 0
