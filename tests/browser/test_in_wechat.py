"""Inside WeChat: its own browser, without a worker, notices, a lit screen or a badge. What is missing is said, and the answer goes through."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.seats import PHONE, base_of, check_access, desk_of, fits, open_page, picture, sign_in, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 13; V2231A Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MMWEBID/2247 MicroMessenger/8.0.47.2560(0x28002F30) "
    "WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64"
)
LESS = """
for (const name of ['serviceWorker', 'wakeLock', 'setAppBadge', 'clearAppBadge', 'locks', 'permissions', 'vibrate']) delete Navigator.prototype[name]
for (const name of ['Notification', 'PushManager', 'ServiceWorkerContainer', 'BeforeInstallPromptEvent', 'DecompressionStream']) delete window[name]
delete AbortSignal.timeout
"""
"""Looked for one by one by the page, which never asks what it is called; some of it older ones lack too."""


def wechat(plain: Browser) -> BrowserContext:
    context = plain.new_context(viewport=PHONE, locale="zh-CN", user_agent=WECHAT, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    context.add_init_script(LESS)
    return context


def link_of(desk: Page, team: str) -> str:
    """The team's link in the text for a group."""
    desk.keyboard.press("u")
    text = desk.get_by_role("textbox", name="微信群召集文本")
    expect(text).to_have_value(re.compile("任务召集（自愿应召）"))
    link = next(line.rpartition("　")[2] for line in text.input_value().splitlines() if line.startswith(team))
    desk.keyboard.press("Escape")
    return link


def test_a_link_in_a_group_is_answered_inside_wechat(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    team = desk_of(plain, quiet, "leader", faults, size=PHONE).locator("main li b").first.inner_text()
    desk = desk_of(plain, quiet, "county", faults)
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    desk.locator("[data-call=open]", has_text=team).wait_for()
    page = open_page(wechat(plain), faults)
    page.goto(link_of(desk, team))
    expect(page.locator("h2")).to_have_text(KIND)
    expect(page.get_by_text("地点另行告知")).to_be_visible()
    assert fits(page)
    check_access(page, "a signed link inside WeChat")
    picture(page, "wechat-link-zh")
    page.locator("button.yes").tap()
    expect(page.get_by_role("status")).to_contain_text("已记下：我能去")
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_contain_text("链接答复")
    assert fits(page)
    picture(page, "wechat-link-answered-zh")
    page.get_by_role("button", name="English").tap()
    expect(page.get_by_role("status")).to_contain_text("Noted: coming")
    picture(page, "wechat-link-answered-en")
    page.get_by_role("link", name="Sign in to Muster").tap()
    page.locator("input[name=login]").wait_for()
    assert faults == []


def test_the_page_itself_says_what_it_lacks_there_and_works(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk = open_page(wechat(plain), faults), desk_of(plain, quiet, "county", faults)
    sign_in(phone, quiet, "leader")
    lacks = phone.locator("[data-lacks]")
    for said in ("没有通知", "没网时打不开", "屏幕会自己关", "不能振动", "在浏览器打开"):
        expect(lacks).to_contain_text(said)
    expect(lacks).not_to_contain_text("存不下")
    check_access(phone, "what WeChat lacks")
    assert fits(phone)
    picture(phone, "wechat-lacks-zh")
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").tap()
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_be_visible()
    expect(phone.locator("[data-said=sent]")).to_contain_text("我能去")
    phone.get_by_role("button", name="已出发").tap()
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("button", name="已到位")).to_be_visible()
    assert faults == []


def test_a_link_that_binds_says_first_that_another_browser_does_better(quiet: str, plain: Browser) -> None:
    faults: list[str] = []
    phone = open_page(wechat(plain), faults)
    phone.goto(f"{quiet}/phone#k=abcdefghij-not-a-code")
    expect(phone.locator("[data-bind] [data-lacks]")).to_contain_text("在浏览器打开")
    expect(phone.get_by_role("button", name="绑定本机")).to_be_in_viewport()
    check_access(phone, "binding inside WeChat")
    picture(phone, "wechat-bind-zh")
    assert faults == []
