"""A small drill that is served by `muster drill serve`, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page

from tests.browser.seats import _answers
from tests.playing import SMALL
from web_console.accounts.passwords import DEMO_PASSWORD

REALM = "drill-small_fire-5"


@contextmanager
def drill_server(home: Path, *, ends_by: int = signal.SIGTERM) -> Iterator[str]:
    """The address of the small drill, from where it stands on this data folder. `ends_by`: the signal that ends it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (home.parent / "server.log").open("wb")
    command = [sys.executable, "-m", "web_console.cli", "--home", str(home), "drill", "serve", str(SMALL), "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        with httpx2.Client(transport=httpx2.HTTPTransport(retries=0), timeout=2) as client:
            for _ in range(600):
                if _answers(client, address):
                    break
                assert server.poll() is None, (home.parent / "server.log").read_text("utf-8")
                try:
                    server.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
            else:
                pytest.fail("the server does not answer")
        yield address
    finally:
        server.send_signal(ends_by)
        server.wait(20)
        log.close()


def signed_in(page: Page, address: str, who: str, path: str) -> None:
    page.goto(address + path)
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("button.solid")
    page.wait_for_selector("[data-link=live]")
