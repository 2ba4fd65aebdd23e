"""How the leader goes is chosen on the phone, and kept by it; without a network the way last fetched by that mode is shown, and what lacks is said."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.crews import KIND
from tests.browser.faces import FACES, NAMES, Face
from tests.browser.seats import base_of, check_access, desk_of, fits, picture, sign_in, take_report

pytestmark = pytest.mark.browser
BESIDE = 0.03
KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open('muster.phone.ways')
  asked.onsuccess = () => {
    const count = asked.result.transaction('phone.ways').objectStore('phone.ways').count()
    count.onsuccess = () => (asked.result.close(), done(count.result))
  }
})"""
NARROW = [face for face in FACES if face.name.startswith("narrow")]


@pytest.mark.parametrize("face", NARROW, ids=[name for name in NAMES if name.startswith("narrow")])
def test_the_way_is_shown_as_one_goes_also_without_a_network(quiet: str, home: Path, plain: Browser, face: Face) -> None:
    faults: list[str] = []
    phone = face.page(plain, faults)
    sign_in(phone, quiet, "leader")
    team = phone.locator("main li b").first.inner_text()
    desk = desk_of(plain, quiet, "county", faults)
    lon, lat = (float(part) for part in base_of(team, home).split(", "))
    take_report(desk, f"{lon}, {lat + BESIDE}", KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").click()
    way = phone.locator("details", has_text=face.say("way.title"))

    def mode(word: str) -> None:
        way.get_by_role("button", name=face.say(f"way.mode.{word}"), exact=True).click()

    def shown(word: str) -> str:
        expect(way.locator(f"[data-way={word}]")).to_be_visible()
        return way.locator(f"[data-way={word}]").inner_text()

    phone.locator("summary", has_text=face.say("way.title")).click()
    by_car = shown("car")
    mode("foot")
    on_foot = shown("foot")
    assert on_foot != by_car
    expect(way.get_by_role("link", name=face.say("way.app.amap"))).to_have_attribute("href", re.compile("mode=walk"))
    assert fits(phone)
    check_access(phone, "the way on foot")
    way.scroll_into_view_if_needed()
    picture(phone, f"phone-way-foot-{face.name}")
    phone.reload()  # kept by this phone
    phone.locator("summary", has_text=face.say("way.title")).click()
    assert shown("foot") == on_foot
    phone.route("**/api/v1/me/calls/*/route*", lambda route: route.abort())
    mode("car")
    expect(way.get_by_role("status")).to_have_text(re.compile(re.escape(face.say("way.kept", at="")[:8])))
    assert shown("car") == by_car
    mode("e_bike")
    expect(way.get_by_role("status")).to_have_text(face.say("way.unfetched"))
    expect(way.get_by_role("img")).to_have_count(0)
    way.scroll_into_view_if_needed()
    picture(phone, f"phone-way-lacks-{face.name}")
    phone.unroute("**/api/v1/me/calls/*/route*")
    mode("foot")
    assert shown("foot") == on_foot
    expect(way.get_by_role("status")).to_have_count(0)
    assert phone.evaluate(KEPT) == 2
    phone.get_by_role("button", name=face.say("phone.turn_back")).click()
    for _ in range(50):
        if phone.evaluate(KEPT) == 0:
            break
        phone.wait_for_timeout(100)
    assert phone.evaluate(KEPT) == 0, "what leads to the place leaves the phone with the task"
    assert [each for each in faults if "route" not in each] == []
