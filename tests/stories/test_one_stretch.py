"""One stretch of road shut from the desk: found by a press near it, driven round at once, lost in the open when the roads are brought anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told
from web_console.bringing import bring_osm

HOUR_MS = 3_600_000
BASE, PLACE = (111.051, 30.05), (111.03, 30.05)
SPOTS = (
    BASE,
    (111.041, 30.05),
    PLACE,
    (111.051, 30.07),
    (111.03, 30.07),
    (111.051, 30.0501),
    (111.03, 30.0501),
    (111.041, 30.04),
    (111.051, 30.03),
    (111.03, 30.03),
)
TOWN = [
    (1, (0, 1), "长江路", "tertiary"), (2, (1, 2), "长江路", "tertiary"),
    (3, (0, 3), "东环路", "tertiary"), (4, (3, 4), "北环路", "tertiary"), (5, (4, 2), "西环路", "tertiary"),
    (6, (5, 6), "长江路辅路", "tertiary"), (7, (1, 7), "学院路", "footway"), (8, (8, 9), "云江", "river"),
]  # fmt: skip
"""From the base west along 长江路 to the fire, or round by the north; a lane eleven metres beside it that leads nowhere; a path; a river."""
NEAR = [111.046, 30.04996]


def write(path: Path, ways: list[tuple[int, tuple[int, int], str, str]]) -> Path:
    nodes = "".join(f'<node id="{n}" lon="{lon}" lat="{lat}"/>' for n, (lon, lat) in enumerate(SPOTS))
    text = "".join(
        f'<way id="{n}"><nd ref="{a}"/><nd ref="{b}"/><tag k="{"waterway" if kind == "river" else "highway"}" v="{kind}"/><tag k="name" v="{name}"/></way>'
        for n, (a, b), name, kind in ways
    )
    path.write_text(f'<osm version="0.6">{nodes}{text}</osm>', "utf-8")
    return path


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path / "house") as teller:
        bring_osm(teller.house, write(tmp_path / "town.osm", TOWN))
        teller.settle()
        yield teller


def look(story: Teller, **more: Any) -> dict[str, Any]:
    answer = story.call("bo", "POST", "/zones/look", {"near": NEAR, "shuts": ["car", "e_bike"]} | more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def closure(story: Teller, stretch: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    body = {"kind": "closure", "what": "bridge", "stretch": stretch, "shuts": ["car", "e_bike"]}
    return body | {"look_again_ms": story.clock.wall_ms() + HOUR_MS} | more


def item(story: Teller, post: str = "990101") -> dict[str, Any]:
    items = story.house.screens.picture_of(f"board/{post}/duty")
    (found,) = (each for name, each in items.items() if name.startswith("zone/"))
    return dict(found)


def metres(story: Teller) -> int:
    return story.house.outlook().travel([BASE], PLACE)[0].metres


def test_the_stretch_near_a_press_is_named_shut_and_opened_and_nothing_else_with_it(story: Teller) -> None:
    incident = story.raise_fire(place={"lon": PLACE[0], "lat": PLACE[1]})
    straight = metres(story)
    seen = look(story, incident=incident)
    stretch = seen["stretch"]
    assert (stretch["road"], stretch["ends"], seen["off_m"]) == ("长江路", ["东环路", ""], 4)
    assert stretch["metres"] == seen["roads_m"] == pytest.approx(962, abs=3)
    assert [tuple(point) for point in stretch["line"]] == [BASE, (111.041, 30.05)]
    assert {each["code"] for each in seen["divisions"]} == {"990101", "990101001"}
    longer = next(each for each in seen["teams"] if each["team"] == "t1")
    assert longer["after_s"] > longer["before_s"]
    assert metres(story) == straight, "looking shuts nothing"
    zone = story.does("bo", "/zones", closure(story, stretch))["events"][0]["data"]["zone"]
    shown = item(story)
    assert (shown["ring"], shown["stretch"]["road"], shown["found"]) == ([], "长江路", True)
    assert metres(story) > straight + 4_000, "round by the north; the lane beside leads nowhere"
    lane = story.house.outlook().travel([(111.05, 30.0501)], (111.035, 30.0501))[0]
    assert lane.source.startswith("road_graph"), "the lane eleven metres beside stays open"
    story.does("bo", f"/zones/{zone}/lift")
    assert metres(story) == straight


def test_roads_that_are_brought_anew_have_it_still_or_it_is_said_that_they_do_not(story: Teller, tmp_path: Path) -> None:
    straight = metres(story)
    zone = story.does("bo", "/zones", closure(story, look(story)["stretch"]))["events"][0]["data"]["zone"]
    renumbered = [(n + 100, nodes, name, kind) for n, nodes, name, kind in reversed(TOWN)]
    bring_osm(story.house, write(tmp_path / "same.osm", renumbered))
    story.fast_forward(1)
    assert item(story)["found"] is True
    assert metres(story) > straight + 4_000, "the same road in another file"
    bring_osm(story.house, write(tmp_path / "less.osm", TOWN[2:]))
    story.fast_forward(1)
    assert item(story)["found"] is False, "no road lies there any more: that it shuts nothing is said"
    again = {"stretch": item(story)["stretch"], "shuts": ["car"], "look_again_ms": story.clock.wall_ms() + HOUR_MS}
    assert look(story, near=None, stretch=again["stretch"])["found"] is False
    story.does("bo", f"/zones/{zone}", again)  # it can be looked at again all the same
    assert item(story)["shuts"] == ["car"]
    assert story.call("bo", "POST", "/zones", closure(story, again["stretch"])).json()["code"] == "zone.no_road"


def test_a_path_is_found_for_those_on_foot_and_a_river_for_boats(story: Teller) -> None:
    near = [111.0411, 30.045]
    assert look(story, near=near, shuts=["foot"])["stretch"]["road"] == "学院路"
    assert story.call("bo", "POST", "/zones/look", {"near": near, "shuts": ["car"]}).json()["code"] == "zone.no_road", (
        "500 m is the limit"
    )
    assert look(story, near=[111.04, 30.031], shuts=["boat"])["stretch"]["road"] == "云江"
    stretch = look(story, near=near, shuts=["foot"])["stretch"]
    assert story.call("bo", "POST", "/zones", closure(story, stretch, shuts=["car"])).json()["code"] == "zone.no_road"
    story.does("bo", "/zones", closure(story, stretch, shuts=["foot"]))
    assert item(story)["found"] is True


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"kind": "hazard", "what": "flood"}, "zone.area"),
        ({"stretch": None}, "zone.area"),
        ({"stretch": {"line": [[111.051, 30.05]]}}, "body.field"),
        ({"stretch": {"line": [[111.051, 30.05], [111.051, 30.05]]}}, "zone.no_road"),
        ({"stretch": {"line": [[111.06, 30.06], [111.061, 30.06]]}}, "zone.no_road"),
        ({"stretch": {"line": [[-69.0, -30.0], [-69.0, -30.1]]}}, "zone.no_road"),
        ({"shuts": []}, "zone.no_road"),
    ],
)
def test_what_is_no_stretch_of_road_is_refused(story: Teller, change: dict[str, Any], refusal: str) -> None:
    body = closure(story, look(story)["stretch"]) | change
    assert story.call("bo", "POST", "/zones", body).json()["code"] == refusal
    assert not any(name.startswith("zone/") for name in story.house.screens.picture_of("board/990101/duty"))


def test_there_is_no_road_off_the_city(story: Teller) -> None:
    for near in ([121.0, 30.0], [-69.0, -30.0], [0.0, 90.0]):
        assert story.call("bo", "POST", "/zones/look", {"near": near, "shuts": ["car"]}).json()["code"] == "zone.no_road"


def test_where_no_roads_are_known_there_is_no_stretch(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        answer = story.call("bo", "POST", "/zones/look", {"near": NEAR, "shuts": ["car"]})
        assert answer.json()["code"] == "zone.no_road"


def test_a_restart_knows_which_stretches_the_roads_have(story: Teller) -> None:
    stretch = look(story, near=[111.0411, 30.045], shuts=["foot"])["stretch"]
    story.does("bo", "/zones", closure(story, stretch, shuts=["foot"]))
    story.house.catalogue._by_mode["foot"]._version = 0  # as a fresh start knows it
    assert story.house.catalogue.held_by("foot") is None
    assert story.client.portal is not None
    story.client.portal.call(story.house.open)
    assert item(story)["found"] is True
