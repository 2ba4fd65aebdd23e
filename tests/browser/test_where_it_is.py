"""An incident known by its township alone gets its place, at two desks at once; who was told of it is noted later; a place is kept."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import base_of, check_access, desk_of, picture

pytestmark = pytest.mark.browser
KIND = "内涝"
ALONE = "位置待定（按乡镇登记）"


def _choose(page: Page, incident: str) -> None:
    page.locator(".board .rows li", has_text=incident).first.click()
    page.locator(".dossier h2", has_text=incident).wait_for()


def _report_of_a_township(page: Page) -> str:
    page.keyboard.press("n")
    page.locator("[data-place]").fill("jbjd")
    page.locator("[data-place]").press("Enter")
    page.locator(".raise .chips").get_by_role("button", name=KIND, exact=True).click()
    page.get_by_role("button", name="仅登记").click()
    page.locator(".dossier [data-pending]").wait_for()
    return page.locator(".dossier h2").inner_text()


def test_the_place_is_set_later_and_two_officers_do_not_overwrite_each_other(
    address: str, home: Path, browser: Browser, plain: Browser
) -> None:
    faults: list[str] = []
    county, city = desk_of(browser, address, "county", faults), desk_of(plain, address, "city", faults)
    team = city.get_by_role("tab", name="队伍")
    team.click()
    known = base_of(city.locator("[data-team] b").first.inner_text(), home)
    city.get_by_role("tab", name="事件").click()
    county.wait_for_selector("[data-map-state=idle]")
    incident = _report_of_a_township(county)
    _choose(city, incident)
    for page in (county, city):
        expect(page.locator(".dossier [data-pending]")).to_have_text(ALONE)
        page.locator("[data-set-place]", has_text="补定位置").click()
    city.locator("[data-place-form] [data-place]").fill(known)
    city.get_by_label("详细地址").fill("三号桥头")
    city.locator("[data-place-form] [data-path]").wait_for()

    # a click on the map fills the form, also where another mark lies, and takes no new report
    box = county.locator("[data-map-state]").bounding_box()
    assert box is not None
    county.mouse.click(box["x"] + box["width"] * 0.74, box["y"] + box["height"] * 0.6)
    expect(county.locator("[data-place-form] [data-path]")).to_contain_text("云江市")
    expect(county.locator(".raise")).to_have_count(0)
    check_access(county, "a place that is set")
    picture(county, "place-set-zh")
    county.get_by_role("button", name="保存位置").click()
    expect(county.locator("[data-place-form]")).to_have_count(0)
    expect(county.locator(".dossier [data-pending]")).to_have_count(0)
    expect(county.locator(".log")).to_contain_text("位置已更新")

    # the other officer is told, keeps what was typed, and decides
    expect(city.locator("[data-place-form] [role=alert]")).to_contain_text("位置刚被改为")
    expect(city.locator("[data-place-form] .solid")).to_be_disabled()
    expect(city.get_by_label("详细地址")).to_have_value("三号桥头")
    check_access(city, "a place that was changed elsewhere")
    picture(city, "place-changed-zh")
    city.get_by_role("button", name="用我填的").click()
    city.get_by_label("坐标系").select_option("gcj02")
    city.get_by_role("button", name="保存位置").click()
    expect(city.locator("[data-place-form]")).to_have_count(0)
    lon, lat = (float(part) for part in known.split(", "))
    for page in (county, city):
        expect(page.locator(".dossier header")).not_to_contain_text(f"{lat:.5f}")  # that datum lies half a kilometre beside
        expect(page.locator("[data-set-place]")).to_have_text("更正位置")
    assert lon
    assert faults == []


def test_who_was_told_is_noted_later_and_a_place_is_kept_and_found(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    _report_of_a_township(page)
    page.locator("[data-inform]").click()
    form = page.locator("[data-informed-form]")
    form.get_by_label("119").check()
    form.get_by_label("120").check()
    form.get_by_label("通知时间").fill("99:99")
    form.get_by_label("通知时间").press("Tab")
    form.get_by_role("button", name="记下").click()
    expect(form).to_be_visible()  # no such time: the browser says so, nothing is sent
    form.get_by_label("通知时间").fill("00:00")
    form.get_by_label("通知时间").press("Tab")
    check_access(page, "who was told")
    picture(page, "informed-zh")
    form.get_by_role("button", name="记下：已通知119、120").click()
    expect(form).to_have_count(0)
    expect(page.locator(".dossier header")).to_contain_text("119 00:00")
    expect(page.locator(".log")).to_contain_text("已通知119、120")
    page.locator("[data-inform]").click()
    expect(form.get_by_label("119")).to_have_count(0)
    form.get_by_role("button", name="取消").click()

    # kept from the report that is being typed, and from the dossier; found by its letters in the next one
    page.keyboard.press("n")
    page.locator("[data-place]").fill("江滨中学")
    page.locator("[data-place]").press("Enter")
    page.locator("[data-path]").wait_for()
    page.get_by_role("button", name="存为常用地点").click()
    page.get_by_label("地点名称").fill("滨江老泵站")
    page.get_by_label("地点名称").press("Enter")
    expect(page.locator("[data-save-place] [role=status]")).to_contain_text("已存为常用地点：滨江老泵站")
    expect(page.locator(".raise")).to_be_visible()  # Enter in that field registers nothing
    page.locator("[data-place]").fill("bjlbz")
    expect(page.locator("[data-hits] [role=option]").first).to_contain_text("滨江老泵站")
    expect(page.locator("[data-hits] [role=option]").first).to_contain_text("常用地点")
    picture(page, "saved-place-zh")
    page.locator("[data-place]").press("Enter")
    page.locator(".raise .chips").get_by_role("button", name=KIND, exact=True).click()
    page.get_by_role("button", name="仅登记").click()
    expect(page.locator(".raise")).to_have_count(0)
    page.locator(".dossier header [data-save-place] button").click()
    page.get_by_label("地点名称").fill("东门桥涵洞")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".dossier header [role=status]")).to_contain_text("东门桥涵洞")
    check_access(page, "a place that was kept")
    page.keyboard.press("n")
    page.locator("[data-place]").fill("dmqhd")
    expect(page.locator("[data-hits] [role=option]").first).to_contain_text("东门桥涵洞")
    assert faults == []
