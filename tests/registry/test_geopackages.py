"""Roads by `muster import roads FILE.gpkg`: bends, names, one-way streets, other datums; and what is no such file."""

import math
import warnings
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely

from command.tiers.rows import BadRow
from tests.town import INSIDE, open_town
from web_console.bringing import bring_geopackage
from web_console.cli import main
from web_console.geopackages import read_lines

STREETS = [
    ("tertiary", "滨江路", "", [(111.05, 30.05), (111.053, 30.0501), (111.056, 30.05)]),
    ("primary", "学院路", "yes", [(111.056, 30.05), (111.056, 30.06)]),
    ("primary", "长江路", "-1", [(111.056, 30.06), (111.06, 30.06)]),
]


def package(folder: Path, *, crs: Any = 4326, rows: Any = STREETS) -> Path:
    path = folder / "roads.gpkg"
    frame = geopandas.GeoDataFrame(
        {"highway": [row[0] for row in rows], "name": [row[1] for row in rows], "oneway": [row[2] for row in rows]},
        geometry=[shapely.LineString(row[3]) for row in rows], crs=4326,
    )  # fmt: skip
    frame = frame.to_crs(crs) if crs is not None else frame.set_crs(None, allow_override=True)
    with warnings.catch_warnings(action="ignore"):  # of a file without a datum, which is meant
        frame.to_file(path, layer="roads", driver="GPKG")
    return path


@pytest.mark.parametrize("crs", [4326, 32649], ids=["degrees", "metres"])
def test_lines_become_roads_with_bends_names_and_directions(tmp_path: Path, crs: int) -> None:
    found = read_lines(package(tmp_path, crs=crs))
    assert len(found.roads.nodes) == 4
    directed = {(edge.name, edge.start < edge.end, len(edge.between) // 2) for edge in found.roads.edges}
    assert directed == {("滨江路", True, 1), ("滨江路", False, 1), ("学院路", True, 0), ("长江路", False, 0)}
    assert found.left_out == 0


def test_by_the_command_they_are_travelled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(tmp_path / "home")]
    assert main([*home, "init", "--city", "9901", "--name", "云江市"]) == 0
    assert main([*home, "import", "roads", str(package(tmp_path))]) == 0
    assert "路口 4，路段 4" in capsys.readouterr().out
    house = open_town(tmp_path / "town")
    bring_geopackage(house, package(tmp_path))
    (trip,) = house.outlook().travel([(111.056, 30.05)], INSIDE)
    assert trip.source == "road_graph_assumed_speeds"


def test_lines_that_are_none_are_counted_and_a_file_of_them_or_cut_short_is_refused(tmp_path: Path) -> None:
    nowhere = ("tertiary", "", "", [(111.05, 30.05), (math.nan, 30.05)])
    still = ("tertiary", "", "", [(111.05, 30.05), (111.05, 30.05)])
    loop = ("tertiary", "", "", [(111.05, 30.05), (111.052, 30.06), (111.05, 30.05)])
    with np.errstate(invalid="ignore"):  # of a corner that is no number, which is meant
        path = package(tmp_path, rows=[*STREETS, nowhere, still, loop])
    found = read_lines(path)
    assert (found.left_out, found.loops, len(found.roads.edges)) == (2, 1, 4)
    with pytest.raises(ValueError, match="no roads"):
        read_lines(package(tmp_path, rows=[still, loop]))
    path = package(tmp_path, rows=STREETS * 400)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ValueError, match="not a file of lines"):
        read_lines(path)


def test_what_is_no_file_of_roads_is_refused_whole(tmp_path: Path) -> None:
    house = open_town(tmp_path / "town")
    (tmp_path / "none.gpkg").write_bytes(b"nothing")
    (tmp_path / "away").mkdir()
    (tmp_path / "bare").mkdir()
    swapped = [(kind, name, oneway, [(lat, lon) for lon, lat in line]) for kind, name, oneway, line in STREETS]
    (tmp_path / "swapped").mkdir()
    away = [(kind, name, oneway, [(lon + 5, lat) for lon, lat in line]) for kind, name, oneway, line in STREETS]
    for path, code in (
        (tmp_path / "none.gpkg", "file.no_package"), (package(tmp_path / "bare", crs=None), "file.no_datum"),
        (package(tmp_path / "away", rows=away), "file.off_city"), (package(tmp_path / "swapped", rows=swapped), "file.swapped"),
    ):  # fmt: skip
        with pytest.raises(BadRow) as caught:
            bring_geopackage(house, path)
        assert caught.value.bad.code == code, path
    assert house.outlook().travel([(111.056, 30.05)], INSIDE)[0].source == "straight_line"
