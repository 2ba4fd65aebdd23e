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
    expect(page.locator("[data-duty='990101'] a")).to_have_attribute("href", "tel:00008000001")
    expect(page.locator("[data-duty] a")).to_have_count(3)  # of the county, and two of the city
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
    expect(page.locator("tr[data-state=new]").nth(1)).to_contain_text("所属队伍：（空） → 示例急救队")
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


def test_an_officer_of_a_post_brings_a_stations_list(address: str, plain: Browser, tmp_path: Path) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    page.get_by_role("tab", name="站点").click()
    page.get_by_role("button", name="导入人员和队伍").click()
    hits = page.locator("dialog").get_by_role("option")
    picked = page.locator("dialog").get_by_role("combobox", name="查站点")
    expect(hits).not_to_have_count(0)
    picked.fill("qzmyzdz")
    expect(page.get_by_text("本级辖区没有这样的站点")).to_be_visible()
    picked.fill("jbjd")
    expect(hits.first).to_contain_text("江滨街道")
    check_access(page, "a station to pick")
    picture(page, "import-station-zh")
    name = hits.first.locator("b").inner_text()
    picked.press("Enter")
    expect(page.get_by_text(f"导入到 {name}")).to_be_visible()
    rows = "姓名,手机,所属队伍,队内职务\n沈一帆,15490000051,,\n沈二帆,15490000052,没有的队,\n"
    page.locator("input[type=file]").set_input_files({"name": "名单.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    expect(page.locator("tr[data-state=refused]")).to_contain_text("本站没有这支队伍：没有的队")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert fits(page)
    check_access(page, "an officer's import at 360 px")
    picture(page, "import-officer-narrow-zh")
    page.locator("[data-import-do]").click()
    expect(page.locator("[data-import-done]")).to_contain_text("已导入：新增 1")
    page.get_by_role("button", name="另选文件").click()
    page.get_by_role("button", name="换站点").click()
    expect(page.locator("dialog").get_by_role("combobox", name="查站点")).to_be_focused()
    assert faults == []
