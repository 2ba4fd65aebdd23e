"""Every form of a dossier by keys alone: opened, walked, left and sent, and the focus is back where the officer was."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seats import desk_of
from tests.browser.walking import NOWHERE, WITHIN, dossier_called_out, fill, press, tab_to, walk

pytestmark = pytest.mark.browser


def test_every_form_of_a_dossier(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, quiet, "county", faults)
    dossier = dossier_called_out(page, home)
    severity, needs, place, informed = (
        dossier.get_by_role("button", name="改级别"),
        dossier.get_by_role("button", name="改需求"),
        dossier.locator("[data-set-place]"),
        dossier.locator("[data-inform]"),
    )
    for opener, form in (
        (place, dossier.locator("[data-place-form]")),
        (informed, dossier.locator("[data-informed-form]")),
        (severity, dossier.get_by_role("form", name="改级别")),
        (needs, dossier.get_by_role("form", name="改需求")),
        (dossier.locator("[data-call] button").first, dossier.locator("form.note")),
        (dossier.get_by_role("button", name="下达指令"), dossier.get_by_role("form", name="下达指令")),
    ):
        press(page, opener)
        form.wait_for()
        walk(page)
        tab_to(page, form.locator("[data-cancel]"))
        page.keyboard.press("Escape")
        expect(form).to_have_count(0)
        expect(opener).to_be_focused()
    keep = dossier.locator("[data-save-place] button").first
    press(page, keep)
    walk(page)
    fill(page, dossier.get_by_label("地点名称"), "东门桥涵洞")
    page.keyboard.press("Enter")
    expect(dossier.locator("[data-save-place]")).to_contain_text("已存为常用地点")
    expect(keep).to_be_focused()
    page.keyboard.press("w")
    dossier.locator("h4").first.wait_for()
    walk(page)
    page.keyboard.press("Escape")
    expect(dossier.locator("h4")).to_have_count(0)

    # what is sent takes effect, and the focus is back at what opened the form
    press(page, severity)
    press(page, dossier.get_by_role("button", name="特别重大"))
    press(page, dossier.get_by_role("form", name="改级别").locator(".solid"))
    expect(dossier.locator(".scales")).to_contain_text("特别重大")
    expect(severity).to_be_focused()
    press(page, informed)
    press(page, dossier.get_by_label("119"), "Space")
    press(page, dossier.locator("[data-informed-form] .solid"))
    expect(dossier.locator("header")).to_contain_text("119")
    expect(informed).to_be_focused()
    press(page, needs)
    fill(page, dossier.get_by_label("至多"), "19")
    press(page, dossier.get_by_role("form", name="改需求").locator(".solid"))
    expect(dossier.locator("[data-need]").first).to_contain_text("19")
    expect(needs).to_be_focused()
    press(page, place)
    expect(dossier.locator("[data-place]")).to_be_focused()
    page.keyboard.type("111.99, 30.39")
    page.keyboard.press("Enter")
    expect(dossier.locator("[data-place-form] .solid")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dossier.locator("header")).to_contain_text("30.39000")
    expect(place).to_be_focused()
    press(page, dossier.get_by_role("button", name="查看报告人和原话"))
    dossier.locator(".sealed").wait_for()
    assert not page.evaluate(NOWHERE)
    press(page, dossier.get_by_role("button", name="收起"))
    expect(dossier.locator(".sealed")).to_have_count(0)
    assert not page.evaluate(NOWHERE)
    assert faults == []


def test_every_act_on_an_incident(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, quiet, "county", faults)
    dossier = dossier_called_out(page, home)
    footer, more = dossier.locator("footer"), dossier.get_by_role("button", name="更多")
    form = footer.locator("form")
    for act in ("任务结束，撤收归队", "误报", "转交", "误录", "合并重复报告", "请上级牵头", "移交指挥权", "启动响应"):
        if more.get_attribute("aria-expanded") == "false":
            press(page, more)
        press(page, footer.get_by_role("button", name=act))
        expect(form).to_be_focused()
        walk(page)
        tab_to(page, form.locator("[data-cancel]"))
        page.keyboard.press("Escape")
        expect(form).to_have_count(0)
        assert page.evaluate(WITHIN, "footer"), act

    # by its key from the list, and back to the list
    row = page.locator(".board [aria-current=true]")
    tab_to(page, row)
    page.keyboard.press("l")
    expect(form).to_be_focused()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    page.keyboard.press("l")
    fill(page, form.get_by_label("事项"), "江滨街道防汛")
    fill(page, form.get_by_label("下达单位"), "区防指")
    press(page, form.get_by_label("口头"), "Space")
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    expect(row).to_be_focused()

    # what was started is changed and ended
    response = dossier.locator("details", has=page.locator(".level"))
    press(page, response.locator("summary").first)
    for act in ("提级 / 降级", "终止响应"):
        opener = response.get_by_role("button", name=act).first
        press(page, opener)
        walk(page)
        tab_to(page, response.locator("[data-cancel]"))
        page.keyboard.press("Escape")
        expect(response.locator("form")).to_have_count(0)
        expect(opener).to_be_focused()

    # one that needs no form, pressed with a key that bounces, is done once
    press(page, footer.get_by_role("button", name="险情已控制"))
    page.keyboard.press("Enter")
    expect(dossier.locator(".life [aria-current]")).to_have_text("险情已控制")
    assert not page.evaluate(NOWHERE)
    assert faults == []
