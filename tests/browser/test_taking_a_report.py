"""A report at 03:10, by keyboard alone: the place by a few letters, kept through a reload, on the board within a minute."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import check_access, desk_of, picture

pytestmark = pytest.mark.browser
MOST_PRESSES = 60
MOST_S = 60


def test_a_report_by_keyboard_alone_survives_a_reload(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    before = page.locator(".rows li").count()
    presses = 0

    def press(*keys: str) -> None:
        nonlocal presses
        for key in keys:
            page.keyboard.press(key)
            presses += 1

    began = time.monotonic()
    press("n")
    expect(page.locator("[data-place]")).to_be_focused()
    press(*"jbjd")
    expect(page.locator("[data-hits] [role=option]").first).to_contain_text("江滨街道")
    press("Enter")
    expect(page.locator("[data-pending]")).to_contain_text("位置待定")
    expect(page.locator(".raise")).to_contain_text("人工选择")
    expect(page.locator("[data-category-box]")).to_be_focused()
    page.locator("[data-category-box]").fill("说不清楚")
    expect(page.locator(".raise .kinds")).to_contain_text("没有这个说法")
    page.locator("[data-category-box]").fill("着火")  # as callers say it
    expect(page.locator(".raise .kinds button")).to_have_text(["火灾"])
    page.locator("[data-category-box]").fill("")
    press(*"hz")
    picture(page, "report-by-letters-zh")
    press("Enter")
    expect(page.locator("[data-severity] [aria-pressed=true]")).to_be_focused()
    expect(page.locator("[data-order]")).to_be_enabled()
    press("Control+Enter")
    expect(page.locator(".rows li")).to_have_count(before + 1)
    expect(page.locator("dialog [data-order]")).to_be_enabled()  # a large call-out is looked at as a plan first
    press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    assert time.monotonic() - began < MOST_S
    assert presses < MOST_PRESSES
    expect(page.locator(".dossier [data-pending]")).to_have_text("位置待定（按乡镇登记）")
    expect(page.locator("[data-unfinished]")).to_have_count(0)
    page.keyboard.press("n")
    page.locator("[data-place]").fill("江滨中学")
    page.locator("[data-place]").press("Enter")
    page.wait_for_selector("[data-path]")
    page.get_by_label("报告内容").fill("桥下有人喊")
    page.wait_for_function("indexedDB.databases().then((all) => all.some((each) => each.name === 'muster.reports'))")
    page.wait_for_selector("[data-kept='yes']")
    page.reload()
    page.wait_for_selector("[data-unfinished]")
    check_access(page, "an unfinished report is offered")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_label("报告内容")).to_have_value("桥下有人喊")
    expect(page.locator("[data-path]")).to_contain_text("江滨街道")
    check_access(page, "a report taken up again")
    page.locator(".raise").get_by_role("button", name="放弃").click()
    expect(page.locator("[data-unfinished]")).to_have_count(0)
    assert faults == []


def test_words_that_are_no_place_say_so_and_never_leave_the_place_before_them(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    page.keyboard.press("n")
    place = page.locator("[data-place]")
    place.fill("江边那个老码头旁边")
    expect(page.locator(".place [role=alert]")).to_contain_text("乡镇名")
    page.locator("[data-category-box]").fill("内涝")
    page.locator("[data-category-box]").press("Enter")
    expect(page.locator(".raise footer")).to_contain_text("先选定位置")
    place.fill("江滨街道")
    place.press("Enter")
    expect(page.locator("[data-path]")).to_contain_text("江滨街道")
    expect(page.locator("[data-order]")).to_be_enabled()

    # another name is typed over it and the box is left without one being taken
    place.fill("高桥镇桥头")
    place.press("Tab")
    expect(page.locator("[data-path]")).to_have_count(0)
    expect(page.locator("[data-order]")).to_be_disabled()
    expect(page.locator(".place [role=alert]")).to_be_visible()
    check_access(page, "words that are no place")
    picture(page, "report-no-place-zh")
    assert faults == []


def _flood_in_a_township(page: Page) -> None:
    page.keyboard.press("n")
    page.locator("[data-place]").fill("jbjd")
    page.locator("[data-place]").press("Enter")
    page.wait_for_selector("[data-path]")
    page.locator(".raise .chips").get_by_role("button", name="内涝", exact=True).click()


def test_while_it_is_typed_the_form_takes_who_was_told_and_shows_what_may_be_the_same(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    _flood_in_a_township(page)
    page.get_by_label("电话", exact=True).fill("13900001111")
    page.locator(".raise").get_by_label("119").check()
    page.get_by_role("button", name="仅登记").click()
    expect(page.locator(".dossier header")).to_contain_text(re.compile(r"119 \d\d:\d\d"))
    expect(page.locator(".dossier header")).not_to_contain_text(re.compile(r"1[12]0 \d\d:\d\d"))
    name = page.locator(".dossier h2").inner_text()
    _flood_in_a_township(page)
    similar = page.locator(".similar", has_text=name)
    expect(similar).to_contain_text("同一乡镇")
    page.get_by_label("电话", exact=True).fill("13900001111")
    page.get_by_label("电话", exact=True).press("Tab")
    expect(similar).to_contain_text("同一来电号码")
    check_access(page, "what may be the same")
    picture(page, "report-similar-zh")
    similar.get_by_role("button", name="并入").click()
    expect(page.locator(".raise")).to_have_count(0)
    assert faults == []
