"""A new incident rings at every desk of a post until one officer has heard it; other posts ring on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.told import Teller, told


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def _heard_by(story: Teller, incident: str) -> list[str]:
    found: list[str] = story.board(incident)["incident"]["heard_by"]
    return found


def test_one_officer_hears_for_the_post_and_only_for_it(story: Teller) -> None:
    incident = story.raise_fire("di", order=False)
    assert _heard_by(story, incident) == ["990101001"], "whoever took the report has heard of it"
    shown = story.board(incident)["incident"]["changed_at"]
    story.does("bo", "/alarms/acknowledged", {"incidents": [incident]})
    assert _heard_by(story, incident) == ["990101001", "990101"], "the city rings on"
    assert story.board(incident)["incident"]["changed_at"] == shown, "it makes nobody's form stale"
    again = story.does("bo", "/alarms/acknowledged", {"incidents": [incident]})
    assert [line["name"] for line in again["events"]] == ["command.already_so"]
    refused = story.call("cy", "POST", "/alarms/acknowledged", {"incidents": [incident]})
    assert refused.json()["code"] == "authority.division"


def test_two_hundred_alarms_fall_silent_with_one_press(story: Teller) -> None:
    incidents = [story.does("di", "/incidents", _report(n))["incident"] for n in range(200)]
    done = story.does("bo", "/alarms/acknowledged", {"incidents": incidents})
    assert [len(line["data"]["incidents"]) for line in done["events"]] == [200]
    assert all("990101" in _heard_by(story, incident) for incident in (incidents[0], incidents[-1]))


def _report(number: int) -> dict[str, object]:
    return {"category": "20700", "severity": 4, "place": {"lon": 111.05, "lat": 30.05 + number / 10_000}}
