"""Danger areas and closed roads on the phone of who is called there: a word before the answer, all of it at the task, and the way anew."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.borders import reached, record, turn_away, wait_no_notice, wait_reached
from tests.browser.crews import KIND
from tests.browser.faces import FACES, NAMES, Face
from tests.browser.seats import PHONE, base_of, check_access, desk_of, fits, open_page, picture, sign_in, take_report
from tests.browser.test_phone_rings import notices

pytestmark = pytest.mark.browser
BESIDE = -0.01
"""Degrees from the door of the team: there a road leads."""
NARROW = [face._replace(is_slow=False) for face in FACES if face.name.startswith("narrow")]
"""Not on one bar: a line made slow cannot be taken away as well."""
OPENING = "**/api/v1/me/calls/*/route*"
LIVE_AS = "document.querySelector('[data-ground]').dataset.first = 'yes'"
"""A part that was there before what is read out came into it is the same part after."""


def mark_danger(desk: Page, depth: int) -> None:
    desk.locator("[data-zones]").get_by_role("button", name="标危险区").press("Enter")
    form = desk.locator("[data-marking=hazard]")
    form.get_by_role("button", name="0.50 km").press("Enter")
    form.get_by_label("水深（厘米）").fill(str(depth))
    form.get_by_label("谁报的").fill("路口canary")
    desk.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)


def look_again(desk: Page, depth: int) -> None:
    desk.locator("[data-zones] [data-zone=hazard]").get_by_role("button", name="复查").press("Enter")
    form = desk.locator("[data-marking=hazard]")
    form.get_by_label("水深（厘米）").fill(str(depth))
    desk.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)


def close_road(desk: Page) -> str:
    desk.locator("[data-zones]").get_by_role("button", name="标道路中断").press("Enter")
    form = desk.locator("[data-marking=closure]")
    form.get_by_role("button", name="离事件最近的一段路").press("Enter")
    road = form.locator("[data-stretch]").inner_text()
    form.get_by_role("button", name="桥梁不通").press("Enter")
    desk.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    return road


@pytest.mark.parametrize("face", NARROW, ids=[name for name in NAMES if name.startswith("narrow")])
def test_a_leader_is_told_what_is_dangerous_or_shut_and_gets_the_way_anew(
    quiet: str, home: Path, plain: Browser, face: Face
) -> None:
    faults: list[str] = []
    phone = face.page(plain, faults)
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url) if "/route?" in request.url else None)
    sign_in(phone, quiet, "leader")
    phone.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    team = phone.locator("main li b").first.inner_text()
    desk = desk_of(plain, quiet, "county", faults)
    lon, lat = (float(part) for part in base_of(team, home).split(", "))
    take_report(desk, f"{lon}, {lat + BESIDE}", KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    expect(phone.locator("[data-danger-area]")).to_have_count(0)

    mark_danger(desk, 40)
    expect(phone.locator("[data-danger-area]")).to_have_text(face.say("phone.danger_area"))
    assert face.say("zone.depth.is", n=40) not in phone.inner_text("body"), "what it is comes with the seat"
    assert fits(phone)
    check_access(phone, "called where a danger area is marked")
    picture(phone, f"phone-danger-asked-{face.name}")

    phone.locator("button.yes").click()
    told = phone.get_by_role("status").and_(phone.locator("[data-ground]"))
    water = told.locator("[data-zone=hazard]")
    expect(water).to_contain_text(face.say("zone.depth.is", n=40))
    expect(water).to_contain_text(face.say("zone.kind.hazard"))
    expect(water).to_contain_text(re.compile(r"\d\d:\d\d"))
    assert "canary" not in phone.content()
    assert fits(phone)
    check_access(phone, "a task where a danger area is marked")
    picture(phone, f"phone-ground-{face.name}")

    # what is read out comes into a part that was there; the way is fetched anew with each change
    phone.evaluate(LIVE_AS)
    way = phone.locator("details", has_text=face.say("way.title"))
    way.locator("summary").click()
    expect(way.locator("[data-way]")).to_be_visible()
    look_again(desk, 60)
    expect(water).to_contain_text(face.say("zone.depth.is", n=60))
    expect(phone.locator("[data-ground][data-first]")).to_have_count(1)
    assert phone.evaluate("scrollY") == 0, "what comes is seen"
    for _ in range(50):
        if len(fetched) >= 2:
            break
        phone.wait_for_timeout(100)
    assert len(fetched) == 2
    expect(way.locator("[data-stale]")).to_have_count(0)

    # the server is not reached for the way: the one that was fetched is shown, and that it may be shut now
    phone.route(OPENING, lambda route: route.abort())
    road = close_road(desk)
    shut = told.locator("[data-zone=closure]")
    expect(shut).to_contain_text(face.say("zone.what.bridge"))
    if face.lang == "zh":
        expect(shut).to_contain_text(road)
    expect(way.locator("[data-stale]")).to_have_text(face.say("way.stale"))
    expect(way).to_contain_text(face.say("way.kept", at="")[:6])
    check_access(phone, "a way from before a road was closed")
    way.scroll_into_view_if_needed()
    picture(phone, f"phone-way-stale-{face.name}")
    phone.unroute(OPENING)

    # without a network it is there still, in large type too; with the network comes the way
    phone.evaluate("localStorage['muster.large'] = 'yes'")
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("[data-link=old]")).to_be_visible()
    expect(told.locator("[data-zone]")).to_have_count(2)
    assert fits(phone)
    check_access(phone, "marked ground in large type without a network")
    picture(phone, f"phone-ground-large-{face.name}")
    way.locator("summary").click()
    expect(way.locator("[data-stale]")).to_be_visible()
    phone.context.set_offline(False)
    expect(way.locator("[data-stale]")).to_have_count(0, timeout=40_000)
    expect(way.locator("[data-way]")).to_be_visible()

    # over, and gone with the task
    desk.locator("[data-zones] [data-zone=closure]").get_by_role("button", name="解除").press("Enter")
    expect(shut).to_have_count(0)
    phone.get_by_role("button", name=face.say("phone.turn_back")).click()
    expect(phone.get_by_text(face.say("phone.idle"))).to_be_visible()
    assert face.say("zone.depth.is", n=60) not in phone.content()
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text(face.say("phone.idle"))).to_be_visible()
    assert face.say("zone.depth.is", n=60) not in phone.content(), "it left the phone with the task"
    assert [each for each in faults if "route" not in each] == []


def test_who_looks_elsewhere_gets_a_notice_once_and_feels_it_on_any_part(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    context = plain.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    record(context)
    phone = open_page(context, faults)
    sign_in(phone, quiet, "leader")
    phone.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    team = phone.locator("main li b").first.inner_text()
    desk = desk_of(plain, quiet, "county", faults)
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="点名").click()
    turn_away(phone, hidden=True)
    before = reached(phone)
    mark_danger(desk, 40)
    wait_reached(phone, notices=len(before["notices"]) + 1, vibrated=before["vibrated"] + 1)
    assert notices(phone) == [{"title": "危险区或道路中断有变化", "body": "请打开集结查看", "stays": True}], (
        "no place and no kind"
    )
    turn_away(phone, hidden=False)
    wait_no_notice(phone)
    expect(phone.locator("[data-zone=hazard]")).to_be_visible()
    seen = len(reached(phone)["notices"])
    turn_away(phone, hidden=True)
    phone.wait_for_timeout(500)
    assert len(reached(phone)["notices"]) == seen, "what was looked at is no news"
    look_again(desk, 60)
    wait_reached(phone, notices=seen + 1)
    assert faults == []
