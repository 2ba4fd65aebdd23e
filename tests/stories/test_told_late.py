"""The desk enters what it learned a while ago, of what happened before that; the timeline keeps all three times."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told

MINUTE_MS = 60_000


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def line(story: Teller, name: str) -> dict[str, Any]:
    """The newest of that name."""
    lines = [item for item in story.house.screens.picture_of("board/990101/duty").values() if item.get("name") == name]
    found: dict[str, Any] = max(lines, key=lambda each: each["position"])
    return found


def minutes_ago(story: Teller, one: dict[str, Any]) -> tuple[int, int, int]:
    now_ms = story.clock.wall_ms()
    happened, learned, entered = ((now_ms - one[name]) // MINUTE_MS for name in ("happened_ms", "learned_ms", "at_ms"))
    return happened, learned, entered


def test_every_act_of_a_desk_keeps_three_times(story: Teller) -> None:
    now_ms = story.clock.wall_ms()
    late: dict[str, Any] = {"happened_at_ms": now_ms - 10 * MINUTE_MS, "learned_at_ms": now_ms - 5 * MINUTE_MS}
    incident = story.raise_fire(**late)
    assert minutes_ago(story, line(story, "incident.raised")) == (10, 5, 0)
    assert minutes_ago(story, line(story, "mobilization.ordered")) == (0, 0, 0), "the order is of this minute"
    item = story.board(incident)["incident"]
    assert minutes_ago(story, item | {"at_ms": item["entered_ms"]}) == (10, 5, 0)

    stabilised = {"stage": "stabilised", "screen_position": story.house.core.position}
    story.does("bo", f"/incidents/{incident}/stage", stabilised | late)
    assert minutes_ago(story, line(story, "incident.stage_changed")) == (10, 5, 0)

    order = {"body": "市防指", "oral": True, "reason": "跨县"}
    story.does("bo", f"/incidents/{incident}/lead", {"act": "ask", "by_order": order} | late)
    assert minutes_ago(story, line(story, "lead.asked")) == (10, 5, 0)


def test_a_telephone_note_was_learned_when_it_was_said(story: Teller) -> None:
    incident = story.raise_fire()
    call = next(c for c in story.board(incident)["calls"] if c["state"] == "open")["id"]
    story.fast_forward(60)
    note = {"did": "accept", "said_by": "队长", "heads": 2, "eta_min": 20, "learned_at_ms": story.clock.wall_ms() - MINUTE_MS}
    story.does("bo", f"/calls/{call}/noted", note)
    assert minutes_ago(story, line(story, "call.answered")) == (1, 1, 0)
    after = next(c for c in story.board(incident)["calls"] if c["id"] == call)
    assert after["eta_ms"] == story.clock.wall_ms() + 19 * MINUTE_MS


def test_times_that_cannot_be_change_nothing_whatever_is_told(story: Teller) -> None:
    incident = story.raise_fire(order=False)
    now_ms, before = story.clock.wall_ms(), story.house.core.position
    for wrong in ({"learned_at_ms": now_ms + 1}, {"happened_at_ms": now_ms, "learned_at_ms": now_ms - 1}, {"happened_at_ms": -1}):
        answer = story.call("bo", "POST", f"/incidents/{incident}/verify", wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "times")
    assert story.house.core.position == before


def test_a_phone_tells_no_times(story: Teller) -> None:
    story.raise_fire()
    call = story.open_calls(1)[0]["id"]
    answer = story.call("leader1", "POST", f"/me/calls/{call}/answer", {"answer": "accept", "learned_at_ms": 1})
    assert answer.json()["code"] == "body.field"
