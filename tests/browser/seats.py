"""Desks and phones in a real Chromium, before a real `muster serve --demo` of its own."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import httpx2
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from web_console.accounts.passwords import DEMO_PASSWORD

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu-compositing",
]  # fmt: skip
"""The map is drawn by GL in software. The page around it is not: a Chromium that finds no graphics card paints it without GL."""
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
SLOW_MS = 60_000  # software GL on two busy cores
expect.set_options(timeout=SLOW_MS / 3)
AXE = Path(__file__).parents[2] / "web_console" / "front" / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SETTLED = "Promise.all(document.getAnimations().filter((each) => each instanceof CSSTransition).map((each) => each.finished.catch(() => null)))"
LOOK = """async function look(rules) {
  const { violations } = await axe.run(rules)
  const top = scrollY
  const isFound = async (here, target) => {
    here.scrollIntoView({ block: 'center' })
    const again = await axe.run({ resultTypes: ['violations'], runOnly: { type: 'rule', values: ['target-size'] } })
    return again.violations.some(({ nodes }) => nodes.some((each) => each.target[0] === target))
  }
  for (const size of violations.filter(({ id }) => id === 'target-size')) {
    const found = []
    for (const each of size.nodes) {
      const here = document.querySelector(each.target[0])
      if (!here) return look(rules)
      if (await isFound(here, each.target[0])) found.push(each)
    }
    size.nodes = found
  }
  scrollTo(0, top)
  return violations.filter(({ nodes }) => nodes.length > 0)
}"""
"""All rules, and none left out. What is too small is looked at again in the middle of the screen: under a bar that sticks axe measures
also what hangs out beneath the bar, or beyond the window, where nobody sees or presses it. What a scroll does not set free is found.
Where the page was drawn anew meanwhile, all is looked at again."""
PICTURE_MOST = 400_000


def need_chromium() -> None:
    if CHROMIUM is None and os.environ.get("MUSTER_CI"):
        pytest.fail("CI must have a Chromium")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")


@contextmanager
def demo_server(home: Path, *, program: str = "web_console.cli") -> Iterator[str]:
    """The address of a demo running on this data folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (home.parent / "server.log").open("wb")
    command = [sys.executable, "-m", program, "--home", str(home), "serve", "--demo"]
    server = subprocess.Popen(command, env={**os.environ, "MUSTER_PORT": str(port)}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        transport = httpx2.HTTPTransport(retries=0)
        with httpx2.Client(transport=transport, timeout=2) as client:
            for _ in range(1_800):
                if _answers(client, address):
                    break
                assert server.poll() is None, (home.parent / "server.log").read_text("utf-8")
                with suppress(subprocess.TimeoutExpired):
                    server.wait(0.1)
            else:
                pytest.fail("the server does not answer")
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _answers(client: httpx2.Client, address: str) -> bool:
    try:
        return client.get(f"{address}/healthz").status_code == 200
    except httpx2.TransportError:
        return False


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def without_webgl(browser: Browser) -> Iterator[Browser]:
    """Another Chromium, of the same kind, that cannot draw the map: its desks are quick to open."""
    plain = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-3d-apis"])
    yield plain
    plain.close()


def base_of(team: str, home: Path) -> str:
    """Where a team waits, as a report's place is typed."""
    with closing(sqlite3.connect(home / "realms" / "demo" / "registry.db")) as registry:
        lon, lat = registry.execute("SELECT lon, lat FROM teams WHERE name = ?", (team,)).fetchone()
    return f"{lon}, {lat}"


def open_page(context: BrowserContext, faults: list[str]) -> Page:
    page = context.new_page()
    page.set_default_timeout(SLOW_MS)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    return page


def sign_in(page: Page, address: str, who: str) -> None:
    page.goto(address + ("/phone" if who == "leader" else "/"))
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("button.solid")
    page.wait_for_selector("[data-link=live]")


def desk_of(browser: Browser, address: str, who: str, faults: list[str], *, size: dict[str, int] = DESK) -> Page:
    """A desk of its own, signed in."""
    page = open_page(browser.new_context(viewport=size, locale="zh-CN"), faults)  # type: ignore[arg-type]
    sign_in(page, address, who)
    return page


def on_one_bar(page: Page) -> None:
    """From here on the page has one bar of signal: 600 ms there and back, 50 kB/s."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 600, "downloadThroughput": 50_000, "uploadThroughput": 20_000},
    )


def take_report(page: Page, place: str, category: str) -> None:
    """By typing, as far as the press of a button."""
    page.keyboard.press("n")
    page.locator("[data-place]").fill(place)
    page.locator("[data-place]").press("Tab")
    page.wait_for_selector("[data-path]")
    page.locator(".raise .chips").get_by_role("button", name=category, exact=True).click()
    expect(page.locator("[data-order]")).to_be_enabled()


def findings(page: Page) -> list[str]:
    """All that axe-core finds, however light, by WCAG 2.2 AA and good practice. It is evaluated from outside, so the page keeps its strict policy.
    What stands is found twice: the colour of a button half way from off to on is seen by one look only."""
    assert AXE.exists(), "python -m tools.build_front installs it"
    page.evaluate(AXE.read_text("utf-8"))
    found = seen_by_axe(page) and seen_by_axe(page)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def seen_by_axe(page: Page) -> list[dict[str, Any]]:
    page.evaluate(SETTLED)
    found: list[dict[str, Any]] = page.evaluate(LOOK, AXE_RULES)
    return found


def check_access(page: Page, where: str) -> None:
    said = findings(page)
    assert said == [], f"{where}: {said}"


def fits(page: Page) -> bool:
    """Nothing lies beside the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def picture(page: Page, name: str, *, rests_ms: int = 0) -> None:
    """For the documents: taken into MUSTER_PICTURES, where it is set (`make pictures`). `rests_ms`: what a map still draws meanwhile."""
    folder = os.environ.get("MUSTER_PICTURES")
    if folder:
        page.wait_for_timeout(rests_ms)
        path = Path(folder) / f"{name}.webp"
        Image.open(BytesIO(page.screenshot(animations="disabled"))).save(path, lossless=True, method=6)
        assert path.stat().st_size <= PICTURE_MOST, name
