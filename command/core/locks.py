"""Locks on a realm's folder. The kernel lets go of them however their holder ends, also by kill -9.

serving   whoever serves the realm: sends messages, follows it with policies. One process, or a restore
open      everyone who has it open, side by side; a restore wants it alone
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from command.core.errors import Refused


class Lock:
    """Held until released."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()


def serve_alone(folder: Path) -> Lock:
    """Be the one process that serves this realm. Raises Refused(realm.served)."""
    return _take(folder / "serving", fcntl.LOCK_EX, "realm.served")


def have_open(folder: Path) -> Lock:
    """Be one of those who have this realm open. Raises Refused(realm.restoring)."""
    return _take(folder / "open", fcntl.LOCK_SH, "realm.restoring")


def have_alone(folder: Path) -> Lock:
    """Be the only one who has this realm open. Raises Refused(realm.in_use)."""
    return _take(folder / "open", fcntl.LOCK_EX, "realm.in_use")


def copy_keys(folder: Path) -> Lock:
    """Copy this realm's keys to where its backups lie; waits until nobody else does."""
    return _take(folder / "copying", fcntl.LOCK_EX, wait=True)


def _take(path: Path, how: int, code: str = "", *, wait: bool = False) -> Lock:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, how if wait else how | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise Refused(code) from None
        if _is_still(path, descriptor):
            return Lock(descriptor)
        os.close(descriptor)  # a restore put another folder in this place meanwhile


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False
