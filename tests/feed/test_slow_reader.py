"""A thousand desks on real sockets, and among them one that reads a byte a second: nobody else waits, nothing piles up."""

import asyncio
import json
import re
import socket
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest

from command.core.chance import SeededChance, time_ordered_id
from tests.bench.ring import free_port, serving
from tests.feed.raw import Crowd, Reader, text_frame, upgrade

READERS = 1_000
CHANGES = 24
TOPIC = "board/9901/duty"


def resident_mb(pid: int) -> float:
    (kb,) = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(kb) / 1024


async def read_slowly(host: str, port: int, cookie: str, started: asyncio.Event) -> int:
    """One byte a second, with the smallest buffers there are; how many bytes were read."""
    loop, read = asyncio.get_running_loop(), 0
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        slow.setblocking(False)
        await loop.sock_connect(slow, ("127.0.0.1", port))
        await loop.sock_sendall(slow, upgrade("/api/v1/feed", host, cookie) + text_frame({"type": "follow", "topic": TOPIC}))
        with suppress(asyncio.CancelledError):
            while True:
                read += len(await loop.sock_recv(slow, 1))
                started.set()
                await asyncio.sleep(1)
    return read


async def changes(address: str, cookie: str, places: list[list[float]], crowd: Crowd, chance: SeededChance) -> list[float]:
    """Reports, one after the other; seconds from each POST until each reader had it."""
    spent: list[float] = []
    async with httpx2.AsyncClient(base_url=f"{address}/api/v1", headers={"cookie": cookie}) as desk:
        for lon, lat in places:
            body = {"category": "20700", "severity": 4, "place": {"lon": lon, "lat": lat}}
            crowd.expect(crowd.position + 1)
            began = time.perf_counter()
            id_ = time_ordered_id(time.time_ns() // 1_000_000, chance)
            answer = await desk.post("/incidents", content=json.dumps(body), headers={"command-id": id_})
            assert answer.status_code == 201, answer.text
            await asyncio.wait_for(crowd.all_there.wait(), 20)
            crowd.position = answer.json()["position"]
            spent += [at - began for at in crowd.at.values()]
    return spent


async def join(host: str, port: int, cookie: str, crowd: Crowd) -> list[Reader]:
    """All readers, each with its first picture."""
    loop, readers = asyncio.get_running_loop(), []
    for _ in range(READERS):
        reader = Reader(upgrade("/api/v1/feed", host, cookie), TOPIC, crowd)
        await loop.create_connection(partial(_same, reader), "127.0.0.1", port)
        readers.append(reader)
    await asyncio.wait_for(crowd.all_there.wait(), 60)
    return readers


def _same(reader: Reader) -> Reader:
    return reader


async def run(address: str, pid: int, told: dict[str, Any]) -> tuple[float, float, float, int]:
    """p99 without and with the slow one, the growth of the server's memory in MB, bytes the slow one read."""
    host, port = address.removeprefix("http://"), int(address.rpartition(":")[2])
    cookie, places = f"muster_desk={told['desk']}", told["places"]
    crowd, chance = Crowd(READERS), SeededChance(8)
    readers = await join(host, port, cookie, crowd)
    await changes(address, cookie, places[:4], crowd, chance)  # everything warm
    alone = await changes(address, cookie, places[4 : 4 + CHANGES], crowd, chance)
    started = asyncio.Event()
    slow = asyncio.create_task(read_slowly(host, port, cookie, started))
    await started.wait()
    before = resident_mb(pid)
    beside = await changes(address, cookie, places[:CHANGES], crowd, chance)
    grown = resident_mb(pid) - before
    slow.cancel()
    assert not any(reader.lost for reader in readers)
    for reader in readers:
        reader.transport.close()
    return sorted(alone)[len(alone) * 99 // 100], sorted(beside)[len(beside) * 99 // 100], grown, await slow


@pytest.mark.alone
def test_feed_one_byte_a_second_among_a_thousand(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "home").mkdir()
    command = ["-m", "tests.bench.ring_server", str(tmp_path / "home"), "100", "nosync", str(port)]
    with serving(command, {"PYTHONPATH": "."}, port) as (server, address):
        told = json.loads((tmp_path / "home" / "told.json").read_text("utf-8"))
        alone, beside, grown, read = asyncio.run(run(address, server.pid, told))
    assert 0 < read < 60
    assert beside < alone * 1.5 + 0.1, f"p99 {alone * 1000:.0f} ms without, {beside * 1000:.0f} ms with the slow reader"
    assert grown < 16, f"{grown:.1f} MB"
