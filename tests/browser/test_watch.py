"""The watch at the desk: taken, handed over, what waits for whom, warnings, the brief for who comes next."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seats import PHONE, check_access, desk_of, fits, picture

pytestmark = pytest.mark.browser


def test_an_officer_takes_the_watch_enters_a_warning_and_sees_the_tiers(address: str, plain: Browser) -> None:
    faults: list[str] = []
    county = desk_of(plain, address, "county", faults)
    expect(county.locator("[data-watch]")).to_contain_text("本岗位无人值班")
    county.keyboard.press("h")
    sheet = county.locator("dialog")
    sheet.get_by_label("值班到", exact=True).last.fill("08:00")
    sheet.get_by_label("值班到", exact=True).last.press("Tab")
    check_access(county, "nobody on watch")
    sheet.get_by_role("button", name="接班", exact=True).click()
    expect(sheet).to_contain_text("在线")
    expect(sheet.get_by_role("button", name="结束值班，无人接班")).to_be_enabled()
    check_access(county, "on watch")
    picture(county, "watch-night-zh")
    county.keyboard.press("Escape")
    expect(county.locator("[data-watch]")).to_contain_text("值班至")
    county.keyboard.press("y")
    sheet.get_by_label("种类").select_option("rainstorm")
    sheet.get_by_label("级别").select_option("2")
    sheet.get_by_label("发布单位").fill("云江市气象台")
    sheet.get_by_role("button", name="登记", exact=True).click()
    expect(sheet.locator("[data-warning=rainstorm]")).to_contain_text("云江市气象台")
    expect(sheet.get_by_role("button", name="登记", exact=True)).to_be_enabled()  # the receipt is here too
    check_access(county, "warnings")
    picture(county, "warnings-night-zh")
    county.keyboard.press("Escape")
    expect(county.locator("[data-warnings='1']")).to_contain_text("橙")

    city = desk_of(plain, address, "city", faults)
    expect(city.locator("[data-warnings='1']")).to_contain_text("暴雨")
    city.keyboard.press("b")
    tiers = city.locator("dialog")
    expect(tiers.locator("[data-on-watch]").filter(has_text="在线")).to_have_count(1)
    expect(tiers).to_contain_text("个乡镇街道无事件")
    check_access(city, "tiers")
    expect(tiers.locator("[data-duty='9901'] a")).to_have_count(2)
    expect(tiers.locator("[data-duty='9901'] a").first).to_have_attribute("href", "tel:00008000000")
    picture(city, "tiers-night-zh")
    tiers.get_by_role("button", name="交班简报").click()
    expect(city.locator("[data-paper]")).to_contain_text("云江市气象台")
    expect(city.locator("[data-posts] [data-duty='990101'] a")).to_have_text("0000-8000001")
    check_access(city, "the brief")
    picture(city, "handover-zh")
    city.keyboard.press("Escape")
    city.keyboard.press("c")
    expect(city.locator("[data-entry=post]").first.locator("a").first).to_have_attribute("href", "tel:00008000000")
    picture(city, "directory-night-zh")
    city.locator("dialog input").fill("jbjt")
    expect(city.locator("[data-entry]")).to_have_count(0)
    city.locator("dialog input").fill("jbjd")
    expect(city.locator("[data-entry=team]").first).to_contain_text("江滨街道")
    expect(city.locator("[data-entry=team] a").first).to_have_attribute("href", re.compile(r"^tel:\d+$"))
    check_access(city, "the call directory")
    city.keyboard.press("Escape")
    city.keyboard.press("b")
    tiers.get_by_role("button", name="交班简报").click()
    city.emulate_media(media="print")
    expect(city.locator("header nav")).to_be_hidden()
    city.emulate_media(media="screen")
    city.keyboard.press("Escape")
    city.get_by_role("button", name="日间").click()
    city.get_by_role("button", name="English").click()
    city.keyboard.press("b")
    check_access(city, "tiers by day, in English")
    picture(city, "tiers-day-en")
    city.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert fits(city)
    picture(city, "tiers-narrow-en")
    county.keyboard.press("h")
    county.locator("dialog").get_by_role("button", name="结束值班，无人接班").click()
    expect(county.locator("dialog")).to_contain_text("无人值班，")
    county.keyboard.press("Escape")
    county.keyboard.press("y")
    county.locator("dialog").get_by_role("button", name="解除").click()
    expect(county.locator("[data-warnings]")).to_have_count(0)
    assert faults == []
