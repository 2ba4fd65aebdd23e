"""`verify-log`: reads a realm's log and its anchors and names the first place where history does not hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from command.core.anchors import Anchors
from command.core.log import Log
from command.core.realm_facts import HistoryReplaced
from command.core.records import GENESIS, Record, chain

_READ_AT_ONCE = 4_096


class Verdict(NamedTuple):
    """`fault` is None when the chain and every anchor hold. `loose`: records behind the last anchor, which a cut could
    still take unseen. `replaced`: positions at which a restore or a cut was recorded."""

    records: int
    anchors: int
    loose: int
    position: int | None
    fault: str | None
    replaced: tuple[int, ...] = ()


def verify(log: Log, anchors: Path) -> Verdict:
    """Walk the chain from its start; compare it with every anchor of the present history."""
    marks = _marks(anchors)
    before, last = GENESIS, 0
    replaced: list[int] = []
    for record in _all(log):
        fault = _fault(record, last, before, marks)
        if fault is not None:
            return Verdict(last, len(marks), 0, last + 1 if fault == "missing" else record.position, fault)
        before, last = record.hash, record.position
        if record.name == HistoryReplaced.NAME:
            replaced.append(record.position)
    newest = max(marks, default=0)
    if newest > last:
        return Verdict(last, len(marks), 0, last + 1, "cut", tuple(replaced))
    return Verdict(last, len(marks), last - newest, None, None, tuple(replaced))


def _marks(anchors: Path) -> dict[int, str]:
    """Position -> hash. Where history was replaced, later anchors void those at or behind them."""
    marks: dict[int, str] = {}
    for anchor in Anchors(anchors).read():
        marks = {position: hash_ for position, hash_ in marks.items() if position < anchor.position}
        marks[anchor.position] = anchor.hash
    return marks


def _fault(record: Record, last: int, before: bytes, marks: dict[int, str]) -> str | None:
    if record.position != last + 1:
        return "missing"
    if chain(before, record) != record.hash:
        return "altered"
    if marks.get(record.position, record.hash.hex()) != record.hash.hex():
        return "replaced"
    return None


def _all(log: Log) -> Iterator[Record]:
    position = -(1 << 62)
    while records := log.after(position, _READ_AT_ONCE):
        yield from records
        position = records[-1].position
