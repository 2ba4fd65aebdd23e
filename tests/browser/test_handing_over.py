"""A watch is offered and accepted at two desks of one post: until the second officer says yes, it stays with the first."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import DESK, check_access, demo_server, desk_of, open_page, picture

pytestmark = pytest.mark.browser
OTHER, PASSWORD = "watch-990101", "交接班两张桌子8888"


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.browser.second_officer", str(home), OTHER, "second", PASSWORD]
    subprocess.run(command, check=True, timeout=120)
    with demo_server(home) as found:
        yield found


def _second_desk(browser: Browser, address: str, faults: list[str]) -> Page:
    page = open_page(browser.new_context(viewport=DESK, locale="zh-CN"), faults)  # type: ignore[arg-type]
    page.goto(address)
    page.fill("input[name=login]", "second")
    page.fill("input[name=password]", PASSWORD)
    page.click("button.solid")
    page.wait_for_selector("[data-link=live]")
    return page


def test_a_watch_is_offered_taken_back_offered_again_and_accepted(address: str, plain: Browser) -> None:
    faults: list[str] = []
    one, two = desk_of(plain, address, "county", faults), _second_desk(plain, address, faults)
    first, second = (page.locator("dialog") for page in (one, two))
    one.keyboard.press("h")
    first.get_by_role("button", name="接班", exact=True).click()
    name = first.locator(".now b").inner_text()
    expect(two.locator("[data-watch]")).to_contain_text(name)

    first.get_by_role("button", name="交班", exact=True).click()
    expect(first).to_contain_text("对方确认前仍由本人值班")
    expect(two.locator("[data-watch]")).to_contain_text(f"{name} 请您接班")
    check_access(one, "a watch that is offered")
    first.get_by_role("button", name="收回交班").click()
    expect(two.locator("[data-watch]")).not_to_contain_text("请您接班")

    first.get_by_role("button", name="交班", exact=True).click()
    two.locator("[data-watch]").click()
    expect(second.locator(".now b")).to_have_text(name)  # still the first officer's
    check_access(two, "a watch to accept")
    picture(two, "watch-accept-zh")
    second.get_by_role("button", name="接班，确认已交接").click()
    expect(second.get_by_role("button", name="结束值班，无人接班")).to_be_visible()
    other = second.locator(".now b").inner_text()
    assert other != name
    expect(first.locator(".now b")).to_have_text(other)
    expect(first.get_by_role("button", name="收回交班")).to_have_count(0)
    expect(one.locator("[data-watch]")).to_contain_text(other)
    assert faults == []
