"""Danger areas and closed roads at the desk: marked from an incident, what that changes shown before, looked at again, lifted; drawn on the map."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.crews import KIND
from tests.browser.faces import FACES, NAMES, Face
from tests.browser.seats import base_of, check_access, desk_of, fits, picture, sign_in

pytestmark = pytest.mark.browser
WORDS = "路口全淹了canary"


def at_an_incident(page: Page, home: Path) -> None:
    """One that teams are called to."""
    page.locator("[data-tab=teams]").press("Enter")
    place = base_of(page.locator("[data-team] b").first.inner_text(), home)
    page.locator("[data-tab=incidents]").press("Enter")
    page.keyboard.press("n")
    page.locator("[data-place]").fill(place)
    page.locator("[data-place]").press("Tab")
    page.wait_for_selector("[data-path]")
    page.locator("[data-category-box]").fill(KIND)
    page.locator("[data-category-box]").press("Enter")
    expect(page.locator("[data-order]")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    page.locator(".dossier [data-call]").first.wait_for()


@pytest.mark.parametrize("face", FACES, ids=NAMES)
def test_a_danger_area_is_marked_from_an_incident_and_what_it_changes_is_seen_before(
    quiet: str, home: Path, plain: Browser, face: Face
) -> None:
    faults: list[str] = []
    page = face.page(plain, faults)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, quiet, "county")
    at_an_incident(page, home)
    block = page.locator("[data-zones]")
    expect(block).to_contain_text(face.say("zones.none.here"))
    block.get_by_role("button", name=face.say("zone.mark.hazard")).press("Enter")
    form = page.locator("[data-marking]")
    around = form.get_by_role("button", name=face.say("zone.around", d="0.50 km"))
    around.press("Enter")
    expect(around).to_have_attribute("aria-pressed", "true")
    form.get_by_label(face.say("zone.depth")).fill("40")
    form.get_by_label(face.say("zone.said_by")).fill(WORDS)
    change = page.locator("[data-zone-change]")
    expect(change.locator("p").nth(2)).not_to_have_text(face.say("zone.change.no_roads"))
    expect(change.get_by_role("listitem").first).to_be_visible()
    assert fits(page)
    check_access(page, "a danger area to mark")
    picture(page, f"zone-form-{face.name}")
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    expect(block.get_by_role("button", name=face.say("zone.mark.hazard"))).to_be_focused()
    row = block.locator("[data-zone=hazard]")
    expect(row).to_contain_text(face.say("zone.what.flood"))
    expect(row).to_contain_text(face.say("zone.depth.is", n=40))
    cut = page.locator(".dossier [data-call] [data-detour]")
    expect(cut.first).to_be_visible()  # each team says that its way is cut, not only the form before
    expect(cut.first).to_contain_text(face.say("detour.short", d="").split("  ")[0].strip()[:4])
    picture(page, f"zone-cut-{face.name}")
    assert "canary" not in page.inner_text("body"), "who reported it is sealed"
    row.get_by_role("button", name=face.say("zone.said.show")).press("Enter")
    expect(row).to_contain_text(WORDS)
    assert not [url for url in asked if "canary" in url], "no address holds who said it"

    # from the sheet of all: somebody looked, it is shallower, cars get through
    page.keyboard.press("x")
    sheet = page.locator("dialog")
    expect(sheet.locator("[data-zone]")).to_have_count(1)
    assert fits(page)
    check_access(page, "all ground that is marked")
    picture(page, f"zones-{face.name}")
    sheet.get_by_role("button", name=face.say("zone.again")).press("Enter")
    form.get_by_label(face.say("zone.depth")).fill("10")
    for mode in ("car", "e_bike"):
        form.get_by_role("button", name=face.say(f"zone.mode.{mode}"), exact=True).press("Enter")
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)  # on a narrow desk the row lies under it, out of reach
    expect(row).to_contain_text(face.say("zone.depth.is", n=10))
    expect(row).to_contain_text(face.say("zone.shuts.none"))
    expect(cut).to_have_count(0)
    row.get_by_role("button", name=face.say("zone.lift")).press("Enter")
    expect(row).to_have_count(0)
    assert faults == []


def test_a_closed_road_is_drawn_on_the_map_and_the_reach_of_an_incident_shown(quiet: str, home: Path, browser: Browser) -> None:
    faults: list[str] = []
    page = desk_of(browser, quiet, "county", faults)
    page.wait_for_selector("[data-map-state=idle]")
    at_an_incident(page, home)
    page.get_by_label("15分钟可达范围").check()
    page.get_by_label("队伍", exact=True).uncheck()
    page.locator(".dossier h2").click()
    page.keyboard.press("x")
    page.locator("dialog").get_by_role("button", name="标道路中断").press("Enter")
    form = page.locator("[data-marking=closure]")
    expect(form.locator("footer button")).to_be_disabled()
    form.get_by_role("button", name="画范围").click()
    box = page.locator(".map canvas").bounding_box()
    assert box is not None
    for x, y in ((0.5, 0.4), (0.65, 0.4), (0.65, 0.6), (0.5, 0.6)):
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    form.get_by_role("button", name="闭合").click()
    form.get_by_role("button", name="桥梁不通").click()
    expect(page.locator("[data-zone-change]")).to_contain_text("涉及")
    picture(page, "closure-drawn-zh")
    form.locator("footer button.solid").click()
    expect(form).to_have_count(0)
    page.keyboard.press("x")
    expect(page.locator("dialog [data-zone=closure]")).to_contain_text("桥梁不通")
    page.keyboard.press("Escape")
    picture(page, "closure-on-map-zh")
    assert faults == []
