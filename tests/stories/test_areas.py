"""An incident that is more than a point: the divisions and circles that it touches, and who leads it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import NEED, Teller, told

ACROSS = [[111.15, 30.03], [111.28, 30.03], [111.28, 30.12], [111.15, 30.12]]
"""From 990101 into 990102, over three townships."""
HERE = {"lon": 111.16, "lat": 30.05}


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def flood(area: list[list[float]] | None, **place: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"category": "10102", "severity": 3, "needs": [NEED], "verify": True, "place": HERE | place}
    return found if area is None else found | {"place": found["place"] | {"area": area}}


def test_across_counties_the_city_leads_and_both_counties_see_it(story: Teller) -> None:
    incident = story.does("bo", "/incidents", flood(ACROSS))["incident"]
    board = story.board(incident)["incident"]
    assert board["lead"]["division"] == "9901"
    assert {each["code"] for each in board["spans"]} == {"990101002", "990102", "990102100"}
    assert board["area"] == ACROSS
    assert story.board(incident, "cy")["incident"]["name"] == board["name"]
    story.does("cy", f"/incidents/{incident}/verify")
    with story.socket("cy") as desk:
        desk.receive_json()
        desk.send_json({"type": "follow", "topic": "board/990102/duty"})
        assert f"incident/{incident}" in desk.receive_json()["items"]


def test_within_one_county_the_county_leads(story: Teller) -> None:
    small = [[111.15, 30.03], [111.19, 30.03], [111.19, 30.12], [111.15, 30.12]]
    board = story.board(story.does("bo", "/incidents", flood(small))["incident"])["incident"]
    assert board["lead"]["division"] == "990101"
    assert [each["code"] for each in board["spans"]] == ["990101002"]


def test_stations_whose_circle_it_touches_hold_it(story: Teller) -> None:
    """s2 stands at 111.3, its circle of 1 km reaches west to 111.2896."""
    board = story.board(story.does("bo", "/incidents", flood(ACROSS))["incident"])["incident"]
    assert board["outside_circles"]
    wider = [[111.15, 30.03], [111.295, 30.03], [111.295, 30.12], [111.15, 30.12]]
    board = story.board(story.does("bo", "/incidents", flood(wider))["incident"])["incident"]
    assert [(each["id"], each["inside"]) for each in board["stations"]] == [("s2", True)]
    assert 400 < board["stations"][0]["distance_m"] < 550


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ([[111.1, 30.0], [111.2, 30.1]], "place.area"),
        ([[111.1, 30.0], [111.2, 30.1], [111.2, 30.0], [111.1, 30.1]], "place.area"),
        ([[111.1, 30.0]] * 4, "place.area"),
        ([[111.1, 95.0], [111.2, 30.1], [111.2, 30.0]], "place.area"),
        ([[112.1, 30.0], [112.2, 30.1], [112.2, 30.0]], "place.area"),
        ([[111.1, 30.0], [111.2, 30.1, 5], [111.2, 30.0]], "body.field"),
        ([[111.1 + n / 1e4, 30.0] for n in range(300)], "body.field"),
    ],
)  # fmt: skip
def test_what_is_no_area_is_refused(story: Teller, area: list[list[float]], code: str) -> None:
    position = story.house.core.position
    assert story.call("bo", "POST", "/incidents", flood(area)).json()["code"] == code
    assert story.house.core.position == position


def test_a_private_home_is_no_area_and_its_distances_tell_nothing_finer_than_its_cell(story: Teller) -> None:
    assert story.call("bo", "POST", "/incidents", flood(ACROSS, private_home=True)).json()["code"] == "place.area"
    seen = set()
    for shift in (0.0, 0.0003, 0.0006):
        place = {"lon": 111.0475 + shift, "lat": 30.0502, "private_home": True}
        board = story.board(story.does("bo", "/incidents", flood(None, **place))["incident"])["incident"]
        seen.add((board["lon"], board["lat"], board["stations"][0]["distance_m"]))
    assert len(seen) == 1, "three homes in one cell look the same"


def test_an_area_in_another_datum_is_converted_with_its_point(story: Teller) -> None:
    body = flood([[lon + 0.005, lat - 0.002] for lon, lat in ACROSS], crs="gcj02")
    board = story.board(story.does("bo", "/incidents", body)["incident"])["incident"]
    assert all(abs(a[0] - b[0]) < 0.01 and a != b for a, b in zip(board["area"], body["place"]["area"], strict=True))
