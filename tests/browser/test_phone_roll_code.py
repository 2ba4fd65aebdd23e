"""The code on a printed roll sheet: scanned, it leads to the roll call of that crew, through the sign-in."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from tests.browser.crews import called_out, open_roll
from tests.browser.seats import PHONE, open_page, picture
from web_console.accounts.passwords import DEMO_PASSWORD

pytestmark = pytest.mark.browser


def code_of(address: str, call: str) -> str:
    """What the code of this call must look like; no reader of codes is among the tools."""
    out = BytesIO()
    segno.make(f"{address}/phone?call={call}", error="m").save(out, kind="svg", border=2, xmldecl=False, svgns=True, unit="mm")
    return out.getvalue().decode()


def test_the_code_of_a_roll_sheet_opens_the_roll_after_the_sign_in(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = called_out(plain, address, home, faults)
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="已出发").click()
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    open_roll(desk)
    phone.get_by_role("button", name="全队平安").click()
    desk.get_by_role("button", name="打印点名表").click()
    image = desk.locator("[data-roll-paper] tr", has_text=team).locator("img")
    source = image.get_attribute("src")
    assert source is not None
    call = source.split("/")[-2]
    shown: str = desk.evaluate("(path) => fetch(path).then((found) => found.text())", source)
    assert shown == code_of(address, call)
    phone.get_by_role("button", name="任务", exact=True).click()
    phone.context.close()

    # another phone, with nobody signed in
    scanning = open_page(plain.new_context(viewport=PHONE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    scan(scanning, f"{address}/phone?call={call}")
    scanning.fill("input[name=login]", "leader")
    scanning.fill("input[name=password]", DEMO_PASSWORD)
    scanning.click("button.solid")
    expect(scanning.locator("[data-roll]")).to_be_visible()
    expect(scanning.get_by_role("button", name="点名", exact=True)).to_have_attribute("aria-current", "page")

    # signed in already; and the code of somebody else's crew says so and leads to one's own task
    scan(scanning, f"{address}/phone?call={call}")
    expect(scanning.locator("[data-roll]")).to_be_visible()
    expect(scanning.locator("[data-elsewhere]")).to_have_count(0)
    scan(scanning, f"{address}/phone?call=c-of-others")
    expect(scanning.locator("[data-elsewhere]")).to_contain_text("扫的点名码不归本队")
    expect(scanning.locator("[data-task]")).to_be_visible()
    picture(scanning, "phone-roll-code-other-zh")
    scanning.locator("[data-elsewhere]").get_by_role("button").click()
    expect(scanning.locator("[data-elsewhere]")).to_have_count(0)
    assert faults == []


def scan(page: Page, address: str) -> None:
    """What a camera does with a code. The address is clean afterwards: it lies in no history."""
    page.goto(address)
    page.locator("input[name=login], [data-task]").first.wait_for()
    assert urlsplit(page.url).query == ""
