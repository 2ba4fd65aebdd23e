"""What a desk notes for people who are out, by keys alone: calls, a danger, an order, a roll call, an SOS."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.seats import desk_of
from tests.browser.walking import NOWHERE, WITHIN, dossier_called_out, fill, press, tab_to, walk

pytestmark = pytest.mark.browser


def _note(page: Page, line: Locator, did: str) -> None:
    """What a leader said on the telephone, as far as the receipt."""
    press(page, line.locator("button[aria-expanded]"))
    form = line.locator("form")
    press(page, form.get_by_role("button", name=did, exact=True))
    fill(page, form.get_by_label("谁说的"), "队长本人")


def test_what_is_noted_for_people_who_are_out(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, quiet, "county", faults)
    dossier = dossier_called_out(page, home)
    team = dossier.locator("[data-call=open] .name").first.text_content()
    assert team
    line = dossier.locator("[data-call]", has_text=team)
    for did, state in (("我能去", "accepted"), ("已出发", "set_out")):
        _note(page, line, did)
        page.keyboard.press("Enter")
        expect(dossier.locator(f"[data-call={state}]", has_text=team)).to_be_visible()
        assert page.evaluate(WITHIN, ".dossier"), did

    # a danger is reported, read, and its words shown
    _note(page, line, "报告险情")
    press(page, line.get_by_role("button", name="水位上涨"))
    fill(page, line.get_by_label("情况"), "漫过堤脚了")
    walk(page)
    press(page, line.locator("form .solid"))
    danger = dossier.locator("[data-danger]")
    press(page, danger.get_by_role("button", name="已阅"))
    expect(dossier.locator("[data-danger=read]")).to_be_visible()
    assert page.evaluate(WITHIN, ".dossier")
    press(page, danger.get_by_role("button", name="看原话"))
    expect(danger).to_contain_text("漫过堤脚了")
    walk(page)

    # an order is given, its receipt noted; it is called off
    opener = dossier.get_by_role("button", name="下达指令")
    press(page, opener)
    form = dossier.get_by_role("form", name="下达指令")
    press(page, form.get_by_role("button", name="原地待命"))
    press(page, form.locator(".solid"))
    order = dossier.locator("[data-order]")
    expect(order).to_have_count(1)
    expect(opener).to_be_focused()
    press(page, order.locator("button.line"))
    press(page, order.get_by_role("button", name="电话代报"))
    fill(page, order.get_by_label("谁说的"), "别人")
    page.keyboard.press("Escape")  # one step back, and nothing is noted
    expect(order.get_by_label("谁说的")).to_have_count(0)
    expect(order.get_by_role("button", name="电话代报")).to_be_focused()
    press(page, order.get_by_role("button", name="电话代报"))
    fill(page, order.get_by_label("谁说的"), "队长本人")
    walk(page)
    press(page, order.get_by_role("button", name="收到", exact=True))
    expect(dossier.locator("[data-order=answered]")).to_be_visible()
    assert page.evaluate(WITHIN, ".dossier")
    press(page, order.get_by_role("button", name="取消指令"))
    press(page, order.get_by_role("button", name="确认取消"))
    expect(dossier.locator("[data-order=called_off]")).to_be_visible()
    assert page.evaluate(WITHIN, ".dossier")

    # the crew is called over, and one of it noted
    page.keyboard.press("r")
    sheet = page.locator("dialog")
    press(page, sheet.get_by_role("button", name="发起点名"))
    press(page, sheet.locator("[data-person=waiting]").first)
    fill(page, sheet.get_by_label("谁说的"), "现场医生")
    walk(page, sheet)
    press(page, sheet.locator("aside").get_by_role("button", name="平安", exact=True))
    expect(sheet.locator("[data-person=safe]")).to_have_count(1)
    assert page.evaluate(WITHIN, "dialog")
    press(page, sheet.get_by_role("button", name="打印点名表"))
    page.locator("[data-roll-paper] img").first.wait_for()
    walk(page, sheet)
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    assert not page.evaluate(NOWHERE)

    # an SOS is taken and ended
    _note(page, line, "紧急求助")
    page.keyboard.press("Enter")
    alarm = page.locator("[data-alarm]")
    press(page, alarm.get_by_role("button", name="接手"))
    expect(page.locator("[data-alarm=false]")).to_be_visible()
    press(page, alarm.get_by_role("button", name="办结"))
    fill(page, alarm.get_by_label("处置结果"), "还没有")
    page.keyboard.press("Escape")
    expect(alarm.get_by_label("处置结果")).to_have_count(0)
    expect(alarm.get_by_role("button", name="办结")).to_be_focused()
    press(page, alarm.get_by_role("button", name="办结"))
    fill(page, alarm.get_by_label("处置结果"), "已由队友送回")
    walk(page)
    tab_to(page, alarm.get_by_label("处置结果"))
    page.keyboard.press("Enter")
    expect(alarm).to_have_count(0)
    assert not page.evaluate(NOWHERE)
    assert faults == []
