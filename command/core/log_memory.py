"""The log in memory: for tests, drills and forks. Same contract as the durable ones."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from command.core.records import GENESIS, Record, keys_of


class MemoryLog:
    """A list of records under a lock. `first`: the position of the first of them."""

    def __init__(self, *, epoch: str = "memory", first: int = 1) -> None:
        self._records: list[Record] = []
        self._first = first
        self._index: dict[str, list[int]] = {}
        self._indexed = 0
        self._done: dict[str, list[int]] = {}
        self._lock = threading.RLock()
        self._epoch = epoch

    @contextmanager
    def turn(self) -> Iterator["_MemoryPage"]:
        with self._lock:
            yield _MemoryPage(self)

    def __len__(self) -> int:
        return len(self._records)

    def after(self, position: int, limit: int) -> list[Record]:
        start = max(position - self._first + 1, 0)
        return self._records[start : start + limit]

    def of(self, key: str, *, before: int | None = None, limit: int = 1000) -> list[Record]:
        positions = [p for p in self._filed.get(key, ()) if before is None or p < before]
        return [self._records[p - self._first] for p in positions[-limit:]]

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

    @property
    def _filed(self) -> dict[str, list[int]]:
        """The index is made when somebody asks: few ask a log in memory for what is filed under a key."""
        for record in self._records[self._indexed :]:
            for key in keys_of(record):
                self._index.setdefault(key, []).append(record.position)
        self._indexed = len(self._records)
        return self._index

    def done(self, command_ids: Sequence[str]) -> list[Record]:
        positions = sorted(p for each in dict.fromkeys(command_ids) for p in self._done.get(each, ()))
        return [self._records[p - self._first] for p in positions]


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
