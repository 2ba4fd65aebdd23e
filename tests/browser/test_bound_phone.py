"""A phone bound by a link: signed in without a password, tried out, and readable without a network from a cold start."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seats import PHONE, base_of, check_access, desk_of, fits, open_page, picture, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"


def test_from_a_link_at_the_desk_to_a_task_read_without_a_network(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    team = desk_of(plain, address, "leader", faults, size=PHONE).locator("main li b").first.inner_text()
    desk = desk_of(plain, address, "county", faults)
    desk.keyboard.press("f")
    desk.locator("[data-find]").fill(team)
    desk.locator("[data-team]", has_text=team).click()
    with desk.expect_response("**/device_link") as made:
        desk.get_by_role("button", name="绑定手机").click()
    desk.locator("[data-qr]").wait_for()
    check_access(desk, "a link for a phone")
    desk.keyboard.press("Escape")

    context = plain.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    phone = open_page(context, faults)
    phone.goto(address + made.value.json()["path"])
    phone.get_by_role("button", name="绑定本机").click()
    phone.wait_for_selector("[data-link=live]")
    assert "#" not in phone.url
    expect(phone.locator("[data-reach]")).to_have_attribute("data-reach", "awake")  # the demo's leaders need no test
    phone.get_by_role("button", name="大字").click()
    assert fits(phone)
    phone.get_by_role("button", name="标准字").click()
    check_access(phone, "home of a bound phone")
    picture(phone, "phone-home-zh")

    take_report(desk, base_of(team, home), KIND)
    desk.get_by_label("详细地址").fill("滨江路 12 号")
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").click()
    phone.wait_for_selector("text=滨江路 12 号")
    phone.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    expect(phone.locator("[data-said=sent]").first).to_be_visible()
    context.set_offline(True)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("滨江路 12 号")
    phone.locator("button.yes").click()
    expect(phone.locator("[data-pending]")).to_have_text("待发送 1")
    context.set_offline(False)
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    expect(phone.locator("[data-pending]")).to_have_count(0)

    # released, the task leaves the phone too: the next start without a network shows none of it
    phone.get_by_role("button", name="已到位").click()
    phone.get_by_role("button", name="任务完成，我队返回").click()
    expect(desk.locator("[data-call=released]", has_text=team)).to_be_visible()
    phone.get_by_text("没有任务召集").wait_for()
    context.set_offline(True)
    phone.reload()
    phone.get_by_text("没有任务召集").wait_for()
    assert "滨江路" not in phone.content()
    assert faults == []
