"""The survey of the ground, through the whole house: coverage with its gaps, and faults of fences."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command.tiers.rows import BadRow
from tests.stories.told import Teller, told
from web_console.bringing import bring, bring_osm

ROAD = """<osm version="0.6"><node id="1" lon="111.0" lat="30.05"/><node id="2" lon="111.2" lat="30.05"/>
<way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="tertiary"/></way></osm>"""
CIRCLE_KM2 = 3.14


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def covered(story: Teller, who: str = "bo") -> Any:
    return story.sees(who, "/ground/coverage")


def test_each_division_has_its_share_and_what_is_not_covered_is_a_gap(story: Teller) -> None:
    found = covered(story)
    assert [each["code"] for each in found["divisions"]] == ["990101001", "990101002"], "the county's own townships"
    inside, without = found["divisions"]
    assert inside["near"] * inside["weight"] == pytest.approx(CIRCLE_KM2, rel=0.2), "one circle of a kilometre"
    assert (without["near"], without["in_time"], found["by_road"], found["basis"]) == (0, None, False, "ground")
    (gap,) = found["gaps"]
    assert gap["weight"] == pytest.approx(inside["weight"] + without["weight"] - CIRCLE_KM2, rel=0.02)


def test_with_roads_it_says_what_is_reached_in_a_quarter_of_an_hour(story: Teller, tmp_path: Path) -> None:
    (tmp_path / "town.osm").write_text(ROAD, "utf-8")
    bring_osm(story.house, tmp_path / "town.osm")
    found = covered(story)
    near_road, beyond = found["divisions"]
    assert found["by_road"] is True
    assert near_road["near"] < near_road["in_time"] < 1, "along the road and as far as one walks from it"
    assert beyond["in_time"] is None, "of most of it no road is known"
    now_ms = story.clock.wall_ms()
    ring = [[111.06, 30.0], [111.07, 30.0], [111.07, 30.1], [111.06, 30.1]]
    shut = {"kind": "hazard", "what": "flood", "ring": ring, "shuts": ["car"], "look_again_ms": now_ms + 3_600_000}
    story.does("bo", "/zones", shut)
    assert covered(story)["divisions"][0]["in_time"] < near_road["in_time"], "over the roads as they are open now"


def test_what_is_wrong_with_fences_and_stations_is_said_and_taken_along(story: Teller) -> None:
    story.does("bo", "/places", {"name": "学府中学", "lon": 111.15, "lat": 30.15})
    found = {(each["what"], each["why"]) for each in story.sees("bo", "/ground/faults")}
    assert found == {("uncovered", "学府中学"), *(("lacks_tier", tier) for tier in ("centre", "office", "post"))}
    assert story.call("bo", "GET", "/ground/faults?as=xml").json()["code"] == "query.field"
    file = story.call("bo", "GET", "/ground/faults?as=geojson")
    features = json.loads(file.content)["features"]
    assert len(features) == len(found)
    assert next(each for each in features if each["properties"]["what"] == "uncovered")["geometry"]["coordinates"] == [
        111.15,
        30.15,
    ]


def test_a_city_sees_all_of_its_counties_a_wrong_number_is_refused_and_a_keeper_sees_none(story: Teller) -> None:
    assert [each["code"] for each in covered(story, "ana")["divisions"]] == ["990101001", "990101002", "990102100"]
    refused = story.call("bo", "GET", "/ground/coverage?basis=cows")
    assert (refused.status_code, refused.json()["code"]) == (422, "query.field")


def test_where_people_and_buildings_were_counted_they_count_not_the_ground(story: Teller, tmp_path: Path) -> None:
    refused = story.call("bo", "GET", "/ground/coverage?basis=people")
    assert (refused.status_code, refused.json()["code"]) == (409, "survey.basis")
    rows = "经度,纬度,人口,栋数\n111.05,30.05,300,40\n111.051,30.05,100,10\n111.09,30.09,100,50\n111.15,30.15,500,\n"
    (tmp_path / "counts.csv").write_text(rows + "111.05,30.05,,\n111.05,30.05,-1,1\nnan,30.05,1,1\n30.05,111.05,1,1\n", "gb18030")
    report = bring(story.house, "counts", tmp_path / "counts.csv", crs="wgs84")
    assert report.counts == {"new": 4}
    assert [(bad.line, bad.code) for bad in report.bad] == [
        (6, "row.missing"), (7, "row.value"), (8, "row.value"), (9, "row.swapped"),
    ]  # fmt: skip
    found = covered(story)
    assert (found["basis"], found["bases"]) == ("people", ["people", "buildings", "ground"])
    assert [(each["weight"], each["near"]) for each in found["divisions"]] == [(500, 0.8), (500, 0)]
    assert [(gap["weight"], gap["name"]) for gap in found["gaps"]] == [(500, "学府街道"), (100, "江滨街道")]
    by_buildings = story.sees("bo", "/ground/coverage?basis=buildings")
    assert [(each["weight"], each["near"]) for each in by_buildings["divisions"]] == [(100, 0.5)], (
        "nobody counted any in the other"
    )
    assert story.sees("bo", "/ground/coverage?basis=ground")["basis"] == "ground"
    next_one = story.sees("bo", "/ground/siting?ask=next&k=1")
    assert (next_one["basis"], next_one["weight"], next_one["before"], next_one["after"]) == ("people", 1000, 0.4, 0.9)


def test_a_file_without_one_sound_row_changes_nothing(story: Teller, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("lon,lat,people\n111.05,30.05,7\n", "utf-8")
    bring(story.house, "counts", path, crs="wgs84")
    for spoilt in (b"lon,lat,people\n111.05,30.05,many\n", b"", b"\x00\xff\xfe" * 9):
        path.write_bytes(spoilt)
        with pytest.raises(BadRow):
            bring(story.house, "counts", path, crs="wgs84")
    assert [each["weight"] for each in covered(story)["divisions"]] == [7]
