"""Figures of forecasts beside live work: how long a call takes to ring on a phone while two hundred branches of the present are played."""

import asyncio
import json
import statistics
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2

from command.core.chance import SeededChance, time_ordered_id
from tests.bench.figures import Figure
from tests.bench.ring import LEADERS, free_port, rung, serving

PAIRS = 2


def run() -> list[Figure]:
    with TemporaryDirectory() as folder:
        room, port = Path(folder), free_port()
        with serving(["-m", "tests.bench.ring_server", folder, str(LEADERS), "nosync", str(port)], {}, port) as (_, address):
            told = json.loads((room / "told.json").read_text("utf-8"))
            plain, beside = [], []
            for _ in range(PAIRS):
                plain += asyncio.run(rung(address, told))
                forecasting = _Forecasting(address, told["desk"])
                beside += asyncio.run(rung(address, told))
                forecasting.stop()
    return [
        Figure(
            "fork_live_p50_ratio", statistics.median(beside) / statistics.median(plain), "times",
            "p50 ms without, forecasts while measured", statistics.median(plain), f"1.2; {forecasting.done} forecasts in the last round",
        )
    ]  # fmt: skip


class _Forecasting:
    """One forecast after the other, as fast as they come, until stopped."""

    def __init__(self, address: str, desk: str) -> None:
        self.done = 0
        self._going = True
        self._client = httpx2.Client(base_url=f"{address}/api/v1", headers={"cookie": f"muster_desk={desk}"}, timeout=200)
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._going = False
        self._thread.join(220)
        self._client.close()

    def _ask(self) -> None:
        chance, body = SeededChance(9), json.dumps({"branches": 200, "horizon_min": 60})
        while self._going:
            id_ = time_ordered_id(time.time_ns() // 1_000_000, chance)
            answer: Any = self._client.post("/forecasts", content=body, headers={"command-id": id_})
            self.done += answer.status_code == 200
