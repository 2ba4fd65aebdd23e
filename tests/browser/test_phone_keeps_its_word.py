"""What a leader's phone says of itself and of what he does: whether it is heard, what he had begun, what his team is out for."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import PHONE, base_of, check_access, desk_of, fits, picture, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
SOON_MS = 5_000
"""Sooner than a beat can be missed."""
DRAFTS = """
new Promise((done) => { indexedDB.open('muster.phone.danger', 1).onsuccess = ({ target }) => {
  target.result.transaction('phone.danger').objectStore('phone.danger').count().onsuccess = (found) => done(found.target.result)
} })
"""


def called(address: str, home: Path, plain: Browser, faults: list[str]) -> tuple[Page, Page, str]:
    """A leader's phone, and a desk that calls him; his team."""
    phone, desk = desk_of(plain, address, "leader", faults, size=PHONE), desk_of(plain, address, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    return phone, desk, team


def test_a_network_that_falls_away_silently_is_not_called_live(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = called(quiet, home, plain, faults)
    live = phone.locator("header [data-live]")
    expect(live).to_have_text("● 实时")
    phone.route("**/api/v1/me/calls/**", lambda _: None)  # swallowed
    phone.get_by_role("button", name="去不了").click()
    expect(live).to_have_text("○ 连接中", timeout=SOON_MS)
    expect(phone.locator("[data-pending]")).to_have_text("待发送 1")
    phone.unroute("**/api/v1/me/calls/**")
    phone.reload()
    expect(desk.locator("[data-call=declined]", has_text=team)).to_be_visible()
    expect(live).to_have_text("● 实时")

    phone.context.set_offline(True)  # the browser says so itself
    expect(live).to_have_text("○ 已断开", timeout=SOON_MS)
    expect(phone.locator(".band")).to_contain_text("网络断开")
    phone.context.set_offline(False)
    expect(live).to_have_text("● 实时")
    assert faults == []


def test_a_report_half_written_waits_through_a_new_call_and_a_reload(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = called(quiet, home, plain, faults)
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="已出发").click()
    phone.get_by_role("button", name="已到位").click()
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()
    desk.get_by_role("button", name="任务结束，撤收归队").first.click()
    desk.locator("footer button.solid").click()
    phone.locator("[data-task=stood_down]").wait_for()
    phone.locator("summary", has_text="报告险情").click()
    phone.get_by_role("button", name="水位上涨").click()
    phone.locator("details[open] textarea").fill("桥头水漫过了")

    # on the way home he is called again
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    phone.reload()
    phone.locator("button.yes").wait_for()
    phone.get_by_role("button", name="去不了", exact=True).click()
    expect(phone.locator("details[open] textarea")).to_have_value("桥头水漫过了")
    expect(phone.get_by_role("button", name="水位上涨")).to_have_attribute("aria-pressed", "true")
    phone.reload()
    expect(phone.locator("details[open] textarea")).to_have_value("桥头水漫过了")
    picture(phone, "phone-draft-zh")

    # sent it is no draft any more; one that was not sent leaves the phone with its task
    phone.get_by_role("button", name="上报险情").click()
    expect(phone.locator("main")).to_contain_text("水位上涨 已上报")
    assert phone.evaluate(DRAFTS) == 0
    phone.locator("summary", has_text="报告险情").click()
    phone.get_by_role("button", name="水位上涨").click()
    phone.wait_for_function(f"{DRAFTS}.then((n) => n === 1)")
    phone.get_by_role("button", name="我已返回").click()
    phone.get_by_text("没有任务召集").wait_for()
    phone.wait_for_function(f"{DRAFTS}.then((n) => n === 0)")
    assert faults == []


def test_on_the_spot_a_danger_is_within_reach(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, _, _ = called(quiet, home, plain, faults)
    phone.locator("button.yes").click()
    phone.get_by_label("可能风险已向队员讲明").check()
    phone.get_by_role("button", name="已出发").click()
    expect(phone.get_by_label("可能风险已向队员讲明")).to_be_visible()
    phone.get_by_role("button", name="已到位").click()
    expect(phone.get_by_label("可能风险已向队员讲明")).to_be_hidden()
    phone.evaluate("window.scrollTo(0, 0)")
    danger, buttons = phone.locator("summary", has_text="报告险情").bounding_box(), phone.locator(".answer").bounding_box()
    assert danger is not None
    assert buttons is not None
    assert danger["y"] + danger["height"] <= buttons["y"], "seen without a scroll, above what is pressed next"
    picture(phone, "phone-arrived-zh")
    phone.locator("summary", has_text="出发前清点").click()
    expect(phone.get_by_label("可能风险已向队员讲明")).to_be_checked()
    assert faults == []


def test_a_leader_whose_deputy_took_the_team_sees_how_it_stands(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = called(quiet, home, plain, faults)
    phone.get_by_role("button", name="去不了", exact=True).click()
    expect(desk.locator("[data-call=declined]", has_text=team)).to_be_visible()
    line = desk.locator("[data-call=open]", has_text=team)
    line.locator("button[aria-expanded]").click()
    form = line.locator("form")
    form.get_by_role("button", name="我能去", exact=True).click()
    form.get_by_label("谁说的").fill("副队长本人")
    form.get_by_label("谁说的").press("Enter")
    led = phone.locator("[data-led=accepted]")
    expect(led).to_contain_text("已应召")
    expect(phone.locator("h1")).to_contain_text("已带队应答")
    expect(phone.locator("h1")).to_contain_text("副队长")
    assert phone.get_by_text("没有任务召集").count() == 0
    assert led.get_by_role("button").count() == 0
    check_access(phone, "a team that its deputy leads")
    assert fits(phone)
    picture(phone, "phone-led-zh")
    phone.get_by_role("button", name="English").click()
    expect(led).to_contain_text("Coming")
    picture(phone, "phone-led-en")
    assert faults == []
