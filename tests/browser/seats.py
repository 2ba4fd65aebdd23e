"""Desks and phones in a real Chromium, before a real `muster serve --demo` of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
SLOW_MS = 60_000  # software GL on two busy cores


def need_chromium() -> None:
    if CHROMIUM is None and os.environ.get("MUSTER_CI"):
        pytest.fail("CI must have a Chromium")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")


@contextmanager
def demo_server(home: Path) -> Iterator[str]:
    """The address of a demo running on this data folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (home.parent / "server.log").open("wb")
    command = [sys.executable, "-m", "web_console.cli", "--home", str(home), "serve", "--demo"]
    server = subprocess.Popen(command, env={**os.environ, "MUSTER_PORT": str(port)}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        transport = httpx2.HTTPTransport(retries=0)
        with httpx2.Client(transport=transport, timeout=2) as client:
            for _ in range(600):
                try:
                    if client.get(f"{address}/healthz").status_code == 200:
                        break
                except httpx2.TransportError:
                    assert server.poll() is None, (home.parent / "server.log").read_text("utf-8")
                    with pytest.raises(subprocess.TimeoutExpired):
                        server.wait(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def without_webgl(browser: Browser) -> Iterator[Browser]:
    """Another Chromium, of the same kind, that cannot draw the map."""
    plain = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-3d-apis"])
    yield plain
    plain.close()


def open_page(context: BrowserContext, faults: list[str]) -> Page:
    page = context.new_page()
    page.set_default_timeout(SLOW_MS)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    return page


def sign_in(page: Page, address: str, who: str) -> None:
    page.goto(address + ("/phone" if who == "leader" else "/"))
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", "demo-only")
    page.click("button.solid")
    page.wait_for_selector("[data-link=live]")


def picture(page: Page, name: str) -> None:
    """Into MUSTER_PICTURES, if set (`make pictures`); else the picture is taken and thrown away."""
    folder = os.environ.get("MUSTER_PICTURES")
    page.screenshot(**({"path": str(Path(folder) / f"{name}.png")} if folder else {}))  # type: ignore[arg-type]
