"""One bar of signal, and a machine without Chinese fonts: slow or ugly, and everything still works."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seats import (
    CHROMIUM,
    FLAGS,
    PHONE,
    base_of,
    desk_of,
    fits,
    on_one_bar,
    open_page,
    picture,
    sign_in,
    take_report,
)

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
LATIN_ONLY = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include>/etc/fonts/fonts.conf</include>
  <selectfont><rejectfont><glob>*CJK*</glob></rejectfont></selectfont>
  <cachedir>{cache}</cachedir>
</fontconfig>"""
DRAWN = """(text) => {
  const pen = Object.assign(document.createElement('canvas'), { width: 50, height: 50 }).getContext('2d')
  pen.font = '40px sans-serif'
  pen.fillText(text, 0, 40)
  return pen.canvas.toDataURL()
}"""


@pytest.fixture
def fontless(plain: Browser, tmp_path: Path) -> Iterator[Browser]:
    """A Chromium that finds none of the machine's Chinese fonts."""
    config = tmp_path / "fonts.conf"
    config.write_text(LATIN_ONLY.format(cache=tmp_path / "cache"), "utf-8")
    opened = plain.browser_type.launch(
        executable_path=CHROMIUM,
        args=[*FLAGS, "--disable-3d-apis"],
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
    )
    yield opened
    opened.close()


def test_a_call_is_answered_on_one_bar_of_signal(address: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    phone = open_page(plain.new_context(viewport=PHONE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    on_one_bar(phone)
    sign_in(phone, address, "leader")
    desk = desk_of(plain, address, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").click()
    expect(phone.locator("[data-said=sent]")).to_contain_text("我能去")
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_be_visible()
    phone.get_by_role("button", name="已出发").click()
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    assert faults == []


def test_without_a_chinese_font_nothing_moves_or_breaks(address: str, home: Path, plain: Browser, fontless: Browser) -> None:
    faults: list[str] = []
    desk, phone = desk_of(fontless, address, "county", faults), desk_of(fontless, address, "leader", faults, size=PHONE)
    assert desk.evaluate(DRAWN, "涝") == desk.evaluate(DRAWN, "火"), "every character is the same empty box"
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    assert fits(phone)
    picture(phone, "phone-no-fonts-zh")
    phone.locator("button.yes").click()
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_be_visible()
    assert fits(desk)
    assert faults == []
