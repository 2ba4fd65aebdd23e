"""Real Yichang: dirty boundaries in the wrong datum are repaired, converted, and agree with the clean ones."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyproj
import pytest
import shapely

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.tiers.imports import import_divisions
from geo import from_wgs84, point_to_wgs84, read_boundaries
from tests.shared import real
from web_console.house import House
from web_console.maps import import_boundaries

pytestmark = pytest.mark.real_input

DIFFERS_M = {"420582": 110.0}
"""Dangyang: the two sources draw 0.07 km2 of its border differently; no repair can know which is right."""


def test_the_raw_gcj02_file_agrees_with_the_wgs84_one() -> None:
    raw = read_boundaries(real("yichang/counties_gcj02_raw.geojson"), crs="gcj02")
    clean = read_boundaries(real("yichang/counties_wgs84.geojson"))
    assert len(raw.shapes) == len(clean.shapes) == 13
    assert [repair.mended for repair in raw.repairs] == [True] * 3
    flat = pyproj.Transformer.from_crs(4326, "+proj=aeqd +lat_0=30.7 +lon_0=111.3", always_xy=True)

    def metres(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(flat.transform(xy[:, 0], xy[:, 1]))

    for code, shape in clean.shapes.items():
        a = shapely.transform(raw.shapes[code], metres)
        b = shapely.transform(shape, metres)
        assert a.intersection(b).area / a.union(b).area >= 0.999, code
        assert shapely.hausdorff_distance(a, b) < DIFFERS_M.get(code, 30.0), code


def test_read_in_the_wrong_datum_they_do_not_agree() -> None:
    raw = read_boundaries(real("yichang/counties_gcj02_raw.geojson"), crs="wgs84")
    clean = read_boundaries(real("yichang/counties_wgs84.geojson"))
    overlap = [raw.shapes[c].intersection(s).area / raw.shapes[c].union(s).area for c, s in clean.shapes.items()]
    assert min(overlap) < 0.95


@pytest.fixture(scope="module")
def yichang(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("yichang")
    house = House(folder, city="4205", kind="live", clock=ManualClock(), chance=SeededChance(1), master=b"y" * 32)
    (folder / "city.csv").write_text('code,name\n4205,"宜昌市"\n', "utf-8")
    counts = []
    for path in (folder / "city.csv", *(real(f"yichang/{n}.csv") for n in ("areas", "streets", "villages"))):
        report = import_divisions(house.registry, path, city="4205")
        assert report.bad == []
        counts.append(report.counts["new"])
    assert counts == [1, 13, 113, 1650]
    report = import_boundaries(house, read_boundaries(real("yichang/counties_wgs84.geojson")))
    assert (report.counts["new"], report.bad) == (13, [])
    return house


def test_places_in_both_datums_land_in_the_same_county(yichang: House) -> None:
    clean = read_boundaries(real("yichang/counties_wgs84.geojson"))
    for code, shape in clean.shapes.items():
        point = shape.representative_point()
        shifted = from_wgs84(point.x, point.y, "gcj02")
        back = point_to_wgs84(float(shifted[0]), float(shifted[1]), "gcj02")
        for lon, lat in ((point.x, point.y), back):
            found = yichang.ground.locate(lon, lat)
            assert found is not None
            assert found.path == ("4205", code), "the township is to be chosen, never invented"


def test_importing_again_changes_nothing(yichang: House) -> None:
    before = yichang.registry.revision()
    report = import_divisions(yichang.registry, real("yichang/streets.csv"), city="4205")
    assert report.counts == {"new": 0, "changed": 0, "same": 113}
    assert yichang.registry.revision() == before


def test_a_foreign_division_is_named_by_its_line(yichang: House, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("code,name\n420106,武昌区\n420502099,新街道\n42x,坏\n", "utf-8")
    report = import_divisions(yichang.registry, path, city="4205")
    assert [(bad.line, bad.code) for bad in report.bad] == [(2, "row.outside_city"), (4, "row.value")]
    assert report.counts["new"] == 1
