"""Figures of the spine: the log, whole commands, starting."""

import asyncio
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from command.core.asks import Ask
from command.core.door import Door
from command.core.log import Log
from command.core.log_sqlite import SqliteLog
from command.core.records import GENESIS, Record, chain
from incidents import VerifyIncident
from tests.bench.figures import Figure, seconds
from tests.bench.ring import raise_to_ring, server_memory
from tests.kit import COUNTY, Desk, raising

BATCH = 64
DATA = b'{"incident":"i-0123456789","words":"' + b"x" * 480 + b'"}'


def batches(count: int) -> list[list[Record]]:
    """`count` chained records of about 600 bytes in batches."""
    before, made = GENESIS, []
    for position in range(1, count + 1):
        bare = Record(
            position, position, position, position, f"{position:012d}", 0, "officer:1", b"f" * 16, "thing.done", 1, b'["incident:i1"]', None, None, DATA,
            None, None, b"",
        )  # fmt: skip
        made.append(bare._replace(hash=chain(before, bare)))
        before = made[-1].hash
    return [made[start : start + BATCH] for start in range(0, count, BATCH)]


def raw_sync(folder: Path, work: list[list[Record]]) -> float:
    """Events/s of appending the same bytes to a bare file, one fdatasync a batch: what the disk allows."""
    blocks = [b"".join(record.data + record.hash + b" " * 60 for record in batch) for batch in work]
    file = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def run() -> None:
        for block in blocks:
            os.write(file, block)
            os.fdatasync(file)

    spent, _ = seconds(run)
    os.close(file)
    return sum(map(len, work)) / spent


def append(log: Log, work: list[list[Record]]) -> float:
    def run() -> None:
        for batch in work:
            with log.turn() as page:
                page.append(batch)
                page.commit()

    spent, _ = seconds(run)
    return sum(map(len, work)) / spent


def append_vs_raw_sync(folder: Path) -> Figure:
    work = batches(20_000)
    raw = statistics.median(raw_sync(folder, work) for _ in range(3))
    log = SqliteLog(folder / "append.db", epoch="e")
    value = append(log, work)
    log.close()
    return Figure("append_vs_raw_sync", value, "events/s", "raw append + fdatasync", raw, "ratio 0.20")


async def _callers(desk: Desk, *, callers: int, each: int) -> float:
    door = Door(desk.core, bell=lambda _: None)

    async def caller(number: int) -> None:
        for turn in range(each):
            ask = Ask(
                command=VerifyIncident(incident="i1"),
                actor=f"officer:{number}",
                command_id=f"{turn:06d}-{number}",
                authority=COUNTY,
            )
            await door.handle(ask)

    began = time.perf_counter()
    await asyncio.gather(*(caller(number) for number in range(callers)))
    spent = time.perf_counter() - began
    await door.close()
    return callers * each / spent


def durable_commands(folder: Path) -> Figure:
    desk = Desk(folder)
    desk.ask(raising("i1", verify=True))
    value = asyncio.run(_callers(desk, callers=256, each=60))
    desk.close()
    memory = Desk()
    memory.ask(raising("i1", verify=True))
    peer = asyncio.run(_callers(memory, callers=256, each=60))
    return Figure("durable_commands_per_s", value, "commands/s", "the same in memory", peer, "12,000")


async def _open_loop(desk: Desk, *, per_s: int, lasting_s: float) -> list[float]:
    door = Door(desk.core, bell=lambda _: None)
    spent: list[float] = []

    async def one(number: int) -> None:
        ask = Ask(command=VerifyIncident(incident="i1"), actor="officer:1", command_id=f"{number:08d}", authority=COUNTY)
        began = time.perf_counter()
        await door.handle(ask)
        spent.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    tasks: list[asyncio.Task[None]] = []
    while (number := len(tasks)) < per_s * lasting_s:
        due = began + number / per_s
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(one(number)))
    await asyncio.gather(*tasks)
    await door.close()
    return sorted(spent)


def open_2000(folder: Path) -> list[Figure]:
    found = []
    (folder / "nosync").mkdir()
    for name, made, quantile, aim in (
        ("open_2000_p50_ms", Desk(folder), 0.50, "3"),
        ("open_2000_nosync_p99_ms", Desk(folder / "nosync", full_sync=False), 0.99, "5"),
    ):
        made.ask(raising("i1", verify=True))
        spent = asyncio.run(_open_loop(made, per_s=2_000, lasting_s=4))
        peer = spent[int(len(spent) * 0.99)]
        found.append(Figure(name, spent[int(len(spent) * quantile)], "ms", "p99 of the same run", peer, aim))
        made.close()
    return found


def start(folder: Path, count: int, aim: str, name: str) -> Figure:
    """Opening a realm of `count` events; beside reading the same rows and folding nothing."""
    log = SqliteLog(folder / "log.db", epoch="e", full_sync=False)
    writer = Desk()
    writer.ask(raising("i1", verify=True))
    first = writer.log.after(0, 10)
    position, before, made = 0, GENESIS, list[Record]()
    while position < count:
        with log.turn() as page:
            made = []
            for _ in range(min(20_000, count - position)):
                template = first[0] if position == 0 else first[1]
                position += 1
                bare = template._replace(position=position, command_id=f"{position:012d}", hash=b"")
                made.append(bare._replace(hash=chain(before, bare)))
                before = made[-1].hash
            page.append(made)
            page.commit()
    log.close()
    spent, desk = seconds(lambda: Desk(folder))
    reading, _ = seconds(lambda: _read(desk.log))
    desk.close()
    return Figure(name, spent, "s", "reading the rows alone", reading, aim)


def _read(log: Log) -> int:
    position = 0
    while records := log.after(position, 4096):
        position = records[-1].position
    return position


def run() -> list[Figure]:
    """All figures of this group, each in a folder of its own."""
    made: list[Figure] = []
    works: list[Callable[[Path], Figure | list[Figure]]] = [
        append_vs_raw_sync,
        durable_commands,
        open_2000,
        raise_to_ring,
        server_memory,
        lambda folder: start(folder, 100_000, "1.5", "start_100k_events_s"),
        lambda folder: start(folder, 1_000_000, "10", "start_1m_events_s"),
    ]
    for work in works:
        with TemporaryDirectory(dir=os.environ.get("MUSTER_BENCH_DIR")) as folder:
            found = work(Path(folder))
            made += found if isinstance(found, list) else [found]
    return made
