"""By keys alone: a page or a sheet walked through by Tab, where every control is reached, seen and marked; and a control pressed there."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.crews import KIND
from tests.browser.seats import base_of

MOST = 500
"""More stops than any page has."""
FOCUSABLE = "button:not([disabled]), a[href], input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex='0']"
BEGIN = """([root, focusable]) => {
  if (!window.walked) addEventListener('focusout', (event) => { if (event.relatedTarget === null) window.out++ }, true)
  window.walked = new Set()
  window.out = 0
  window.wanted = [...root.querySelectorAll(focusable)].filter((each) => each.checkVisibility() && !each.closest('[inert]'))
}"""
FOCUSED = """(root) => {
  const on = document.activeElement
  if (on === document.body) return null
  const isAgain = window.walked.has(on)
  window.walked.add(on)
  const shown = on.matches('.unseen') ? on.closest('label') : on // of a file field its label is drawn
  const spread = [0.5, 0.1, 0.9]
  const isSeen = () => {
    const box = shown.getBoundingClientRect()
    return spread.some((x) => spread.some((y) => shown.contains(document.elementFromPoint(box.left + box.width * x, box.top + box.height * y))))
  }
  // what came in behind the press of the key may have moved it out of sight, which is no cover
  if (!isSeen()) shown.scrollIntoView({ block: 'nearest' })
  const seen = isSeen()
  const style = getComputedStyle(shown)
  const name = on.getAttribute('aria-label') ?? (on.labels?.[0]?.textContent || on.textContent || on.title || on.placeholder)
  return { tag: on.tagName, name: name.trim().slice(0, 40), isAgain, inside: root.contains(on), seen,
           marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 }
}"""
NOWHERE = "document.activeElement === document.body"
WITHIN = "(selector) => document.activeElement.closest(selector) !== null"
TOWARDS = """(each) => each === document.activeElement ? null
  : each.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING ? 'Shift+Tab' : 'Tab'"""
MISSED = """() => window.wanted.filter((each) => each.isConnected && !each.disabled && !window.walked.has(each))
  .map((each) => each.outerHTML.slice(0, 160))"""


def walk(page: Page, sheet: Locator | None = None) -> list[str]:
    """Press Tab until the way comes round, from wherever the focus is: every control once, each seen and marked, no trap. The way of
    a page leads out of it, to the browser's own; the way round a sheet leads nowhere else on the page."""
    root = (sheet or page.locator("html")).element_handle()
    page.evaluate(BEGIN, [root, FOCUSABLE])
    found: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        focus: dict[str, Any] | None = page.evaluate(FOCUSED, root)
        if focus is None:
            continue
        if focus["isAgain"]:
            break
        assert focus["inside"], f"out of the sheet: {focus}"
        assert focus["seen"], f"covered: {focus}"
        assert focus["marked"], f"no mark of focus: {focus}"
        found.append(focus["name"])
    missed: list[str] = page.evaluate(MISSED)
    assert missed == [], f"not reached, the last were {found[-3:]}: {missed}"
    assert sheet is not None or page.evaluate("window.out") > 0, f"a trap: {found[-5:]}"
    return found


def tab_to(page: Page, target: Locator) -> None:
    """As somebody gets there who has no pointer."""
    target.wait_for()
    for _ in range(MOST):
        key: str | None = target.evaluate(TOWARDS)
        if key is None:
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab does not come to {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def fill(page: Page, target: Locator, text: str) -> None:
    tab_to(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def choose_first(desk: Page) -> Locator:
    """The first incident of the list is opened; its row keeps the focus."""
    row = desk.locator(".board [data-row]").first
    row.wait_for()
    desk.keyboard.press("j")
    expect(row).to_be_focused()
    desk.keyboard.press("Enter")
    desk.locator(".dossier h2").wait_for()
    return row


def type_report(page: Page, place: str) -> None:
    page.keyboard.press("n")
    expect(page.locator("[data-place]")).to_be_focused()
    page.keyboard.type(place)
    page.keyboard.press("Enter")
    expect(page.locator("[data-category-box]")).to_be_focused()
    page.keyboard.type(KIND)
    page.keyboard.press("Enter")
    expect(page.locator("[data-severity] [aria-pressed=true]")).to_be_focused()
    expect(page.locator("[data-order]")).to_be_enabled()


def dossier_called_out(page: Page, home: Path) -> Locator:
    """The dossier of an incident with calls. On the way a report is set aside, and taken up again."""
    place = first_base(page, home)
    row = choose_first(page)
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(page.locator(".raise")).to_have_count(0)
    expect(row).to_be_focused()
    type_report(page, place)
    walk(page)
    tab_to(page, page.locator("[data-place]"))
    page.keyboard.press("Escape")
    press(page, page.get_by_role("button", name="继续"))
    expect(page.locator("[data-place]")).to_be_focused()
    expect(page.locator("[data-order]")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".raise")).to_have_count(0)
    page.locator(".dossier [data-call=open]").first.wait_for()
    assert not page.evaluate(NOWHERE)
    return page.locator(".dossier")


def first_base(page: Page, home: Path) -> str:
    press(page, page.locator("[data-tab=teams]"))
    team = page.locator("[data-team] b").first.inner_text()
    press(page, page.locator("[data-tab=incidents]"))
    return base_of(team, home)
