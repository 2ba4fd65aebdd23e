"""Followers' cursors in the realm's cache file. It may be deleted: followers then repeat, which does no harm."""

import sqlite3
import threading
from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from command.core.sqlite_faults import is_spoiled


class SqliteCursors:
    """One row a follower."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = _open(path)
        except sqlite3.DatabaseError as error:  # it is not forced to disk: a power cut may have spoiled it
            if not is_spoiled(error):
                raise
            for each in path.parent.glob(f"{path.name}*"):
                each.unlink()
            self._db = _open(path)
        self._lock = threading.Lock()

    def load(self, follower: str) -> int:
        with self._lock:
            row = self._db.execute("SELECT position FROM cursors WHERE follower = ?", (follower,)).fetchone()
        return int(row[0]) if row else 0

    def save(self, at: Mapping[str, int]) -> None:
        with self._lock:
            self._db.executemany(
                "INSERT INTO cursors VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position", at.items()
            )

    def close(self) -> None:
        self._db.close()


def _open(path: Path) -> sqlite3.Connection:
    with ExitStack() as opened:
        db = opened.enter_context(closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)))
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=OFF")
        db.execute("CREATE TABLE IF NOT EXISTS cursors (follower TEXT PRIMARY KEY, position INTEGER NOT NULL)")
        db.execute("SELECT count(*) FROM cursors WHERE position >= 0").fetchone()
        opened.pop_all()
    return db
