"""The keeper's messy Excel: the example of the demo, looked at, stored, its refused lines taken down, mended and brought again."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.browser.seats import check_access, desk_of, fits, picture
from web_console.imports.example import identity

pytestmark = pytest.mark.browser
NARROW = {"width": 360, "height": 740}


def test_the_keepers_messy_excel(address: str, plain: Browser, tmp_path: Path) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "keeper", faults)
    page.keyboard.press("i")
    expect(page.get_by_text("身份证号只用来核对")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载示例表格（虚构）").click()
    messy = tmp_path / "messy.xlsx"
    waiting.value.save_as(messy)

    page.locator("input[type=file]").set_input_files(messy)
    expect(page.locator("[data-import-sum]")).to_have_text("共 10 行、未变 0")
    expect(page.locator("tr[data-state=refused]")).to_have_count(6)
    expect(page.locator("tr[data-state=refused]").first).to_contain_text("把该列设为文本后重新导出")
    expect(page.locator("tr[data-state=new]").first).to_contain_text("林　晓燕”改为“林晓燕")
    expect(page.get_by_role("group", name="表里没有的人").get_by_role("checkbox", checked=True)).to_have_count(0)
    picture(page, "import-look-zh")
    check_access(page, "an import to look at")
    page.reload()
    page.wait_for_selector("[data-link=live]")
    page.get_by_role("button", name="导入人员和队伍").click()
    page.locator("[data-import-do]").click()
    expect(page.locator("[data-import-done]")).to_contain_text("已导入：新增 4")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载退回的行（6）").click()
    back = tmp_path / "back.xlsx"
    waiting.value.save_as(back)
    check_access(page, "an import that is done")

    book = load_workbook(back)
    people = book.worksheets[0]
    names = {people.cell(line, 2).value: line for line in range(4, people.max_row + 1)}
    people.cell(names["方志远"], 5).value = identity("19900101", 3)
    people.cell(names["罗春梅"], 3).value = "15490000014"
    book.save(back)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.get_by_role("button", name="另选文件").click()
    page.locator("input[type=file]").set_input_files(back)
    expect(page.locator("tr[data-state=new]")).to_have_count(3)
    expect(page.locator("tr[data-state=refused]")).to_have_count(2)
    page.locator("summary").first.press("Enter")
    assert fits(page)
    picture(page, "import-narrow-zh")
    check_access(page, "an import at 360 px")
    assert faults == []
