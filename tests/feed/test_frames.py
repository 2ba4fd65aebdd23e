"""An answer on the socket keeps the bounds of the same answer by HTTP, and leaves no word of it in the clear."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.feed.kit import World
from tests.stories.told import told
from web_console.feed.frames import Answer
from web_console.feed.hub import Hub
from web_console.feed.session import Session

ANSWER: dict[str, Any] = {
    "type": "answer", "command_id": "01890a5d-ac96-774b-bcce-b302099a8057", "call": "c-3-0", "answer": "decline", "reason": "家里有事"
}  # fmt: skip


def session() -> Session:
    return Session(Hub(World(), epoch=lambda: "e1", position=lambda: 1), may_follow=lambda _: True)


@pytest.mark.parametrize(
    "wrong",
    [{"command_id": "1"}, {"command_id": ANSWER["command_id"].upper()}, {"command_id": ANSWER["command_id"] + "\n"}, {"call": "c" * 41},
     {"heads": 0}, {"heads": 1000}, {"heads": 10**30}, {"eta_min": -1}, {"eta_min": 1441}, {"reason": "长" * 2001}],
)  # fmt: skip
def test_an_answer_out_of_bounds_is_refused_as_malformed(wrong: dict[str, Any]) -> None:
    line = session()
    assert isinstance(line.receive(json.dumps(ANSWER)), Answer)
    assert line.receive(json.dumps(ANSWER | wrong)) is None
    assert msgspec.json.decode(line.pull()[0])["code"] == "frame.malformed"


def test_what_binds_an_answers_id_does_not_tell_the_answer(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        story.raise_fire()
        call, id_ = story.open_calls(1)[0]["id"], story.new_id()
        frame = ANSWER | {"command_id": id_, "call": call}
        with story.socket("leader1") as phone:
            phone.receive_json()
            for reason in ("家里有事", "家里有事", "another"):
                phone.send_json(frame | {"reason": reason})
                story.settle()
            heard = [frame for frame in (phone.receive_json() for _ in range(3)) if frame["type"] in ("receipt", "refused")]
        assert [each.get("code", "receipt") for each in heard] == ["receipt", "receipt", "command.reused"]
        record = next(r for r in story.house.realm.log.after(0, 1_000) if r.name == "call.answered")
        assert len(record.fingerprint) == 16
        assert story.house.realm.open_event(story.house.core.event(record)) == {"reason": "家里有事"}
        realm = story.house.realm.folder.path
        assert not [p.name for p in realm.rglob("*") if p.is_file() and "家里有事".encode() in p.read_bytes()]
