"""Followers' cursors in the realm's cache file. It may be deleted: followers then repeat, which does no harm."""

import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path


class SqliteCursors:
    """One row a follower."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("CREATE TABLE IF NOT EXISTS cursors (follower TEXT PRIMARY KEY, position INTEGER NOT NULL)")
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
