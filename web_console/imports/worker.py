"""A process of its own that reads what strangers made: bounded in memory and time, it can harm nobody but itself.

One order comes in, one answer goes out, both as MessagePack; nothing touches the disk.
"""

import os
import resource
import subprocess
import sys
import warnings
from typing import Literal

import msgspec

from command.core.errors import Refused
from command.tiers.books.cells import Book
from command.tiers.books.reading import read_book
from command.tiers.books.returning import SheetBack, give_back
from drills.scenario import ScenarioFault, dump
from drills.scenario.checking import Fault
from drills.scenario.msel import read_msel

MEMORY_MOST = 1024 * 1024 * 1024
SECONDS_MOST = 60


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Read a file, give its refused lines back, or read a list of scenario events."""

    act: Literal["read", "give_back", "msel"]
    raw: bytes
    form: str = ""
    sheets: dict[int, SheetBack] = {}
    title: str = ""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """`raw`: a workbook, or a drill as its file; `by_hand`, `faults`: of a list of scenario events."""

    book: Book | None = None
    raw: bytes = b""
    code: str = ""
    facts: dict[str, int | str] = {}
    by_hand: tuple[str, ...] = ()
    faults: tuple[tuple[str, str, str], ...] = ()


def ask_worker(order: Order) -> Done:
    """Blocks until it is done. Raises Refused(file.…), also when the worker did not survive the file; ScenarioFault of a list."""
    room = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT")}
    try:
        ended = subprocess.run(  # noqa: S603 -- our own module
            [sys.executable, "-m", __name__], input=msgspec.msgpack.encode(order), capture_output=True, timeout=SECONDS_MOST, check=False,
            env={**room, "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused("file.bomb") from None
    if ended.returncode != 0:
        raise Refused("file.bomb")
    done = msgspec.msgpack.decode(ended.stdout, type=Done)
    if done.faults:
        raise ScenarioFault(tuple(Fault(*each) for each in done.faults))
    if done.code:
        raise Refused(done.code, **done.facts)
    return done


def _work(order: Order) -> Done:
    try:
        if order.act == "read":
            return Done(book=read_book(order.raw))
        if order.act == "msel":
            taken = read_msel(order.raw)
            return Done(raw=dump(taken.scenario), by_hand=taken.by_hand)
        return Done(raw=give_back(order.raw, order.form, order.sheets, order.title))
    except ScenarioFault as fault:
        return Done(faults=tuple((each.at, each.code, each.value) for each in fault.faults))
    except Refused as refusal:
        return Done(
            code=refusal.code, facts={name: value for name, value in refusal.facts.items() if isinstance(value, int | str)}
        )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST))
    warnings.simplefilter("ignore")
    sys.stdout.buffer.write(msgspec.msgpack.encode(_work(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order))))
