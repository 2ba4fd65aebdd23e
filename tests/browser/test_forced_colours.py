"""Where the system forces its own colours: levels keep their colour, shape and sign, what is chosen and what has the focus is seen, and
every button, chip and field has an edge or a ground of its own."""

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from command.core.chance import SystemChance, time_ordered_id
from tests.browser.crews import Called, call, open_roll
from tests.browser.seats import DESK, PHONE, findings, fits, open_page, picture, sign_in

pytestmark = pytest.mark.browser
EYES = """
const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number)
const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)
const contrast = (a, b) => {
  const [high, low] = [light(numbers(a)), light(numbers(b))].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}
const isClear = (colour) => numbers(colour)[3] === 0
const ground = (each) => {
  for (let on = each; on; on = on.parentElement) if (!isClear(getComputedStyle(on).backgroundColor)) return getComputedStyle(on).backgroundColor
  return 'rgb(0, 0, 0)'
}
const seen = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 1)
const SIDES = ['Top', 'Right', 'Bottom', 'Left']
const edges = (each, behind) => {
  const style = getComputedStyle(each)
  return SIDES.filter((side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== 'none')
    .filter((side) => !isClear(style[`border${side}Color`]) && contrast(style[`border${side}Color`], behind) >= 3)
}
const told = (each) => each.outerHTML.slice(0, 120)
"""
BARE = f"""() => {{ {EYES}
  return seen('button:not(.plain, [role=tab], .tabs button, .maplibregl-ctrl button), .button, .tag, .flag, input:not([type=checkbox]), select, textarea').filter((each) => {{
    const behind = ground(each.parentElement)
    return edges(each, behind).length === 0 && contrast(ground(each), behind) < 3
  }}).map(told)
}}"""
"""Controls and chips with nothing around them. A tab is told by its word, and by a line when it is chosen."""
ALIKE = f"""() => {{ {EYES}
  const look = (each) => {{
    const [style, behind] = [getComputedStyle(each), ground(each.parentElement)]
    const lines = SIDES.map((side) => edges(each, behind).includes(side) ? style[`border${{side}}Width`] + style[`border${{side}}Style`] : '')
    return [...lines, style.outlineStyle, style.boxShadow, style.fontWeight, contrast(ground(each), behind) >= 3].join()
  }}
  return seen('[aria-pressed=true], [aria-selected=true], [aria-current]:not([aria-current=false])').filter((each) => {{
    const others = seen(each.tagName).filter((other) => other.className.split(' ')[0] === each.className.split(' ')[0] && other.closest('section, nav, ol, ul, main')
      === each.closest('section, nav, ol, ul, main') && other !== each && !other.matches('[aria-pressed=true], [aria-selected=true], [aria-current]:not([aria-current=false])'))
    return others.some((other) => look(other) === look(each))
  }}).map(told)
}}"""
"""What is chosen and looks like what is not."""
MARKS = f"""() => {{ {EYES}
  return seen('svg[role=img]').filter((each) => each.querySelector('path[style*=sev]')).map((each) => {{
    const [shape, sign] = [getComputedStyle(each.querySelector('path')), each.querySelector('text')]
    const behind = ground(each)
    return {{
      level: each.getAttribute('aria-label'), fill: shape.fill,
      edged: contrast(shape.stroke, behind) >= 3 || contrast(shape.fill, behind) >= 3,
      read: sign === null || contrast(getComputedStyle(sign).fill, shape.fill) >= 4.5,
    }}
  }})
}}"""
FOCUS = f"""() => {{ {EYES}
  const [on, style] = [document.activeElement, getComputedStyle(document.activeElement)]
  return on === document.body || style.outlineStyle !== 'none' && contrast(style.outlineColor, ground(parseFloat(style.outlineOffset) < 0 ? on : on.parentElement)) >= 3 ? null : told(on)
}}"""
TABS = 12


def check(page: Page, where: str) -> None:
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(BARE) == [], where
    assert page.evaluate(ALIKE) == [], where
    assert [each for each in findings(page) if each.startswith("color-contrast")] == [], where
    assert fits(page), where
    for _ in range(TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) is None, where


def forced(plain: Browser, size: dict[str, int], palette: str, lang: str, faults: list[str]) -> Page:
    context = plain.new_context(viewport=size, forced_colors="active", color_scheme=palette, locale="zh-CN")  # type: ignore[arg-type]
    context.add_init_script(f"try {{ localStorage['muster.lang'] = '{lang}' }} catch {{}}")
    return open_page(context, faults)


def register(desk: Page, address: str, severity: int) -> None:
    township = desk.request.get(f"{address}/api/v1/places?q=jbjd").json()[0]["id"]
    body = {"category": "10102", "severity": severity, "place": {"division": township}}
    headers = {"command-id": time_ordered_id(int(time.time() * 1000), SystemChance()), "content-type": "application/json"}
    assert desk.request.post(f"{address}/api/v1/incidents", data=json.dumps(body), headers=headers).status == 201


@pytest.mark.parametrize(("palette", "lang"), [("dark", "zh"), ("light", "en")])
def test_nothing_that_carries_meaning_vanishes_at_the_desk(address: str, plain: Browser, palette: str, lang: str) -> None:
    faults: list[str] = []
    desk = forced(plain, DESK, palette, lang, faults)
    sign_in(desk, address, "county")
    for severity in (1, 2, 3):
        register(desk, address, severity)
        expect(desk.locator(f".board [data-row] [style*=sev-{severity}]").first).to_be_visible()
    desk.locator("[data-row]").first.click()
    marks = desk.evaluate(MARKS)
    assert len({mark["fill"] for mark in marks}) == len({mark["level"] for mark in marks}) > 1, "each level its own"
    assert all(mark["edged"] and mark["read"] for mark in marks), marks
    check(desk, "the desk")
    picture(desk, f"forced-desk-{palette}-{lang}")
    desk.locator("[data-tab=teams]").click()
    desk.locator("[data-team]").first.click()
    check(desk, "the teams")
    desk.set_viewport_size(PHONE)  # type: ignore[arg-type]
    check(desk, "the desk at 360 px")
    picture(desk, f"forced-narrow-{palette}-{lang}")
    assert faults == []


@pytest.mark.parametrize("palette", ["dark", "light"])
def test_nothing_that_carries_meaning_vanishes_between_a_desk_and_a_phone(
    address: str, home: Path, plain: Browser, palette: str
) -> None:
    faults: list[str] = []
    phone, desk = (forced(plain, size, palette, "zh", faults) for size in (PHONE, DESK))
    sign_in(phone, address, "leader")
    sign_in(desk, address, "county")
    check(phone, "the phone at rest")
    call(Called(phone, desk, phone.locator("main li b").first.inner_text()), home)
    yes = phone.locator("button.yes")
    yes.wait_for()
    check(phone, "a call")
    picture(phone, f"forced-call-{palette}-zh")
    yes.click()
    phone.get_by_role("button", name="已出发").click()
    check(phone, "the task")
    picture(phone, f"forced-task-{palette}-zh")
    open_roll(desk)
    desk.locator("[data-person=waiting]").first.click()
    check(desk, "the roll")
    picture(desk, f"forced-roll-{palette}-zh")
    expect(phone.locator("[data-roll=open]")).to_be_visible()
    check(phone, "the roll on the phone")
    picture(phone, f"forced-phone-roll-{palette}-zh")
    assert faults == []
