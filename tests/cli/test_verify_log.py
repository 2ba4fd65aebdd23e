"""`muster verify-log` on a log that somebody, or a disk, has changed: it says where and what, in words, and exits 1."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.spoken import Terminal
from tests.realms import fill, open_realm
from web_console.about import About, make_realm


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    make_realm(tmp_path / "realms" / "live", About(city="9901", name="云江市", kind="live"))
    realm = open_realm(tmp_path / "realms" / "live")
    fill(realm)
    realm.close()
    return Terminal(tmp_path, monkeypatch, capsys)


def log_of(terminal: Terminal) -> Path:
    return terminal.home / "realms" / "live" / "log.db"


CHANGES = {
    "altered": ("UPDATE records SET actor = 'officer:2' WHERE position = 4", "位置 4 被改动 · position 4 was altered"),
    "missing": ("DELETE FROM records WHERE position = 4", "位置 4 缺失 · position 4 is missing"),
    "unreadable": ("UPDATE records SET data = CAST(data AS TEXT) WHERE position = 4", "位置 4 读不出"),
    "cut": ("DELETE FROM records WHERE position > 6", "位置 7 起被截去"),
    "index": ("DELETE FROM filed", "位置 1 的索引与记录不符"),
}


@pytest.mark.parametrize("fault", CHANGES)
def test_a_bad_log_is_named_in_words_and_ends_with_one(terminal: Terminal, fault: str) -> None:
    statement, words = CHANGES[fault]
    with sqlite3.connect(log_of(terminal)) as db:
        db.execute(statement)
    db.close()
    code, said = terminal.muster("verify-log")
    assert (code, words in said, f"[{fault}]" in said) == (1, True, True)


def test_a_file_that_is_no_log_any_more_is_named_too(terminal: Terminal) -> None:
    raw = bytearray(log_of(terminal).read_bytes())
    raw[:4096] = b"\xff" * 4096
    log_of(terminal).write_bytes(raw)
    code, said = terminal.muster("verify-log")
    assert (code, "位置 1 读不出" in said) == (1, True)


def test_a_good_log_is_said_to_hold(terminal: Terminal) -> None:
    code, said = terminal.muster("verify-log")
    assert (code, "8 条完好" in said) == (0, True)
    code, said = terminal.muster("--realm", "none", "verify-log")
    assert (code, "没有这个实例的日志" in said) == (1, True)
