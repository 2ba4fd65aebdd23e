"""Copies of a vault: merged by subject, so that none brings back who was erased and none loses a key it had."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from command.core.files import sync_folder

_ERASED = """UPDATE keys SET wrapped = NULL
  WHERE wrapped IS NOT NULL AND subject IN (SELECT subject FROM other.keys WHERE wrapped IS NULL)"""
_TOMBSTONES = "INSERT OR IGNORE INTO keys SELECT subject, wrapped FROM other.keys WHERE wrapped IS NULL"
_KEYS = "INSERT OR IGNORE INTO keys SELECT subject, wrapped FROM other.keys"
_SAME_MASTER = "SELECT count(*) FROM about JOIN other.about USING (name, value) WHERE name = 'proof'"


def merge(into: Path, other: Path) -> None:
    """Who is erased in either is erased in `into`; keys that only `other` holds are added. Keys wrapped with another master
    open nothing here and stay out."""
    with _beside(into, other) as db:
        same_master = db.execute(_SAME_MASTER).fetchone()[0] == 1
        for statement in (_ERASED, _KEYS if same_master else _TOMBSTONES):
            db.execute(statement)


def bury(into: Path, other: Path) -> None:
    """Who is erased in `other` is erased in the copy `into`, which is replaced whole."""
    with replaced(into) as half:
        half.write_bytes(into.read_bytes())
        with _beside(half, other) as db:
            db.execute(_ERASED)
            db.execute(_TOMBSTONES)


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Where to write what then takes the place of `path`, whole and durable."""
    half = path.with_suffix(".part")
    half.unlink(missing_ok=True)
    try:
        yield half
        with half.open("rb") as file:
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(path.parent)


@contextmanager
def _beside(into: Path, other: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{into.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete=ON")
        db.execute("PRAGMA journal_mode=MEMORY")  # a file of our own, thrown away when anything fails
        db.execute("ATTACH ? AS other", (f"{other.resolve().as_uri()}?mode=rw",))
        db.execute("BEGIN")
        yield db
        db.execute("COMMIT")
