"""Beside bulk work: a file of 400,000 people comes into the realm's own registry and another realm runs simulated time flat
out, each in a process of its own, while the live realm takes 200 commands a second. No live command waits for either."""

import asyncio
import gc
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from command.core.clock import ManualClock, SystemClock
from command.core.facts import Authority, Command
from command.core.realm_facts import RegistryImported
from command.core.verify import verify
from incidents import VerifyIncident
from tests.kit import need, ordered, raising
from tests.stories.test_reaching_outside import Gateway
from tests.town import MASTER, open_town
from web_console.about import About, make_realm
from web_console.demo import crews_of, let_act, open_incident
from web_console.house import House
from web_console.serving import answer_quickly

PEOPLE = 400_000
PER_S = 200
BACKSTOP_MS = 500.0
MOST_S = 150.0
COUNTY = Authority(post="990101", role="duty_officer")


@contextmanager
def as_served() -> Iterator[None]:
    """The interpreter as `muster serve` sets it, and as it was again."""
    slice_s, threshold = sys.getswitchinterval(), gc.get_threshold()
    answer_quickly()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)
        sys.setswitchinterval(slice_s)


def write_people(path: Path) -> None:
    head = "id,name,phone,birth_date,division,insured_until,credentials,simulated"
    rows = (f"b{n:06d},王{n},{19_900_000_000 + n},1990-01-{n % 28 + 1:02d},990101,2099-01-01,,1" for n in range(PEOPLE))
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")


def start_import(home: Path, rows: Path) -> "subprocess.Popen[str]":
    """`muster import people`, as an officer would run it beside the server."""
    command = [sys.executable, "-m", "web_console.cli", "--home", str(home), "--realm", "realm", "import", "people", str(rows)]
    environment = {**os.environ, "MUSTER_MASTER_KEY": MASTER.hex(), "PYTHONPATH": "."}
    return subprocess.Popen(command, env=environment, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, text=True)


def simulate(folder: Path, stop: Event, out: Any) -> None:
    """A drill in its own realm: a fire every simulated minute, leaders who answer, as fast as the processor goes."""
    out.put(asyncio.run(_simulate(folder, stop)))


def witness(file: Path, stop: Event, out: Any) -> None:
    """What the machine makes anybody wait while it is this busy: milliseconds of the slowest bare write and fdatasync of an event."""
    slowest = 0.0
    descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    while not stop.wait(1 / PER_S):
        began = time.perf_counter()
        os.write(descriptor, b"x" * 600)
        os.fdatasync(descriptor)
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
    os.close(descriptor)
    out.put(slowest)


async def _simulate(folder: Path, stop: Event) -> tuple[int, int, str | None]:
    clock = ManualClock()
    house = open_town(folder, clock=clock, kind="drill")
    await house.open()
    crews, steps = crews_of(house), 0
    while not stop.is_set():
        if steps % 120 == 0:
            await open_incident(house, at="s1")
        clock.advance(seconds=0.5)
        await let_act(house, crews)
        await house.settle()
        steps += 1
    verdict = verify(house.realm.log, house.realm.folder.anchors)
    await house.close()
    return steps // 2, verdict.records, verdict.fault


def command_number(number: int) -> Command:
    """Half reports, half verifications of them, and twice a second a call-out that is planned and answered for."""
    incident = f"i{number - number % 2}"
    if number % 100 == 0:
        return ordered(incident, needs=(need(minimum=1, maximum=1),))
    return raising(incident, verify=False) if number % 2 == 0 else VerifyIncident(incident=incident)


async def command_while(house: House, working: "subprocess.Popen[str]") -> list[float]:
    """Milliseconds of each command, counted from when it was due, so that one that waits delays no other's count."""
    spent: list[float] = []

    async def one(number: int, due: float) -> None:
        await house.ask(command_number(number), actor="officer:bo", command_id=f"{number:08d}", authority=COUNTY)
        spent.append((time.perf_counter() - due) * 1000)

    await house.open()
    house.run()
    began = time.perf_counter()
    asked: list[asyncio.Task[None]] = []
    while working.poll() is None and (passed := time.perf_counter() - began) < MOST_S:
        due = len(asked) / PER_S
        if due > passed:
            await asyncio.sleep(due - passed)
        asked.append(asyncio.create_task(one(len(asked), began + due)))
    await asyncio.gather(*asked)
    await house.relay()
    await house.reach(house.core.position)
    return spent


@pytest.mark.alone
def test_beside_bulk(tmp_path: Path) -> None:
    """Expected: a minute on two cores; of 11,000 live commands the median 3 ms, the slowest 100 to 350 ms. What the bare disk made
    anybody wait is said beside it."""
    rows = tmp_path / "bulk.csv"
    write_people(rows)
    make_realm(tmp_path / "home" / "realms" / "realm", About(city="9901", name="云江市", kind="live"))
    house = open_town(tmp_path / "home" / "realms", clock=SystemClock())
    spawn = multiprocessing.get_context("spawn")
    stop, out = spawn.Event(), spawn.Queue()
    drill = spawn.Process(target=simulate, args=(tmp_path / "drill", stop, out), daemon=True)
    seen = spawn.Queue()
    machine = spawn.Process(target=witness, args=(tmp_path / "witness", stop, seen), daemon=True)
    drill.start()
    machine.start()
    try:
        with as_served(), start_import(tmp_path / "home", rows) as importing:
            spent = asyncio.run(_live(house, importing, rows))
            assert importing.stdout is not None
            assert f"新增 {PEOPLE}" in importing.stdout.read()
    finally:
        stop.set()
    simulated_s, records, fault = out.get(timeout=60)
    drill.join(30)
    disk_ms = seen.get(timeout=30)
    assert importing.returncode == 0
    figures = f"{len(spent)} commands, median {median(spent):.1f} ms, slowest {max(spent):.1f} ms; the bare disk {disk_ms:.1f} ms"
    assert max(spent) < BACKSTOP_MS, figures
    assert len(spent) > PER_S
    assert (simulated_s > 60, records > 10, fault) == (True, True, None)


async def _live(house: House, importing: "subprocess.Popen[str]", rows: Path) -> list[float]:
    spent = await command_while(house, importing)
    verdict = verify(house.realm.log, house.realm.folder.anchors)
    assert (verdict.fault, verdict.records) == (None, house.core.position)
    stretches = [f for r in house.realm.log.after(0, 1 << 30) if isinstance(f := house.core.event(r).fact, RegistryImported)]
    stored = [each.counts["new"] for each in stretches if each.batch == f"people {rows.name}"]
    assert (sum(stored), max(stored)) == (PEOPLE, 5_000)
    found = house.names.people.get(f"b{PEOPLE - 1:06d}")
    assert found is not None
    assert found.name == f"王{PEOPLE - 1}"
    await house.close()
    return spent


def test_beside_bulk_a_drill_has_no_way_out(tmp_path: Path) -> None:
    """Outbound ports of a realm that is not live do not exist: they cannot be given to it."""
    for kind in ("drill", "demo"):
        with pytest.raises(ValueError, match="only a live realm"):
            open_town(tmp_path / kind, kind=kind, channels=(Gateway(),))
        house = open_town(tmp_path / f"{kind}-without", kind=kind, fill=False)
        assert house.channels == ()
        house.realm.close()
