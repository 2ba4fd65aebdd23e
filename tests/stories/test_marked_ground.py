"""Danger areas and closed roads, through the whole house: marked, seen along the line, looked at again, over; who said it is sealed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo import Trip
from tests.stories.told import Teller, told
from web_console.bringing import bring_osm

HOUR_MS = 3_600_000
RING = [[111.04, 30.04], [111.06, 30.04], [111.06, 30.06], [111.04, 30.06]]
OVER_THE_BORDER = [[111.19, 30.04], [111.21, 30.04], [111.21, 30.06], [111.19, 30.06]]
CALLER = "赵canary"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def body(story: Teller, **more: Any) -> dict[str, Any]:
    now_ms = story.clock.wall_ms()
    return {"ring": RING, "shuts": ["car"], "depth_cm": 40, "look_again_ms": now_ms + HOUR_MS} | more


def flood(story: Teller, **more: Any) -> dict[str, Any]:
    return {"kind": "hazard", "what": "flood"} | body(story, **more)


def marked(story: Teller, who: str = "bo", **more: Any) -> str:
    return str(story.does(who, "/zones", flood(story, **more))["events"][0]["data"]["zone"])


def board(story: Teller, post: str) -> dict[str, Any]:
    items: dict[str, Any] = story.house.screens.picture_of(f"board/{post}/duty")
    return {name: item for name, item in items.items() if name.startswith("zone/")}


def code(answer: Any) -> str:
    return str(answer.json()["code"])


def test_what_is_marked_stands_on_the_boards_of_its_line_until_it_is_over(story: Teller) -> None:
    zone = marked(story)
    for post in ("9901", "990101", "990101001"):
        (item,) = board(story, post).values()
        assert (item["kind"], item["what"], item["depth_cm"], item["shuts"]) == ("hazard", "flood", 40, ["car"])
        assert [each["code"] for each in item["divisions"]] == ["990101", "990101001"]
    assert board(story, "990102") == {}, "the county beside is not touched"
    assert not any(name.startswith("zone/") for name in story.house.screens.picture_of("board/9901/wall"))
    story.does("bo", f"/zones/{zone}/lift")
    assert board(story, "9901") == {}
    assert code(story.call("bo", "POST", f"/zones/{zone}/lift", {})) == "zone.over"


def test_in_a_flood_reach_and_travel_go_as_near_as_roads_come(tmp_path: Path) -> None:
    """The fire lies at the end of a road whose last kilometre is flooded."""
    spots = [(111.051, 30.05), (111.04, 30.05), (111.03, 30.05)]
    nodes = "".join(f'<node id="{n}" lon="{lon}" lat="{lat}"/>' for n, (lon, lat) in enumerate(spots))
    ways = "".join(f'<way id="{n}"><nd ref="{n}"/><nd ref="{n + 1}"/><tag k="highway" v="tertiary"/></way>' for n in range(2))
    (tmp_path / "town.osm").write_text(f'<osm version="0.6">{nodes}{ways}</osm>', "utf-8")
    ring = [[111.025, 30.045], [111.035, 30.045], [111.035, 30.055], [111.025, 30.055]]
    with told(tmp_path) as story:
        bring_osm(story.house, tmp_path / "town.osm")
        incident = story.raise_fire(place={"lon": spots[2][0], "lat": spots[2][1]})
        reach, detours = (f"/incidents/{incident}/{what}" for what in ("reach", "detours"))
        dry = story.sees("bo", reach)
        assert (dry["by_road"], dry["arrives"], story.sees("bo", detours)) == (True, True, [])
        zone = marked(story, ring=ring, incident=incident)
        wet = story.sees("bo", reach)
        assert (wet["by_road"], wet["arrives"]) == (True, False)
        assert [each["properties"]["minutes"] for each in wet["features"]] == [10, 15], "the last kilometre is on foot"
        assert shapely.from_geojson(json.dumps(wet["features"][0]["geometry"])).covers(shapely.Point(spots[0]))
        calls = {each["id"]: each for each in story.open_calls(1)}
        found = {each["call"]: each for each in story.sees("bo", detours)}
        (own,) = (found[call] for call in calls)
        assert (own["seconds"], own["short_m"]) == (None, pytest.approx(964, abs=5))
        further = {"ring": [[111.044, 30.045], [111.047, 30.045], [111.047, 30.055]], "shuts": ["car"], "incident": incident}
        teams = story.call("bo", "POST", "/zones/look", further).json()["teams"]
        assert teams == [], "whom no road leads there already cannot be cut off again"
        assert code(story.call("cy", "GET", detours)) == "incident.unknown"
        story.does("bo", f"/zones/{zone}/lift")
        assert story.sees("bo", detours) == []


def test_there_is_no_reach_without_roads_and_none_of_a_place_nobody_knows(story: Teller) -> None:
    found = story.sees("bo", f"/incidents/{story.raise_fire()}/reach")
    assert (found["features"], found["by_road"]) == ([], False)
    pending = story.raise_fire(place={"division": "990101001"})
    assert code(story.call("bo", "GET", f"/incidents/{pending}/reach")) == "place.pending"


def test_what_is_marked_for_an_incident_stands_in_its_log(story: Teller) -> None:
    incident = story.raise_fire()
    zone = marked(story, incident=incident)
    story.fast_forward(3_601)
    story.does("bo", f"/zones/{zone}/lift")
    lines = [item for name, item in story.house.screens.picture_of("board/990101/duty").items() if name.startswith("line/")]
    told = [line["name"] for line in sorted(lines, key=lambda line: line["position"]) if line["name"].startswith("zone.")]
    assert told == ["zone.marked", "zone.overdue", "zone.lifted"]


def test_it_asks_to_be_looked_at_again_and_stands_until_somebody_did(story: Teller) -> None:
    zone = marked(story)
    story.fast_forward(3_601)
    assert board(story, "990101")[f"zone/{zone}"]["overdue"] is True
    story.does("bo", f"/zones/{zone}", body(story, depth_cm=15, shuts=[]))
    item = board(story, "990101")[f"zone/{zone}"]
    assert (item["overdue"], item["depth_cm"], item["shuts"]) == (False, 15, [])
    assert item["seen_ms"] > item["marked_ms"]


def test_a_closed_road_opens_when_its_time_runs_out_and_a_danger_area_never_by_itself(story: Teller) -> None:
    road = flood(story, kind="closure", what="roadworks", depth_cm=None, until_ms=story.clock.wall_ms() + HOUR_MS // 2)
    story.does("bo", "/zones", road)
    assert len(board(story, "990101")) == 1
    story.fast_forward(1_801)
    assert board(story, "990101") == {}
    refused = story.call("bo", "POST", "/zones", flood(story, until_ms=story.clock.wall_ms() + HOUR_MS))
    assert code(refused) == "zone.times"


def test_who_reported_it_is_sealed_opened_on_record_and_erased(story: Teller) -> None:
    zone = marked(story, said_by=CALLER, said_on="13900001234")
    assert "canary" not in str(story.house.screens.picture_of("board/990101/duty"))
    story.does("bo", f"/zones/{zone}", body(story))  # looked at again, by the desk itself
    assert story.does("bo", f"/zones/{zone}/sealed")["sealed"] == {"said_by": CALLER, "said_on": "13900001234"}
    assert code(story.call("cy", "POST", f"/zones/{zone}/sealed", {})) == "zone.unknown", "no board of theirs shows it"
    assert code(story.call("bo", "POST", "/zones/z-no/sealed", {})) == "zone.unknown"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"what": "roadworks"}, "zone.what"),
        ({"kind": "closure", "what": "ice", "shuts": []}, "zone.shuts"),
        ({"look_again_ms": 1_700_000_000_000}, "zone.times"),
        ({"ring": [[111.04, 30.04], [111.06, 30.06], [111.06, 30.04], [111.04, 30.06]]}, "zone.area"),
        ({"ring": [[121.04, 30.04], [121.06, 30.04], [121.06, 30.06]]}, "zone.area"),
        ({"ring": [[109.0, 28.0], [113.0, 28.0], [113.0, 32.0], [109.0, 32.0]]}, "zone.area"),
        ({"incident": "i-no"}, "incident.unknown"),
        ({"depth_cm": -1}, "body.field"),
        ({"ring": RING[:2]}, "body.field"),
        ({"shuts": ["hovercraft"]}, "body.field"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_marked(story: Teller, change: dict[str, Any], refusal: str) -> None:
    assert code(story.call("bo", "POST", "/zones", flood(story, **change))) == refusal
    assert board(story, "9901") == {}


def test_a_desk_marks_what_touches_its_own_ground_only(story: Teller) -> None:
    assert code(story.call("cy", "POST", "/zones", flood(story))) == "authority.division"
    zone = marked(story, ring=OVER_THE_BORDER)
    assert set(board(story, "990102")) == {f"zone/{zone}"}, "whose ground it touches sees it"
    story.does("cy", f"/zones/{zone}", body(story, ring=OVER_THE_BORDER))


def test_travel_goes_round_what_is_shut_and_through_again_when_it_is_over(tmp_path: Path) -> None:
    """Two ways to the fire: along the south, and the longer one by the north."""
    spots = [(111.051, 30.05), (111.03, 30.05), (111.051, 30.07), (111.03, 30.07)]
    nodes = "".join(f'<node id="{n}" lon="{lon}" lat="{lat}"/>' for n, (lon, lat) in enumerate(spots))
    ways = "".join(
        f'<way id="{n}"><nd ref="{a}"/><nd ref="{b}"/><tag k="highway" v="tertiary"/></way>'
        for n, (a, b) in enumerate([(0, 1), (0, 2), (2, 3), (3, 1)])
    )
    (tmp_path / "town.osm").write_text(f'<osm version="0.6">{nodes}{ways}</osm>', "utf-8")
    ring = [[111.035, 30.045], [111.045, 30.045], [111.045, 30.055], [111.035, 30.055]]
    with told(tmp_path) as story:
        bring_osm(story.house, tmp_path / "town.osm")

        def travel() -> Trip:
            return story.house.outlook().travel([spots[0]], spots[1])[0]

        straight = travel()
        incident = story.raise_fire(place={"lon": spots[1][0], "lat": spots[1][1]})
        looked = {"ring": ring, "shuts": ["car"], "incident": incident}
        seen = story.call("bo", "POST", "/zones/look", looked).json()
        longer = next(each for each in seen["teams"] if each["team"] == "t1")
        assert (longer["before_s"], seen["roads_m"]) == (straight.seconds, pytest.approx(2021, abs=5))
        assert [each["name"] for each in seen["stations"]] == ["江滨站"]
        assert travel() == straight, "looking marks nothing"
        near = story.sees("bo", f"/incidents/{incident}/reach")["features"]
        assert [each["properties"]["minutes"] for each in near] == [5, 10, 15]
        assert shapely.from_geojson(json.dumps(near[0]["geometry"])).covers(shapely.Point(spots[0])), "straight on it is near"
        assert code(story.call("cy", "GET", f"/incidents/{incident}/reach")) == "incident.unknown"
        zone = marked(story, ring=ring)
        round_ = travel()
        assert longer["after_s"] == round_.seconds
        far = story.sees("bo", f"/incidents/{incident}/reach")["features"]
        assert not shapely.from_geojson(json.dumps(far[0]["geometry"])).covers(shapely.Point(spots[0])), "round about it is not"
        assert round_.metres > straight.metres + 4_000
        assert round_.source == straight.source
        story.does("bo", f"/zones/{zone}", body(story, ring=ring, shuts=["foot"]))
        assert travel() == straight, "cars get through again"
        for bad, refusal in (
            ({"incident": "i-no"}, "incident.unknown"), ({"ring": ring[:2]}, "body.field"), ({"ring": None}, "zone.area"),
            ({"near": ring[0]}, "zone.area"), ({"stretch": {"line": ring[:2]}}, "zone.area"),
        ):  # fmt: skip
            assert code(story.call("bo", "POST", "/zones/look", looked | bad)) == refusal
        story.does("bo", f"/zones/{zone}", body(story, ring=ring))
        story.does("bo", f"/zones/{zone}/lift")
        assert travel() == straight
