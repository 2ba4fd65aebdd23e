"""People who are out, on two screens: a crew is called over, ordered to withdraw, reports a danger and holds the SOS."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.crews import called_out, open_roll
from tests.browser.seats import check_access, fits, picture

pytestmark = pytest.mark.browser


def hold(phone: Page, *, until: str) -> None:
    """The finger stays down until this shows."""
    box = phone.locator("[data-sos]").bounding_box()
    assert box is not None
    phone.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    phone.mouse.down()
    phone.wait_for_selector(until)


def test_a_crew_is_called_over_ordered_back_and_helped(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = called_out(plain, address, home, faults)
    phone.locator("button.yes").click()
    phone.get_by_text("出发前清点").wait_for()
    phone.get_by_label("可能风险已向队员讲明").check()
    phone.locator("summary", has_text="报队员姓名").click()
    phone.locator("textarea").first.fill("赵一\n钱二")
    phone.get_by_role("button", name="报2人").click()
    check_access(phone, "the task")
    picture(phone, "phone-task-zh")
    phone.get_by_role("button", name="已出发").click()
    phone.get_by_role("button", name="已到位").click()
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()

    # the roll: opened by key, answered with one press and an exception, closed by itself
    open_roll(desk)
    row = desk.locator("[data-crew]", has_text=team)
    expect(row.locator("[data-person=waiting]").first).to_be_visible()
    picture(desk, "roll-call-zh")
    phone.locator("[data-roll=open]").wait_for()
    phone.locator("[data-person]", has_text="钱二").click()
    phone.get_by_role("button", name="受伤", exact=True).click()
    expect(row.locator("[data-person=hurt]")).to_have_count(1)
    assert fits(phone)
    check_access(phone, "the roll on the phone")
    picture(phone, "phone-roll-zh")
    check_access(desk, "the roll at the desk")
    phone.get_by_role("button", name="其余").click()
    expect(row.locator("[data-person=waiting]")).to_have_count(0)
    row.locator("[data-person=hurt]").click()
    desk.get_by_label("谁说的").fill("现场医生")
    desk.locator("aside").get_by_role("button", name="登记号码").click()
    picture(desk, "roll-note-zh")
    desk.locator("aside").get_by_role("button", name="平安", exact=True).click()
    expect(row.locator("[data-person=hurt]")).to_have_count(0)
    desk.get_by_role("button", name="打印点名表").click()
    expect(desk.locator("[data-roll-paper] img").first).to_be_visible()
    check_access(desk, "the roll on paper")
    picture(desk, "roll-paper-zh")
    desk.keyboard.press("Escape")

    # an order that rings
    out = desk.locator("[data-out]")
    out.get_by_role("button", name="下达指令").click()
    out.get_by_role("button", name="立即撤离").click()
    check_access(desk, "an order")
    out.locator("button.solid").click()
    phone.locator("[data-order=new]").wait_for()
    check_access(phone, "an order on the phone")
    picture(phone, "phone-order-zh")
    phone.get_by_role("button", name="收到", exact=True).click()
    expect(phone.locator("[data-order=received]")).to_be_visible()
    phone.get_by_role("button", name="完成", exact=True).click()
    expect(out.locator("[data-order=answered]")).to_be_visible()

    # one that is called off holds for nobody any more
    out.get_by_role("button", name="下达指令").click()
    out.get_by_role("button", name="原地待命").click()
    out.locator("button.solid").click()
    phone.locator("[data-order=new]").wait_for()
    waiting = out.locator("[data-order=waiting]")
    waiting.locator("button.line").click()
    waiting.get_by_role("button", name="电话代报").click()
    expect(waiting.get_by_role("button", name="登记号码")).to_be_visible()
    picture(desk, "order-note-zh")
    waiting.get_by_role("button", name="取消指令").click()
    waiting.get_by_role("button", name="确认取消").click()
    expect(out.locator("[data-order=called_off]")).to_contain_text("已取消")
    off = phone.locator("[data-order=called_off]")
    expect(off).to_contain_text("已取消，不再执行")
    check_access(phone, "an order that was called off")
    check_access(desk, "an order that was called off, at the desk")
    picture(phone, "phone-order-off-zh")
    picture(desk, "order-off-zh")
    off.get_by_role("button", name="知道了").click()
    expect(off).to_have_count(0)

    # a danger, read at the desk
    phone.get_by_role("button", name="任务", exact=True).click()
    phone.locator("summary", has_text="报告险情").click()
    phone.get_by_role("button", name="水位上涨").click()
    phone.get_by_role("button", name="上报险情").click()
    out.get_by_role("button", name="已阅").click()
    expect(phone.get_by_text("值班室已阅")).to_be_visible()

    # released too soon it is nothing; held it rings until somebody takes it
    hold(phone, until="[role=alertdialog]")
    phone.mouse.up()
    expect(phone.locator("[role=alertdialog]")).to_have_count(0)
    assert desk.locator("[data-alarm]").count() == 0
    hold(phone, until="[data-sos-state]")
    phone.mouse.up()
    alarm = desk.locator("[data-alarm=true]")
    expect(alarm).to_be_visible()
    check_access(desk, "an SOS at the desk")
    picture(desk, "sos-zh")
    check_access(phone, "an SOS on the phone")
    alarm.get_by_role("button", name="接手").click()
    expect(phone.locator("[data-sos-state=taken]")).to_contain_text("值班室会打您的电话")
    picture(phone, "phone-sos-zh")
    desk.locator("[data-alarm=false]").get_by_role("button", name="办结").click()
    desk.get_by_label("处置结果").fill("扭伤，已由队友送回")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-alarm]")).to_have_count(0)
    expect(phone.locator("[data-sos-state]")).to_have_count(0)
    phone.get_by_role("button", name="任务完成，我队返回").click()
    expect(phone.get_by_role("button", name="不在班")).to_be_visible()
    assert faults == []
