"""`verify-log`: reads a realm's log and its anchors and names the first place where history does not hold.

unreadable   the row, or the file there, cannot be read as a record
missing      a position is not there
altered      the row is not the one that was recorded
replaced     it is another history than its anchor knew
cut          anchors know of more
index        what is filed under the record's keys is not what the record says
anchors      a line of the anchors (`position`: which) is none, and was not just cut off while it was written
storage      rows and indexes of the file contradict each other
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from command.core.anchors import Anchors
from command.core.errors import LogBroken, LogUnavailable
from command.core.log import Log
from command.core.log_sqlite import SqliteLog
from command.core.realm_facts import HistoryReplaced
from command.core.records import GENESIS, Record, holds, is_readable, keys_of

_READ_AT_ONCE = 4_096
_UNREAD = (LogBroken, LogUnavailable)


class Verdict(NamedTuple):
    """`fault` is None when the chain and every anchor hold; `position`: the first bad one, None when it is of the whole file.
    `loose`: records behind the last anchor, which a cut could still take unseen. `replaced`: positions at which a restore or
    a cut was recorded."""

    records: int
    anchors: int
    loose: int
    position: int | None
    fault: str | None
    replaced: tuple[int, ...] = ()


def verify_file(log: Path, anchors: Path) -> Verdict:
    """The log in this file, which is only read. Raises FileNotFoundError."""
    if not log.exists():
        raise FileNotFoundError(log)
    try:
        opened = SqliteLog(log, epoch="", read_only=True)
    except _UNREAD:
        return Verdict(0, len(_marks(anchors)), 0, 1, "unreadable")
    try:
        return verify(opened, anchors)
    finally:
        opened.close()


def verify(log: Log, anchors: Path) -> Verdict:
    """Walk the chain from its start; compare it with the index of keys and with every anchor of the present history."""
    marks = _marks(anchors)
    before, last = GENESIS, 0
    replaced: list[int] = []
    try:
        index = _Index(log)
        for record in _all(log):
            fault = _fault(record, last, before, marks) or index.fault(record)
            if fault is not None:
                return Verdict(last, len(marks), 0, last + 1 if fault == "missing" else record.position, fault, tuple(replaced))
            before, last = record.hash, record.position
            if record.name == HistoryReplaced.NAME:
                replaced.append(record.position)
    except _UNREAD:
        return Verdict(last, len(marks), 0, last + 1, "unreadable", tuple(replaced))
    newest = max(marks, default=0)
    if (fault := _behind(log, last, newest)) is not None:
        return Verdict(last, len(marks), 0, last + 1, fault, tuple(replaced))
    if unread := Anchors(anchors).unread():
        return Verdict(last, len(marks), 0, unread[0], "anchors", tuple(replaced))
    if not log.is_sound():
        return Verdict(last, len(marks), 0, None, "storage", tuple(replaced))
    return Verdict(last, len(marks), last - newest, None, None, tuple(replaced))


def _marks(anchors: Path) -> dict[int, str]:
    """Position -> hash, of the present history."""
    return {position: anchor.hash for position, anchor in Anchors(anchors).standing().items()}


def _fault(record: Record, last: int, before: bytes, marks: dict[int, str]) -> str | None:
    if record.position != last + 1:
        return "missing"
    if not is_readable(record):
        return "unreadable"
    if not holds(before, record):
        return "altered"
    if marks.get(record.position, record.hash.hex()) != record.hash.hex():
        return "replaced"
    return None


def _behind(log: Log, last: int, newest: int) -> str | None:
    """What is wrong behind the last record."""
    if newest > last:
        return "cut"
    return "index" if log.last_filed() > log.head()[0] else None  # in this order: somebody may be writing


class _Index:
    """What is filed under which key, walked beside the records, as far as the log went when the walk began."""

    def __init__(self, log: Log) -> None:
        self._until = log.head()[0]
        self._rows = log.filed(self._until)
        self._next = next(self._rows, None)

    def fault(self, record: Record) -> str | None:
        if record.position > self._until:
            return None
        return None if self._take(record.position) == sorted(set(keys_of(record))) else "index"

    def _take(self, position: int) -> list[str]:
        found = []
        while self._next is not None and self._next[0] <= position:
            found.append(self._next[1] if self._next[0] == position else "")  # filed where no record is
            self._next = next(self._rows, None)
        return found


def _all(log: Log) -> Iterator[Record]:
    """Every record up to the first that cannot be read; then raises."""
    position, limit = -(1 << 62), _READ_AT_ONCE
    while True:
        try:
            records = log.after(position, limit)
        except _UNREAD:
            if limit == 1:
                raise
            limit = 1  # one by one up to it
            continue
        if not records:
            return
        yield from records
        position = records[-1].position
