"""Faults of fences: each kind once, found and sized; sound fences have none."""

import pyproj
import pytest
import shapely

from geo import distance_m
from geo.quality import Site, area_m2, faults_of_areas, faults_of_sites, lacking_tiers

A, B = shapely.box(111.0, 30.0, 111.1, 30.1), shapely.box(111.1, 30.0, 111.2, 30.1)


def kinds(faults: list) -> list[tuple[str, tuple[str, ...]]]:  # type: ignore[type-arg]
    return [(fault.what, fault.ids) for fault in faults]


def test_areas_that_fill_their_outline_have_no_fault() -> None:
    assert faults_of_areas({"a": A, "b": B}) == []
    assert faults_of_areas({"a": A, "b": B}, whole=shapely.box(111.0, 30.0, 111.2, 30.1)) == []


def test_a_ring_that_crosses_itself_is_named_and_why() -> None:
    bow = shapely.Polygon([(111.0, 30.0), (111.1, 30.1), (111.1, 30.0), (111.0, 30.1)])
    (fault,) = faults_of_areas({"bow": bow})
    assert (fault.what, fault.ids, fault.why) == ("invalid", ("bow",), "Self-intersection")


def test_overlaps_and_gaps_are_sized_and_thin_ones_are_slivers() -> None:
    wide = faults_of_areas({"a": A, "b": shapely.box(111.05, 30.0, 111.2, 30.1)})
    assert kinds(wide) == [("overlap", ("a", "b"))]
    assert wide[0].m2 == pytest.approx(distance_m(111.05, 30.05, 111.1, 30.05) * 11_119.5, rel=0.01)
    thin = faults_of_areas({"a": A, "b": shapely.box(111.0995, 30.0, 111.2, 30.1)})
    assert kinds(thin) == [("sliver_overlap", ("a", "b"))]
    whole = shapely.box(111.0, 30.0, 111.2, 30.1)
    assert kinds(faults_of_areas({"a": A, "b": shapely.box(111.15, 30.0, 111.2, 30.1)}, whole=whole)) == [("gap", ("a", "b"))]
    assert kinds(faults_of_areas({"a": A, "b": shapely.box(111.1005, 30.0, 111.2, 30.1)}, whole=whole)) == [
        ("sliver_gap", ("a", "b"))
    ]


def test_a_hole_in_the_middle_is_a_gap_without_being_told_the_outline() -> None:
    holed = A.difference(shapely.box(111.04, 30.04, 111.06, 30.06))
    assert kinds(faults_of_areas({"a": holed, "b": B})) == [("gap", ("a",))]


def test_stations_away_from_home_and_off_all_roads() -> None:
    sites = [
        Site("s1", 111.05, 30.05, "a01", "station", 1000),
        Site("s2", 111.15, 30.05, "a01", "post", 1000),
        Site("s3", 0, 0, "x", "post", 1),
    ]
    found = faults_of_sites(sites, {"a": A, "b": B}, has_road=lambda site: site.id != "s1")
    assert kinds(found) == [("no_road", ("s1",)), ("away", ("s2", "a"))]
    assert found[1].metres == pytest.approx(distance_m(111.1, 30.05, 111.15, 30.05), rel=0.01)


def test_tiers_a_county_has_no_station_of() -> None:
    sites = [Site("s1", 111.05, 30.05, "a01", "centre", 1000), Site("s2", 111.05, 30.05, "a02", "post", 1000)]
    found = lacking_tiers(sites, ["a", "b"], {"a": A}, tiers=("centre", "office", "post"))
    assert [(fault.ids, fault.why) for fault in found] == [
        (("a",), "office"),
        (("b",), "centre"),
        (("b",), "office"),
        (("b",), "post"),
    ]


def test_areas_are_in_square_metres() -> None:
    around_the_ellipsoid, _ = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(A)
    assert area_m2(A) == pytest.approx(abs(around_the_ellipsoid), rel=1e-5)
