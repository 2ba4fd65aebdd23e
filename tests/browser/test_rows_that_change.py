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


def test_a_row_is_marked_with_each_change_and_measured_with_none(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    page.evaluate(COUNTED)
    row = page.locator("[data-row]").first
    expect(row).to_have_attribute("data-changed", "odd")
    assert row.evaluate("row => row.getAnimations().map((each) => each.animationName)") in (["changed"], ["changed-again"])
    expect(row).to_have_attribute("data-changed", "even")
    assert page.evaluate("measured") == 0
    assert faults == []
