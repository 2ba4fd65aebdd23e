"""Two hundred new incidents within a minute: one tone each few seconds, and a page that can be worked with all the while."""

import json
import time
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, expect

from command.core.chance import SystemChance, time_ordered_id
from tests.browser.seats import check_access, desk_of, picture

pytestmark = pytest.mark.browser
MANY, WINDOW_S, APART_S = 200, 60, 4
USABLE_S = 3
# every voice that begins to sound, with the time at which it was begun
LISTEN = """() => {
window.voices = []
const made = AudioContext.prototype.createOscillator
AudioContext.prototype.createOscillator = function () { window.voices.push(performance.now() / 1000); return made.call(this) }
}"""


def test_two_hundred_alarms_are_a_tone_each_few_seconds_and_the_desk_stays_usable(quiet: str, plain: Browser) -> None:
    faults: list[str] = []
    city, desk = desk_of(plain, quiet, "city", faults), desk_of(plain, quiet, "county", faults)
    desk.evaluate(LISTEN)
    desk.keyboard.press("Escape")  # a browser wants one press before it sounds
    desk.locator(".board [data-row]").first.wait_for()  # the demo's own, which may come a moment after the picture
    before = int(desk.locator("[data-tab=incidents] b").inner_text())
    chance, began = SystemChance(), time.monotonic()
    township = city.request.get(f"{quiet}/api/v1/places?q=jbjd").json()[0]["id"]
    started = desk.evaluate("performance.now() / 1000")
    for number in range(MANY):
        body = {"category": "10102", "severity": 4, "place": {"division": township}, "report": {"words": f"第{number}起"}}
        headers = {"command-id": time_ordered_id(int(time.time() * 1000), chance), "content-type": "application/json"}
        answer = city.request.post(f"{quiet}/api/v1/incidents", data=json.dumps(body), headers=headers)
        assert answer.status == 201, answer.text()
        if number == MANY // 2:  # in the midst of it: a key, a box, a list
            pressed = time.monotonic()
            desk.keyboard.press("/")
            desk.locator("dialog").get_by_role("combobox").fill("点名")
            expect(desk.locator("dialog").get_by_role("combobox")).to_have_value("点名")
            desk.keyboard.press("Escape")
            assert time.monotonic() - pressed < USABLE_S
    assert time.monotonic() - began < WINDOW_S
    expect(desk.locator("[data-tab=incidents] b")).to_have_text(str(before + MANY))
    expect(desk.locator(".alarm")).to_contain_text(f"新报 {MANY}起")
    lasted = desk.evaluate("performance.now() / 1000") - started
    voices = desk.evaluate("window.voices")
    assert 1 <= len(voices) <= lasted / APART_S + 1
    assert all(later - earlier >= APART_S - 0.2 for earlier, later in pairwise(voices))
    check_access(desk, "two hundred alarms")
    picture(desk, "two-hundred-alarms-zh")
    desk.keyboard.press("q")
    expect(desk.locator(".alarm")).to_have_count(0)
    pressed = time.monotonic()
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator(".dossier h2")).to_be_visible()
    assert time.monotonic() - pressed < USABLE_S
    assert faults == []
