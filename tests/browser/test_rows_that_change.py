"""A row that the feed changes is marked anew each time, and the page lays nothing out for it in between."""

import json
import time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from command.core.chance import SystemChance, time_ordered_id
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


def ask(page: Page, address: str, path: str, body: dict[str, Any]) -> Any:
    headers = {"command-id": time_ordered_id(int(time.time() * 1000), SystemChance()), "content-type": "application/json"}
    answer = page.context.request.post(f"{address}/api/v1/{path}", headers=headers, data=json.dumps(body))
    assert answer.ok, answer.text()
    return answer.json()


def test_a_row_is_marked_with_each_change_and_measured_with_none(address: str, plain: Browser) -> None:
    """Of an incident that nobody is called for: it changes when it is told to."""
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults)
    township = page.context.request.get(f"{address}/api/v1/places?q=jbjd").json()[0]["id"]
    made = ask(page, address, "incidents", {"category": "10102", "severity": 4, "place": {"division": township}})
    row = page.locator(f'[data-row="{made["incident"]}"]')
    expect(row).to_be_visible()
    page.evaluate(COUNTED)
    for service in ("110", "119"):
        before = row.get_attribute("data-changed")
        ask(page, address, f"incidents/{made['incident']}/informed", {"services": [service]})
        expect(row).to_have_attribute("data-changed", "even" if before == "odd" else "odd")
        if service == "110":
            assert row.evaluate(MARK) == {"is_marked": True, "waits": True}
    assert page.evaluate("measured") == 0
    assert faults == []
