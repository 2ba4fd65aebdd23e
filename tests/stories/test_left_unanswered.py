"""A city that is left unanswered: its board has what is at work, the rest is there where it is opened, and follows live."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.feed.test_moves import Screen
from tests.stories.told import Teller, told

COUNTY, CITY = "board/990101", "board/9901"
GROWS_MOST = 1.3
"""What an hour may add: a line for each round of calls, and who was asked for support."""
WAITS = {"open", "accepted", "later", "standby", "set_out", "arrived"}


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def calls_in(items: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for name, item in items.items() if name.startswith("call/")]


def test_what_ended_without_a_yes_leaves_the_board_and_is_there_when_its_incident_is_opened(story: Teller) -> None:
    board = Screen(story, f"{COUNTY}/duty")
    incident = story.raise_fire()
    opened = Screen(story, f"{COUNTY}/calls/{incident}")
    called = {call["id"] for call in calls_in(opened.items)}
    story.answer(1, "decline")
    story.answer(2, heads=2)
    for _ in range(4):
        story.fast_forward(91)
    frames = [*board.pull(), *opened.pull()]
    assert {frame["type"] for frame in frames} == {"diff"}, "it follows live"
    assert {call["state"] for call in calls_in(board.items)} <= WAITS
    ended = [call for call in calls_in(opened.items) if call["state"] not in WAITS]
    assert {"declined", "lapsed"} <= {call["state"] for call in ended}
    assert called < {call["id"] for call in calls_in(opened.items)}
    assert story.board(incident)["calls"] == calls_in(story.house.screens.picture_of(f"{COUNTY}/calls/{incident}"))
    waves = board.items[f"incident/{incident}"]["waves"]
    assert sum(wave["called"] for wave in waves) == len(calls_in(opened.items)), "the sums of the list count them all"
    late = next(call for call in ended if call["state"] == "lapsed")
    story.does("bo", f"/calls/{late['id']}/noted", {"did": "accept", "heads": 1, "said_by": "本人"})
    board.pull()
    assert board.items[f"call/{late['id']}"]["state"] == "accepted", "who says yes after all is back"


def test_the_picture_of_a_city_left_unanswered_does_not_grow_with_those_who_were_called(story: Teller) -> None:
    incidents = [story.raise_fire() for _ in range(6)]
    first = size(story)
    for _ in range(20):
        story.fast_forward(91)
    calls = calls_in(story.house.screens.picture_of(f"{COUNTY}/duty"))
    assert sum(len(story.board(incident)["calls"]) for incident in incidents) > 4 * len(calls)
    assert {call["state"] for call in calls} <= {"open"}
    assert size(story) < GROWS_MOST * first


def size(story: Teller) -> int:
    """Of the picture without its timeline, packed."""
    items = {
        name: item for name, item in story.house.screens.picture_of(f"{COUNTY}/duty").items() if not name.startswith("line/")
    }
    return len(gzip.compress(msgspec.json.encode(items), 6, mtime=0))


def test_who_ran_out_of_time_unheard_is_counted_and_listed_once_a_team_while_people_are_missing(story: Teller) -> None:
    board, late = Screen(story, f"{COUNTY}/duty"), Screen(story, f"{COUNTY}/late")
    first, second = story.raise_fire(), story.raise_fire()
    assert late.items == {}

    def listed() -> list[tuple[str, str]]:
        board.pull(), late.pull()
        found = calls_in(late.items)
        for incident in (first, second):
            assert board.items[f"incident/{incident}"]["late"] == sum(call["incident"] == incident for call in found)
        return sorted((call["team"], call["unheard"]) for call in found)

    for _ in range(10):
        story.fast_forward(91)
    assert listed() == [(f"t{n}", "asleep") for n in range(1, 6)], "each team once, whatever it was called for"
    team = next(call for call in calls_in(late.items) if call["team"] == "t1")
    with story.socket("leader1") as phone:
        phone.send_json({"type": "seen", "ids": [f"call/{team['id']}"]})
        phone.receive_json()
        story.settle()
    assert {each["id"] for each in calls_in(late.items)} - {c["id"] for c in late_calls(story)} <= {team["id"]}
    call = next(call for call in calls_in(late.items) if call["team"] == "t2")
    story.does("bo", f"/calls/{call['id']}/noted", {"did": "decline", "said_by": "本人"})
    assert call["id"] not in {each["id"] for each in late_calls(story)}
    for incident in (first, second):
        story.does("bo", f"/mobilizations/m-{incident}/stand_down", {"reason": "over"})
    assert listed() == []
    assert late_calls(story) == []


def late_calls(story: Teller) -> list[dict[str, Any]]:
    return calls_in(story.house.screens.picture_of(f"{COUNTY}/late"))


def test_what_is_opened_is_for_posts_at_or_above_and_for_incidents_there_are(story: Teller) -> None:
    incident = story.raise_fire()
    topics = [
        f"{COUNTY}/calls/{incident}",
        f"{COUNTY}/late",
        f"{CITY}/calls/{incident}",
        f"{COUNTY}/calls/nothing",
        f"{COUNTY}/calls",
    ]
    assert [followed(story, "ana", topic) for topic in topics] == ["snapshot", "snapshot", "snapshot", "refused", "refused"]
    assert [followed(story, "cy", topic) for topic in topics] == ["refused"] * 5
    assert calls_in(story.house.screens.picture_of(f"board/990102/calls/{incident}")) == [], (
        "an incident of another county shows nothing"
    )


def followed(story: Teller, who: str, topic: str) -> str:
    with story.socket(who) as desk:
        desk.send_json({"type": "follow", "topic": topic})
        while (message := desk.receive_json())["type"] not in ("snapshot", "refused"):
            continue
        return str(message["type"])
