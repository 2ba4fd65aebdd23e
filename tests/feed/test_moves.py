"""Which topics an event moves, through the whole house."""

from pathlib import Path
from typing import Any

import msgspec

from tests.stories.told import Teller, told
from web_console.feed.session import Session


class Screen:
    """One follower of the house's hub: how often it was woken, and what it shows by docs/socket.md."""

    def __init__(self, story: Teller, topic: str) -> None:
        self.woken, self.items = 0, dict[str, Any]()
        self._session = Session(story.house.screens.hub, may_follow=lambda _: True, wake=self._wake)
        self._session.receive(msgspec.json.encode({"type": "follow", "topic": topic}).decode())
        self.pull()

    def pull(self) -> list[dict[str, Any]]:
        frames: list[dict[str, Any]] = [msgspec.json.decode(frame) for frame in self._session.pull()]
        for frame in frames:
            if frame["type"] == "snapshot":
                self.items = dict(frame["items"])
            elif frame["type"] == "diff":
                self.items = {k: v for k, v in {**self.items, **frame["put"]}.items() if k not in frame["drop"]}
        return frames

    def _wake(self) -> None:
        self.woken += 1


def test_feed_an_event_moves_the_boards_of_its_divisions_and_the_phones_it_names(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        own = [Screen(story, f"board/{code}/duty") for code in ("9901", "990101", "990101001")]
        others = [Screen(story, f"board/{code}/duty") for code in ("990102", "990101002")]
        called, not_called = Screen(story, "me/p1"), Screen(story, "me/p12")
        incident = story.raise_fire()
        for screen in own:
            screen.pull()
            assert f"incident/{incident}" in screen.items
        called.pull()
        assert any(item.startswith("call/") for item in called.items)
        assert [screen.woken for screen in (*others, not_called)] == [0, 0, 0]


def test_feed_a_response_shows_its_level_on_the_incidents_it_covers(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident = story.raise_fire()
        screen = Screen(story, "board/990101/duty")
        body = {"division": "9901", "category": "20700", "level": 4, "item": "5.1", "term_h": 72, "measures": "值守"}
        story.does("ana", "/responses", body | {"by_order": {"body": "市应急指挥部", "oral": True}})
        screen.pull()
        assert screen.items[f"incident/{incident}"]["level"] == 4
