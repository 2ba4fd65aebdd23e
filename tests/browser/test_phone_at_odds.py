"""A phone that can keep nothing, whose clock is an hour wrong, or whose camera makes forty megabytes: calm, and nothing else is lost."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.seats import PHONE, base_of, check_access, desk_of, fits, open_page, picture, sign_in, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
FORBIDDEN = """
for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })
IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }
"""
FULL = """
IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }
Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }
"""
TOO_LARGE = """
(path) => fetch(path, { method: 'POST', body: new Uint8Array(13_000_000), headers: { 'command-id': '01890000-0000-7000-8000-000000000000' } })
  .then((answer) => answer.json().then((body) => [answer.status, body.code, body.title]))
"""
CITY_AHEAD = timedelta(hours=8)
HOUR_MS = 3_600_000


def called(plain: Browser, address: str, home: Path, context: BrowserContext, faults: list[str]) -> tuple[Page, Page, str]:
    """A phone in this context, and a desk that calls its leader out; the team."""
    phone = open_page(context, faults)
    sign_in(phone, address, "leader")
    desk = desk_of(plain, address, "county", faults)
    team = phone.locator("main li b").first.inner_text()
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    return phone, desk, team


def context_of(plain: Browser) -> BrowserContext:
    return plain.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]


@pytest.mark.parametrize("trouble", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_a_phone_that_can_keep_nothing_says_so_and_answers(address: str, home: Path, plain: Browser, trouble: str) -> None:
    faults: list[str] = []
    context = context_of(plain)
    context.add_init_script(trouble)
    phone, desk, team = called(plain, address, home, context, faults)
    phone.locator("button.yes").click()
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_be_visible()
    unsafe = phone.locator(".refused", has_text="本机存不下")
    expect(unsafe).to_be_visible()
    expect(phone.locator("[data-said=sent]", has_text="我能去")).to_be_visible()
    phone.get_by_label("可能风险已向队员讲明").check()
    phone.get_by_role("button", name="已出发").click()
    expect(desk.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    assert fits(phone)
    check_access(phone, "a phone that keeps nothing")
    unsafe.scroll_into_view_if_needed()
    picture(phone, "phone-unsafe-zh")
    assert faults == []


def minutes_off(text: str) -> float:
    """How far a time of day on the screen is from now in the city."""
    found = re.search(r"(\d\d):(\d\d)", text)
    assert found is not None, text
    now = datetime.now(UTC) + CITY_AHEAD
    off = abs(now.hour * 60 + now.minute - int(found[1]) * 60 - int(found[2]))
    return min(off, 24 * 60 - off)


@pytest.mark.parametrize("wrong_ms", [-HOUR_MS, HOUR_MS], ids=["behind", "ahead"])
def test_a_clock_an_hour_wrong_changes_no_time_that_is_shown_or_told(
    address: str, home: Path, plain: Browser, wrong_ms: int
) -> None:
    faults: list[str] = []
    context = context_of(plain)
    context.clock.install(time=datetime.now(UTC) + timedelta(milliseconds=wrong_ms))
    phone, desk, team = called(plain, address, home, context, faults)
    timer = phone.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"^(1:[0-3]|0:)"))
    context.set_offline(True)
    phone.locator("button.yes").click()
    waiting = phone.locator("[data-said=waiting]")
    expect(waiting).to_contain_text("○ 待发送")
    assert minutes_off(waiting.inner_text()) <= 1, "made now, whatever this phone believes"
    context.set_offline(False)
    expect(desk.locator("[data-call=accepted]", has_text=team)).to_be_visible(timeout=40_000)
    assert minutes_off(phone.locator("[data-said=sent]", has_text="我能去").inner_text()) <= 1
    line = desk.locator(".log li", has_text=f"{team} 我能去")
    expect(line).to_be_visible()
    expect(line).not_to_contain_text("发生")
    phone.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    context.set_offline(True)
    phone.reload()
    lost = phone.locator(".band", has_text="网络断开")
    assert minutes_off(lost.inner_text()) <= 1
    assert faults == []


def test_forty_megabytes_are_made_small_on_the_phone_and_what_cannot_be_is_said(
    address: str, home: Path, tmp_path: Path, plain: Browser
) -> None:
    faults: list[str] = []
    large, no_picture = tmp_path / "large.png", tmp_path / "large.jpg"
    noise = np.random.default_rng(1).integers(0, 256, (3700, 3700, 3), dtype=np.uint8)
    Image.fromarray(noise).save(large, compress_level=0)
    no_picture.write_bytes(b"\xff\xd8" + bytes(40_000_000))
    assert large.stat().st_size > 40_000_000
    phone, desk, _ = called(plain, address, home, context_of(plain), faults)
    phone.locator("button.yes").click()
    phone.locator("summary", has_text="报告险情").click()
    phone.get_by_role("button", name="水位上涨").click()
    choose = phone.locator("input[type=file]")
    choose.set_input_files(no_picture)
    expect(phone.get_by_role("alert").filter(has_text="照片太大")).to_be_visible()
    check_access(phone, "a photo too large")
    picture(phone, "phone-photo-too-large-zh")
    with phone.expect_request("**/photos", timeout=60_000) as sent:
        choose.set_input_files(large)
        phone.get_by_role("button", name="上报险情").click()
    assert len(sent.value.post_data_buffer or b"") < 4_000_000
    expect(phone.locator("main")).to_contain_text("水位上涨 已上报")
    expect(phone.locator("[data-said=sent]", has_text="照片")).to_be_visible()
    expect(desk.locator("[data-out]")).to_contain_text("照片 1")
    path = sent.value.url.removeprefix(address)
    assert phone.evaluate(TOO_LARGE, path) == [413, "body.too_large", "内容过大（最多12582912字节），未执行"]
    assert faults == []
