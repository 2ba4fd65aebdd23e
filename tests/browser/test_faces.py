"""Every sheet of the desk on every face it has: sizes, themes, languages. Nothing beside the screen, nothing axe finds."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.faces import FACES, NAMES, Face
from tests.browser.seats import findings, fits, open_page, picture, sign_in

pytestmark = pytest.mark.browser
SHEETS = {
    "keys": "?", "box": "/", "watch": "h", "tiers": "b", "warnings": "y", "directory": "c", "group-text": "u", "roll": "r", "plan": "a",
    "paper": "p",
}  # fmt: skip
FOLDED_PX = 1180
CUT_OFF = """() => {
  const hides = (style) => ['hidden', 'clip'].includes(style.overflowX)
  const beyond = (each, box) => {
    for (let on = each.parentElement; on; on = on.parentElement)
      if (hides(getComputedStyle(on)) && box.right > on.getBoundingClientRect().right + 1) return true
    return false
  }
  return [...document.querySelectorAll('button, select, h1, h2, h3, th, label, legend, summary')].filter((each) => {
    const box = each.getBoundingClientRect()
    return box.width > 1 && !each.title && (beyond(each, box) || (hides(getComputedStyle(each)) && each.scrollWidth > each.clientWidth + 1))
  }).map((each) => each.textContent.trim().slice(0, 40))
}"""
"""Controls and headings whose words are cut, with nothing that says them whole."""


class Tour:
    """Looks at one sheet after the other, and keeps what is wrong with each."""

    def __init__(self, page: Page, face: Face) -> None:
        self._page, self._face = page, face
        self.wrong: list[str] = []

    def look(self, what: str) -> None:
        if not fits(self._page):
            self.wrong.append(f"{what} lies beside the screen")
        self.wrong += [f"{what}: cut off: {each}" for each in self._page.evaluate(CUT_OFF)]
        self.wrong += [f"{what}: {each}" for each in findings(self._page)]
        picture(self._page, f"{what}-{self._face.name}")


@pytest.mark.parametrize("face", FACES, ids=NAMES)
def test_every_sheet_of_the_desk(address: str, plain: Browser, face: Face) -> None:
    faults: list[str] = []
    page = open_page(face.context(plain), faults)
    tour = Tour(page, face)
    page.goto(address)
    page.wait_for_selector("button.solid")
    tour.look("sign-in")
    sign_in(page, address, "county")
    page.wait_for_selector("[data-map-state=none]")
    row = page.locator(".board [data-row]").first
    row.wait_for()
    tour.look("board")
    row.click()
    page.wait_for_selector(".dossier [data-call]")
    tour.look("incident")
    page.keyboard.press("w")
    expect(page.locator(".dossier h4").first).to_be_in_viewport()
    assert page.evaluate("document.scrollingElement.scrollTop") == 0 or face.width < FOLDED_PX, "the page itself never scrolls"
    tour.look("why")
    page.keyboard.press("Escape")
    for what, key in SHEETS.items():
        page.keyboard.press(key)
        page.locator("dialog, [role=dialog], [data-paper]").first.wait_for()
        page.wait_for_load_state("networkidle")
        tour.look(what)
        page.keyboard.press("Escape")
        page.locator("dialog, [role=dialog], [data-paper]").wait_for(state="hidden")
    page.keyboard.press("n")
    page.locator(".raise").wait_for()
    tour.look("report")
    assert tour.wrong + faults == []
