"""Canaries of marked ground: who reported a danger area or a closed road, and on which number. In no file, event, log, address, answer or
screen in plain but where it is opened on record, and nowhere once erased."""

import logging
from pathlib import Path
from typing import Any

import pytest

from command.core.backup import back_up
from tests.stories.told import Teller, told
from tests.test_canary import opened
from tests.test_canary_of_a_night import found_in, logged
from web_console.erasing import erase

HAZARD_BY, HAZARD_ON = "许canary婶", "1390canary11"
CLOSURE_BY, CLOSURE_ON = "何canary叔", "1390canary12"
AGAIN_BY, AGAIN_ON = "吕canary员", "1390canary13"
REFUSED_BY, REFUSED_ON = "施canary客", "1390canary14"
SAID = (HAZARD_BY, HAZARD_ON, CLOSURE_BY, CLOSURE_ON, AGAIN_BY, AGAIN_ON)
WORDS = [*SAID, REFUSED_BY, REFUSED_ON]
POSTS = ("9901", "990101", "990102", "990101001")


def zone(story: Teller, kind: str, by: str, on: str, **more: Any) -> dict[str, Any]:
    ring = [[111.04, 30.04], [111.06, 30.04], [111.06, 30.06], [111.04, 30.06]]
    due = story.clock.wall_ms() + 3_600_000
    return {
        "kind": kind,
        "what": "flood",
        "ring": ring,
        "shuts": ["car"],
        "look_again_ms": due,
        "said_by": by,
        "said_on": on,
    } | more


def marked(story: Teller) -> tuple[list[str], str]:
    """A danger area that somebody looks at again, a closure that runs out, and one that is refused; and every answer, heads and all."""
    incident = story.raise_fire()
    answers = []

    def post(path: str, body: dict[str, Any], status: int = 200) -> Any:
        answer = story.call("bo", "POST", path, body)
        assert answer.status_code == status, answer.text
        answers.append(f"{answer.url} {dict(answer.headers)} {answer.text}")
        return answer.json()

    made = [
        post("/zones", zone(story, kind, by, on, **more))["events"][0]["data"]["zone"]
        for kind, by, on, more in (
            ("hazard", HAZARD_BY, HAZARD_ON, {"incident": incident}),
            ("closure", CLOSURE_BY, CLOSURE_ON, {"until_ms": story.clock.wall_ms() + 1_800_000}),
        )
    ]
    again = {name: value for name, value in zone(story, "", AGAIN_BY, AGAIN_ON).items() if name not in ("kind", "what")}
    post(f"/zones/{made[0]}", again)
    post("/zones", zone(story, "hazard", REFUSED_BY, REFUSED_ON, what="roadworks"), 422)
    post("/zones", zone(story, "hazard", REFUSED_BY, REFUSED_ON, shuts="none"), 422)
    story.fast_forward(3_700)  # the closure runs out, the danger area is overdue
    return made, "\n".join(answers)


def screens(story: Teller) -> str:
    boards = [f"board/{post}/{mask}" for post in POSTS for mask in ("duty", "wall")]
    shown = [story.house.screens.picture_of(topic) for topic in (*boards, *(f"me/p{number}" for number in range(1, 13)))]
    asked = ("/ground/coverage", "/ground/faults", "/ground/siting?ask=next&k=1", "/posts", "/map/stations")
    return str([shown, *(story.call("bo", "GET", path).text for path in asked)])


def test_who_reported_ground_is_sealed_everywhere_and_gone_once_erased(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with told(tmp_path) as story:
        zones, answers = marked(story)
        house = story.house
        records = house.realm.log.after(0, 10_000)
        sealed = str(opened(house.realm, records))
        assert [word for word in SAID if word not in sealed] == [], "sealed, every one"
        assert [word for word in (REFUSED_BY, REFUSED_ON) if word in sealed] == [], "what was refused was kept nowhere"
        assert [word for word in WORDS if any(word.encode() in record.data for record in records)] == []
        assert [word for word in WORDS if word in answers + screens(story)] == []
        back_up(house.realm.folder, tmp_path / "backups" / "one", vault=house.realm.vault)
        assert found_in(tmp_path / "realm", WORDS) == found_in(tmp_path / "backups", WORDS) == []

        shown = story.does("bo", f"/zones/{zones[0]}/sealed")
        assert shown["sealed"] == {"said_by": AGAIN_BY, "said_on": AGAIN_ON}
        assert [word for word in WORDS if word in str(shown["events"])] == [], "that it was opened is recorded, not what was read"

        assert story.client.portal is not None
        for each in zones:
            story.client.portal.call(erase, house, f"zone:{each}")
        story.settle()
        assert story.does("bo", f"/zones/{zones[0]}/sealed")["sealed"] is None
        left = str(opened(house.realm, house.realm.log.after(0, 10_000)))
        assert [word for word in WORDS if word in left + screens(story)] == []
    assert [word for word in WORDS if word in logged(caplog)] == []
    assert found_in(tmp_path, WORDS) == []
