"""A county officer clicks the map and watches the incident staff itself; areas are drawn; the pages are strict and readable."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import check_access, desk_of, picture

pytestmark = pytest.mark.browser
MAP_RESTS_MS = 3_000
"""What a map without a graphics card waits for the hand, and a drawing."""


def _click(page: Page, across: float, down: float) -> None:
    """A place of the map, by its share of the map's width and height."""
    box = page.locator("[data-map-state]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def _raise_by_click(page: Page, category: str) -> None:
    """On the map's middle, well inside the county."""
    _click(page, 0.55, 0.5)
    expect(page.locator("[data-path]")).to_contain_text("云江市")
    page.locator(".raise .chips").get_by_role("button", name=category, exact=True).click()
    expect(page.locator("[data-order]")).to_be_enabled()


def test_an_officer_clicks_the_map_and_it_staffs_itself(address: str, browser: Browser) -> None:
    faults: list[str] = []
    page = desk_of(browser, address, "county", faults)
    page.wait_for_selector("[data-map-state=idle]")
    before = page.locator(".rows li").count()
    _raise_by_click(page, "内涝")
    page.get_by_role("button", name="在图上画范围").click()
    for across, down in ((0.74, 0.42), (0.86, 0.44), (0.84, 0.6), (0.95, 0.75)):
        _click(page, across, down)
    page.get_by_role("button", name="撤销上一点").click()
    _click(page, 0.74, 0.42)  # the first corner again closes it
    expect(page.locator("[data-area]")).to_have_text("范围 3 个角点")
    picture(page, "report-zh")
    page.click("[data-order]")
    expect(page.locator("dialog [data-order]")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".rows li")).to_have_count(before + 1)
    page.wait_for_selector(".dossier [data-call]")
    page.wait_for_selector(".dossier li[data-promised]:not([data-promised='0'])")
    expect(page.locator(".log")).to_contain_text("第1批召集")
    expect(page.locator(".dossier header")).to_contain_text("范围 3 个角点")
    picture(page, "console-night-zh")
    check_access(page, "the desk by night")
    page.get_by_role("button", name="召集与未召集原因").click()
    expect(page.locator(".dossier")).to_contain_text("按路网，车速为估计")
    counts = page.locator(".dossier").get_by_text("候选").inner_text()
    candidates, called, left = (int(part) for part in "".join(c if c.isdigit() else " " for c in counts).split())
    assert candidates == called + left
    page.get_by_role("button", name="日间").click()
    check_access(page, "the desk by day")
    page.get_by_role("button", name="收起").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("tab", name="Incidents")).to_be_visible()
    page.locator(".dossier .scroll").evaluate("each => each.scrollTo(0, 0)")
    picture(page, "console-day-en", rests_ms=MAP_RESTS_MS)
    assert faults == []


def test_pages_are_served_with_a_strict_policy(address: str, browser: Browser) -> None:
    answer = browser.new_context().request.get(f"{address}/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert browser.new_context().request.get(f"{address}/assets/..%2f..%2fcli.py").status == 404
