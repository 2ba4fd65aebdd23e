"""A further wave is ordered, looked at again, and taken back within ten seconds; the first one goes on."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seats import base_of, check_access, desk_of, picture, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"


def test_a_further_wave_is_taken_back_and_the_first_goes_on(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, quiet, "county", faults)
    page.get_by_role("tab", name="队伍").click()
    place = base_of(next(name for name in page.locator("[data-team] b").all_inner_texts() if "急救" in name), home)
    page.get_by_role("tab", name="事件").click()
    take_report(page, place, KIND)
    page.keyboard.press("Control+Enter")
    first = page.locator(".dossier [data-call=open]")
    first.first.wait_for()
    before = first.count()
    page.keyboard.press("a")
    expect(page.locator("dialog [data-order]")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    toast = page.locator(".toast")
    expect(toast).to_contain_text("已追加一批")
    expect(first.nth(before)).to_be_visible()
    more = first.count() - before
    expect(toast).to_contain_text(f"未送达 {more}队")
    check_access(page, "a wave that can be taken back")
    picture(page, "wave-undo-zh")
    page.keyboard.press("z")
    expect(toast).to_contain_text("已撤回这一批")
    expect(first).to_have_count(before)
    expect(page.locator(".dossier [data-call=stood_down]")).to_have_count(more)
    expect(page.locator(".log")).to_contain_text(f"撤回第2批，{more}队不用前往")
    assert faults == []
