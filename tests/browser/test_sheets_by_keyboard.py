"""Every sheet of the desk by keys alone: it takes the focus, Tab comes to all of it, Escape closes it and gives the focus back."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.seats import desk_of
from tests.browser.walking import WITHIN, choose_first, fill, press, tab_to, walk

pytestmark = pytest.mark.browser
SHEETS = {
    "?": "dt", "/": "[role=option]", "h": ".now", "b": ".column", "y": "form", "c": "[data-entry]", "u": "textarea", "r": "footer .solid",
    "a": "[data-order]:enabled", "p": "[data-paper]", "i": "[role=option]", "x": "footer button",
}  # fmt: skip
"""By what it shows once it is whole."""
BY_WORDS = {"声音": "[type=range]", "大屏": "form", "交班简报": "[data-paper]"}
LIST = "姓名,手机\n沈一帆,15490000051\n"
OF_A_KEEPER = {"?": "dt", "/": "[role=option]", "i": "[type=file]"}


def _open(page: Page, key: str, shows: str) -> Locator:
    page.keyboard.press(key)
    sheet = page.locator("dialog")
    sheet.locator(shows).first.wait_for(state="attached")
    assert page.evaluate(WITHIN, "dialog"), f"{key}: the focus is not in it"
    return sheet


def _open_by_words(page: Page, words: str, shows: str) -> Locator:
    _open(page, "/", "[role=option]")
    page.keyboard.type(words)
    expect(page.locator("[role=option]").first).to_contain_text(words)
    return _open(page, "Enter", shows)


def _leave(page: Page, to: Locator) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(to).to_be_focused()


def test_every_sheet_is_opened_walked_and_left(quiet: str, plain: Browser) -> None:
    faults: list[str] = []
    for who in ("county", "city", "keeper"):
        page = desk_of(plain, quiet, who, faults)
        row = choose_first(page)
        for key, shows in (OF_A_KEEPER if who == "keeper" else SHEETS).items():
            walk(page, _open(page, key, shows))
            _leave(page, row)
        for words, shows in ({"声音": "[type=range]"} if who == "keeper" else BY_WORDS).items():
            walk(page, _open_by_words(page, words, shows))
            _leave(page, row)
        page.context.close()
    assert faults == []


def test_the_forms_in_sheets_take_effect(quiet: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, quiet, "county", faults)
    row = choose_first(page)

    # the watch is taken, and who leads it named
    sheet = _open(page, "h", ".now")
    press(page, sheet.get_by_role("button", name="接班", exact=True))
    expect(sheet).to_contain_text("在线")
    opener = sheet.get_by_role("button", name="登记", exact=True)
    press(page, opener)
    fill(page, sheet.get_by_role("textbox", name="姓名"), "赵区长（虚构）")
    walk(page, sheet)
    tab_to(page, sheet.get_by_role("textbox", name="姓名"))
    page.keyboard.press("Enter")
    expect(sheet.locator("[data-leader]")).to_have_text("赵区长（虚构）")
    assert page.evaluate(WITHIN, "dialog")
    press(page, sheet.get_by_role("button", name="撤下"))
    expect(sheet.locator("[data-leader]")).to_have_count(0)
    assert page.evaluate(WITHIN, "dialog")

    # from sheet to sheet, and back to the list
    press(page, sheet.get_by_role("button", name="预警"))
    fill(page, sheet.get_by_label("发布单位"), "云江市气象台")
    page.keyboard.press("Enter")
    standing = sheet.locator("[data-warning]")
    expect(standing).to_contain_text("云江市气象台")
    walk(page, sheet)
    press(page, standing.get_by_role("button", name="解除"))
    expect(standing).to_have_count(0)
    assert page.evaluate(WITHIN, "dialog")
    _leave(page, row)
    for key, name in (("h", "交班简报"), ("c", "打印")):
        press(page, _open(page, key, "h3, [data-entry]").get_by_role("button", name=name))
        page.locator("[data-paper]").wait_for()
        walk(page, page.locator("dialog"))
        _leave(page, row)

    # a wall gets its link, and loses it
    sheet = _open_by_words(page, "大屏", "form")
    fill(page, sheet.get_by_role("textbox").first, "一号厅")
    page.keyboard.press("Enter")
    expect(sheet.locator("[data-wall-link]")).to_be_visible()
    walk(page, sheet)
    press(page, sheet.locator("li").get_by_role("button"))
    expect(sheet.locator("li").get_by_role("button")).to_have_count(0)
    assert page.evaluate(WITHIN, "dialog")
    _leave(page, row)

    # a station is picked, and its list read; the file itself is chosen in a window of the browser's
    sheet = _open(page, "i", "[role=option]")
    page.keyboard.type("jbjd")
    expect(sheet.get_by_role("option").first).to_contain_text("江滨街道")
    page.keyboard.press("Enter")
    sheet.locator("[type=file]").set_input_files({"name": "名单.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    expect(sheet.locator("tr[data-state=new]")).to_have_count(1)
    press(page, sheet.locator("summary").first)
    walk(page, sheet)
    press(page, sheet.locator("[data-import-do]"))
    expect(sheet.locator("[data-import-done]")).to_be_visible()
    assert page.evaluate(WITHIN, "dialog")
    _leave(page, row)
    assert faults == []
