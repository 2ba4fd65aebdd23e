"""A served drill is killed in the middle of play, and goes on where it stood."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from command.core.chance import SystemChance, time_ordered_id
from tests.browser.drills import drill_server
from web_console.accounts.passwords import DEMO_PASSWORD


@contextmanager
def trainer_at(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"{address}/api/v1", timeout=20) as client:
        client.post("/session", json={"login": "trainer", "password": DEMO_PASSWORD}).raise_for_status()
        yield client


def asks(client: httpx2.Client, path: str, body: dict[str, Any]) -> None:
    headers = {"command-id": time_ordered_id(1_790_000_000_000, SystemChance())}
    client.post(path, json=body, headers=headers).raise_for_status()


def drill_when(client: httpx2.Client, state: str) -> dict[str, Any]:
    """Once the first inject stands so."""
    while True:
        found: dict[str, Any] = client.get("/drill").raise_for_status().json()
        if found["injects"][0]["state"] == state:
            return found


def test_a_killed_drill_goes_on_where_it_stood(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with drill_server(home, ends_by=signal.SIGKILL) as address, trainer_at(address) as trainer:
        asks(trainer, "/drill/injects/3/hold", {})
        asks(trainer, "/drill/clock", {"step": "inject"})
        before = drill_when(trainer, "released")
    with drill_server(home) as address, trainer_at(address) as trainer:
        after = drill_when(trainer, "released")
        assert after["now_ms"] >= before["now_ms"]
        assert [each["state"] for each in after["injects"]] == ["released", "waiting", "held"]
        assert after["injects"][0]["released_ms"] == before["injects"][0]["released_ms"]
        assert after["clock"] == {"speed": 1, "running": False}
        asks(trainer, "/drill/injects/2/release", {})
        assert drill_when(trainer, "released")["injects"][1]["state"] == "released"
