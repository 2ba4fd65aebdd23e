"""After a restore, whoever was ahead of it starts anew: another epoch, and a snapshot of what there is now."""

from functools import partial
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient, WebSocketTestSession

from command.core.backup import back_up
from command.core.realm import Folder
from command.core.restoring import restore
from tests.realms import restored_realm
from tests.stories.told import Teller, told
from tests.town import MASTER, open_town
from web_console.app import make_app

BOARD, PHONE = "board/990101/duty", "me/p1"


class Screen:
    """A client as docs/socket.md wants it: knows where it stands, and asks to go on from there."""

    def __init__(self, topic: str) -> None:
        self.topic, self.epoch, self.position = topic, None, None
        self.items: dict[str, Any] = {}
        self.hello: dict[str, Any] = {}

    def catch_up(self, socket: WebSocketTestSession) -> str:
        """Follow from where it stands; the kind of frame it got."""
        self.hello = socket.receive_json()
        resume: dict[str, Any] = {} if self.position is None else {"epoch": self.epoch, "after": self.position}
        socket.send_json({"type": "follow", "topic": self.topic, **resume})
        while (frame := socket.receive_json()).get("topic") != self.topic:
            pass
        self._take(frame)
        return str(frame["type"])

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "snapshot":
            self.items, self.epoch = dict(frame["items"]), frame["epoch"]
        else:
            assert frame["epoch"] == self.epoch
            self.items = {name: item for name, item in (self.items | frame["put"]).items() if name not in frame["drop"]}
        self.position = frame["position"]


def test_a_client_ahead_of_a_restore_gets_a_new_epoch_and_a_snapshot(tmp_path: Path) -> None:
    desk, phone = Screen(BOARD), Screen(PHONE)
    with told(tmp_path) as story:
        first = story.raise_fire()
        for who, screen in (("bo", desk), ("leader1", phone)):
            with story.socket(who) as socket:
                assert screen.catch_up(socket) == "snapshot"
        back_up(story.house.realm.folder, tmp_path / "backups" / "one", vault=story.house.realm.vault)
        story.answer(1, "decline")
        second = story.raise_fire()
        for who, screen in (("bo", desk), ("leader1", phone)):
            with story.socket(who) as socket:
                assert screen.catch_up(socket) == "diff", "it was here before"
        assert {f"incident/{first}", f"incident/{second}"} <= set(desk.items)
        known, ahead, clock = desk.epoch, desk.position, story.clock
    clock.advance(seconds=5)
    restore(
        tmp_path / "backups" / "one", Folder(tmp_path / "realm"), open_realm=partial(restored_realm, clock=clock, master=MASTER)
    )

    house = open_town(tmp_path, clock=clock, fill=False, seed=11)
    with TestClient(make_app(house, live=False), base_url="http://muster.test") as client:
        again = Teller(house, client, clock)
        again.settle()
        assert house.core.position < ahead  # type: ignore[operator]
        for who, screen in (("bo", desk), ("leader1", phone)):
            with again.socket(who) as socket:
                assert screen.catch_up(socket) == "snapshot"
            assert screen.epoch == screen.hello["epoch"] == house.realm.log.epoch() != known
        assert f"incident/{first}" in desk.items
        assert f"incident/{second}" not in desk.items, "lost with what came after the backup"
        assert desk.items == house.screens.picture_of(BOARD)
        assert phone.items == house.screens.picture_of(PHONE)
        assert {item["state"] for name, item in phone.items.items() if name.startswith("call/")} == {"open"}, (
            "not declined any more"
        )
