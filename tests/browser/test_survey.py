"""The survey of the ground at the desk: coverage, gaps, where to put stations and teams, faults of fences; as a file, and on the map."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.faces import FACES, NAMES, Face
from tests.browser.seats import check_access, desk_of, fits, picture, sign_in

pytestmark = pytest.mark.browser


def opened(page: Page, face: Face) -> None:
    page.keyboard.press("/")
    page.locator("dialog").get_by_role("combobox").fill(face.say("survey.title"))
    page.locator("dialog").get_by_role("combobox").press("Enter")
    page.locator("[data-coverage] tbody tr").first.wait_for()


@pytest.mark.parametrize("face", FACES, ids=NAMES)
def test_what_is_covered_and_what_is_wrong_with_fences(quiet: str, plain: Browser, face: Face, tmp_path: Path) -> None:
    faults: list[str] = []
    page = face.page(plain, faults)
    sign_in(page, quiet, "county")
    opened(page, face)
    for basis in ("people", "buildings", "built"):
        chip = page.get_by_role("button", name=face.say(f"survey.basis.{basis}"))
        expect(chip).to_have_attribute("aria-pressed", "true" if basis == "people" else "false")
    expect(page.locator("[data-coverage] thead")).to_contain_text(face.say("survey.unit.people"))
    page.get_by_role("button", name=face.say("survey.basis.built")).press("Enter")
    expect(page.get_by_role("button", name=face.say("survey.basis.built"))).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-gaps]")).to_contain_text(
        face.say("survey.gaps.none")
    )  # every house of the demo's county lies in a circle
    page.get_by_role("button", name=face.say("survey.basis.ground")).press("Enter")
    expect(page.locator("[data-gaps]")).not_to_contain_text(face.say("survey.gaps.none"))
    expect(page.locator("[data-gaps] ol").first.get_by_role("listitem").first).to_be_visible()
    page.get_by_role("button", name=face.say("survey.check")).press("Enter")
    expect(page.locator("[data-faults] tbody tr").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=face.say("survey.save")).press("Enter")
    waiting.value.save_as(tmp_path / "fences.geojson")
    assert json.loads((tmp_path / "fences.geojson").read_text("utf-8"))["type"] == "FeatureCollection"
    page.locator("dialog .body").evaluate("each => each.scrollTo(0, 0)")
    assert fits(page)
    check_access(page, "the survey")
    picture(page, f"survey-{face.name}")
    assert faults == []


@pytest.mark.parametrize("face", FACES, ids=NAMES)
def test_where_to_put_stations_and_teams(quiet: str, plain: Browser, face: Face) -> None:
    faults: list[str] = []
    page = face.page(plain, faults)
    sign_in(page, quiet, "county")
    opened(page, face)
    page.get_by_role("button", name=face.say("survey.basis.ground")).press("Enter")
    block = page.locator("[data-siting]")
    for ask in ("next", "twice", "quickest", "in_time"):
        block.get_by_role("button", name=face.say(f"survey.ask.{ask}"), exact=True).press("Enter")
        unit = "teams" if ask in ("quickest", "in_time") else "stations"
        block.get_by_role("button", name=face.say(f"survey.k.{unit}", n=2), exact=True).press("Enter")
        if ask == "in_time":
            block.get_by_label(face.say("survey.there")).select_option("RESCUE_WATER")
        expect(block.get_by_role("button", name=face.say("survey.go"))).to_be_enabled()
        block.get_by_role("button", name=face.say("survey.go")).press("Enter")
        page.locator(f"[data-answers={ask}]").wait_for()
        expect(block.get_by_role("listitem")).to_have_count(2)
        expect(block.locator("[data-bound]")).to_be_visible()
    assert fits(page)
    check_access(page, "where to put stations and teams")
    block.evaluate("each => each.scrollIntoView()")
    picture(page, f"siting-{face.name}")
    block.get_by_role("button", name=face.say("survey.ask.quickest"), exact=True).press("Enter")
    expect(block.locator("[data-bound]")).to_have_count(0)  # an answer to something else is not shown as one to this
    assert faults == []


def test_gaps_and_proposed_places_are_on_the_map(quiet: str, browser: Browser) -> None:
    faults: list[str] = []
    face = FACES[1]
    page = desk_of(browser, quiet, "city", faults)
    page.wait_for_selector("[data-map-state=idle]")
    for layer in ("map.gaps", "map.sited"):
        expect(page.get_by_label(face.say(layer))).to_have_count(0)
    opened(page, face)
    page.get_by_role("button", name=face.say("survey.ask.in_time"), exact=True).press("Enter")
    page.get_by_role("button", name=face.say("survey.go")).press("Enter")
    page.locator("[data-answers=in_time] [data-bound]").wait_for()
    page.get_by_role("button", name=face.say("survey.check")).press("Enter")
    expect(page.locator("[data-faults] tbody tr").first).to_be_visible()
    page.keyboard.press("Escape")
    for layer in ("map.gaps", "map.sited", "map.faults"):
        expect(page.get_by_label(face.say(layer))).to_be_checked()
    picture(page, "survey-map-zh", rests_ms=3_000)
    assert faults == []
