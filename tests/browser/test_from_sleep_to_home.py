"""A leader's call from sleep to home: the phone sleeps, is rung up and woken, says yes, goes on through a dead zone, arrives, goes home."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.borders import record, turn_away, wait_reached
from tests.browser.crews import Called, call
from tests.browser.faces import Face
from tests.browser.seats import PHONE, check_access, desk_of, fits, on_one_bar, open_page, picture, sign_in

pytestmark = pytest.mark.browser
FACES = [
    Face("phone-day-zh", PHONE["width"], PHONE["height"], "day", "zh"),
    Face("phone-night-en", PHONE["width"], PHONE["height"], "night", "en", is_slow=True),
]


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_a_leaders_call_from_sleep_to_home(quiet: str, home: Path, plain: Browser, face: Face) -> None:
    faults: list[str] = []
    context = face.context(plain)
    record(context)
    context.add_init_script("window.isHidden = true")  # another app is in front
    phone = open_page(context, faults)
    if face.is_slow:
        on_one_bar(phone)
    sign_in(phone, quiet, "leader")
    phone.locator("main h1").click()  # a touch: the browser lets the page ring
    team = phone.locator("main li b").first.inner_text()
    desk = desk_of(plain, quiet, "county", faults)

    # nobody looks at it when the call comes: it stands on the list to ring, and is a notice
    call(Called(phone, desk, team), home)
    wait_reached(phone, notices=1)
    desk.locator("[data-tab=ring]").click()
    row = desk.locator("[data-ring]", has_text=team)
    row.get_by_role("button", name="拨打").click()
    expect(row.locator("a[href^='tel:']")).to_be_visible()
    turn_away(phone, hidden=False)
    yes = phone.locator("button.yes")
    yes.wait_for()
    wait_reached(phone, tones=1, vibrated=1)
    assert fits(phone)
    check_access(phone, "woken by a call")
    picture(phone, f"home-1-call-{face.name}")
    yes.click()
    expect(row).to_have_count(0)
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_be_visible()

    # a dead zone on the way: what is said there waits, and comes in order
    set_out, arrived = (phone.get_by_role("button", name=face.say(f"phone.{step}")) for step in ("set_out", "arrived"))
    set_out.wait_for()
    phone.route("**/api/v1/me/calls/**", lambda route: route.abort())
    set_out.click()
    arrived.click()
    expect(phone.locator("[data-pending]")).to_be_visible()
    assert fits(phone)
    picture(phone, f"home-2-way-{face.name}")
    phone.unroute("**/api/v1/me/calls/**")
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()
    expect(phone.locator("[data-pending]")).to_have_count(0)

    # done: the desk sees it, and nothing of the task stays on the phone
    phone.get_by_role("button", name=face.say("phone.released")).click()
    expect(desk.locator("[data-call=released]", has_text=team)).to_be_visible()
    expect(phone.locator("[data-task]")).to_have_count(0)
    expect(phone.locator("main")).to_contain_text(face.say("reach.mine.awake"))
    assert fits(phone)
    picture(phone, f"home-3-home-{face.name}")
    check_access(phone, "home again")
    assert faults == []
