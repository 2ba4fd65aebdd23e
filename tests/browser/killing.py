"""A browser of its own that keeps what it is given on the disk, and is killed as a power cut kills it."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.seats import CHROMIUM, DESK, FLAGS, PHONE, open_page
from web_console.accounts.passwords import DEMO_PASSWORD

needs_proc = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds the browser's processes in /proc")


def kept_by(plain: Browser, profile: Path, *, who: str) -> BrowserContext:
    size = PHONE if who == "leader" else DESK
    return plain.browser_type.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=[*FLAGS, "--disable-3d-apis"],
        viewport={"width": size["width"], "height": size["height"]},
        locale="zh-CN",
    )


def enter(context: BrowserContext, address: str, faults: list[str], *, who: str) -> Page:
    """Signed in: a browser that was killed may have lost that, as cookies are written every half minute."""
    page = open_page(context, faults)
    page.goto(address + ("/phone" if who == "leader" else "/"))
    password = page.locator("input[name=password]")
    page.locator("input[name=password], [data-link=live]").first.wait_for()
    if password.count():
        page.fill("input[name=login]", who)
        password.fill(DEMO_PASSWORD)
        page.click("button.solid")
        page.wait_for_selector("[data-link=live]")
    return page


def kill(context: BrowserContext, profile: Path) -> None:
    """All processes of the browser with this profile, at once and without a word."""
    mine = f"--user-data-dir={profile}".encode()
    with context.expect_event("close"):
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and mine in (process / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGKILL)
