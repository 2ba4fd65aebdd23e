"""Checkpoints on disk: of every key the values it had, each from the checkpoint on at which it was put.

A disposable cache of one history as one code folds it: of another epoch, or by other code, it is thrown away. Deleting the file costs
the time to fold the log again.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from command.core.sqlite_faults import is_spoiled

_KEYS_AT_ONCE = 500
_MAPPED = 4 << 30
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS checkpoints (position INTEGER PRIMARY KEY, few BLOB NOT NULL)",
    """CREATE TABLE IF NOT EXISTS held (name TEXT NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL, value BLOB,
    PRIMARY KEY (name, key, position)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS began (name TEXT NOT NULL, no INTEGER NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (name, no)) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS losing (name TEXT PRIMARY KEY)",
)
_GET = "SELECT value FROM held WHERE name = ? AND key = ? AND position <= ? ORDER BY position DESC LIMIT 1"
_KEYS = "SELECT no, key FROM began WHERE name = ? AND position <= ? AND no > ? ORDER BY no LIMIT ?"
_KEYS_BACK = "SELECT no, key FROM began WHERE name = ? AND position <= ? AND no < ? ORDER BY no DESC LIMIT ?"
_BEGAN = """INSERT INTO began SELECT ?1, coalesce((SELECT max(no) FROM began WHERE name = ?1), 0) + 1, ?2, ?3
  WHERE NOT EXISTS (SELECT 1 FROM held WHERE name = ?1 AND key = ?3)"""
_few = msgspec.msgpack.Decoder(dict[str, list[tuple[str, bytes]]]).decode

Few = Mapping[str, Iterable[tuple[str, bytes]]]


class Change(NamedTuple):
    """A key of a mapping and its value from now on; None: it is gone. `is_new`: it was not there before."""

    name: str
    key: str
    value: bytes | None
    is_new: bool


class Shelf:
    """One file. One process writes at a time, any number read. `file`: None keeps it in memory, for tests."""

    def __init__(self, file: Path | None, *, epoch: str, code: str) -> None:
        self._lock = threading.Lock()
        key = f"{epoch} {code}"
        try:
            self._db = _opened(file, key)
        except sqlite3.DatabaseError as error:  # it is not forced to disk: a power cut may have spoiled it
            if file is None or not is_spoiled(error):
                raise
            _throw_away(file)
            self._db = _opened(file, key)

    def last(self, until: int = 1 << 62) -> int:
        """The last checkpoint at or before a position; 0 when there is none."""
        with self._lock:
            found = self._db.execute("SELECT max(position) FROM checkpoints WHERE position <= ?", (until,)).fetchone()
        return int(found[0] or 0)

    def get(self, name: str, key: str, at: int) -> bytes | None:
        """What was held at a checkpoint; None where nothing was."""
        with self._lock:
            row = self._db.execute(_GET, (name, key, at)).fetchone()
        return row[0] if row else None

    def keys(self, name: str, at: int, *, newest_first: bool = False) -> Iterator[str]:
        """What was there at a checkpoint, in the order in which it first came."""
        query, no = (_KEYS_BACK, 1 << 62) if newest_first else (_KEYS, 0)
        with self._lock:
            loses = self._db.execute("SELECT 1 FROM losing WHERE name = ?", (name,)).fetchone() is not None
        while True:
            with self._lock:
                rows = self._db.execute(query, (name, at, no, _KEYS_AT_ONCE)).fetchall()
            if not rows:
                return
            yield from (key for _, key in rows if not loses or self.get(name, key, at) is not None)
            no = rows[-1][0]

    def few(self, at: int) -> dict[str, list[tuple[str, bytes]]]:
        """The small mappings, each as a whole."""
        with self._lock:
            row = self._db.execute("SELECT few FROM checkpoints WHERE position = ?", (at,)).fetchone()
        return _few(row[0]) if row else {}

    def put(self, position: int, changes: Iterable[Change], few: Few) -> None:
        """One more checkpoint, whole or not at all."""
        changes = list(changes)
        packed = msgspec.msgpack.encode({name: list(rows) for name, rows in few.items()})
        rows = sorted((each.name, each.key, position, each.value) for each in changes)
        with self._lock, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(_BEGAN, ((each.name, position, each.key) for each in changes if each.is_new))
            self._db.executemany("INSERT INTO held VALUES (?, ?, ?, ?)", rows)
            self._db.executemany(
                "INSERT OR IGNORE INTO losing VALUES (?)", {(each.name,) for each in changes if each.value is None}
            )
            self._db.execute("INSERT INTO checkpoints VALUES (?, ?)", (position, packed))

    def close(self) -> None:
        with self._lock:
            self._db.close()


def _opened(file: Path | None, key: str) -> sqlite3.Connection:
    """Empty, or with the checkpoints of this epoch and code."""
    db = _connected(file)
    try:
        found = db.execute("SELECT value FROM about WHERE name = 'key'").fetchone()
    except sqlite3.OperationalError:  # nothing lies here yet
        found = None
    if found is not None and found[0] != key and file is not None:
        db.close()
        _throw_away(file)
        db = _connected(file)
    with ExitStack() as opened:
        opened.enter_context(closing(db))
        db.execute("BEGIN IMMEDIATE")
        for table in _SCHEMA:
            db.execute(table)
        db.execute("INSERT OR IGNORE INTO about VALUES ('key', ?)", (key,))
        db.execute("COMMIT")
        opened.pop_all()
    return db


def _connected(file: Path | None) -> sqlite3.Connection:
    where = ":memory:" if file is None else str(file)
    with ExitStack() as opened:
        db = opened.enter_context(closing(sqlite3.connect(where, isolation_level=None, check_same_thread=False)))
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=OFF")
        db.execute(f"PRAGMA mmap_size={_MAPPED}")
        opened.pop_all()
    return db


def _throw_away(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
