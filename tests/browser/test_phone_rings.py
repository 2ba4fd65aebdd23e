"""A phone that must be heard: tried out by its owner, then called with the page in front and behind."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.borders import reached, record, turn_away, wait_no_notice, wait_reached
from tests.browser.seats import PHONE, base_of, check_access, desk_of, open_page, picture, sign_in, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
SHOWN = """
navigator.serviceWorker.ready
  .then((worker) => worker.getNotifications())
  .then((all) => all.map((each) => ({ title: each.title, body: each.body, stays: each.requireInteraction })))
"""


def notices(phone: Page) -> list[dict[str, Any]]:
    """What the service worker shows on the locked screen now."""
    shown = phone.wait_for_function(f"{SHOWN.strip()}.then((all) => all.length > 0 && all)")  # told to show it, it takes a moment
    found: list[dict[str, Any]] = shown.json_value()
    return found


def bound(plain: Browser, address: str, desk: Page, team: str, faults: list[str]) -> Page:
    """A phone that its owner has just bound, with what reaches people written down."""
    desk.keyboard.press("f")
    desk.locator("[data-find]").fill(team)
    desk.locator("[data-team]", has_text=team).click()
    with desk.expect_response("**/device_link") as made:
        desk.get_by_role("button", name="绑定手机").click()
    desk.locator("[data-qr]").wait_for()
    desk.keyboard.press("Escape")
    context = plain.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    record(context)
    phone = open_page(context, faults)
    phone.goto(address + made.value.json()["path"])
    phone.get_by_role("button", name="绑定本机").click()
    phone.wait_for_selector("[data-link=live]")
    phone.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    return phone


def test_thirty_seconds_from_a_new_phone_to_one_the_desk_trusts(address: str, plain: Browser) -> None:
    faults: list[str] = []
    team = desk_of(plain, address, "leader", faults, size=PHONE).locator("main li b").first.inner_text()
    desk = desk_of(plain, address, "county", faults)
    phone = bound(plain, address, desk, team, faults)
    expect(desk.locator("[data-phones]")).to_contain_text("未测试")
    test = phone.locator("[data-test]")
    picture(phone, "phone-test-start-zh")
    phone.clock.install()
    test.get_by_role("button", name="开始自测").click()
    expect(test).to_contain_text("10秒后响铃")
    picture(phone, "phone-test-wait-zh")
    phone.clock.run_for(9_000)
    assert reached(phone)["tones"] == 0, "it keeps silent until the time it has said"
    phone.clock.run_for(3_000)
    expect(test).to_contain_text("正在响铃")
    seen = reached(phone)
    assert seen["tones"] >= 2
    assert seen["vibrated"] >= 1
    assert [each["tag"] for each in seen["notices"]] == ["self-test"]
    picture(phone, "phone-test-rings-zh")
    test.get_by_role("button", name="响过了").click()
    after = reached(phone)
    assert after["stopped"] > seen["stopped"]
    phone.clock.run_for(5_000)
    assert reached(phone)["tones"] == after["tones"], "it is still"
    check_access(phone, "the questions of the self-test")
    for word in ("听到铃声", "感到振动", "看到通知"):
        test.get_by_role("button", name=word).click()
    picture(phone, "phone-test-ask-zh")
    test.get_by_role("button", name="记下结果").click()
    expect(test).to_contain_text("自测通过")
    expect(desk.locator("[data-phones]")).to_contain_text("自测通过")
    expect(desk.locator("[data-phones]")).to_contain_text("在线可响铃")

    # nothing heard, nothing felt: it is said what happens then, and the desk trusts it no more
    test.get_by_role("button", name="开始自测").click()
    phone.clock.run_for(12_000)
    test.get_by_role("button", name="响过了").click()
    test.get_by_role("button", name="都没有").click()
    expect(test).to_contain_text("没听到也没感到")
    expect(desk.locator("[data-phones] li")).to_contain_text("未测试")
    assert faults == []


def test_a_call_sounds_vibrates_keeps_the_screen_on_and_is_a_notice_where_nobody_looks(
    address: str, home: Path, plain: Browser
) -> None:
    faults: list[str] = []
    context = plain.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    record(context)
    phone = open_page(context, faults)
    sign_in(phone, address, "leader")
    phone.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    phone.locator("main h1").click()  # a touch: the browser lets the page ring
    desk = desk_of(plain, address, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    wait_reached(phone, tones=2, vibrated=1)
    assert (reached(phone)["locks"], reached(phone)["notices"]) == (1, []), "who looks at it needs no notice"
    assert phone.title() == "● 任务召集"
    turn_away(phone, hidden=True)
    wait_reached(phone, notices=1)
    assert notices(phone) == [{"title": "任务召集", "body": "请打开集结答复", "stays": True}], "no place and no kind"
    turn_away(phone, hidden=False)
    wait_no_notice(phone)
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="已出发").wait_for()
    wait_reached(phone, released=1)
    still = reached(phone)["tones"]
    assert phone.title() == "集结 Muster"

    # a loud order rings and is a notice too
    turn_away(phone, hidden=True)
    out = desk.locator("[data-out]")
    out.get_by_role("button", name="下达指令").click()
    out.get_by_role("button", name="立即撤离").click()
    out.locator("button.solid").click()
    wait_reached(phone, tones=still + 1, notices=2)
    assert [each["title"] for each in notices(phone)] == ["新指令"]
    desk.locator("[data-tab=ring]").click()
    row = desk.locator("[data-ring]", has_text=team)
    expect(row).to_contain_text("未签收：立即撤离")  # once its page has not been heard for a while
    check_access(desk, "crews that have not heard of an order")
    picture(desk, "ring-tell-zh")
    row.get_by_role("button", name="看事件").click()
    turn_away(phone, hidden=False)
    phone.get_by_role("button", name="收到", exact=True).click()
    expect(row).to_have_count(0)
    wait_reached(phone, released=reached(phone)["locks"])
    assert faults == []
