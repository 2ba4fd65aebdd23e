"""What was said on a phone is kept, whatever becomes of the page: exchanged for a newer one, killed, or refused by what happened since."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.seats import PHONE, base_of, check_access, desk_of, open_page, picture, sign_in, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
WORKER = "navigator.serviceWorker.controller.scriptURL.split('?')[1]"
NEWER = """
localStorage.setItem('test.version', '2')
navigator.serviceWorker.register('/sw.js', { scope: '/phone' }).then(() => undefined)
"""


LINE = """
window.taken = []
const go = window.fetch
window.fetch = (path, init) => {
  if (init?.method !== 'POST' || String(path).endsWith('/me/session')) return go(path, init)
  if (localStorage.getItem('test.cut') === 'yes') return Promise.reject(new TypeError('cut off'))
  window.taken.push(init.headers['command-id'])
  return go(path, init)
}
const register = ServiceWorkerContainer.prototype.register
ServiceWorkerContainer.prototype.register = function (path, how) { return register.call(this, `${path}?${localStorage.getItem('test.version') ?? 1}`, how) }
"""
"""What is said leaves the phone, or does not; written down by command id. A worker of another address is a newer one. (A page that its
worker controls, and the worker itself, cannot be routed.)"""


def cut(phone: Page, *, off: bool) -> None:
    phone.evaluate("(off) => localStorage.setItem('test.cut', off)", "yes" if off else "no")


def taken(phone: Page) -> list[str]:
    """The commands that left this page."""
    found: list[str] = phone.evaluate("window.taken")
    return found


def phone_of(plain: Browser, address: str, faults: list[str]) -> tuple[BrowserContext, Page]:
    context = plain.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    context.add_init_script(LINE)
    page = open_page(context, faults)
    sign_in(page, address, "leader")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    return context, page


def called(plain: Browser, address: str, home: Path, phone: Page, faults: list[str]) -> tuple[Page, str]:
    """A desk that calls this leader out; the team."""
    desk = desk_of(plain, address, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    return desk, team


def test_a_new_version_while_answers_wait_loses_nothing_and_sends_once(address: str, plain: Browser) -> None:
    faults: list[str] = []
    context, phone = phone_of(plain, address, faults)
    phone.reload()  # the worker of the first version has the page now
    phone.wait_for_selector("[data-link=live]")
    assert phone.evaluate(WORKER) == "1"
    cut(phone, off=True)
    phone.get_by_role("button", name="外出").click()
    expect(phone.locator("[data-pending]")).to_have_text("待发送 1")
    phone.evaluate(NEWER)
    fresh = phone.locator("[data-fresh]")
    expect(fresh).to_contain_text("待发送的送达后再更新")
    expect(fresh.get_by_role("button")).to_be_disabled()
    picture(phone, "phone-upgrade-waits-zh")

    # the page goes, the next one is the new version's: what waited waits still
    phone.close()
    phone = open_page(context, faults)
    phone.goto(address + "/phone")
    expect(phone.locator("[data-pending]")).to_have_text("待发送 1")
    phone.wait_for_selector("[data-link=live]")
    assert phone.evaluate(WORKER) == "2"
    cut(phone, off=False)
    expect(phone.locator("[data-pending]")).to_have_count(0, timeout=40_000)
    expect(phone.get_by_role("button", name="外出")).to_have_attribute("aria-pressed", "true")
    assert len(taken(phone)) == 1
    assert faults == []


def test_a_page_killed_between_the_tap_and_the_receipt_has_answered_once(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    context, phone = phone_of(plain, address, faults)
    desk, team = called(plain, address, home, phone, faults)
    ids: list[str] = []

    def swallowed(route: Route) -> None:
        """The server takes it; its receipt never comes."""
        ids.append(route.request.headers["command-id"])
        route.fetch()

    phone.route("**/answer", swallowed)
    phone.get_by_role("button", name="去不了").dblclick()
    expect(phone.locator("[data-pending]")).to_have_text("待发送 1")
    expect(desk.locator("[data-call=declined]", has_text=team)).to_be_visible()
    phone.close()
    assert len(ids) == 1, "a double tap is one answer"

    phone = open_page(context, faults)
    phone.goto(address + "/phone")
    expect(phone.locator("[data-notice=declined]")).to_have_count(1)
    expect(phone.locator("[data-pending]")).to_have_count(0)
    assert taken(phone) == ids, "asked again it is the same command"
    told = desk.locator(".log li", has_text=f"{team} 去不了")
    expect(told).to_have_count(1)
    assert faults == []


def test_what_comes_after_the_stand_down_is_refused_with_its_reason(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    _, phone = phone_of(plain, address, faults)
    desk, team = called(plain, address, home, phone, faults)
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="已出发").wait_for()
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_be_visible()
    cut(phone, off=True)
    phone.get_by_role("button", name="已出发").click()
    expect(phone.locator("[data-said=waiting]")).to_contain_text("已出发")
    desk.get_by_role("button", name="任务结束，撤收归队").first.click()
    desk.locator("footer button.solid").click()
    expect(phone.locator("[data-task=stood_down]")).to_contain_text("本次召集已结束，请返回")
    cut(phone, off=False)
    refused = phone.locator(".told [data-said=refused]")
    expect(refused).to_contain_text("✕ 未被接受", timeout=40_000)
    expect(refused).to_contain_text("本次召集已结束，请返回")
    check_access(phone, "a refusal")
    picture(phone, "phone-refused-zh")
    phone.get_by_role("button", name="English").click()
    expect(refused).to_contain_text("This call-out is over")
    picture(phone, "phone-refused-en")
    refused.get_by_role("button").click()
    expect(refused).to_have_count(0)
    assert faults == []
