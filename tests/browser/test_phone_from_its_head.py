"""What comes is seen, wherever the page was read to; and what was typed or chosen before it came is still there."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.crews import call, called_out, open_roll, signed_in
from tests.browser.seats import PHONE, desk_of

pytestmark = pytest.mark.browser


def check_seen(phone: Page, place: Locator) -> None:
    box = place.bounding_box()
    assert box is not None
    assert box["y"] >= 0, box
    assert box["y"] + box["height"] <= PHONE["height"], box


def test_an_order_is_seen_and_a_roll_call_takes_nothing_with_it(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = called_out(plain, address, home, faults)
    phone.locator("button.yes").click()
    phone.locator("summary", has_text="报队员姓名").click()
    phone.locator("textarea:visible").fill("赵一\n钱二")
    phone.get_by_role("button", name="报2人").click()
    phone.get_by_role("button", name="少一人").click()
    phone.get_by_role("button", name="队员", exact=True).click()
    expect(phone.locator("[data-person]", has_text="赵一")).to_be_visible()
    phone.get_by_role("button", name="任务", exact=True).click()
    expect(phone.locator("output:visible")).to_have_text("3")
    phone.get_by_role("button", name="已出发").click()
    phone.get_by_role("button", name="已到位").click()
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()
    phone.reload()
    expect(phone.locator("summary", has_text="已报2人")).to_be_visible()

    # a danger half written when the roll is called
    phone.locator("summary", has_text="报告险情").click()
    phone.get_by_role("button", name="水位上涨").click()
    phone.locator("details[open] textarea").fill("桥头")
    open_roll(desk)
    expect(phone.get_by_text("点他的名字")).to_be_visible()
    check_seen(phone, phone.locator("[data-roll=open]"))
    phone.get_by_role("button", name="全队平安").click()
    phone.get_by_role("button", name="任务", exact=True).click()
    expect(phone.locator("details[open] textarea")).to_have_value("桥头")
    desk.keyboard.press("Escape")

    # an order while the page is read far down
    phone.evaluate("window.scrollTo(0, 9999)")
    assert phone.evaluate("window.scrollY") > 0
    out = desk.locator("[data-out]")
    out.get_by_role("button", name="下达指令").click()
    out.get_by_role("button", name="立即撤离").click()
    out.locator("button.solid").click()
    phone.locator("[data-order=new]").wait_for()
    check_seen(phone, phone.locator("[data-order=new]"))
    assert faults == []


def test_in_large_type_what_is_asked_is_read_above_the_answers(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    called = signed_in(plain, address, faults)
    phone = called.phone
    phone.get_by_role("button", name="大字").click()
    call(called, home)
    yes = phone.locator("button.yes")
    yes.wait_for()
    for place in (
        phone.locator("main h1"),
        phone.get_by_text("到场时限", exact=True),
        yes,
        phone.get_by_role("button", name="去不了", exact=True),
    ):
        check_seen(phone, place)
    yes.click()
    set_out = phone.get_by_role("button", name="已出发")
    set_out.wait_for()
    for place in (phone.locator("main h1"), phone.get_by_text("地点", exact=True), set_out):
        check_seen(phone, place)
    assert faults == []


def test_a_slip_signs_no_phone_out_and_without_a_network_it_goes_on(address: str, plain: Browser) -> None:
    faults: list[str] = []
    phone = desk_of(plain, address, "leader", faults, size=PHONE)
    out = phone.get_by_role("button", name="退出", exact=True)
    out.click()
    phone.get_by_role("button", name="取消").click()
    expect(phone.locator("[data-link=live]")).to_be_visible()
    out.click()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="确定退出").click()
    expect(phone.locator(".leave [role=alert]")).to_be_visible()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="确定退出").click()
    expect(phone.locator("input[name=login]")).to_be_visible()

    # a link opened in the page that is open already
    phone.evaluate("location.hash = '#k=abcdefghij-not-a-code'")
    expect(phone.get_by_role("button", name="绑定本机")).to_be_visible()
    assert faults == []
