"""The log in memory: for tests, drills and forks. Same contract as the durable ones."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from command.core.records import GENESIS, Record


class MemoryLog:
    """A list of records under a lock."""

    def __init__(self, *, epoch: str = "memory") -> None:
        self._records: list[Record] = []
        self._filed: dict[str, list[int]] = {}
        self._done: dict[str, list[int]] = {}
        self._lock = threading.RLock()
        self._epoch = epoch

    @contextmanager
    def turn(self) -> Iterator["_MemoryPage"]:
        with self._lock:
            yield _MemoryPage(self)

    def after(self, position: int, limit: int) -> list[Record]:
        return self._records[position : position + limit]

    def of(self, key: str, *, before: int | None = None, limit: int = 1000) -> list[Record]:
        positions = [p for p in self._filed.get(key, ()) if before is None or p < before]
        return [self._records[p - 1] for p in positions[-limit:]]

    def filed(self, until: int) -> Iterator[tuple[int, str]]:
        yield from sorted((p, key) for key, positions in self._filed.items() for p in set(positions) if p <= until)

    def last_filed(self) -> int:
        return max((max(positions) for positions in self._filed.values()), default=0)

    def is_sound(self) -> bool:
        return True

    def head(self) -> tuple[int, bytes]:
        last = self._records[-1] if self._records else None
        return (last.position, last.hash) if last else (0, GENESIS)

    def epoch(self) -> str:
        return self._epoch

    def renew_epoch(self, epoch: str) -> None:
        self._epoch = epoch

    def close(self) -> None:
        """Nothing to release."""

    def commit(self, records: Sequence[Record]) -> None:
        """Take the records of a page; called by the page alone, under the lock."""
        for record in records:
            self._records.append(record)
            self._done.setdefault(record.command_id, []).append(record.position)
            for key in msgspec.json.decode(record.keys, type=tuple[str, ...]):
                self._filed.setdefault(key, []).append(record.position)

    def done(self, command_ids: Sequence[str]) -> list[Record]:
        positions = sorted(p for each in dict.fromkeys(command_ids) for p in self._done.get(each, ()))
        return [self._records[p - 1] for p in positions]


class _MemoryPage:
    def __init__(self, log: MemoryLog) -> None:
        self._log = log
        self._written: list[Record] = []

    def after(self, position: int) -> Iterable[Record]:
        return self._log.after(position, 1 << 62)

    def done(self, command_ids: Sequence[str]) -> list[Record]:
        return self._log.done(command_ids)

    def head(self) -> tuple[int, bytes]:
        return self._log.head()

    def append(self, records: Sequence[Record]) -> None:
        self._written.extend(records)

    def commit(self) -> None:
        self._log.commit(self._written)
        self._written = []
