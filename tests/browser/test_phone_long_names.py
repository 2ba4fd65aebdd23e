"""Names of forty characters on a screen of 360 px, in both languages, in large type too: nothing is cut off or beside the screen."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.seats import PHONE, base_of, demo_server, desk_of, fits, picture, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
LONG, HEAD_MOST = 40, 120
WIDER = "蓝天应急救援志愿服务联合总队水上与山地综合救援第一支队云江市直属特别行动备勤小组及后勤保障分队"
ADDRESS = "滨江路与Nongyekejiyuanquhuanxianxilukoudongcefuwuzhan交叉口东北角三百米废弃砖窑后面的水泥路"
SPILT = """
() => [...document.querySelectorAll('body *')].filter((each) => {
  const words = [...each.childNodes].filter((node) => node.nodeType === 3 && node.data.trim())
  if (!each.checkVisibility() || each.closest('.unseen, svg, textarea, select') || words.length === 0) return false
  const box = each.getBoundingClientRect(), style = getComputedStyle(each)
  const isCut = style.overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1
  return isCut || box.left < -1 || box.right > innerWidth + 1 || words.some((node) => {
    const range = document.createRange()
    range.selectNodeContents(node)
    const text = range.getBoundingClientRect()
    return text.right > innerWidth + 1 || (style.display !== 'inline' && (text.right > box.right + 2 || text.bottom > box.bottom + 8))
  })
}).map((each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`)
"""


def with_long_names(home: Path) -> None:
    """Every team and every place is called by forty characters."""
    with closing(sqlite3.connect(home / "realms" / "demo" / "registry.db")) as registry, registry:
        for table in ("teams", "divisions"):
            registry.execute(f"UPDATE {table} SET name = substr(name || ?, 1, {LONG})", (WIDER,))


def check_whole(phone: Page, where: str) -> None:
    for language, other in (("zh", "English"), ("en", "中文")):
        assert phone.evaluate(SPILT) == [], f"{where}, {language}"
        assert fits(phone), f"{where}, {language}"
        picture(phone, f"phone-long-{where}-{language}")
        phone.get_by_role("button", name=other, exact=True).click()


@pytest.mark.parametrize("type_", ["usual", "large"])
def test_nothing_is_cut_off_or_beside_the_screen(home: Path, plain: Browser, type_: str) -> None:
    faults: list[str] = []
    with_long_names(home)
    with demo_server(home) as address:
        phone, desk = desk_of(plain, address, "leader", faults, size=PHONE), desk_of(plain, address, "county", faults)
        team = phone.locator("main li b").first.inner_text()
        assert len(team) == LONG
        if type_ == "large":
            phone.get_by_role("button", name="大字").click()
        check_whole(phone, f"home-{type_}")
        take_report(desk, base_of(team, home), KIND)
        desk.get_by_label("详细地址").fill(ADDRESS)
        desk.keyboard.press("Control+Enter")
        phone.locator("button.yes").wait_for()
        head = phone.locator("header").bounding_box()
        assert head is not None
        assert head["height"] <= HEAD_MOST
        check_whole(phone, f"call-{type_}")
        phone.locator("button.yes").click()
        phone.locator("summary", has_text="报队员姓名").click()
        phone.locator("textarea").first.fill(f"{WIDER[:LONG]}\nMaximilianAlexanderChristopherWolfeschlegel")
        phone.get_by_role("button", name="报2人").click()
        phone.get_by_role("button", name="已出发").click()
        phone.get_by_role("button", name="已到位").wait_for()
        check_whole(phone, f"task-{type_}")
        phone.get_by_role("button", name="队员", exact=True).click()
        phone.locator("[data-person]").first.wait_for()
        check_whole(phone, f"crew-{type_}")
        out = desk.locator("[data-out]")
        out.get_by_role("button", name="下达指令").click()
        out.get_by_role("button", name="立即撤离").click()
        out.locator("button.solid").click()
        phone.locator("[data-order=new]").wait_for()
        desk.locator("[data-part=dossier] h2, [data-part=dossier] h3").first.wait_for()
        desk.keyboard.press("r")
        desk.get_by_role("button", name="发起点名").click()
        phone.locator("[data-roll=open]").wait_for()
        check_whole(phone, f"roll-{type_}")
        phone.locator("[data-sos]").focus()
        phone.keyboard.down("Enter")
        phone.locator("[data-sos-state=sent]").wait_for()
        phone.keyboard.up("Enter")
        check_whole(phone, f"sos-{type_}")
    assert faults == []
