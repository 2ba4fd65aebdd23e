"""What a desk keeps in its browser: one report in two tabs loses no word; where storage is full or forbidden the desk says so and works."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import DESK, check_access, desk_of, open_page, picture, sign_in

pytestmark = pytest.mark.browser
FORBIDDEN = """for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })
Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError') } })"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }
IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"""
UNSAFE = "本机存不了草稿：刷新或断电会丢失已填内容"


def _type(page: Page, words: str) -> None:
    page.get_by_label("报告内容").fill(words)
    page.wait_for_selector("[data-kept='yes']")


def test_one_report_in_two_tabs_loses_no_word(address: str, plain: Browser) -> None:
    faults: list[str] = []
    one = desk_of(plain, address, "county", faults)
    one.keyboard.press("n")
    one.locator("[data-place]").fill("江滨中学")
    one.locator("[data-place]").press("Enter")
    one.wait_for_selector("[data-path]")
    _type(one, "桥下有人喊")

    other = open_page(one.context, faults)
    other.goto(address)
    other.get_by_role("button", name="继续").click()
    expect(other.get_by_label("报告内容")).to_have_value("桥下有人喊")
    _type(other, "桥下有人喊，两个孩子")
    _type(one, "桥下有人喊，水在涨")  # the first tab goes on, unaware
    check_access(other, "a report in a second tab")

    # both are there after both were closed; giving one up or registering it takes nothing from the other
    other.reload()
    rows = other.locator("[data-unfinished] li")
    expect(rows).to_have_count(2)
    one.locator(".raise .chips").get_by_role("button", name="内涝", exact=True).click()
    one.get_by_role("button", name="仅登记").click()
    expect(one.locator(".raise")).to_have_count(0)
    other.reload()
    expect(rows).to_have_count(1)
    other.get_by_role("button", name="继续").click()
    expect(other.get_by_label("报告内容")).to_have_value("桥下有人喊，两个孩子")
    expect(other.locator(".similar").first).to_contain_text("江滨街道内涝")  # and what the first tab registered is suggested
    assert faults == []


@pytest.mark.parametrize("how", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_a_desk_that_can_keep_nothing_says_so_and_works(address: str, plain: Browser, how: str) -> None:
    faults: list[str] = []
    page = open_page(plain.new_context(viewport=DESK, locale="zh-CN"), faults)  # type: ignore[arg-type]
    page.add_init_script(how)
    sign_in(page, address, "county")
    page.get_by_role("button", name="日间").click()  # a choice that cannot be kept holds for as long as the page
    expect(page.locator("html")).to_have_attribute("data-theme", "day")
    page.keyboard.press("/")
    page.locator("dialog").get_by_role("combobox").fill("声音")
    page.locator("dialog").get_by_role("combobox").press("Enter")
    page.locator("dialog").get_by_role("checkbox").first.check()
    page.keyboard.press("Escape")
    before = page.locator(".rows li").count()
    page.keyboard.press("n")
    page.locator("[data-place]").fill("jbjd")
    page.locator("[data-place]").press("Enter")
    page.get_by_label("报告内容").fill("电话里听不清")
    expect(page.locator("[data-path]")).to_contain_text("江滨街道")  # typed on before the answer was there
    expect(page.locator(".raise [role=alert]")).to_contain_text(UNSAFE)
    check_access(page, "nothing can be kept")
    picture(page, "storage-forbidden-zh")
    page.keyboard.press("Escape")  # set aside: it lives as long as the page
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_label("报告内容")).to_have_value("电话里听不清")
    page.locator(".raise .chips").get_by_role("button", name="内涝", exact=True).click()
    page.get_by_role("button", name="仅登记").click()
    expect(page.locator(".rows li")).to_have_count(before + 1)
    expect(page.locator(".dossier [data-pending]")).to_be_visible()
    assert faults == []
