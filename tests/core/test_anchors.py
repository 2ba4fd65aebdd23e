"""Anchors beside the log: a half-written line takes no other with it, and one that was spoiled does not go unseen."""

import sqlite3
from pathlib import Path

import pytest

from command.core.anchors import Anchor, Anchors
from command.core.asks import Ask
from command.core.verify import Verdict, verify_file
from tests.kit import COUNTY, raising
from tests.realms import RECORDS, fill, open_realm

LINE = '{"position": 20, "hash": "bb", "at_ms": 2, "epoch": "e"}'


def anchor(position: int) -> Anchor:
    return Anchor(position, f"{position:02d}", position, "e")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Anchors(tmp_path / "anchors.jsonl").drop(anchor(10))
    return tmp_path / "anchors.jsonl"


@pytest.mark.parametrize("length", [1, 5, 20, len(LINE) - 1])
def test_a_line_cut_off_while_it_was_written_takes_no_other_with_it(path: Path, length: int) -> None:
    with path.open("a") as file:
        file.write(LINE[:length])
    again = Anchors(path)
    assert (again.last(), again.unread()) == (anchor(10), [])
    again.drop(anchor(30))
    again.drop(anchor(40))
    assert list(Anchors(path).read()) == [anchor(10), anchor(30), anchor(40)]
    assert Anchors(path).unread() == [], "a crash is no tampering"


def test_a_whole_line_that_lacks_its_end_is_an_anchor(path: Path) -> None:
    with path.open("a") as file:
        file.write(LINE)
    Anchors(path).drop(anchor(30))
    assert [each.position for each in Anchors(path).read()] == [10, 20, 30]


@pytest.mark.parametrize(
    "line",
    ["nonsense", LINE.replace('"position"', '"positiom"'), LINE.replace("20", '"20"'), LINE.replace('"bb"', "null"), LINE[1:], "[]",
     LINE[:-1] + ', "more": 1}', "\x00" * 60],
)  # fmt: skip
def test_a_spoiled_line_is_named(path: Path, line: str) -> None:
    with path.open("a") as file:
        file.write(line + "\n")
    Anchors(path).drop(anchor(30))
    assert [each.position for each in Anchors(path).read()] == [10, 30]
    assert Anchors(path).unread() == [2]


def test_bytes_that_are_no_text_are_named_and_the_log_does_not_hold(tmp_path: Path) -> None:
    realm = open_realm(tmp_path / "r")
    fill(realm)
    realm.live_on()
    realm.close()
    path = realm.folder.anchors
    path.write_bytes(b"\xff\xfe spoiled\n" + path.read_bytes())
    assert verify_file(realm.folder.log, path) == Verdict(RECORDS, 1, 0, 1, "anchors")


def test_an_older_anchor_of_another_process_does_not_void_a_newer_one(tmp_path: Path) -> None:
    server = open_realm(tmp_path / "r")
    fill(server)
    position, hash_ = server.log.head()  # the server has read where it stands
    other = open_realm(tmp_path / "r")
    other.core.turn([Ask(command=raising("i7"), actor="officer:1", command_id="n", authority=COUNTY)])
    other.close()  # another records more and anchors it
    server.anchors.drop(Anchor(position, hash_.hex(), server.core.now_ms(), server.log.epoch()))
    with sqlite3.connect(tmp_path / "r" / "log.db") as db:
        db.execute("DELETE FROM records WHERE position > ?", (position,))
        db.execute("DELETE FROM filed WHERE position > ?", (position,))
    db.close()
    assert verify_file(tmp_path / "r" / "log.db", tmp_path / "r" / "anchors.jsonl")[3:5] == (position + 1, "cut")
