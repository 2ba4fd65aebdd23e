"""The log of a branch: its parent's up to one position, its own from there on. The parent is only read, and never copied.

Its own part lies in memory and knows only its own command ids.
"""

from collections.abc import Iterator

from command.core.log import Log
from command.core.log_memory import MemoryLog
from command.core.records import Record


class ForkLog(MemoryLog):
    """`at`: the last position both have; `hash_`: of that record."""

    def __init__(self, parent: Log, *, at: int, hash_: bytes, epoch: str) -> None:
        super().__init__(epoch=epoch, first=at + 1)
        self._parent, self._at, self._hash = parent, at, hash_

    def after(self, position: int, limit: int) -> list[Record]:
        if position >= self._at:
            return super().after(position, limit)
        shared = self._parent.after(position, min(limit, self._at - position))
        return shared if len(shared) == limit else [*shared, *super().after(self._at, limit - len(shared))]

    def of(self, key: str, *, before: int | None = None, limit: int = 1000) -> list[Record]:
        own = super().of(key, before=before, limit=limit)
        bound = self._at + 1 if before is None else min(before, self._at + 1)
        shared = self._parent.of(key, before=bound, limit=limit - len(own)) if len(own) < limit else []
        return [*shared, *own]

    def filed(self, until: int) -> Iterator[tuple[int, str]]:
        yield from self._parent.filed(min(until, self._at))
        yield from super().filed(until)

    def own(self) -> list[Record]:
        """What happened in the branch alone."""
        return super().after(self._at, len(self))

    def head(self) -> tuple[int, bytes]:
        return super().head() if len(self) else (self._at, self._hash)

    def last_filed(self) -> int:
        return super().last_filed() or self._at
