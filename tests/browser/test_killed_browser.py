"""The browser is killed while somebody types, as a power cut does it: what was typed is there when the desk is opened again."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.seats import CHROMIUM, DESK, FLAGS, open_page, sign_in

pytestmark = pytest.mark.browser


def opened(plain: Browser, profile: Path, address: str, faults: list[str]) -> tuple[BrowserContext, Page]:
    """A browser of its own that keeps what it is given on the disk."""
    context = plain.browser_type.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=[*FLAGS, "--disable-3d-apis"],
        viewport={"width": DESK["width"], "height": DESK["height"]},
        locale="zh-CN",
    )
    page = open_page(context, faults)
    sign_in(page, address, "county")
    return context, page


def kill(profile: Path) -> None:
    """All processes of the browser with this profile, at once and without a word."""
    mine = f"--user-data-dir={profile}".encode()
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and mine in (process / "cmdline").read_bytes().split(b"\0"):
            os.kill(int(process.name), signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds the browser's processes in /proc")
def test_a_half_typed_report_outlives_a_killed_browser(address: str, plain: Browser, tmp_path: Path) -> None:
    faults: list[str] = []
    profile = tmp_path / "profile"
    killed, page = opened(plain, profile, address, faults)
    page.keyboard.press("n")
    page.locator("[data-place]").fill("江滨中学")
    page.locator("[data-place]").press("Enter")
    page.wait_for_selector("[data-path]")
    page.get_by_label("报告内容").fill("桥下有人喊，两个孩子")
    page.wait_for_selector("[data-kept='yes']")
    with killed.expect_event("close"):
        kill(profile)

    context, page = opened(plain, profile, address, faults)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_label("报告内容")).to_have_value("桥下有人喊，两个孩子")
    expect(page.locator("[data-path]")).to_contain_text("江滨街道")
    context.close()
    assert faults == []
