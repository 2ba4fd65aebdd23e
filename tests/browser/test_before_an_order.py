"""The plan between the press and the order, the way back for ten seconds, keys and the command box, and what a post hears."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.seats import DESK, SLOW_MS, base_of, check_access, desk_of, picture, take_report

pytestmark = pytest.mark.browser
WHOLE = (
    "document.documentElement.scrollHeight >= Math.floor(document.querySelector('[data-paper]').getBoundingClientRect().height)"
)
CARDIAC, FLOOD = "心脏骤停等急症", "内涝"
TEAM = "江滨街道急救一队"
HAMMERED_MS = 3_000


def _press(page: Page, key: str, **more: bool | int) -> None:
    """A key as the page hears it while nothing has the focus."""
    page.evaluate(
        "([key, more]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, ...more}))", [key, more]
    )


def test_a_large_call_out_is_seen_as_a_plan_ordered_by_ctrl_enter_and_taken_back(
    address: str, plain: Browser, home: Path
) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    take_report(page, base_of(TEAM, home), FLOOD)
    page.keyboard.press("Control+Enter")
    sheet = page.locator("dialog")
    order = sheet.locator("[data-order]")
    expect(order).to_be_enabled()
    expect(order).to_contain_text("下令召集")
    expect(sheet).to_contain_text("假定值")
    expect(sheet).to_contain_text("权限 60人")
    sheet.get_by_role("button", name="逐队查看").click()
    check_access(page, "the plan")
    picture(page, "plan-night-zh")
    page.keyboard.press("Enter")  # alone it never orders
    sheet.locator(".body").focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    expect(page.locator(".log")).not_to_contain_text("下令召集")
    page.keyboard.press("Control+Enter")
    expect(sheet).to_have_count(0)
    expect(page.locator(".log")).to_contain_text("第1批召集")
    expect(page.locator(".toast")).to_contain_text("未送达")
    check_access(page, "ten seconds to take it back")
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("已撤回召集")
    expect(page.locator("[data-call=open]")).to_have_count(0)
    assert faults == []


def test_every_key_does_one_thing_and_an_input_method_none(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "city", faults)
    for key, more in (("n", {"isComposing": True}), ("n", {"keyCode": 229}), ("/", {"isComposing": True})):
        _press(page, key, **more)
    expect(page.locator("[role=dialog], dialog")).to_have_count(0)
    rows = page.locator(".board [data-row]")
    expect(rows.first).to_be_visible()  # before the picture is there a key finds no row
    _press(page, "j")
    expect(rows.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".dossier h2")).to_be_visible()
    _press(page, "1")
    expect(rows).to_have_count(0)
    _press(page, "1")
    expect(rows.first).to_be_visible()
    for part, within in (("b", ".board"), ("d", ".dossier"), ("l", ".log")):
        _press(page, "g")
        _press(page, part)
        assert page.evaluate("selector => document.querySelector(selector).contains(document.activeElement)", within), part
    page.set_viewport_size({"width": 1280, "height": 800})  # the timeline folds into a tab beside the incident
    expect(page.locator("main .log")).to_have_count(0)
    for part, within in (("l", ".dossier .log"), ("d", ".dossier .scroll")):
        _press(page, "g")
        _press(page, part)
        assert page.evaluate("selector => document.querySelector(selector).contains(document.activeElement)", within), part
    check_access(page, "the folded desk")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    _press(page, "]")
    expect(page.locator("header nav [aria-pressed=true]")).to_contain_text("云城区")
    _press(page, "[")
    expect(page.locator("header nav [aria-pressed=true]")).to_contain_text("云江市")
    rows.filter(has_text=re.compile("缺口|力量已满足")).first.click()
    expect(page.locator(".dossier")).to_contain_text("候选")
    lists: list[str] = []
    page.on("request", lambda asked: lists.append(asked.url) if "/why/" in asked.url else None)
    _press(page, "w")
    expect(page.locator(".dossier")).to_contain_text("已核查")
    expect(page.locator(".dossier .rest li").first).to_be_visible()
    assert len(lists) == 1, "who was not called is read where it is looked at, once"
    page.keyboard.press("Escape")
    expect(page.locator(".dossier")).not_to_contain_text("已核查")
    _press(page, "l")
    expect(page.locator(".dossier footer form")).to_contain_text("措施")
    page.locator(".dossier footer form").get_by_label("事项").press("n")  # in a field a letter is a letter
    expect(page.locator(".raise")).to_have_count(0)
    page.keyboard.press("Escape")
    _press(page, "t")
    expect(page.locator(".dossier footer form")).to_contain_text("下达单位")
    page.keyboard.press("Escape")
    _press(page, "p")
    expect(page.locator("[data-paper]")).to_contain_text("演示数据，均为虚构")
    check_access(page, "the incident on paper")
    page.emulate_media(media="print")
    expect(page.locator(".board")).to_be_hidden()
    assert page.evaluate(WHOLE), "nothing is cut off at the end of the first page"
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    _press(page, "?")
    shown = page.locator("dialog dt").all_inner_texts()
    assert {*"NARLTWFZPQ[]?/"} <= set(shown), "every act of a shift"
    check_access(page, "the table of keys")
    page.keyboard.press("Escape")
    assert faults == []


def test_the_command_box_finds_by_letters_and_acts(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    page.keyboard.press("Control+k")
    box = page.locator("dialog").get_by_role("combobox")
    expect(box).to_be_focused()
    box.fill("jbjdjj")
    options = page.locator("dialog").get_by_role("option")
    expect(options.first).to_contain_text("江滨街道急救")
    check_access(page, "the command box")
    before = box.get_attribute("aria-activedescendant")
    box.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") != before
    second = options.nth(1).locator("b").inner_text()
    box.press("Enter")
    expect(page.locator("[data-find]")).to_have_value(second)
    page.locator(".board").get_by_role("tab", name="事件").click()
    page.keyboard.press("/")
    page.locator("dialog").get_by_role("combobox").fill("sound")  # the other language finds it too
    page.locator("dialog").get_by_role("combobox").press("Enter")
    expect(page.get_by_label("静音（紧急求助除外）")).to_be_visible()
    check_access(page, "the sounds of this seat")
    page.get_by_label("静音（紧急求助除外）").check()
    page.keyboard.press("Escape")
    assert page.evaluate("JSON.parse(localStorage.getItem('muster.sounds')).muted") is True
    assert faults == []


def test_a_new_incident_rings_at_every_desk_of_a_post_until_one_officer_hears(address: str, plain: Browser, home: Path) -> None:
    faults: list[str] = []
    town = desk_of(plain, address, "township", faults)
    desks = [desk_of(plain, address, "county", faults) for _ in range(2)]
    for desk in desks:
        if desk.locator(".alarm").count():
            desk.get_by_role("button", name="已听到").click()
            expect(desk.locator(".alarm")).to_have_count(0)
    take_report(town, base_of(TEAM, home), CARDIAC)
    town.get_by_role("button", name="仅登记").click()
    expect(town.locator(".toast")).to_contain_text("已登记")
    for desk in desks:
        expect(desk.locator(".alarm")).to_contain_text("新报 1起")
    check_access(desks[0], "a new incident")
    desks[0].locator(".alarm .open").click()  # whoever opens it has heard of it
    for desk in desks:
        expect(desk.locator(".alarm")).to_have_count(0)
    town.keyboard.press("z")
    expect(town.locator(".toast")).to_contain_text("记录保留")
    expect(town.locator(".dossier .life")).to_contain_text("误录")
    assert faults == []


def test_a_word_that_does_not_get_through_is_said_again_as_often_as_it_rings(address: str, plain: Browser, home: Path) -> None:
    faults: list[str] = []
    town, desk = desk_of(plain, address, "township", faults), desk_of(plain, address, "county", faults)
    said: list[str] = []

    def refuse(route: Route) -> None:
        said.append(route.request.url)
        route.fulfill(status=503, body="{}")

    desk.route("**/alarms/acknowledged", refuse)
    take_report(town, base_of(TEAM, home), CARDIAC)
    town.get_by_role("button", name="仅登记").click()
    expect(desk.locator(".alarm")).to_contain_text("新报")
    desk.locator(".alarm .open").click()
    expect(desk.locator(".dossier h2")).to_be_visible()
    desk.wait_for_timeout(HAMMERED_MS)
    assert len(said) == 1
    with desk.expect_response(lambda answer: answer.url == said[0] and answer.ok, timeout=SLOW_MS):
        desk.unroute("**/alarms/acknowledged")
    assert faults == []
