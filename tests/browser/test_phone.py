"""The leader's phone: a second window of the same browser, what is shown before acceptance, and answers that wait for a network."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seats import DESK, PHONE, base_of, check_access, desk_of, fits, open_page, picture, sign_in, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"


def test_off_duty_until_a_time_is_seen_at_the_desk(address: str, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk = desk_of(plain, address, "leader", faults, size=PHONE), desk_of(plain, address, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    desk.keyboard.press("f")
    desk.locator("[data-find]").fill(team)
    phone.get_by_role("button", name="不在班").click()
    expect(desk.locator("[data-team=off_duty]", has_text=team)).to_be_visible()
    phone.get_by_role("button", name="8小时").click()
    expect(phone.locator("h2").first).to_contain_text("不在班，到")

    # the desk notes by telephone that the leader is back
    desk.locator("[data-team]", has_text=team).click()
    desk.get_by_role("button", name="电话代报：队长状态").click()
    desk.locator("[data-team-card]").get_by_role("button", name="可召集", exact=True).click()
    desk.locator("[data-team-card]").get_by_label("谁说的").fill("本人")
    check_access(desk, "availability by telephone")
    desk.locator("[data-team-card] button.solid").click()
    expect(desk.locator("[data-team=available]", has_text=team)).to_be_visible()
    expect(phone.get_by_role("button", name="可召集")).to_have_attribute("aria-pressed", "true")
    assert faults == []


def test_a_leader_answers_in_a_second_window_of_the_same_browser(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    context = plain.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
    phone, desk = open_page(context, faults), open_page(context, faults)
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(phone, address, "leader")
    sign_in(desk, address, "county")
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.get_by_label("报告内容").fill("老人胸痛倒地")
    desk.get_by_label("详细地址").fill("滨江路 12 号 3 单元")
    desk.keyboard.press("Control+Enter")
    accept = phone.locator("button.yes")
    accept.wait_for()
    page_text = phone.inner_text("body")
    assert "滨江路" not in page_text
    assert "胸痛" not in page_text
    risks = phone.locator("[data-risks]").bounding_box()
    for button in (accept, *phone.locator(".no button").all()):
        box = button.bounding_box()
        assert box is not None
        assert risks is not None
        assert box["height"] >= 60
        assert box["y"] > risks["y"]
        assert box["y"] + box["height"] <= PHONE["height"]
    assert fits(phone)
    check_access(phone, "a call")
    picture(phone, "phone-call-zh")
    accept.click()
    phone.wait_for_selector("text=滨江路 12 号 3 单元")
    picture(phone, "phone-going-zh")
    phone.get_by_role("button", name="已出发").click()
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    phone.get_by_role("button", name="已到位").click()
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()
    phone.get_by_role("button", name="English").click()
    picture(phone, "phone-going-en")
    phone.get_by_role("button", name="Done here: we go home").click()
    expect(desk.locator("[data-call=released]", has_text=team)).to_be_visible()
    assert faults == []


def test_what_was_said_without_a_network_outlives_the_page(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk = desk_of(plain, quiet, "leader", faults, size=PHONE), desk_of(plain, quiet, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    phone.route("**/api/v1/me/calls/**", lambda route: route.abort())
    phone.get_by_role("button", name="去不了").click()
    expect(phone.locator("[data-pending]")).to_have_text("待发送 1")
    expect(phone.locator("[data-said=waiting]")).to_contain_text("去不了")
    phone.reload()
    expect(phone.locator("[data-pending]")).to_have_text("待发送 1")
    expect(phone.locator("[data-said=waiting]")).to_contain_text("○ 待发送")
    phone.unroute("**/api/v1/me/calls/**")
    expect(desk.locator("[data-call=declined]", has_text=team)).to_be_visible()
    expect(phone.locator("[data-pending]")).to_have_count(0)

    # said by mistake: it may be changed, and changed again
    phone.locator("[data-notice=declined]").first.get_by_role("button", name="改答：我能去").click()  # the latest
    phone.locator("button.yes").click()
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_be_visible()
    phone.get_by_role("button", name="去不了了").click()
    expect(desk.locator("[data-call=declined]", has_text=team)).to_be_visible()
    assert faults == []


def test_coming_later_says_how_much_later(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk = desk_of(plain, quiet, "leader", faults, size=PHONE), desk_of(plain, quiet, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    expect(phone.get_by_role("group", name="几分钟能到").get_by_role("button")).to_have_text(["5", "10", "15", "20", "30", "45"])
    phone.get_by_role("button", name="晚点能到").click()
    phone.get_by_role("button", name="返回，重选").click()
    expect(phone.locator("button.yes")).to_be_visible()
    phone.get_by_role("button", name="晚点能到").click()
    expect(phone.get_by_role("group", name="几分钟能到")).to_have_count(0)  # one question at a time
    picture(phone, "phone-later-zh")
    check_access(phone, "how much later")
    assert desk.locator("[data-call=later]").count() == 0, "not said before it is known"
    phone.get_by_role("button", name="1小时", exact=True).click()
    expect(desk.locator("[data-call=later]", has_text=team)).to_contain_text("晚点能到")
    assert faults == []


def test_a_whole_way_is_told_without_a_network(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk = desk_of(plain, quiet, "leader", faults, size=PHONE), desk_of(plain, quiet, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="已出发").wait_for()
    phone.route("**/api/v1/me/calls/**", lambda route: route.abort())
    phone.get_by_role("button", name="已出发").click()
    expect(phone.locator("main .state")).to_have_text("已出发（待发送）")
    phone.get_by_role("button", name="已到位").click()
    expect(phone.locator("main .state")).to_have_text("已到位（待发送）")
    picture(phone, "phone-untold-zh")
    phone.reload()
    expect(phone.locator("main .state")).to_have_text("已到位（待发送）")
    expect(phone.get_by_role("button", name="任务完成，我队返回")).to_be_visible()
    phone.unroute("**/api/v1/me/calls/**")
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()
    expect(phone.locator("main .state")).to_have_text("已到位")
    assert faults == []
