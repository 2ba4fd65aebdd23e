"""One stretch of road closed at the desk: the one nearest to the incident, or by a press on the map; named, shown, lifted."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.faces import FACES, NAMES, Face
from tests.browser.seats import check_access, desk_of, fits, picture, sign_in
from tests.browser.test_marked_ground import at_an_incident

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("face", FACES, ids=NAMES)
def test_the_road_nearest_to_an_incident_is_closed_and_opened(quiet: str, home: Path, plain: Browser, face: Face) -> None:
    faults: list[str] = []
    page = face.page(plain, faults)
    sign_in(page, quiet, "county")
    at_an_incident(page, home)
    block = page.locator("[data-zones]")
    block.get_by_role("button", name=face.say("zone.mark.closure")).press("Enter")
    form = page.locator("[data-marking=closure]")
    form.get_by_role("button", name=face.say("zone.road.nearest")).press("Enter")
    chosen = form.locator("[data-stretch]")
    expect(chosen).to_have_text(re.compile(r"( km|m|米)$"))
    road = chosen.inner_text()
    expect(form).to_contain_text(face.say("zone.road.only"))
    change = page.locator("[data-zone-change]")
    expect(change).to_contain_text(re.compile("^" + re.escape(face.say("zone.change")) + ".*"))
    form.get_by_role("button", name=face.say("zone.what.bridge")).press("Enter")
    assert fits(page)
    check_access(page, "a stretch of road to close")
    picture(page, f"stretch-form-{face.name}")
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    row = block.locator("[data-zone=closure]")
    expect(row.locator("[data-road]")).to_have_text(road)
    assert fits(page)
    # looked at again: it is the same stretch, and another way may be chosen in its place
    row.get_by_role("button", name=face.say("zone.again")).press("Enter")
    expect(chosen).to_have_text(road)
    form.get_by_role("button", name=face.say("zone.road.drop")).press("Enter")
    near = form.get_by_label(face.say("zone.road.near"))
    near.fill("nowhere")
    near.press("Enter")
    expect(form.get_by_role("alert")).to_have_text(face.say("zone.road.bad"))
    form.get_by_role("button", name=face.say("zone.road.nearest")).press("Enter")
    expect(chosen).to_have_text(road)
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    row.get_by_role("button", name=face.say("zone.lift")).press("Enter")
    expect(row).to_have_count(0)
    assert faults == []


def test_a_road_is_pressed_on_the_map(quiet: str, home: Path, browser: Browser) -> None:
    faults: list[str] = []
    page = desk_of(browser, quiet, "county", faults)
    page.wait_for_selector("[data-map-state=idle]")
    at_an_incident(page, home)
    page.get_by_label("队伍", exact=True).uncheck()
    page.locator("[data-zones]").get_by_role("button", name="标道路中断").press("Enter")
    form = page.locator("[data-marking=closure]")
    form.get_by_role("button", name="在地图上点一段路").click()
    expect(form).to_contain_text("在地图上点要中断的那段路")
    page.keyboard.press("Escape")
    expect(form.get_by_role("button", name="在地图上点一段路")).to_be_visible()
    form.get_by_role("button", name="离事件最近的一段路").click()
    expect(form.locator("[data-stretch]")).to_be_visible()
    form.get_by_role("button", name="不选这段路").click()
    form.get_by_role("button", name="在地图上点一段路").click()
    box = page.locator(".map canvas").bounding_box()
    assert box is not None
    for share in (0.74, 0.72, 0.7, 0.78):  # beside the incident; where no road is near it says so, and one presses again
        with page.expect_response("**/api/v1/zones/look") as asked:
            page.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.66)
        if asked.value.ok:
            break
        expect(form).to_contain_text("附近没有")
    chosen = form.locator("[data-stretch]")
    expect(chosen).to_be_visible()
    expect(form).to_contain_text("离所选位置")
    road = chosen.inner_text()
    page.wait_for_timeout(1_500)
    picture(page, "stretch-pressed-zh")
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    expect(page.locator("[data-zone=closure] [data-road]")).to_have_text(road)
    page.wait_for_timeout(1_500)
    picture(page, "stretch-on-map-zh")
    assert faults == []
