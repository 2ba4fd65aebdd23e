"""Phones whose clock is wrong: the recorded time orders, the claimed time stands beside it, and the desk sees both."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told

HOUR_MS = 3_600_000


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def call_of(story: Teller, incident: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in story.board(incident)["calls"] if c["person"] == f"p{number}")
    return found


def test_time_phones_an_hour_ahead_and_behind(story: Teller) -> None:
    incident = story.raise_fire()
    at_ms = {}
    for number, wrong_ms in ((1, HOUR_MS), (2, -HOUR_MS), (3, 0)):
        story.fast_forward(1)
        at_ms[number] = story.clock.wall_ms()
        story.answer(number, "accept", heads=2, claimed_at_ms=at_ms[number] + wrong_ms)
    calls = {number: call_of(story, incident, number) for number in (1, 2, 3)}
    assert {n: c["answered_ms"] for n, c in calls.items()} == at_ms
    assert {n: c["claimed_ms"] - c["answered_ms"] for n, c in calls.items()} == {1: HOUR_MS, 2: -HOUR_MS, 3: 0}
    assert [calls[n]["seated"] for n in (1, 2, 3)] == [2, 2, 0], "four seats, in the order the answers arrived"
    recorded = [record.at_ms for record in story.house.realm.log.after(0, 10_000)]
    assert recorded == sorted(recorded)
    assert recorded[-1] == at_ms[3]
    lines = [i for i in story.house.screens.picture_of("board/990101/duty").values() if i.get("name") == "call.answered"]
    assert [line["facts"]["claimed_at_ms"] - line["at_ms"] for line in lines] == [HOUR_MS, -HOUR_MS, 0]


def test_time_a_phones_clock_moves_no_deadline_and_no_next_wave(story: Teller) -> None:
    incident = story.raise_fire()
    story.answer(1, "decline", claimed_at_ms=story.clock.wall_ms() + HOUR_MS)
    story.fast_forward(89)
    assert call_of(story, incident, 2)["state"] == "open"
    story.fast_forward(2)
    assert call_of(story, incident, 2)["state"] == "lapsed"


@pytest.mark.parametrize(
    ("claimed_after_asked_ms", "disputed"), [(2_000, True), (-HOUR_MS, False), (HOUR_MS, False), (8_000, False)]
)
def test_time_only_a_claim_that_can_be_true_disputes_the_desks_note(
    story: Teller, claimed_after_asked_ms: int, disputed: bool
) -> None:
    """The desk noted a no at 5 s; the phone's yes comes later and claims to be of 2 s, an hour ago, in an hour, of 8 s."""
    incident = story.raise_fire()
    call = call_of(story, incident, 1)
    story.fast_forward(5)
    note = {"did": "decline", "said_by": "队长", "learned_at_ms": call["asked_ms"] + 5_000}
    story.does("bo", f"/calls/{call['id']}/noted", note)
    story.fast_forward(5)
    tapped = {"answer": "accept", "claimed_at_ms": call["asked_ms"] + claimed_after_asked_ms}
    story.does("leader1", f"/me/calls/{call['id']}/answer", tapped)
    after = call_of(story, incident, 1)
    assert (after["state"], after["disputed"]) == ("accepted", disputed)


def test_time_a_claim_beyond_a_day_is_none_and_the_answer_counts(story: Teller) -> None:
    incident = story.raise_fire()
    story.answer(1, heads=1, claimed_at_ms=0)
    story.does("leader1", f"/me/calls/{call_of(story, incident, 1)['id']}/progress", {"did": "set_out", "claimed_at_ms": 10**15})
    after = call_of(story, incident, 1)
    assert (after["state"], after["claimed_ms"], after["seated"]) == ("set_out", None, 1)
