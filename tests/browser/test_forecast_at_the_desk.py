"""The forecast in an incident at the desk: it says when each need is met and what to do now, compares, orders nothing, and says what failed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.faces import FACES, Face
from tests.browser.seats import DESK, base_of, check_access, fits, picture, sign_in, take_report

pytestmark = pytest.mark.browser
CARDIAC, TEAM = "心脏骤停等急症", "江滨街道急救一队"
DESKS = [Face("desk-night-zh", DESK["width"], DESK["height"], "night", "zh"), FACES[0], FACES[2]]
WORKS_MS = 180_000
BUSY = {
    "code": "forecast.busy",
    "title": "正在推演另一次，请稍候再试",
    "title_en": "Another forecast is being worked out; try again soon",
}


def _press(page: Page, face: Face, word: str, **facts: object) -> None:
    """By the keyboard alone."""
    button = page.locator("[data-forecast]").get_by_role("button", name=face.say(word, **facts), exact=True)
    button.focus()
    page.keyboard.press("Enter")


def test_it_is_asked_compared_and_orders_nothing(quiet: str, plain: Browser, home: Path) -> None:
    faults: list[str] = []
    first = DESKS[0].page(plain, faults)
    sign_in(first, quiet, "county")
    take_report(first, base_of(TEAM, home), CARDIAC)
    first.keyboard.press("Control+Enter")
    expect(first.locator("[data-call=open]").first).to_be_visible()
    expect(first.locator(".log")).to_contain_text("第1批召集")
    by_officer = first.locator(".log li", has_text="云城区")
    ordered = by_officer.count()
    for face in DESKS:
        page = first if face is DESKS[0] else face.page(plain, faults)
        if page is not first:
            sign_in(page, quiet, "county")
            page.locator(".board [data-row]").first.click()
        block = page.locator("[data-forecast]")
        expect(block).to_contain_text(face.say("forecast.assumed"))
        _press(page, face, "forecast.run", n=60, m=200)
        expect(block.get_by_role("status")).to_have_text(face.say("forecast.busy"))
        check_access(page, "a forecast that is worked on")
        block.locator("[data-advice]").first.wait_for(timeout=WORKS_MS)
        need = block.locator("[data-forecast-need]").first
        expect(need.get_by_role("table").first).to_contain_text(face.say("forecast.half"))
        expect(need.get_by_role("img")).to_have_attribute("aria-label", re.compile("10%–90%"))
        need.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(need.get_by_role("table").nth(1).locator("tbody tr")).to_have_count(7)
        block.evaluate("each => each.scrollIntoView()")
        check_access(page, "a forecast")
        picture(page, f"forecast-{face.name}")
        need.locator("summary").press("Enter")
        _press(page, face, "forecast.compare")
        need.get_by_role("columnheader", name=face.say("forecast.wave")).first.wait_for(timeout=WORKS_MS)
        expect(need).to_contain_text(face.say("forecast.dashed"))
        expect(need.locator("[data-advice]")).not_to_be_empty()
        assert fits(page)
        block.evaluate("each => each.scrollIntoView()")
        check_access(page, "two courses side by side")
        picture(page, f"forecast-both-{face.name}")
    expect(by_officer).to_have_count(ordered)  # nothing was ordered; what lapsed meanwhile is called for by itself
    assert faults == []


def test_what_was_not_worked_out_is_said_in_its_place(quiet: str, plain: Browser, home: Path) -> None:
    faults: list[str] = []
    face = DESKS[0]
    page = face.page(plain, faults)
    sign_in(page, quiet, "county")
    take_report(page, base_of(TEAM, home), CARDIAC)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-call=open]").first).to_be_visible()

    def busy(route: Route) -> None:
        route.fulfill(status=429, json=BUSY)

    page.route("**/forecasts", busy)
    _press(page, face, "forecast.run", n=60, m=200)
    expect(page.locator("[data-forecast] [role=alert]")).to_contain_text(BUSY["title"])
    check_access(page, "a forecast refused")
    assert faults == []
