"""Where to put stations and teams, through the whole house: what is proposed, what it covers, and what none betters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told
from web_console.bringing import bring_osm
from web_console.routes import surveying

ROADS = """<osm version="0.6"><node id="1" lon="111.0" lat="30.05"/><node id="2" lon="111.1" lat="30.05"/><node id="3" lon="111.2" lat="30.05"/>
<node id="4" lon="111.1" lat="30.19"/>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="tertiary"/></way>
<way id="11"><nd ref="2"/><nd ref="4"/><tag k="highway" v="tertiary"/></way></osm>"""
CIRCLE_KM2 = 3.14
PLACES = (("学府中学", 111.1, 30.18), ("西门桥", 111.01, 30.051), ("东市场", 111.19, 30.049))


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def asked(story: Teller, ask: str, k: int = 1, more: str = "", who: str = "bo") -> Any:
    return story.sees(who, f"/ground/siting?ask={ask}&k={k}{more}")


def with_roads(story: Teller, folder: Path) -> None:
    (folder / "town.osm").write_text(ROADS, "utf-8")
    bring_osm(story.house, folder / "town.osm")
    for name, lon, lat in PLACES:
        story.does("bo", "/places", {"name": name, "lon": lon, "lat": lat})


def test_the_next_stations_are_put_where_they_cover_most(story: Teller) -> None:
    one, three = (asked(story, "next", k) for k in (1, 3))
    assert (len(one["sites"]), len(three["sites"])) == (1, 3)
    assert (one["after"] - one["before"]) * one["weight"] == pytest.approx(CIRCLE_KM2, rel=0.25)
    assert one["before"] == three["before"] < one["after"] < three["after"] <= three["best"] <= 1
    assert {site["kind"] for site in three["sites"]} == {"ground"}
    assert {site["within"] for site in three["sites"]} <= {"江滨街道", "学府街道"}
    assert one["ran_out"] is False


def test_what_is_covered_twice_counts_the_circle_that_is_there(story: Teller) -> None:
    """One more beside the only station covers twice what both hold; with two a whole circle can be covered twice elsewhere."""
    found = asked(story, "twice", 1)
    assert found["before"] == 0
    (site,) = found["sites"]
    assert (site["lon"], site["lat"]) == (pytest.approx(111.051, abs=0.005), pytest.approx(30.05, abs=0.005))
    assert found["after"] * found["weight"] == pytest.approx(CIRCLE_KM2, rel=0.25)
    assert asked(story, "twice", 3)["after"] > found["after"]


def test_teams_are_placed_beforehand_at_stations_and_saved_places(story: Teller, tmp_path: Path) -> None:
    with_roads(story, tmp_path)
    quick, most = (asked(story, ask, 2) for ask in ("quickest", "in_time"))
    named = {"江滨站", *(name for name, _, _ in PLACES)}
    for found in (quick, most):
        assert len(found["sites"]) == 2
        assert {site["name"] for site in found["sites"]} <= named
        assert (found["compared"], found["of"], found["before"]) == (4, 4, 0)
    assert most["after"] >= quick["after"] > 0
    assert most["best"] >= most["after"]
    assert quick["before_s"] == 3600, "nobody is there: an hour, or never"
    assert quick["best_s"] <= quick["after_s"] < quick["before_s"]


def test_teams_that_are_there_already_count_from_where_they_are_based(story: Teller, tmp_path: Path) -> None:
    with_roads(story, tmp_path)
    alone, beside = (asked(story, "quickest", 1, more) for more in ("", "&speciality=FIRST_AID"))
    assert beside["before"] > 0
    assert beside["before_s"] < alone["before_s"]
    assert beside["after_s"] < alone["after_s"]


def test_a_closed_road_is_not_gone_over(story: Teller, tmp_path: Path) -> None:
    with_roads(story, tmp_path)
    before = asked(story, "in_time", 3)
    ring = [[111.095, 30.09], [111.105, 30.09], [111.105, 30.1], [111.095, 30.1]]
    now = story.clock.wall_ms()
    story.does("bo", "/zones", {
        "kind": "closure", "what": "landslide", "ring": ring, "crs": "wgs84", "shuts": ["car"], "depth_cm": None,
        "look_again_ms": now + 3_600_000, "until_ms": None, "incident": None, "said_by": "", "said_on": "",
    })  # fmt: skip
    assert asked(story, "quickest", 1)["after_s"] > asked(story, "quickest", 3)["after_s"]
    assert asked(story, "in_time", 1)["after"] < before["after"]


def test_all_that_is_covered_needs_no_station_and_what_ran_out_says_so(
    story: Teller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_roads(story, tmp_path)
    monkeypatch.setattr(surveying, "SITING_S", 0.0)
    found = asked(story, "quickest", 1)
    assert found["ran_out"] is True
    assert found["compared"] < found["of"]
    assert len(found["sites"]) == 1, "what was found by then"


def test_what_cannot_be_said_is_refused_in_one_clear_answer(story: Teller, tmp_path: Path) -> None:
    for wrong, status, code in (
        ("ask=next&k=0", 422, "siting.k"), ("ask=next&k=21", 422, "siting.k"), ("ask=next&k=-1", 422, "siting.k"),
        ("ask=next&k=1.5", 422, "siting.k"), ("ask=next&k=", 422, "siting.k"), ("ask=next", 422, "siting.k"),
        ("ask=most&k=1", 422, "query.field"), ("ask=next&k=1&basis=cows", 422, "query.field"), ("ask=next&k=1&basis=people", 409, "survey.basis"),
        ("ask=in_time&k=1&speciality=COOKS", 422, "query.field"), ("ask=quickest&k=1", 409, "siting.no_roads"),
    ):  # fmt: skip
        refused = story.call("bo", "GET", f"/ground/siting?{wrong}")
        assert (refused.status_code, refused.json()["code"]) == (status, code), wrong
        assert refused.headers["content-type"].startswith("application/problem+json")
    with_roads(story, tmp_path)
    refused = story.call("bo", "GET", "/ground/siting?ask=quickest&k=5")
    assert (refused.status_code, refused.json()["code"]) == (422, "siting.few_places")
    assert refused.json()["facts"] == {"places": 4}


def test_where_no_boundaries_are_known_nothing_is_made_up(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        story.house.catalogue._shapes._read = dict
        story.house.catalogue.renew()
        refused = story.call("bo", "GET", "/ground/siting?ask=next&k=1")
        assert (refused.status_code, refused.json()["code"]) == (409, "siting.no_ground")
