"""Datums: published vectors within their tolerance, round trips within a millimetre."""

import json
import math
from typing import Any

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Crs, distance_m, from_wgs84, point_to_wgs84, to_wgs84
from geo.datum import gcj02_to_bd09
from geo.metric import pairs_m
from tests.shared import real

CHINA_LON, CHINA_LAT = st.floats(73.5, 135.0), st.floats(18.0, 53.5)


KNOWN: tuple[Crs, ...] = ("wgs84", "gcj02", "bd09", "cgcs2000")
ONE_STEP = ("bd09", "gcj02", 116.404, 39.915)
"""The one vector that is the published one-step inverse, which does not lead back: from what it expects BD-09 comes out 4 cm off."""


def vectors() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(real("coord_vectors.json").read_text("utf-8"))
    assert len(rows) == 12
    return rows


@pytest.mark.real_input
def test_published_vectors_hold_within_their_tolerance() -> None:
    """The web map's plane is pyproj's, which metric work rests on, not ours."""
    web = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
    for row in vectors():
        start, there, x, y = row["from"], row["to"], row["x"], row["y"]
        if (start, there, x, y) == ONE_STEP:
            continue
        found = web.transform(x, y) if there == "epsg3857" else from_wgs84(*to_wgs84(x, y, start), there)
        assert max(abs(float(found[0]) - row["expect_x"]), abs(float(found[1]) - row["expect_y"])) <= row["tolerance"], row


@pytest.mark.real_input
def test_where_a_published_inverse_is_none_ours_leads_back_and_theirs_does_not() -> None:
    (row,) = (each for each in vectors() if (each["from"], each["to"], each["x"], each["y"]) == ONE_STEP)
    expected = np.array([row["expect_x"], row["expect_y"]])
    x, y = row["x"] - 0.0065, row["y"] - 0.006
    radius, angle = (
        math.hypot(x, y) - 0.00002 * math.sin(y * math.pi * 3000 / 180),
        math.atan2(y, x) - 0.000003 * math.cos(x * math.pi * 3000 / 180),
    )
    assert np.abs(np.array([radius * math.cos(angle), radius * math.sin(angle)]) - expected).max() <= row["tolerance"], (
        "what it is"
    )
    ours = np.array(from_wgs84(*to_wgs84(row["x"], row["y"], "bd09"), "gcj02"))
    assert np.abs(ours - expected).max() < 1e-6
    off = {
        name: distance_m(row["x"], row["y"], *map(float, gcj02_to_bd09(*np.asarray(at))))
        for name, at in (("ours", ours), ("theirs", expected))
    }
    assert off["ours"] < 0.001
    assert off["theirs"] > 0.01


@pytest.mark.parametrize("crs", KNOWN)
def test_many_at_once_come_back_within_a_millimetre(crs: Crs) -> None:
    chance = np.random.default_rng(7)
    lon, lat = chance.uniform(73.5, 135.0, 20_000), chance.uniform(18.0, 53.5, 20_000)
    back = to_wgs84(*from_wgs84(lon, lat, crs), crs)
    assert pairs_m(np.column_stack((lon, lat)), np.column_stack(back)).max() < 0.001


@pytest.mark.parametrize("crs", KNOWN)
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
