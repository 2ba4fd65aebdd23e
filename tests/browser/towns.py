"""The town of the stories before a real `muster serve`, and signing in there."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.seats import PHONE, open_page
from tests.town import PASSWORD


@contextmanager
def town_server(home: Path) -> Iterator[str]:
    """The address of the realm that lies on this data folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "web_console.cli", "--home", str(home), "--realm", "realm", "serve", "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=dict(os.environ), stdout=log, stderr=log)
        try:
            with httpx2.Client(transport=httpx2.HTTPTransport(retries=20), timeout=60) as client:
                assert client.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def signed(
    browser: Browser, address: str, who: str, faults: list[str], *, path: str = "", context: BrowserContext | None = None
) -> Page:
    """On a phone, unless `context` says otherwise."""
    page = open_page(context or browser.new_context(viewport=PHONE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    page.goto(address + (path or ("/phone" if who.startswith("leader") else "/")))
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.click("button.solid")
    page.wait_for_selector("[data-link=live]")
    return page
