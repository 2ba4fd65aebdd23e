"""The desk as it was: replayed from an incident, played, stepped and dragged, one team followed; nothing can be ordered meanwhile."""

import json
import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from command.core.chance import SystemChance, time_ordered_id
from tests.browser.faces import Face
from tests.browser.seats import DESK, check_access, fits, picture, sign_in

pytestmark = pytest.mark.browser
FACES = [
    Face("desk-night-zh", DESK["width"], DESK["height"], "night", "zh"),
    Face("desk-day-en", DESK["width"], DESK["height"], "day", "en"),
]
GOING = "[data-call=accepted], [data-call=set_out], [data-call=arrived]"


def at_work(page: Page, address: str) -> None:
    """The demo's first incident, some of its teams on the way."""
    sign_in(page, address, "county")
    page.locator(".board [data-row]").first.click()
    page.locator(".dossier").locator(GOING).first.wait_for()


def begin(page: Page) -> None:
    page.locator("body").press("v")
    expect(page.locator("[data-past]")).not_to_have_attribute("data-past", "")
    expect(page.locator("[data-past]")).not_to_have_attribute("data-past", "0")


def stands_at(page: Page) -> int:
    return int(page.locator("[data-past]").get_attribute("data-past") or 0)


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_an_incident_is_replayed_on_the_desk_it_was_led_from(address: str, browser: Browser, face: Face) -> None:
    faults: list[str] = []
    page = face.page(browser, faults)
    at_work(page, address)
    changed: list[str] = []
    begin(page)
    page.on("request", lambda request: changed.append(request.url) if request.method != "GET" else None)
    dossier, bar = page.locator(".dossier"), page.locator("[data-past]")
    expect(bar).to_contain_text(face.say("replay.then"))
    expect(dossier.locator("[data-call]")).to_have_count(0)  # reported, and nobody called yet
    expect(page.locator("[data-part=log] li")).to_have_count(1)
    assert page.locator(".take, [data-order], .acts button").count() == 0
    first = stands_at(page)

    page.keyboard.press("ArrowRight")
    expect(bar).not_to_have_attribute("data-past", str(first))
    page.keyboard.press("ArrowLeft")
    expect(bar).to_have_attribute("data-past", str(first))

    moments = bar.get_by_label(face.say("replay.moments"))
    called = moments.locator("option").nth(-1).get_attribute("value") or ""
    moments.select_option(called)
    expect(bar).to_have_attribute("data-past", called)
    dossier.locator("[data-call]").first.wait_for()
    check_access(page, "a replay")
    assert fits(page)
    picture(page, f"replay-{face.name}", rests_ms=3_000)

    page.keyboard.press("n")
    page.keyboard.press("a")
    assert page.locator(".raise, [data-sheet], [role=dialog]").count() == 0, "keys that order are silent"

    follow = bar.get_by_label(face.say("replay.follow"), exact=True)
    team = follow.locator("optgroup").first.locator("option").first
    name = team.inner_text()
    follow.select_option(team.get_attribute("value"))
    for line in page.locator("[data-part=log] li").all():
        assert name in line.inner_text() or not line.inner_text().strip() or face.say("log.empty") in line.inner_text()
    follow.select_option("")

    slider = bar.get_by_role("slider")
    slider.fill(slider.get_attribute("min") or "")
    expect(bar).to_have_attribute("data-past", re.compile(r"\d"))
    expect(page.locator("[data-part=log] li").first).to_be_visible()
    page.locator("[data-part=log] h2").click()
    bar.get_by_role("button", name="1000×").click()
    page.locator("[data-part=log] h2").click()
    page.keyboard.press("Space")
    expect(bar).to_have_attribute("data-playing", "false")  # it came to the end
    dossier.locator(GOING).first.wait_for()
    bar.get_by_role("button", name=face.say("replay.back"), exact=True).click()
    bar.get_by_role("button", name=face.say("replay.play"), exact=True).click()
    expect(bar).to_have_attribute("data-playing", "false")
    expect(dossier.locator(GOING)).to_have_count(0)

    assert changed == [], "a replay changes nothing"
    bar.get_by_role("button", name=face.say("replay.leave")).click()
    expect(bar).to_have_count(0)
    dossier.locator(GOING).first.wait_for()
    expect(page.locator(".take")).to_be_visible()
    assert faults == []


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_what_would_have_come_of_a_wave_more_is_asked_of_a_moment_of_the_past(address: str, plain: Browser, face: Face) -> None:
    """What happened stands beside it, as far as it has happened, and from where it is worked out is said; nothing is ordered, and nothing
    of the present is asked for from the past."""
    faults: list[str] = []
    page = face.page(plain, faults)
    at_work(page, address)
    begin(page)
    moments = page.locator("[data-past]").get_by_label(face.say("replay.moments"))
    moments.select_option(moments.locator("option").nth(-1).get_attribute("value"))
    block = page.locator("[data-forecast]")
    expect(block.get_by_role("button")).to_have_count(1)
    block.get_by_role("button", name=face.say("forecast.past"), exact=True).click()
    need = block.locator("[data-forecast-need]").first
    need.get_by_role("columnheader", name=face.say("forecast.plain")).first.wait_for(timeout=90_000)
    expect(block.get_by_role("status")).to_contain_text("其后为推演" if face.lang == "zh" else "worked out from there")
    expect(block.get_by_role("columnheader", name=face.say("forecast.happened"))).to_have_count(0)
    expect(need.locator("[data-advice=compared]")).not_to_be_empty()
    check_access(page, "a branch of the past at the desk")
    assert fits(page)
    block.evaluate("each => each.scrollIntoView()")
    picture(page, f"replay-branch-{face.name}")
    assert faults == []


def test_who_replays_hears_of_what_comes_in_meanwhile(quiet: str, plain: Browser) -> None:
    """A new report while the county looks back: it is said, and one press leads to it."""
    faults: list[str] = []
    face = FACES[0]
    page, other = face.page(plain, faults), face.page(plain, faults)
    sign_in(page, quiet, "county")
    page.locator(".board [data-row]").first.click()
    page.locator(".dossier h2").wait_for()
    begin(page)
    sign_in(other, quiet, "city")
    township = other.request.get(f"{quiet}/api/v1/places?q=jbjd").json()[0]["id"]
    body = {"category": "10102", "severity": 4, "place": {"division": township}, "report": {"words": "新报"}}
    headers = {"command-id": time_ordered_id(int(time.time() * 1000), SystemChance()), "content-type": "application/json"}
    assert other.request.post(f"{quiet}/api/v1/incidents", data=json.dumps(body), headers=headers).status == 201
    expect(page.get_by_text(face.say("replay.now"))).to_be_visible()
    assert page.locator(".board [data-row]").count() == 1, "the past itself stays as it was"
    page.get_by_role("button", name=face.say("replay.leave")).click()
    expect(page.locator(".alarm")).to_be_visible()
    expect(page.locator(".board [data-row]")).to_have_count(2)
    assert faults == []
