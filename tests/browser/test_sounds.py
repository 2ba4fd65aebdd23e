"""What a desk hears: a tick when a team comes, a falling tone when the link is lost, and an SOS until somebody takes it, muted or not."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.crews import Called, call
from tests.browser.seats import DESK, PHONE, desk_of, open_page, sign_in

pytestmark = pytest.mark.browser
HEAR = """() => {
  window.heard = []
  const made = AudioContext.prototype.createOscillator
  AudioContext.prototype.createOscillator = function () {
    const voice = made.call(this)
    const set = voice.frequency.setValueAtTime.bind(voice.frequency)
    voice.frequency.setValueAtTime = (hertz, at) => { window.heard.push(hertz); return set(hertz, at) }
    return voice
  }
}"""
TICK, LOST, SOS = 1200, 440, 660
SOS_AGAIN_MS, OLD_MS = 3_000, 60_000


def heard(desk: Page, tone: int) -> int:
    """How often it began to sound."""
    found: int = desk.evaluate("(tone) => window.heard.filter((each) => each === tone).length", tone)
    return found


def wait_heard(desk: Page, tone: int, times: int = 1) -> None:
    desk.wait_for_function("([tone, times]) => window.heard.filter((each) => each === tone).length >= times", arg=[tone, times])


def test_each_sound_of_a_desk_means_one_thing(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone = desk_of(plain, quiet, "leader", faults, size=PHONE)
    desk = open_page(plain.new_context(viewport=DESK, locale="zh-CN"), faults)  # type: ignore[arg-type]
    desk.clock.install()
    sign_in(desk, quiet, "county")
    desk.evaluate(HEAR)
    desk.keyboard.press("Escape")  # a browser wants one press before it sounds
    call(Called(phone, desk, phone.locator("main li b").first.inner_text()), home)
    phone.locator("button.yes").wait_for()
    assert heard(desk, TICK) == 0
    phone.locator("button.yes").click()
    wait_heard(desk, TICK)
    assert (heard(desk, TICK), heard(desk, LOST), heard(desk, SOS)) == (1, 0, 0)
    desk.clock.fast_forward(OLD_MS)
    wait_heard(desk, LOST)
    desk.wait_for_selector("[data-link=live]")

    desk.keyboard.press("/")
    box = desk.locator("dialog").get_by_role("combobox")
    box.fill("声音")
    box.press("Enter")
    desk.get_by_label("静音（紧急求助除外）").check()
    desk.keyboard.press("Escape")
    phone.get_by_role("button", name="已出发").click()
    phone.locator("[data-sos]").focus()
    phone.keyboard.down("Enter")
    phone.locator("[data-sos-state=sent]").wait_for()
    phone.keyboard.up("Enter")
    wait_heard(desk, SOS, times=2)
    desk.locator("[data-alarm=true]").get_by_role("button", name="接手").click()
    expect(desk.locator("[data-alarm=false]")).to_be_visible()
    still = heard(desk, SOS)
    desk.clock.run_for(SOS_AGAIN_MS)
    assert heard(desk, SOS) == still, "taken, it is still"
    assert faults == []
