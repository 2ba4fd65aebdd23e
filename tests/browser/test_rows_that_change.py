"""A row that the feed changes is marked anew each time, and the page lays nothing out for it in between."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seats import desk_of

pytestmark = pytest.mark.browser
COUNTED = """
window.measured = 0
for (const name of ['offsetWidth', 'offsetHeight']) {
  const { get } = Object.getOwnPropertyDescriptor(HTMLElement.prototype, name)
  Object.defineProperty(HTMLElement.prototype, name, { get() { window.measured += this.closest('[data-row]') ? 1 : 0; return get.call(this) } })
}
"""
MARK = """(row) => {
  const [mark, ...others] = row.getAnimations().filter((each) => each.animationName?.startsWith('changed'))
  const marked = getComputedStyle(row).backgroundColor, waits = others.length === 0 && mark.effect.getComputedTiming().progress === 0
  mark.finish()
  const plain = getComputedStyle(row).backgroundColor
  return { is_marked: marked !== plain, waits: waits && mark.effect.getTiming().delay > 100 * mark.effect.getTiming().duration }
}"""
"""The mark stands while its animation has not begun: one that runs costs sixty frames a second."""


def test_a_row_is_marked_with_each_change_and_measured_with_none(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    page.evaluate(COUNTED)
    row = page.locator("[data-row]").first
    expect(row).to_have_attribute("data-changed", "odd")
    assert row.evaluate(MARK) == {"is_marked": True, "waits": True}
    expect(row).to_have_attribute("data-changed", "even")
    assert page.evaluate("measured") == 0
    assert faults == []
