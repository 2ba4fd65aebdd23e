"""The list to ring by hand, the text for a group, and answering by its link on a phone where nobody is signed in."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.crews import KIND, Called, called_out
from tests.browser.seats import (
    PHONE,
    base_of,
    check_access,
    demo_server,
    desk_of,
    fits,
    open_page,
    picture,
    sign_in,
    take_report,
)

pytestmark = pytest.mark.browser
ASLEEP = "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })"


def test_a_sleeping_leader_is_rung_or_answers_by_the_link_of_the_group(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone = open_page(plain.new_context(viewport=PHONE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    phone.add_init_script(ASLEEP)
    sign_in(phone, address, "leader")
    team = phone.locator("main li b").first.inner_text()
    desk = desk_of(plain, address, "county", faults)
    expect(desk.locator("[data-ways='0']")).to_contain_text("未配置短信等外呼通道，手机休眠的队长需电话通知")
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    desk.locator(".raise").wait_for(state="hidden")

    # rung by hand: the number, who is ringing, what was said on which number
    desk.locator("[data-ways] button").click()
    row = desk.locator("[data-ring]", has_text=team)
    row.get_by_role("button", name="拨打").click()
    expect(row.locator("a[href^='tel:']")).to_be_visible()
    expect(row.locator("[data-rung]")).to_contain_text("正在拨打")
    row.get_by_role("button", name="代报").click()
    expect(row.get_by_role("group", name="哪个号码")).to_contain_text("****")
    picture(desk, "ring-list")
    check_access(desk, "the list to ring")
    row.get_by_role("button", name="取消").click()

    # the next watch is told who is to be rung, and who has rung already
    desk.keyboard.press("b")
    desk.get_by_role("button", name="交班简报").click()
    brief = desk.locator("[data-to-ring] tr", has_text=team)
    expect(brief).to_contain_text("手机休眠")
    expect(brief).to_contain_text("拨打过")
    check_access(desk, "who is to be rung, in the brief")
    picture(desk, "handover-ring-zh")
    desk.keyboard.press("Escape")

    # the text for the group
    desk.keyboard.press("u")
    text = desk.get_by_role("textbox", name="微信群召集文本")
    expect(text).to_have_value(re.compile("任务召集（自愿应召）"))
    picture(desk, "group-text")
    check_access(desk, "the text for a group")
    link = next(line.rpartition("　")[2] for line in text.input_value().splitlines() if line.startswith(team))
    desk.keyboard.press("Escape")

    # answered by the link, where nobody is signed in
    page = open_page(plain.new_context(viewport=PHONE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    page.goto(link)
    page.locator("button.yes").wait_for()
    assert fits(page)
    picture(page, "link-open")
    check_access(page, "a signed link")
    page.locator("button.yes").click()
    expect(page.locator(".said")).to_contain_text("已记下")  # or as a stand-by, when others were quicker
    check_access(page, "answered by link")
    picture(page, "link-answered")
    expect(desk.locator("[data-ring]", has_text=team)).to_have_count(0)
    page.goto(link[:-6] + "AAAAAA")
    expect(page.locator("[data-state='link.unknown'] .said")).to_be_visible()
    check_access(page, "a link that is wrong")
    assert faults == []


def link_of(called: Called) -> str:
    """As it stands in the text for the group."""
    _, desk, team = called
    desk.locator("[data-call=open]", has_text=team).wait_for()
    desk.keyboard.press("u")
    text = desk.get_by_role("textbox", name="微信群召集文本")
    expect(text).to_have_value(re.compile("任务召集（自愿应召）"))
    link = next(line.rpartition("　")[2] for line in text.input_value().splitlines() if line.startswith(team))
    desk.keyboard.press("Escape")
    return link


def test_a_link_after_its_twelve_hours_is_a_calm_page_and_takes_no_answer(home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = open_page(plain.new_context(viewport=PHONE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    with demo_server(home, program="tests.browser.quiet") as address:
        link = link_of(called_out(plain, address, home, faults))
        page.goto(link)
        page.locator("button.yes").wait_for()
    with demo_server(home, program="tests.browser.thirteen_hours_on") as later:
        page.route("**/api/**", lambda route: route.continue_(url=route.request.url.replace(address, later)))
        page.locator("button.yes").click()
        expect(page.get_by_role("alert")).to_contain_text("链接已过期")  # a page that lay open since
        expect(page.locator("button.yes")).to_have_count(0)
        page.goto(link.replace(address, later))
        expect(page.locator("[data-state='link.expired'] .said")).to_contain_text("链接已过期")
        expect(page.locator("button.yes")).to_have_count(0)
        assert fits(page)
        check_access(page, "a link after twelve hours")
        picture(page, "link-expired")
        desk = desk_of(plain, later, "county", faults)
        desk.locator(".board").wait_for()
    assert faults == []


def test_a_link_that_ended_with_its_call_out_is_a_calm_page(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    called = called_out(plain, quiet, home, faults)
    link, desk, team = link_of(called), called.desk, called.team
    desk.get_by_role("button", name="任务结束，撤收归队").first.click()
    desk.locator("footer button.solid").click()
    expect(desk.locator("[data-call=stood_down]", has_text=team)).to_be_visible()
    page = open_page(plain.new_context(viewport=PHONE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    page.goto(link)
    expect(page.locator(".said")).to_contain_text("本次召集已结束，不用前往")
    expect(page.locator("button.yes")).to_have_count(0)
    assert fits(page)
    picture(page, "link-over")
    check_access(page, "a link that ended")
    assert faults == []
