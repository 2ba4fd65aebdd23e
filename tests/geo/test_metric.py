"""Metres: against the shortest way around the ellipsoid and its exact areas, by pyproj, which shares no formula with ours."""

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.kernels import jit
from geo.metric import arc_m, chord_m, distance_m, distances_m, pairs_m, spot
from geo.plane import Plane

GEOD = pyproj.Geod(ellps="WGS84")
LON, LAT = st.floats(73.0, 135.0), st.floats(3.0, 54.0)


@given(LON, LAT, st.floats(0, 360), st.floats(0, 50_000))
def test_a_distance_within_a_city_is_right_to_two_millimetres(lon: float, lat: float, bearing: float, metres: float) -> None:
    there = GEOD.fwd(lon, lat, bearing, metres)[:2]
    assert distance_m(lon, lat, *there) == pytest.approx(metres, abs=0.002)


@given(LON, LAT, st.floats(0, 360), st.floats(0, 1_000))
def test_within_a_circle_of_a_kilometre_it_is_right_to_a_tenth_of_a_millimetre(
    lon: float, lat: float, bearing: float, metres: float
) -> None:
    there = GEOD.fwd(lon, lat, bearing, metres)[:2]
    assert distance_m(lon, lat, *there) == pytest.approx(metres, abs=0.0001)


def test_across_the_country_it_is_right_to_a_few_metres() -> None:
    beijing, guangzhou = (116.40, 39.90), (113.26, 23.13)
    assert distance_m(*beijing, *guangzhou) == pytest.approx(GEOD.inv(*beijing, *guangzhou)[2], abs=100)
    at_500_km = GEOD.fwd(*beijing, 20.0, 500_000)[:2]
    assert distance_m(*beijing, *at_500_km) == pytest.approx(500_000, abs=5)


@given(LON, LAT, LON, LAT)
def test_one_and_many_and_the_compiled_loops_say_the_same(lon: float, lat: float, lon_b: float, lat_b: float) -> None:
    one = distance_m(lon, lat, lon_b, lat_b)
    assert distances_m([(lon_b, lat_b)], lon, lat)[0] == pytest.approx(one, abs=1e-6)
    assert pairs_m(np.array([[lon, lat]]), np.array([[lon_b, lat_b]]))[0] == pytest.approx(one, abs=1e-6)
    assert jit.spot(lon, lat) == spot(lon, lat), "a place on the edge of a circle is decided the same everywhere"
    assert jit.arc_m(jit.chord2(jit.spot(lon, lat), jit.spot(lon_b, lat_b))) == one


@given(st.floats(0, 20_000_000))
def test_an_arc_and_its_chord(metres: float) -> None:
    assert arc_m(chord_m(metres) ** 2) == pytest.approx(metres, abs=0.5e-3 + metres * 1e-7)


@given(st.floats(74.0, 134.0), st.floats(4.0, 53.0), st.floats(0, 360), st.floats(0, 50_000), st.floats(0, 360))
def test_a_plane_is_true_to_three_centimetres_in_a_kilometre_fifty_kilometres_out(
    lon: float, lat: float, bearing: float, out_m: float, turn: float
) -> None:
    plane = Plane(lon, lat)
    here = GEOD.fwd(lon, lat, bearing, out_m)[:2]
    there = GEOD.fwd(*here, turn, 1_000)[:2]
    a, b = plane.metres(np.array([here, there]))
    assert np.hypot(*(b - a)) == pytest.approx(1_000, abs=0.035)
    back = plane.degrees(np.array([a, b]))
    assert pairs_m(back, np.array([here, there])).max() < 0.001


def test_an_area_of_a_county_is_true_to_a_ten_thousandth() -> None:
    county = shapely.box(111.0, 30.3, 112.0, 31.0)
    flat = shapely.transform(shapely.segmentize(county, 0.01), Plane.over(county.bounds).metres)
    assert flat.area == pytest.approx(abs(GEOD.geometry_area_perimeter(county)[0]), rel=1e-4)
    assert Plane.over((float("nan"),) * 4).metres(np.array([[0.0, 0.0]])) == pytest.approx(0.0)
