"""The keeper's messy Excel: the example of the demo, looked at, stored, its refused lines taken down, mended and brought again."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.faces import FACES, NAMES, Face
from tests.browser.network import Network
from tests.browser.seats import check_access, desk_of, fits, picture, sign_in
from web_console.imports.example import identity

pytestmark = pytest.mark.browser
NARROW = {"width": 360, "height": 740}


def bring(page: Page, rows: str, heads: str = "姓名,手机,入会日期") -> None:
    text = f"{heads}\n{rows}"
    page.locator("input[type=file]").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()})


def check(page: Page, where: str) -> None:
    assert fits(page), where
    check_access(page, where)


@pytest.mark.parametrize("face", FACES, ids=NAMES)
def test_the_keepers_messy_excel(address: str, plain: Browser, tmp_path: Path, face: Face) -> None:
    faults: list[str] = []
    page = face.page(plain, faults)
    sign_in(page, address, "keeper")
    expect(page.locator("[data-duty='990101'] a")).to_have_attribute("href", "tel:00008000001")
    expect(page.locator("[data-duty] a")).to_have_count(3)  # of the county, and two of the city
    page.keyboard.press("i")
    expect(page.get_by_text(face.say("import.private"))).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=face.say("import.example")).click()
    messy = tmp_path / "messy.xlsx"
    waiting.value.save_as(messy)

    page.locator("input[type=file]").set_input_files(messy)
    expect(page.locator("[data-import-sum]")).to_contain_text(face.say("import.sum", n=10))
    expect(page.locator("tr[data-state=refused]")).to_have_count(6)
    spoilt = {"zh": "把该列设为文本后重新导出", "en": "make the column text and export again"}
    expect(page.locator("tr[data-state=refused]").first).to_contain_text(spoilt[face.lang])
    mended = {"zh": "林　晓燕”改为“林晓燕", "en": "林　晓燕” became “林晓燕"}
    expect(page.locator("tr[data-state=new]").first).to_contain_text(mended[face.lang])
    told = page.locator("tr[data-state=new]").nth(1)
    expect(told).to_contain_text("→ 示例急救队")
    leaving = page.get_by_role("region", name=face.say("import.leaving"))
    expect(leaving.get_by_role("checkbox", checked=True)).to_have_count(0)
    total = face.say("import.total", sheet="志愿者名单 ", line=12, said="合　计 8人")
    expect(page.locator("[data-import-totals]")).to_have_text(face.say("import.totals", lines=total))
    columns = page.locator("[data-import-columns]").first
    used = {"zh": "姓名、手机、身份证号、出生日期、保险到期", "en": "name, phone, identity number, birth date, insured until"}
    expect(columns).to_contain_text(f"{face.say('import.columns.used')}{used[face.lang]}")
    out = ("序号", "联系方式/微信", "备注", "入会日期")
    expect(columns.locator("b")).to_have_text(face.say("list.and").join(out))
    expect(columns).to_contain_text(face.say("import.columns.out.how"))
    picture(page, f"import-look-{face.name}")
    check(page, "an import to look at")

    # the network goes while the page is opened anew, and again at the press of the button: what was read so far stays
    page.route("**/api/v1/imports/**", lambda route: route.abort())
    page.reload()
    page.wait_for_selector("[data-link=live]")
    page.get_by_role("button", name=face.say("import.title")).click()
    refused = page.locator("dialog [role=alert]")
    expect(refused).to_be_visible()
    page.keyboard.press("Escape")
    page.unroute("**/api/v1/imports/**")
    network = Network(page)
    page.get_by_role("button", name=face.say("import.title")).click()
    expect(page.locator("[data-import-sum]")).to_contain_text(face.say("import.sum", n=10))
    expect(refused).to_have_count(0)
    network.cut()
    page.locator("[data-import-do]").click()
    expect(refused).to_be_visible()
    expect(page.locator("[data-import-sum]")).to_contain_text(face.say("import.sum", n=10))
    picture(page, f"import-cut-off-{face.name}")
    check(page, "an import cut off")
    network.mend()
    page.locator("[data-import-do]").click()
    expect(page.locator("[data-import-done]")).to_have_text(face.say("import.done", a=4, b=0, c=0))
    with page.expect_download() as waiting:
        page.get_by_role("button", name=face.say("import.back", n=6)).click()
    back = tmp_path / "back.xlsx"
    waiting.value.save_as(back)
    check(page, "an import that is done")

    book = load_workbook(back)
    people = book.worksheets[0]
    names = {people.cell(line, 2).value: line for line in range(4, people.max_row + 1)}
    people.cell(names["方志远"], 5).value = identity("19900101", 3)
    people.cell(names["罗春梅"], 3).value = "15490000014"
    book.save(back)
    page.locator("[data-import-again]").click()
    page.locator("input[type=file]").set_input_files(back)
    expect(page.locator("tr[data-state=new]")).to_have_count(3)
    expect(page.locator("tr[data-state=refused]")).to_have_count(2)
    page.locator("summary").first.press("Enter")
    picture(page, f"import-again-{face.name}")
    check(page, "an import brought again")
    assert faults == []


@pytest.mark.parametrize("face", FACES, ids=NAMES)
def test_whoever_is_missing_is_found_and_stays_ticked(address: str, plain: Browser, face: Face) -> None:
    faults: list[str] = []
    page = face.page(plain, faults)
    sign_in(page, address, "keeper")
    page.keyboard.press("i")
    bring(page, "单长林,15490000061,\n沈一帆,15490000062,\n沈二帆,15490000063,\n")
    page.locator("[data-import-do]").click()
    expect(page.locator("[data-import-done]")).to_be_visible()
    page.locator("[data-import-again]").click()
    bring(page, "沈三帆,15490000064,2021.4.1\n合计,1人,\n")
    missing = page.locator("section[aria-labelledby=import-leaving]")
    expect(missing.get_by_role("heading")).to_contain_text(face.say("import.leaving"))
    rows = missing.get_by_role("listitem")
    shown, count = rows.count(), int(missing.locator("[data-leaving-count]").inner_text())
    assert shown < count
    missing.get_by_role("button", name=face.say("import.leaving.more", n=count - shown)).click()
    expect(rows).to_have_count(count)
    box, boxes, found = missing.get_by_role("searchbox"), missing.get_by_role("checkbox"), missing.get_by_role("status")
    for typed in ("单长", "shanchanglin", "scl", "0061"):
        box.fill(typed)
        expect(found).to_have_text(face.say("import.leaving.found", n=1))
        expect(rows).to_contain_text("单长林 15490000061")
    boxes.check()
    box.fill("0062")
    expect(rows).to_contain_text("沈一帆")
    boxes.check()
    missing.scroll_into_view_if_needed()
    picture(page, f"import-missing-{face.name}")
    check(page, "who is missing")
    box.fill("沈三帆")  # is in the file
    expect(found).to_have_text(face.say("import.leaving.none"))
    expect(boxes).to_have_count(0)
    box.fill("")
    expect(rows).to_have_count(shown)
    expect(missing.get_by_role("heading")).to_contain_text(face.say("import.leaving.ticked", n=2))
    page.locator("[data-import-do]").click()
    expect(page.locator("[data-import-done]")).to_have_text(face.say("import.done", a=1, b=0, c=2))
    assert faults == []


def test_columns_are_matched_by_hand_once(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "keeper", faults)
    page.keyboard.press("i")
    bring(page, "沈一帆,15490000062,2021.4.1\n", "怎么称呼,打哪个号,啥时候来的")
    page.locator("details select").first.select_option(label="人员")
    expect(page.locator("details [role=alert]")).to_contain_text("姓名")
    page.get_by_label("对应 怎么称呼").select_option(label="姓名")
    expect(page.get_by_label("对应 怎么称呼")).to_have_value("name")
    page.get_by_label("对应 打哪个号").select_option(label="手机")
    expect(page.locator("tr[data-state=new]")).to_contain_text("沈一帆")
    expect(page.locator("[data-import-columns]")).to_contain_text("没用的列啥时候来的")
    check_access(page, "columns matched by hand")
    picture(page, "import-by-hand-zh")
    page.locator("[data-import-again]").click()
    bring(page, "沈二帆,15490000063,\n", "怎么称呼,打哪个号,啥时候来的")
    expect(page.locator("summary")).to_contain_text("按上次的对应")
    expect(page.locator("tr[data-state=new]")).to_contain_text("沈二帆")
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
