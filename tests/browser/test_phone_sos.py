"""While an SOS is open the work goes on: nothing of it lies over what must be pressed."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.crews import called_out, open_roll
from tests.browser.seats import PHONE, check_access, fits, picture

pytestmark = pytest.mark.browser
ROUNDING = 2
"""Pixels that large type may gain."""
HELD_MS = 700
"""A part of the two seconds, so that the ring is seen to fill."""


def sides(place: Locator) -> tuple[float, float, float, float]:
    """Left, top, right, bottom, on the screen."""
    box = place.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def overlap(one: Locator, other: Locator) -> bool:
    a, b = sides(one), sides(other)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def check_free(phone: Page, *buttons: Locator) -> None:
    strip = phone.locator("[data-sos-state]")
    for button in buttons:
        assert not overlap(strip, button), button
        left, top, right, bottom = sides(button)
        assert (top >= 0, left >= 0) == (True, True), button
        assert bottom < PHONE["height"] + ROUNDING, button
        assert right < PHONE["width"] + ROUNDING, button
        button.click(trial=True)  # nothing lies over its middle


def test_an_open_sos_leaves_every_main_button_to_the_finger(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, _ = called_out(plain, address, home, faults)
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="已出发").click()
    phone.get_by_role("button", name="已到位").click()
    sos = phone.locator("[data-sos]")
    sos.focus()
    phone.keyboard.down("Enter")
    phone.get_by_role("alertdialog").wait_for()
    phone.wait_for_timeout(HELD_MS)
    picture(phone, "phone-sos-hold-zh")
    phone.locator("[data-sos-state=sent]").wait_for()
    phone.keyboard.up("Enter")
    strip = phone.locator("[data-sos-state]")
    for large in (False, True):
        if large:
            phone.evaluate("localStorage.setItem('muster.large', 'yes')")
            phone.reload()
            strip.wait_for()
        for word in ("任务", "队员", "点名"):
            tab = phone.get_by_role("button", name=word, exact=True)
            tab.click()
            check_free(phone, tab, sos)
            strip.get_by_role("button").click(trial=True)
        phone.get_by_role("button", name="任务", exact=True).click()
        check_free(phone, phone.get_by_role("button", name="任务完成，我队返回"))
        assert fits(phone)
    phone.evaluate("localStorage.removeItem('muster.large')")
    phone.reload()
    strip.wait_for()
    picture(phone, "phone-sos-open-zh")

    # called over meanwhile: the press for the whole crew is free too
    open_roll(desk)
    phone.locator("[data-roll=open]").wait_for()
    check_free(phone, phone.get_by_role("button", name="全队平安"))
    check_access(phone, "an open SOS beside a roll")
    phone.get_by_role("button", name="全队平安").click()
    strip.get_by_role("button").click()
    expect(strip).to_contain_text("已报“我没事”")
    assert faults == []
