"""A county officer clicks the map and watches the incident staff itself; a leader answers in a second window."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import DESK, PHONE, chromium, demo_server, need_chromium, open_page, picture, sign_in, without_webgl

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser") / "home"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    need_chromium()
    with demo_server(home) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    need_chromium()
    with chromium() as found:
        yield found


def _raise_by_click(page: Page, category: str) -> None:
    """On the map's middle, well inside the county."""
    box = page.locator("[data-map-state]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.5)
    expect(page.locator("[data-path]")).to_contain_text("云江市")
    page.locator(".chips").get_by_role("button", name=category, exact=True).click()
    expect(page.locator("[data-order]")).to_be_enabled()


def test_an_officer_clicks_the_map_and_it_staffs_itself(address: str, browser: Browser) -> None:
    faults: list[str] = []
    page = open_page(browser.new_context(viewport=DESK), faults)  # type: ignore[arg-type]
    sign_in(page, address, "county")
    page.wait_for_selector("[data-map-state=idle]")
    before = page.locator(".rows li").count()
    _raise_by_click(page, "内涝")
    picture(page, "report-zh")
    page.click("[data-order]")
    expect(page.locator(".rows li")).to_have_count(before + 1)
    page.wait_for_selector(".dossier [data-call]")
    page.wait_for_selector(".dossier li[data-promised]:not([data-promised='0'])")
    picture(page, "console-night-zh")
    page.get_by_role("button", name="日间").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Incidents")).to_be_visible()
    picture(page, "console-day-en")
    assert faults == []


def test_a_leader_answers_in_a_second_window_of_the_same_browser(address: str, home: Path, browser: Browser) -> None:
    faults: list[str] = []
    context = browser.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
    phone, desk = open_page(context, faults), open_page(context, faults)
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(phone, address, "leader")
    sign_in(desk, address, "county")
    team = phone.locator("main li b").first.inner_text()
    at = _base_of(team, home)
    desk.keyboard.press("n")
    desk.get_by_label("坐标（经度, 纬度）").fill(f"{at[0]}, {at[1]}")
    desk.get_by_label("坐标（经度, 纬度）").press("Tab")
    desk.locator(".chips").get_by_role("button", name="心脏骤停等急症", exact=True).click()
    desk.get_by_label("报告内容").fill("老人胸痛倒地")
    desk.get_by_label("详细地址").fill("滨江路 12 号 3 单元")
    expect(desk.locator("[data-order]")).to_be_enabled()
    desk.keyboard.press("Control+Enter")
    accept = phone.locator("button.yes")
    accept.wait_for()
    page_text = phone.inner_text("body")
    assert "滨江路" not in page_text
    assert "胸痛" not in page_text
    for button in (accept, *phone.locator(".no button").all()):
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 60
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture(phone, "phone-call-zh")
    accept.click()
    phone.wait_for_selector("text=滨江路 12 号 3 单元")
    picture(phone, "phone-going-zh")
    phone.get_by_role("button", name="已出发").click()
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    phone.get_by_role("button", name="已到位").click()
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()
    phone.get_by_role("button", name="English").click()
    picture(phone, "phone-going-en")
    assert faults == []


def _base_of(team: str, home: Path) -> tuple[str, str]:
    """Where the team waits, from the registry of the demo."""
    with closing(sqlite3.connect(home / "realms" / "demo" / "registry.db")) as registry:
        lon, lat = registry.execute("SELECT lon, lat FROM teams WHERE name = ?", (team,)).fetchone()
    return f"{lon}", f"{lat}"


def test_without_webgl_the_lists_and_the_report_work(address: str, browser: Browser) -> None:
    with without_webgl(browser) as plain:
        page = open_page(plain.new_context(viewport={"width": 360, "height": 740}), [])
        sign_in(page, address, "county")
        page.wait_for_selector("[data-map-state=none]")
        expect(page.locator(".rows li").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.get_by_role("button", name="接报登记").click()
        page.get_by_label("坐标（经度, 纬度）").fill("30.39, 111.99")
        page.get_by_label("坐标（经度, 纬度）").press("Tab")
        expect(page.locator("[data-path]")).to_contain_text("云城区")
        picture(page, "report-narrow-zh")


def test_pages_are_served_with_a_strict_policy(address: str, browser: Browser) -> None:
    answer = browser.new_context().request.get(f"{address}/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert browser.new_context().request.get(f"{address}/assets/..%2f..%2fcli.py").status == 404
