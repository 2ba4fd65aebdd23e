"""The map for whoever does not see it: it has a name and says what it shows, all of that is in lists, and a new incident is told once."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import check_access, desk_of, take_report
from tests.browser.walking import walk

pytestmark = pytest.mark.browser
LISTEN = """() => {
  window.told = []
  new MutationObserver(() => window.told.push(document.querySelector('[data-announce]').textContent))
    .observe(document.querySelector('[data-announce]'), { childList: true, subtree: true, characterData: true })
}"""


def listed(page: Page, tab: str) -> int:
    """How long assistive technology hears that a list is."""
    page.locator(f"[data-tab={tab}]").click()
    row = page.locator("#board-panel .rows li").first
    row.wait_for()
    return int(row.get_attribute("aria-setsize") or 0)


def test_the_map_has_a_name_and_all_that_is_on_it_is_in_lists(address: str, browser: Browser) -> None:
    faults: list[str] = []
    page = desk_of(browser, address, "city", faults)
    page.wait_for_selector("[data-map-state=idle]")
    region = page.get_by_role("region", name="一张图", exact=True)
    expect(region).to_have_accessible_description(re.compile("调度台的同名列表.*底图"))
    drawn = page.locator("[data-part=map] canvas")
    expect(drawn).to_have_role("group")
    expect(drawn).to_have_accessible_name("地图画面：方向键移动，＋－缩放")
    expect(drawn).to_have_accessible_description(re.compile("同名列表"))
    for name in ("放大", "缩小"):
        expect(region.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(region.get_by_role("group", name="图层").get_by_role("checkbox")).to_have_count(6)
    check_access(page, "the map")
    assert {"地图画面：方向键移动，＋－缩放", "放大", "缩小"} <= set(walk(page)), "and Tab comes to it, and out of it"

    # what is drawn is what is listed
    answer = page.request.get(f"{address}/api/v1/map/stations").json()
    assert listed(page, "stations") == len(answer["features"]) > 0
    assert listed(page, "teams") == int(page.locator("[data-tab=teams] b").inner_text()) > 0
    page.locator("[data-tab=incidents]").click()
    marks = page.locator(".board [data-row]")
    assert marks.count() >= int(page.locator("[data-tab=incidents] b").inner_text()) > 0
    marks.first.click()
    expect(page.locator(".dossier header")).to_contain_text("WGS-84")  # where it is, in figures

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("region", name="Map", exact=True)).to_have_accessible_description(re.compile("lists of these names"))
    expect(drawn).to_have_accessible_name("The picture of the map: arrows move it, + and - zoom")
    expect(page.get_by_role("button", name="Nearer", exact=True)).to_be_visible()
    assert faults == []


def test_without_a_picture_nothing_of_it_is_heard_and_a_keeper_has_the_stations_too(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "keeper", faults)
    page.wait_for_selector("[data-map-state=none]")
    region = page.get_by_role("region", name="一张图", exact=True)
    expect(region).to_contain_text("本机不能显示地图")
    assert (
        region.locator("canvas, button, input").evaluate_all("all => all.filter((each) => !each.closest('[inert]')).length") == 0
    )
    expect(region).to_have_accessible_description(re.compile("图上的事件和站点"))
    assert listed(page, "stations") > 0
    expect(page.locator("#board-panel .rows")).not_to_contain_text("队伍")
    check_access(page, "a keeper's stations")
    assert faults == []


def test_a_new_incident_is_told_once(address: str, plain: Browser) -> None:
    faults: list[str] = []
    city, town = desk_of(plain, address, "city", faults), desk_of(plain, address, "township", faults)
    city.locator("[data-row]").first.wait_for()
    city.evaluate(LISTEN)
    take_report(town, "30.39, 111.99", "内涝")
    town.get_by_role("button", name="仅登记").click()
    name = town.locator(".dossier h2").inner_text()
    expect(city.locator("[data-announce]")).to_contain_text(f"新报：{name}")

    # it changes, and the officer looks at another post and back: none of that is new
    city.locator(".board [data-row]", has_text=name).first.click()
    city.get_by_role("button", name="改级别").click()
    city.locator(".dossier form").get_by_role("button", name="较大").click()
    city.locator(".dossier form button.solid").click()
    expect(city.locator(".scales")).to_contain_text("较大")
    for post in (1, 0):
        city.locator("header nav button").nth(post).click()
        expect(city.locator("header nav button").nth(post)).to_have_attribute("aria-pressed", "true")
    told = [each for each in city.evaluate("window.told") if f"新报：{name}" in each]
    assert len(told) == 1, told
    assert faults == []
