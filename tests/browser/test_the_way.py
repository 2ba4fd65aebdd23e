"""The way to a task on the phone: a line, the same in words, and navigation apps, each with the place in the datum that it counts in."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from geo import distance_m, point_to_wgs84
from tests.browser.crews import KIND, signed_in
from tests.browser.seats import base_of, check_access, fits, picture, take_report

pytestmark = pytest.mark.browser
BESIDE = 0.01
"""Degrees from the team's own door."""
CLOSE_M = 30


def test_the_way_is_a_line_words_and_a_place_in_each_apps_datum(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = signed_in(plain, quiet, faults)
    lon, lat = (float(part) for part in base_of(team, home).split(", "))
    lat -= BESIDE  # there a road leads
    take_report(desk, f"{lon}, {lat}", KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").click()
    phone.locator("summary", has_text="路线和导航").click()
    way = phone.locator("details", has_text="路线和导航")
    expect(way.get_by_role("img")).to_be_visible()
    expect(way.get_by_role("listitem").first).to_have_text(re.compile("^出发.*(米|km)"))
    expect(way.get_by_role("listitem").filter(has_text=re.compile("(沿|进入|走).+(路|街|大道)")).first).to_be_visible()

    def place(app: str, pattern: str) -> tuple[float, float]:
        found = re.search(pattern, way.get_by_role("link", name=app).get_attribute("href") or "")
        assert found is not None, app
        return float(found[1]), float(found[2])

    near = place("手机自带", r"geo:([\d.]+),([\d.]+)")[::-1]
    assert distance_m(lon, lat, *near) < CLOSE_M
    assert distance_m(lon, lat, *point_to_wgs84(*place("高德地图", r"to=([\d.]+),([\d.]+)"), "gcj02")) < CLOSE_M
    assert distance_m(lon, lat, *point_to_wgs84(*place("百度地图", r"destination=([\d.]+),([\d.]+)")[::-1], "bd09")) < CLOSE_M
    assert fits(phone)
    check_access(phone, "the way")
    picture(phone, "phone-way-zh")
    assert faults == []
