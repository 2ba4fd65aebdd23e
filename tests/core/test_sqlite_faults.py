"""A spoiled file and one that is busy are told apart: only the first is thrown away, or restored from a backup."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from command.core.cursors import SqliteCursors
from command.core.sqlite_faults import is_spoiled


def test_a_lock_spoils_nothing(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as one,
        closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None, timeout=0)) as other,
    ):
        one.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as met:
            other.execute("CREATE TABLE t (x)")
    assert not is_spoiled(met.value)
    assert not is_spoiled(ValueError())


def test_garbage_is_spoiled(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"garbage!" * 4096)
    with closing(sqlite3.connect(tmp_path / "a.db")) as db, pytest.raises(sqlite3.DatabaseError) as met:
        db.execute("SELECT * FROM t")
    assert is_spoiled(met.value)


def test_cursors_that_cannot_be_opened_now_are_not_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SqliteCursors(tmp_path / "cache.db").close()
    held = (tmp_path / "cache.db").stat().st_ino
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", partial(connect, timeout=0))
    with closing(connect(tmp_path / "cache.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError):
            SqliteCursors(tmp_path / "cache.db")
    assert (tmp_path / "cache.db").stat().st_ino == held
