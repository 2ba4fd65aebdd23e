"""From the POST of an incident to the order on a leader's socket, a thousand leaders connected; and the memory of the demo."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect

from command.core.chance import SeededChance, time_ordered_id
from tests.bench.figures import Figure

LEADERS = 1_000
RAISED, EVERY_S = 120, 0.2
BEHIND_PER_S = 200
FIRST_AID = {"speciality": "FIRST_AID", "minimum": 1, "maximum": 2}


@contextmanager
def serving(command: list[str], env: dict[str, str], port: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server process of ours, ready to answer."""
    server = subprocess.Popen([sys.executable, *command], env={**os.environ, **env}, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        with httpx2.Client(timeout=5) as client:
            until = time.monotonic() + 240
            while True:
                try:
                    client.get(f"{address}/healthz").raise_for_status()
                    break
                except httpx2.TransportError:
                    if server.poll() is not None or time.monotonic() > until:
                        raise
                    time.sleep(0.2)
        yield server, address
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Phones:
    """Leaders' sockets: when each call was first seen on any of them."""

    def __init__(self) -> None:
        self.rung: asyncio.Queue[float] = asyncio.Queue()
        self._known: set[str] = set()

    async def listen(self, phone: ClientConnection) -> None:
        async for text in phone:
            at = time.perf_counter()
            for call in re.findall(r'"call/([^"]+)":\{', str(text)):
                if call not in self._known:
                    self._known.add(call)
                    self.rung.put_nowait(at)


async def rung(address: str, told: dict[str, Any]) -> list[float]:
    """Milliseconds from each POST to the first new call on a phone: a call-out every 200 ms, each stood down at once."""
    phones, tasks = Phones(), list[asyncio.Task[None]]()
    sockets = []
    host = address.removeprefix("http://")
    for person, token in told["leaders"].items():
        phone = await connect(
            f"ws://{host}/api/v1/me/feed",
            additional_headers={"cookie": f"muster_phone={token}", "origin": address},
            compression=None,
        )
        await phone.send(json.dumps({"type": "follow", "topic": f"me/{person}"}))
        sockets.append(phone)
        tasks.append(asyncio.create_task(phones.listen(phone)))
    chance = SeededChance(5)
    spent: list[float] = []
    async with httpx2.AsyncClient(base_url=f"{address}/api/v1", headers={"cookie": f"muster_desk={told['desk']}"}) as desk:

        async def change(path: str, body: dict[str, Any]) -> dict[str, Any]:
            id_ = time_ordered_id(time.time_ns() // 1_000_000, chance)
            answer = await desk.post(path, content=json.dumps(body), headers={"command-id": id_})
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
            return found

        first = (await change("/incidents", _incident(told["places"][0], order=False)))["incident"]
        behind = asyncio.create_task(_behind(lambda: change(f"/incidents/{first}/verify", {})))
        started = time.perf_counter()
        for number in range(RAISED):
            lon, lat = told["places"][1 + number % (len(told["places"]) - 1)]
            await asyncio.sleep(max(started + number * EVERY_S - time.perf_counter(), 0))
            while not phones.rung.empty():
                phones.rung.get_nowait()
            began = time.perf_counter()
            made = asyncio.create_task(change("/incidents", _incident([lon, lat], order=True)))
            spent.append((await asyncio.wait_for(phones.rung.get(), 10) - began) * 1000)
            await change(f"/mobilizations/{(await made)['mobilization']}/stand_down", {"reason": "over"})
        behind.cancel()
        await asyncio.gather(behind, return_exceptions=True)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*(phone.close() for phone in sockets), *tasks, return_exceptions=True)
    return sorted(spent)


async def _behind(command: Any) -> None:
    """Open loop: another officer's commands go on at their own rate."""
    began, tasks = time.perf_counter(), set[asyncio.Task[Any]]()
    number = 0
    while True:
        number += 1
        if (wait := began + number / BEHIND_PER_S - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        task = asyncio.create_task(command())
        tasks.add(task)
        task.add_done_callback(partial(_done, tasks))


def _done(tasks: set[asyncio.Task[Any]], task: asyncio.Task[Any]) -> None:
    tasks.discard(task)
    if not task.cancelled():
        task.exception()  # the last ones are cut off with the client; nobody waits for them


def _incident(at: list[float], *, order: bool) -> dict[str, Any]:
    return {
        "category": "20700", "severity": 4, "place": {"lon": at[0], "lat": at[1]}, "needs": [FIRST_AID], "verify": order, "order": order,
    }  # fmt: skip


def disk_ms(folder: Path, quantile: float) -> float:
    """The raw disk's own stalls: one write and fdatasync of an event's size."""
    spent = []
    file = os.open(folder / "stalls", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for _ in range(2_000):
        began = time.perf_counter()
        os.write(file, b"x" * 600)
        os.fdatasync(file)
        spent.append((time.perf_counter() - began) * 1000)
    os.close(file)
    return sorted(spent)[int(len(spent) * quantile)]


def raise_to_ring(folder: Path) -> list[Figure]:
    found = []
    for name, sync, quantile, aim in (
        ("raise_to_ring_p50_ms", "full", 0.50, "20"),
        ("raise_to_ring_nosync_p99_ms", "nosync", 0.99, "30"),
    ):
        home = folder / sync
        home.mkdir()
        port = free_port()
        with serving(["-m", "tests.bench.ring_server", str(home), str(LEADERS), sync, str(port)], {}, port) as (_, address):
            told = json.loads((home / "told.json").read_text("utf-8"))
            spent = asyncio.run(rung(address, told))
        value = spent[int(len(spent) * quantile)]
        found.append(Figure(name, value, "ms", f"raw write + fdatasync p{quantile * 100:.0f}", disk_ms(home, quantile), aim))
    return found


def server_memory(folder: Path) -> Figure:
    """Resident memory of `muster serve --demo` with its first incident at work; beside its imports alone."""
    port = free_port()
    command = ["-m", "web_console.cli", "--home", str(folder / "home"), "serve", "--demo"]
    with serving(command, {"MUSTER_PORT": str(port)}, port) as (server, address):
        with httpx2.Client(base_url=f"{address}/api/v1", timeout=10) as desk:
            desk.post("/session", json={"login": "county", "password": "demo-only"}).raise_for_status()
            for layer in desk.get("/map").json()["layers"]:
                desk.get(f"/map/{layer}").raise_for_status()
        time.sleep(15)  # the first answers come in
        value = _resident_mb(server.pid)
    code = "import web_console.cli, time, sys; print(flush=True); sys.stdin.read()"
    bare = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert bare.stdout
    bare.stdout.readline()
    peer = _resident_mb(bare.pid)
    bare.communicate(b"")
    return Figure("server_memory_mb", value, "MB", "its imports alone", peer, "250")


def _resident_mb(pid: int) -> float:
    (kb,) = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(kb) / 1024
