"""Everything by keyboard and at 200 %, without movement; nothing asks for a position or a camera."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.crews import Called, call
from tests.browser.seats import PHONE, check_access, desk_of, findings, fits, open_page, sign_in
from tests.browser.walking import walk

ZOOMED = {"width": 720, "height": 450}  # 1440x900 at 200 %
PHONE_ZOOMED = {"width": 320, "height": 370}
"""WCAG 1.4.10: 320 CSS px is where a page still has to fit."""


pytestmark = pytest.mark.browser
# a mark that stands for a while and then goes, in one step, is no movement
MOVING = "document.getAnimations().filter((each) => each.animationName !== 'changed' && each.effect.getComputedTiming().duration > 10).length"
NO_POSITION = (
    "const never = (what) => new Proxy({}, { get: () => () => { throw new Error('asked for a ' + what) } }); "
    "Object.defineProperty(navigator, 'geolocation', { value: never('position') }); "
    "Object.defineProperty(navigator, 'mediaDevices', { value: never('camera') })"
)


SMALL = "<button style='width: 12px; height: 12px; padding: 0; border: 0' aria-label='{}'></button>"
BARE = "<html lang='en'><title>bare</title><main style='height: 3000px; line-height: 0'><h1>bare</h1>{}</main>{}</html>"


def test_what_is_light_or_small_is_found_and_what_a_bar_covers_is_not(plain: Browser) -> None:
    page = plain.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    page.set_content(BARE.format("", "<p>beside the landmarks</p>"))
    assert [each.split(":")[0] for each in findings(page)] == ["region"]
    page.set_content(BARE.format(SMALL.format("a") + SMALL.format("b"), ""))
    assert [each.split(":")[0] for each in findings(page)] == ["target-size"]
    wide = "<button style='position: {}; left: 0; width: 100%; height: 60px'>{}</button>"
    covered = wide.format("absolute; top: 715px", "covered") + wide.format("fixed; bottom: 0", "bar")
    page.set_content(BARE.format(covered, ""))
    assert findings(page) == []
    page.set_content(BARE.format(covered.replace("absolute; top: 715px", "fixed; bottom: 10px"), ""))
    assert [each.split(":")[0] for each in findings(page)] == ["target-size"], "no scroll sets it free"


def test_the_desk_at_200_percent_by_keyboard_alone(plain: Browser, address: str) -> None:
    faults: list[str] = []
    context = plain.new_context(viewport=ZOOMED, locale="zh-CN", reduced_motion="reduce")  # type: ignore[arg-type]
    page = open_page(context, faults)
    sign_in(page, address, "county")
    page.wait_for_selector("[data-row]")
    assert fits(page)
    check_access(page, "desk at 200 %")
    names = walk(page)
    assert all(any(part in name for name in names) for part in ("接报登记", "队伍", "站点", "退出"))
    moving = page.evaluate(MOVING)
    assert moving == 0, "something moves although the officer asked for stillness"
    levels = page.locator("[data-row]").all_inner_texts()
    marks = page.locator("[data-row] svg[role=img]:not([aria-hidden=true])").evaluate_all(
        "all => all.map((each) => each.getAttribute('aria-label'))"
    )
    assert levels
    assert marks
    assert all(marks), "a level has its shape and its word"
    for tab in ("teams", "stations"):
        page.click(f"[data-tab={tab}]")
        page.wait_for_selector("#board-panel li")
        assert fits(page), tab
        check_access(page, tab)
    page.keyboard.press("n")
    page.wait_for_selector(".raise")
    assert fits(page), "taking a report"
    check_access(page, "taking a report")
    walk(page)  # only the form: what lies under it is out of reach
    assert faults == []


def test_the_phone_at_320_px_without_a_position_or_a_camera(plain: Browser, address: str) -> None:
    faults: list[str] = []
    context = plain.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce")  # type: ignore[arg-type]
    context.add_init_script(NO_POSITION)
    page = open_page(context, faults)
    sign_in(page, address, "leader")
    for size in (PHONE, PHONE_ZOOMED):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert fits(page), size
        check_access(page, f"phone at {size}")
    assert len(walk(page)) >= 4
    assert faults == []


def test_a_whole_task_needs_neither_a_position_nor_a_camera(plain: Browser, quiet: str, home: Path) -> None:
    faults: list[str] = []
    context = plain.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    context.add_init_script(NO_POSITION)
    phone = open_page(context, faults)
    sign_in(phone, quiet, "leader")
    desk = desk_of(plain, quiet, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    call(Called(phone, desk, team), home)
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="已出发").click()
    check_access(phone, "on the way")
    phone.get_by_role("button", name="已到位").click()
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()
    check_access(phone, "on the spot")
    phone.locator("summary", has_text="报告险情").click()
    phone.get_by_role("button", name="水位上涨").click()
    phone.get_by_role("button", name="上报险情").click()
    expect(desk.locator("[data-danger]")).to_be_visible()
    phone.locator("[data-sos]").focus()
    phone.keyboard.down("Enter")
    phone.locator("[data-sos-state=sent]").wait_for()
    phone.keyboard.up("Enter")
    expect(desk.locator("[data-alarm=true]")).to_contain_text(team)
    phone.locator("[data-sos-state]").get_by_role("button").click()
    phone.get_by_role("button", name="任务完成，我队返回").click()
    expect(desk.locator("[data-call=released]", has_text=team)).to_be_visible()
    assert faults == []
