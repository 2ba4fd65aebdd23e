"""The way to a task as its leader goes: by car, by e-bike, on foot, by boat where there is water; each round what is shut for it."""

from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told
from web_console.bringing import bring_osm

BASE, CORNER, OVER, PLACE = (111.051, 30.05), (111.051, 30.054), (111.05, 30.054), (111.05, 30.05)
"""From the base to the fire a hundred metres west: a path straight on, the street round by the north."""
SPOTS = (BASE, CORNER, OVER, PLACE)
STREET = [
    ((0, 1), "学院路", "highway", "tertiary"),
    ((1, 2), "云江大道", "highway", "tertiary"),
    ((2, 3), "滨江路", "highway", "tertiary"),
]
PATH = [((0, 3), "江边步道", "highway", "footway")]
WATER = [((0, 3), "云江", "waterway", "river")]
HOUR_MS = 3_600_000


def bring(story: Teller, path: Path, ways: list[tuple[tuple[int, int], str, str, str]]) -> None:
    nodes = "".join(f'<node id="{n}" lon="{lon}" lat="{lat}"/>' for n, (lon, lat) in enumerate(SPOTS, start=1))
    text = "".join(
        f'<way id="{n}"><nd ref="{a + 1}"/><nd ref="{b + 1}"/><tag k="{key}" v="{kind}"/><tag k="name" v="{name}"/></way>'
        for n, ((a, b), name, key, kind) in enumerate(ways, start=1)
    )
    path.write_text(f'<osm version="0.6">{nodes}{text}</osm>', "utf-8")
    bring_osm(story.house, path)


def on_the_way(story: Teller) -> str:
    story.raise_fire(place={"lon": PLACE[0], "lat": PLACE[1]})
    return str(story.answer(1)["events"][0]["data"]["call"])


def way(story: Teller, call: str, mode: str = "") -> dict[str, Any]:
    found: dict[str, Any] = story.sees("leader1", f"/me/calls/{call}/route" + (f"?mode={mode}" if mode else ""))
    return found


def roads_of(found: dict[str, Any]) -> list[str]:
    return [leg["name"] for leg in found["legs"] if leg["name"]]


def refusal(story: Teller, call: str, mode: str) -> str:
    return str(story.call("leader1", "GET", f"/me/calls/{call}/route?mode={mode}").json()["code"])


def test_each_goes_by_the_ways_that_are_open_to_it(tmp_path: Path) -> None:
    with told(tmp_path / "house") as story:
        bring(story, tmp_path / "town.osm", STREET + PATH)
        call = on_the_way(story)
        by_car, by_bike, on_foot = (way(story, call, mode) for mode in ("car", "e_bike", "foot"))
        assert way(story, call) == by_car
        assert by_car["modes"] == ["car", "e_bike", "foot"], "no water, no boat"
        assert refusal(story, call, "boat") == "way.mode"
        assert refusal(story, call, "hovercraft") == "query.field"
    assert roads_of(by_car) == ["学院路", "云江大道", "滨江路"]
    assert by_car["seconds"] == pytest.approx(986 / (32 / 3.6), abs=2)
    assert by_car["source"] == "road_graph_assumed_speeds"
    assert roads_of(on_foot) == ["江边步道"]
    assert (on_foot["mode"], on_foot["metres"]) == ("foot", pytest.approx(96, abs=2))
    assert on_foot["seconds"] == pytest.approx(96 / 2.5, abs=2)
    assert on_foot["source"] == "road_graph", "the pace of responders on foot was measured"
    assert (by_bike["mode"], roads_of(by_bike)) == ("e_bike", ["江边步道"])
    assert by_bike["seconds"] == pytest.approx(96 / (8 / 3.6), abs=2)


def test_by_boat_where_water_is_the_road(tmp_path: Path) -> None:
    with told(tmp_path / "house") as story:
        bring(story, tmp_path / "town.osm", STREET + WATER)
        call = on_the_way(story)
        by_boat = way(story, call, "boat")
        assert "boat" in by_boat["modes"]
        assert roads_of(by_boat) == ["云江"]
        assert by_boat["seconds"] == pytest.approx(96 / (12 / 3.6), abs=2)


def test_what_is_shut_is_shut_for_those_it_names(tmp_path: Path) -> None:
    with told(tmp_path / "house") as story:
        bring(story, tmp_path / "town.osm", STREET + PATH)
        call = on_the_way(story)
        by_car, on_foot = way(story, call), way(story, call, "foot")
        ring = [[111.0504, 30.0495], [111.0506, 30.0495], [111.0506, 30.0505], [111.0504, 30.0505]]
        ice = {
            "kind": "closure",
            "what": "ice",
            "ring": ring,
            "shuts": ["e_bike"],
            "look_again_ms": story.clock.wall_ms() + HOUR_MS,
        }
        zone = story.does("bo", "/zones", ice)["events"][0]["data"]["zone"]
        assert roads_of(way(story, call, "e_bike")) == ["学院路", "云江大道", "滨江路"]
        assert (way(story, call), way(story, call, "foot")) == (by_car, on_foot)
        story.does("bo", f"/zones/{zone}/lift")
        assert roads_of(way(story, call, "e_bike")) == ["江边步道"]


def test_new_roads_are_new_for_every_mode(tmp_path: Path) -> None:
    with told(tmp_path / "house") as story:
        bring(story, tmp_path / "town.osm", STREET + PATH)
        call = on_the_way(story)
        assert roads_of(way(story, call, "foot")) == ["江边步道"]
        bring(story, tmp_path / "less.osm", STREET)
        story.fast_forward(1)
        assert roads_of(way(story, call, "foot")) == ["学院路", "云江大道", "滨江路"]


def test_without_roads_each_has_its_own_pace_along_a_straight_line(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        call = on_the_way(story)
        found = {mode: way(story, call, mode) for mode in ("car", "e_bike", "foot")}
        assert refusal(story, call, "boat") == "way.mode"
    assert {each["source"] for each in found.values()} == {"straight_line"}
    assert len({each["metres"] for each in found.values()}) == 1
    assert found["foot"]["seconds"] == pytest.approx(found["car"]["seconds"] * (30 / 3.6) / 2.5, rel=0.05)
    assert found["car"]["seconds"] < found["e_bike"]["seconds"] < found["foot"]["seconds"]
