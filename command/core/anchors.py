"""Anchors: (position, hash) written beside the log, so that a cut tail is seen; and the realm's last sign of life."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

EVERY_POSITIONS = 1_000
EVERY_MS = 60_000


class Anchor(NamedTuple):
    """The log had this hash at this position, at this time."""

    position: int
    hash: str
    at_ms: int
    epoch: str


class Anchors:
    """An append-only text file, one anchor a line, forced to disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = self.last()

    def last(self) -> Anchor | None:
        newest = None
        for newest in self.read():  # noqa: B007 -- the last one is wanted
            pass
        return newest

    def read(self) -> Iterator[Anchor]:
        """All anchors, oldest first; a half-written last line is no anchor."""
        if not self._path.exists():
            return
        for line in self._path.read_text("utf-8").splitlines():
            try:
                yield Anchor(**json.loads(line))
            except (ValueError, TypeError):
                continue

    def due(self, position: int, at_ms: int) -> bool:
        last = self._last
        if last is None or position == last.position:
            return last is None and position > 0
        return position - last.position >= EVERY_POSITIONS or at_ms - last.at_ms >= EVERY_MS

    def drop(self, anchor: Anchor) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(anchor._asdict()) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._last = anchor


class SignOfLife:
    """A file that says when this realm was last alive. Not forced to disk: a killed process leaves it, a power cut
    may lose it, and then the outage is counted from the last record instead."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read_ms(self) -> int | None:
        try:
            return int(self._path.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def write(self, at_ms: int) -> None:
        self._path.write_text(str(at_ms), "ascii")
