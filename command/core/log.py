"""The log port: what the core asks of any storage. Memory, SQLite and PostgreSQL pass the same contract tests.

The log is the only truth: positions start at 1 and have no gaps, a committed record is durable, and no record ever
changes. An `OSError` or driver error leaves as `LogUnavailable`, or as `LogBroken` when the storage is damaged; of a turn
nothing remains then.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from command.core.records import Record


class Page(Protocol):
    """One open turn: this process alone may write until it ends."""

    def after(self, position: int) -> Iterable[Record]:
        """What other processes appended behind `position`."""
        ...

    def done(self, command_ids: Sequence[str]) -> list[Record]:
        """All records of these command ids (of any actor), in order of position."""
        ...

    def head(self) -> tuple[int, bytes]:
        """Position and hash of the last committed record, read under the lock."""
        ...

    def append(self, records: Sequence[Record]) -> None: ...

    def commit(self) -> None:
        """Make it durable. Without it, leaving the turn forgets everything."""
        ...


class Log(Protocol):
    """An append-only log with one writer at a time."""

    def turn(self) -> AbstractContextManager[Page]: ...

    def after(self, position: int, limit: int) -> list[Record]:
        """Committed records behind `position`, at most `limit`, in order."""
        ...

    def of(self, key: str, *, before: int | None = None, limit: int = 1000) -> list[Record]:
        """The newest `limit` records filed under `key` (below position `before`), in order of position."""
        ...

    def last_filed(self) -> int:
        """The last position that is filed under any key; 0 when none is."""
        ...

    def filed(self, until: int) -> Iterator[tuple[int, str]]:
        """(position, key) of everything filed up to this position, in that order: the index behind `of`, to be checked."""
        ...

    def is_sound(self) -> bool:
        """Whether the storage itself is whole: its rows and its indexes say the same."""
        ...

    def head(self) -> tuple[int, bytes]:
        """Position and hash of the last committed record; (0, GENESIS) when empty."""
        ...

    def epoch(self) -> str:
        """Changes when history was replaced (restore, truncation, fork): what clients hold is then void."""
        ...

    def renew_epoch(self, epoch: str) -> None: ...

    def close(self) -> None: ...
