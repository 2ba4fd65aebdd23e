"""Names of forty characters at the desk: nothing lies over another, and what a line has no room for is told in full."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import base_of, check_access, demo_server, desk_of, fits, picture, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
LONG = 40
FILL = "沿江片区夜间值守与物资转运应急志愿服务突击队联合编组第一梯队及后备梯队甲乙丙丁戊己庚"
# texts that are seen, each as far as it is not cut or scrolled away; two of them over one another
OVER = """() => {
  const seen = []
  const walk = document.createTreeWalker(document.querySelector('dialog[open]') ?? document.body, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const holder = node.parentElement
    if (!node.data.trim() || holder.closest('.unseen, option, .maplibregl-map') || !holder.checkVisibility()) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const box of range.getClientRects()) {
      let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom]
      for (let each = holder; each; each = each.parentElement) {
        if (getComputedStyle(each).overflow === 'visible') continue
        const clip = each.getBoundingClientRect()
        ;[left, top, right, bottom] = [Math.max(left, clip.left), Math.max(top, clip.top), Math.min(right, clip.right), Math.min(bottom, clip.bottom)]
      }
      if (right - left < 2 || bottom - top < 2) continue
      const on = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      if (on && (on === holder || holder.contains(on) || on.contains(holder))) seen.push({ left, top, right, bottom, holder, text: node.data.trim() })
    }
  }
  const found = []
  for (const [i, one] of seen.entries())
    for (const other of seen.slice(i + 1))
      if (one.holder !== other.holder && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 3 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5)
        found.push(`${one.text} / ${other.text}`)
  return found
}"""
# lines that end in dots, and do not say the whole of it under the pointer
MUTE = """() => [...document.querySelectorAll('*')].filter((each) => {
  if (getComputedStyle(each).textOverflow !== 'ellipsis' || each.scrollWidth <= each.clientWidth || !each.checkVisibility() || each.matches('.unseen')) return false
  each.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
  return !each.closest('[title]')?.title.includes(each.textContent.trim())
}).map((each) => each.outerHTML.slice(0, 160))"""


def _lengthen(home: Path) -> None:
    with closing(sqlite3.connect(home / "realms" / "demo" / "registry.db")) as registry:
        for table in ("teams", "stations", "divisions"):
            where = " WHERE length(code) >= 9" if table == "divisions" else ""
            rows = registry.execute(f"SELECT rowid, name FROM {table}{where}").fetchall()
            registry.executemany(
                f"UPDATE {table} SET name = ? WHERE rowid = ?",
                [((name + FILL)[:LONG], row) for row, name in rows],
            )
        registry.commit()


def _check(page: Page, where: str) -> None:
    page.mouse.move(1, 1)
    assert page.evaluate(OVER) == [], where
    assert page.evaluate(MUTE) == [], where
    assert fits(page), where
    picture(page, f"long-{where}")


def test_names_of_forty_characters_are_told_in_full_and_lie_over_nothing(home: Path, plain: Browser) -> None:
    _lengthen(home)
    faults: list[str] = []
    with demo_server(home, program="tests.browser.quiet") as address:
        page = desk_of(plain, address, "county", faults)
        page.get_by_role("tab", name="队伍").click()
        team = page.locator("[data-team] b").first.inner_text()
        assert len(team) == LONG
        _check(page, "teams")
        page.get_by_role("tab", name="站点").click()
        page.locator("[data-row]").first.wait_for()
        _check(page, "stations")
        page.get_by_role("tab", name="事件").click()
        take_report(page, base_of(team, home), KIND)
        _check(page, "report")
        page.keyboard.press("Control+Enter")
        page.locator(".dossier [data-call=open]").first.wait_for()
        expect(page.locator(".toast")).to_have_count(0)
        page.locator(".dossier [data-call=open] button").first.click()
        _check(page, "incident")
        page.locator(".dossier .scroll").evaluate("each => each.scrollTo(0, each.scrollHeight)")
        _check(page, "incident-below")
        for key, name in (("b", "tiers"), ("c", "directory"), ("u", "group"), ("r", "roll"), ("a", "plan"), ("h", "watch")):
            page.keyboard.press(key)
            page.locator("dialog[open]").wait_for()
            if name == "plan":
                expect(page.locator("dialog [data-order]")).to_be_enabled()
            _check(page, name)
            page.keyboard.press("Escape")
        page.keyboard.press("d")
        page.locator("[data-ring]").first.wait_for()
        _check(page, "ring")
        check_access(page, "long names")
        family = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert [each in family for each in ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif")] == [True] * 4
    assert faults == []
