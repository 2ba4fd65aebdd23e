"""Anchors: (position, hash) written beside the log, so that a cut tail is seen; and the realm's last sign of life."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from command.core.files import write_whole

EVERY_POSITIONS = 1_000
EVERY_MS = 60_000
_BEGINS = '{"position": '


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
        """All anchors, oldest first; lines that are none are passed over."""
        return (anchor for _, anchor in self._lines() if anchor is not None)

    def standing(self) -> dict[int, Anchor]:
        """Those of the present history, by position. Where it was replaced, under a new epoch, later anchors void those at or
        behind them; of one epoch, several processes write theirs in any order."""
        found: dict[int, Anchor] = {}
        epoch = ""
        for anchor in self.read():
            if anchor.epoch != epoch:
                found = {at: each for at, each in found.items() if at < anchor.position or each.epoch == anchor.epoch}
                epoch = anchor.epoch
            found.setdefault(anchor.position, anchor)
        return found

    def unread(self) -> list[int]:
        """The lines, counted from 1, that are no anchors, nor the beginning of one that was cut off while it was written."""
        return [number for number, (line, anchor) in enumerate(self._lines(), 1) if anchor is None and not _is_half(line)]

    def _lines(self) -> Iterator[tuple[str, Anchor | None]]:
        text = self._path.read_bytes().decode("utf-8", "replace") if self._path.exists() else ""
        return ((line, _anchor(line)) for line in text.split("\n") if line)

    def due(self, position: int, at_ms: int) -> bool:
        last = self._last
        if last is None or position == last.position:
            return last is None and position > 0
        return position - last.position >= EVERY_POSITIONS or at_ms - last.at_ms >= EVERY_MS

    def drop(self, anchor: Anchor) -> None:
        """On a line of its own, also behind one that was cut off."""
        line = json.dumps(anchor._asdict()).encode() + b"\n"
        with self._path.open("ab+") as file:
            file.write(line if _ends_a_line(file) else b"\n" + line)
            file.flush()
            os.fsync(file.fileno())
        self._last = anchor


def _ends_a_line(file: BinaryIO) -> bool:
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _anchor(line: str) -> Anchor | None:
    try:
        found = Anchor(**json.loads(line))
    except (ValueError, TypeError):
        return None
    kinds = tuple(map(type, found))
    return found if kinds == (int, str, int, str) else None


def _is_half(line: str) -> bool:
    """A crash or a full disk leaves the beginning of an anchor, and no other line."""
    return line.startswith(_BEGINS[: len(line)]) and not line.endswith("}")


class SignOfLife:
    """A file that says when this realm was last alive, whole at every moment. Not forced to disk: a killed process leaves it,
    a power cut may lose it, and then the outage is counted from the last record instead."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read_ms(self) -> int | None:
        try:
            return int(self._path.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def write(self, at_ms: int) -> None:
        write_whole(self._path, str(at_ms).encode("ascii"), to_disk=False)
