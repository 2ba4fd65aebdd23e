"""What is printed: each paper on A4, whole, from the sheet that shows it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.crews import called_out, open_roll
from tests.browser.seats import desk_of

pytestmark = pytest.mark.browser
A4 = (595, 842)
"""In points, rounded."""
_SIZE = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")


def check_paper(page: Page, *words: str) -> None:
    """The open sheet, as the printer gets it: A4 upright, with nothing of the desk around it."""
    paper = page.locator("[data-paper]")
    for word in words:
        expect(paper).to_contain_text(word)
    pages = [tuple(round(float(side)) for side in found) for found in _SIZE.findall(page.pdf(prefer_css_page_size=True))]
    assert set(pages) == {A4}, pages
    page.emulate_media(media="print")
    expect(page.locator(".board")).to_be_hidden()
    expect(paper).to_be_visible()
    shown = page.evaluate(
        "document.documentElement.scrollHeight >= Math.floor(document.querySelector('[data-paper]').getBoundingClientRect().height)"
    )
    assert shown, "nothing is cut off at the end of the first page"
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_every_paper_of_a_shift_is_printed_on_a4(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    page.locator("[data-row]").first.click()
    name = page.locator(".dossier h2").inner_text()
    page.keyboard.press("p")
    check_paper(page, name, "演示数据，均为虚构")

    page.keyboard.press("c")
    page.locator("[data-entry]").first.wait_for()
    page.get_by_role("button", name="打印").click()
    check_paper(page, "0000-8000001", "云城区")

    page.keyboard.press("h")
    page.locator("dialog").get_by_role("button", name="交班简报").click()
    check_paper(page, name)

    assert faults == []


def test_the_roll_sheet_is_printed_on_a4(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone, desk, team = called_out(plain, quiet, home, faults)
    phone.locator("button.yes").click()
    phone.get_by_role("button", name="已出发").click()
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    open_roll(desk)
    desk.get_by_role("button", name="打印点名表").click()
    desk.locator("[data-roll-paper] img").first.wait_for()
    check_paper(desk, team, "演示数据，均为虚构")
    assert faults == []
