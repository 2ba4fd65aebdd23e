"""Ground that a desk marks, on the phones of who is called there: at once, as long as it stands, and nobody who reported it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession

from tests.stories.told import Teller, told

HOUR_MS = 3_600_000
RING = [[111.04, 30.04], [111.06, 30.04], [111.06, 30.06], [111.04, 30.06]]


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def marks(story: Teller, incident: str, **more: Any) -> str:
    body = {
        "kind": "hazard", "what": "flood", "ring": RING, "shuts": ["car"], "depth_cm": 40, "incident": incident,
        "look_again_ms": story.clock.wall_ms() + HOUR_MS, "said_by": "赵canary", "said_on": "13900001234",
    }  # fmt: skip
    return str(story.does("bo", "/zones", body | more)["events"][0]["data"]["zone"])


def looks_again(story: Teller, zone: str, **more: Any) -> None:
    story.does("bo", f"/zones/{zone}", {"ring": RING, "shuts": [], "look_again_ms": story.clock.wall_ms() + HOUR_MS} | more)


def task(story: Teller, number: int = 1) -> dict[str, Any]:
    items = story.sees(f"leader{number}", "/me")
    (found,) = (item for name, item in items.items() if name.startswith("call/"))
    return dict(found)


def pushed(phone: WebSocketTestSession) -> dict[str, Any]:
    """The task as the next frame of the phone has it: nothing is asked for, and no beat of a board is waited for."""
    while True:
        frame = phone.receive_json()
        items = frame.get("items") or frame.get("put") or {}
        if found := [item for name, item in items.items() if name.startswith("call/")]:
            return dict(found[0])


def test_who_has_a_seat_sees_what_is_marked_changed_overdue_and_over_at_once(story: Teller) -> None:
    incident = story.raise_fire()
    story.answer(1)
    with story.socket("leader1") as phone:
        phone.receive_json()
        phone.send_json({"type": "follow", "topic": "me/p1"})
        assert pushed(phone)["zones"] == []
        zone = marks(story, incident)
        marked_ms = story.clock.wall_ms()
        (shown,) = pushed(phone)["zones"]
        assert shown == {
            "id": zone, "kind": "hazard", "what": "flood", "depth_cm": 40, "shuts": ["car"], "road": None,
            "seen_ms": marked_ms, "overdue": False, "until_ms": None,
        }  # fmt: skip
        story.fast_forward(3_601)
        assert pushed(phone)["zones"][0]["overdue"] is True
        looks_again(story, zone, depth_cm=15)
        (shown,) = pushed(phone)["zones"]
        assert (shown["depth_cm"], shown["shuts"], shown["overdue"]) == (15, [], False)
        assert shown["seen_ms"] > marked_ms
        story.does("bo", f"/zones/{zone}/lift")
        assert pushed(phone)["zones"] == []


def test_a_closed_road_says_until_when_and_goes_when_its_time_runs_out(story: Teller) -> None:
    incident = story.raise_fire()
    story.answer(1)
    until_ms = story.clock.wall_ms() + HOUR_MS // 2
    marks(story, incident, kind="closure", what="bridge", depth_cm=None, until_ms=until_ms)
    assert [(each["what"], each["until_ms"]) for each in task(story)["zones"]] == [("bridge", until_ms)]
    story.fast_forward(1_801)
    assert task(story)["zones"] == []


def test_before_the_answer_it_is_said_that_a_danger_area_is_marked_and_no_more(story: Teller) -> None:
    incident = story.raise_fire()
    marks(story, incident, kind="closure", what="bridge", depth_cm=None)
    assert task(story)["danger_area"] is False, "a closed road is no danger"
    zone = marks(story, incident)
    asked = task(story)
    assert (asked["state"], asked["danger_area"]) == ("open", True)
    assert "zones" not in asked
    text = str(story.does("bo", f"/mobilizations/m-{incident}/links")["text"])
    links = re.findall(r"/a/([\w-]+)$", text, re.MULTILINE)
    assert links
    for link in links:
        behind = story.client.get(f"/api/v1/links/{link}").json()
        assert (behind["danger_area"], "zones" in behind) == (True, False)
    story.answer(1)
    assert {each["id"] for each in task(story)["zones"]} > {zone}
    story.does("bo", f"/zones/{zone}/lift")
    assert task(story)["danger_area"] is False


def test_other_incidents_and_who_reported_it_stay_out(story: Teller) -> None:
    incident = story.raise_fire()
    story.answer(1)
    marks(story, incident)
    marks(story, "")
    items = str(story.sees("leader1", "/me"))
    assert len(task(story)["zones"]) == 1
    assert not any(word in items for word in ("canary", "13900001234", "said_by", "marked_by"))


def test_what_was_marked_for_a_report_that_was_merged_goes_along(story: Teller) -> None:
    first, again = story.raise_fire(), story.raise_fire(order=False)
    story.answer(1)
    zone = marks(story, again)
    assert task(story)["zones"] == []
    story.does("bo", f"/incidents/{again}/merge", {"into": first})
    assert [each["id"] for each in task(story)["zones"]] == [zone]
    story.does("bo", f"/zones/{zone}/lift")
    assert task(story)["zones"] == []
