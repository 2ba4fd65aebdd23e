"""A policy that fails on one event: parked where an officer and a watchdog see it, and the next incident is still called."""

from pathlib import Path
from typing import Any

import pytest

from command.core.asks import Ask
from command.core.facts import Event
from mobilization import Ordered
from mobilization.policies import WavePolicy
from tests.stories.told import told

BOARD = "board/990101/duty"


def test_a_parked_policy_is_seen_on_every_board_and_in_the_health(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follow = WavePolicy.follow
    failing = ["the first order"]

    def clumsy(self: WavePolicy, event: Event) -> Ask | None:
        if failing and isinstance(event.fact, Ordered):
            raise ZeroDivisionError
        return follow(self, event)

    monkeypatch.setattr(WavePolicy, "follow", clumsy)
    with told(tmp_path) as story, story.socket("bo") as desk:
        desk.receive_json()
        desk.send_json({"type": "follow", "topic": BOARD})
        while desk.receive_json()["type"] != "snapshot":
            pass
        assert story.client.get("/healthz").json()["ok"] is True
        first = story.raise_fire()
        put: dict[str, Any] = {}
        while "fault/0" not in put:
            put |= desk.receive_json().get("put", {})
        ordered_at = next(r.position for r in story.house.realm.log.after(0, 1_000) if r.name == Ordered.NAME)
        parked = {"follower": "waves", "event": ordered_at, "fault": "ZeroDivisionError"}
        assert (put["fault/0"]["code"], put["fault/0"]["facts"]) == ("follower.parked", parked)
        assert story.house.screens.picture_of("board/9901/duty")["fault/0"]["facts"] == parked, "the tier above sees it too"
        health = story.client.get("/healthz").json()
        assert (health["ok"], health["parked"]) == (False, 1)
        assert story.board(first)["calls"] == []
        failing.clear()
        assert len(story.board(story.raise_fire())["calls"]) == 4, "the next incident is called"
