"""The log in one SQLite file: WAL, synchronous=FULL, one transaction a turn.

Several processes may open the same file: a turn begins with the write lock, so whoever holds it sees everything.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path

import msgspec

from command.core.errors import LogBroken, LogUnavailable
from command.core.records import COLUMNS, GENESIS, Record
from command.core.sqlite_faults import is_spoiled

_LOCK_WAIT_S = 10.0
_IDS_A_QUERY = 500

_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
  position INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, happened_ms INTEGER NOT NULL, learned_ms INTEGER NOT NULL, command_id TEXT NOT NULL, ordinal INTEGER NOT NULL,
  actor TEXT NOT NULL, fingerprint BLOB NOT NULL, name TEXT NOT NULL, schema INTEGER NOT NULL, keys BLOB NOT NULL,
  authority BLOB, cause INTEGER, data BLOB NOT NULL, subject TEXT, private BLOB, hash BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS records_command ON records (command_id);
CREATE TABLE IF NOT EXISTS filed (key TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (key, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_ALL = ", ".join(COLUMNS)
_INSERT = f"INSERT INTO records ({_ALL}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 -- constants
_SELECT = f"SELECT {_ALL} FROM records"  # noqa: S608 -- constants
_OF = f"""{_SELECT} WHERE position IN (
  SELECT position FROM filed WHERE key = ? AND position < ? ORDER BY position DESC LIMIT ?) ORDER BY position"""  # noqa: S608 -- constants
_FILED = "SELECT position, key FROM filed WHERE position <= ? ORDER BY position, key"
_keys = msgspec.json.Decoder(tuple[str, ...]).decode


def _connect(path: Path, *, full_sync: bool, read_only: bool = False) -> sqlite3.Connection:
    where = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False, timeout=_LOCK_WAIT_S)
    if read_only:
        return connection
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={'FULL' if full_sync else 'OFF'}")
    connection.execute("PRAGMA secure_delete=ON")
    return connection


class SqliteLog:
    """One file. Writing is for one thread at a time (the door's); reading has a connection of its own.

    `full_sync=False` gives up durability against power loss and is for benchmarks that measure without the disk.
    `read_only`: for looking at a file that must not change, however damaged.
    """

    def __init__(self, path: Path, *, epoch: str, full_sync: bool = True, read_only: bool = False) -> None:
        self._reading = threading.Lock()
        with ExitStack() as opened, _met():
            self._write = opened.enter_context(closing(_connect(path, full_sync=full_sync, read_only=read_only)))
            if not read_only:
                self._write.executescript(_SCHEMA)
                self._write.execute("INSERT OR IGNORE INTO about VALUES ('epoch', ?)", (epoch,))
            self._read = opened.enter_context(closing(_connect(path, full_sync=full_sync, read_only=read_only)))
            found = self._read.execute("SELECT value FROM about WHERE name = 'epoch'").fetchone()
            if found is None:
                raise LogBroken
            self._epoch = str(found[0])
            self._opened = opened.pop_all()

    @contextmanager
    def turn(self) -> Iterator["_SqlitePage"]:
        try:
            with _met():
                self._write.execute("BEGIN IMMEDIATE")
                yield _SqlitePage(self._write)
        finally:
            if self._write.in_transaction:
                self._write.execute("ROLLBACK")

    def after(self, position: int, limit: int) -> list[Record]:
        return self._rows(f"{_SELECT} WHERE position > ? ORDER BY position LIMIT ?", (position, limit))

    def of(self, key: str, *, before: int | None = None, limit: int = 1000) -> list[Record]:
        return self._rows(_OF, (key, 1 << 62 if before is None else before, limit))

    def filed(self, until: int) -> Iterator[tuple[int, str]]:
        with _met():
            yield from self._read.execute(_FILED, (until,))

    def last_filed(self) -> int:
        with self._reading, _met():
            return int(self._read.execute("SELECT max(position) FROM filed").fetchone()[0] or 0)

    def is_sound(self) -> bool:
        try:
            with self._reading, _met():
                return bool(self._read.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
        except LogBroken:
            return False

    def head(self) -> tuple[int, bytes]:
        with self._reading, _met():
            return _head(self._read)

    def epoch(self) -> str:
        return self._epoch  # a restore, which alone would change it elsewhere, wants the realm closed

    def renew_epoch(self, epoch: str) -> None:
        self._write.execute("UPDATE about SET value = ? WHERE name = 'epoch'", (epoch,))
        self._epoch = epoch

    def close(self) -> None:
        with self._reading:
            self._opened.close()

    def _rows(self, query: str, values: tuple[object, ...]) -> list[Record]:
        with self._reading, _met():
            return list(map(_record, self._read.execute(query, values)))


_record: Callable[[Iterable[object]], Record] = partial(tuple.__new__, Record)
"""A row as a record: `Record._make` without its count of columns, which the query fixes."""


@contextmanager
def _met() -> Iterator[None]:
    """What the driver met, in our words."""
    try:
        yield
    except sqlite3.Error as error:
        if is_spoiled(error):
            raise LogBroken from error
        raise LogUnavailable(why=str(error)) from error
    except UnicodeDecodeError as error:  # SQLite quotes what it could not understand
        raise LogBroken from error


def _head(connection: sqlite3.Connection) -> tuple[int, bytes]:
    row = connection.execute("SELECT position, hash FROM records ORDER BY position DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


class _SqlitePage:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def after(self, position: int) -> Iterator[Record]:
        rows = self._connection.execute(f"{_SELECT} WHERE position > ? ORDER BY position", (position,))
        return map(_record, rows)

    def done(self, command_ids: Sequence[str]) -> list[Record]:
        wanted = list(dict.fromkeys(command_ids))
        found: list[Record] = []
        for start in range(0, len(wanted), _IDS_A_QUERY):
            some = wanted[start : start + _IDS_A_QUERY]
            marks = ", ".join("?" * len(some))
            rows = self._connection.execute(f"{_SELECT} WHERE command_id IN ({marks})", some)
            found.extend(map(_record, rows))
        return sorted(found)

    def head(self) -> tuple[int, bytes]:
        return _head(self._connection)

    def append(self, records: Sequence[Record]) -> None:
        self._connection.executemany(_INSERT, records)
        self._connection.executemany(
            "INSERT INTO filed VALUES (?, ?)",
            sorted((key, record.position) for record in records for key in set(_keys(record.keys))),
        )

    def commit(self) -> None:
        self._connection.execute("COMMIT")
