"""The phone by keys alone, as switches press them: called, on the way, in danger, called over, back; in each state Tab comes to everything."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.crews import call, open_roll, signed_in
from tests.browser.walking import NOWHERE, WITHIN, fill, press, tab_to, walk

pytestmark = pytest.mark.browser


def _settle(phone: Page) -> None:
    """A screen that has just changed hears no press, lest the second half of one falls on another button."""
    expect(phone.locator(".settling")).to_have_count(0)


def _walk(phone: Page) -> None:
    _settle(phone)
    walk(phone)


def _press(phone: Page, target: Locator) -> None:
    _settle(phone)
    press(phone, target)


def _press_twice(phone: Page, target: Locator) -> None:
    """With a key that bounces."""
    _press(phone, target)
    phone.keyboard.press("Enter")


def test_a_whole_task_by_keys(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = called = signed_in(plain, quiet, faults)
    _walk(phone)
    call(called, home)
    phone.locator("button.yes").wait_for()
    _walk(phone)
    _press(phone, phone.get_by_role("button", name="晚点能到"))
    _walk(phone)
    _press(phone, phone.get_by_role("button", name="返回"))
    _press(phone, phone.locator("button.yes"))
    phone.locator("[data-task]").wait_for()
    expect(phone.locator("main")).to_be_focused()
    _walk(phone)

    # who comes
    _press(phone, phone.locator("summary", has_text="报队员姓名"))
    expect(phone.locator("textarea").first).to_be_focused()
    phone.keyboard.type("赵一\n钱二")
    _walk(phone)
    _press(phone, phone.get_by_role("button", name="报2人"))
    expect(phone.locator("summary", has_text="报队员姓名")).to_be_focused()
    _press_twice(phone, phone.get_by_role("button", name="已出发"))
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    expect(phone.locator("[data-task=set_out]")).to_be_visible()
    expect(phone.get_by_role("button", name="已到位")).to_be_focused()
    _walk(phone)
    _press(phone, phone.get_by_role("button", name="已到位"))
    expect(desk.locator("[data-call=arrived]", has_text=team)).to_be_visible()

    # a danger
    opener = phone.locator("summary", has_text="报告险情")
    _press(phone, opener)
    _press(phone, phone.get_by_role("button", name="水位上涨"))
    _walk(phone)
    _press(phone, phone.get_by_role("button", name="上报险情"))
    expect(desk.locator("[data-danger]")).to_be_visible()
    expect(opener).to_be_focused()

    # the roll: one hurt, the others with one press
    open_roll(desk)
    phone.locator("[data-roll=open]").wait_for()
    _walk(phone)
    person = phone.locator("[data-person]", has_text="钱二")
    _press(phone, person)
    fill(phone, phone.get_by_label("伤情或需要什么"), "脚踝")
    _walk(phone)
    _press(phone, phone.get_by_role("button", name="受伤", exact=True))
    expect(person).to_be_focused()
    _press(phone, phone.get_by_role("button", name="其余"))
    expect(desk.locator("dialog [data-person=waiting]")).to_have_count(0)
    assert phone.evaluate(WITHIN, "main")
    _press(phone, phone.get_by_role("button", name="队员", exact=True))
    _walk(phone)
    _press(phone, phone.get_by_role("button", name="任务", exact=True))

    # an SOS, held by key; and pressed by what cannot hold, which is asked once more
    sos = phone.locator("[data-sos]")
    tab_to(phone, sos)
    sos.evaluate("each => each.click()")  # as a screen reader or a switch presses
    asked = phone.locator("[role=alertdialog]")
    expect(asked.get_by_role("button").first).to_be_focused()
    walk(phone, asked)
    phone.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(sos).to_be_focused()
    phone.keyboard.down("Enter")
    phone.locator("[data-sos-state=sent]").wait_for()
    phone.keyboard.up("Enter")
    _walk(phone)
    _press(phone, phone.locator("[data-sos-state]").get_by_role("button"))
    expect(phone.locator("[data-sos-state]").get_by_role("button")).to_have_count(0)
    assert not phone.evaluate(NOWHERE)

    _press(phone, phone.get_by_role("button", name="任务完成，我队返回"))
    expect(desk.locator("[data-call=released]", has_text=team)).to_be_visible()
    expect(phone.get_by_role("button", name="不在班")).to_be_visible()
    expect(phone.locator("main")).to_be_focused()
    _walk(phone)
    assert faults == []
