"""A screen on a wall: opened by its link, legible from afar, grey when it is old, over at once when the link is revoked."""

import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.seats import check_access, desk_of, fits, open_page, picture

pytestmark = pytest.mark.browser
LARGE = {"width": 1920, "height": 1080}
SMALLEST_PX = 17
GREY, COLOURED = 8, 60
"""How far the channels of a pixel lie apart at most (0 to 255): where nothing is coloured, and where a colour is meant to be seen."""


def colour(page: Page) -> int:
    """Of the most coloured pixel that is seen."""
    seen = np.asarray(Image.open(BytesIO(page.screenshot())).convert("RGB"), dtype=np.int16)
    return int(np.ptp(seen, axis=2).max())


def test_a_wall_is_opened_grows_old_and_is_revoked(address: str, browser: Browser, plain: Browser) -> None:
    faults: list[str] = []
    desk = desk_of(plain, address, "city", faults)
    desk.keyboard.press("/")
    desk.locator("dialog").get_by_role("combobox").fill("大屏")
    desk.locator("dialog").get_by_role("combobox").press("Enter")
    desk.get_by_label("屏幕位置").fill("指挥大厅")
    desk.get_by_role("button", name="新建链接").click()
    link = desk.locator("[data-wall-link]").input_value()
    check_access(desk, "the links of walls")

    screen = open_page(plain.new_context(viewport=LARGE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    servers: list[WebSocketRoute] = []

    def relay(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        servers.append(server)
        route.on_message(server.send)
        server.on_message(lambda text: None if quiet else route.send(text))

    quiet: list[bool] = []
    screen.route_web_socket("**/api/v1/wall/feed", relay)
    screen.goto(link)
    expect(screen.locator(".wall ol li").first).to_contain_text("云城区")
    expect(screen.locator(".band")).to_contain_text("演示数据")
    teams = desk.get_by_text(re.compile(r"^队伍 \d+支$")).first.inner_text()
    expect(screen.locator(".forces")).to_contain_text(teams)  # the same figure on every screen
    assert screen.locator("button, a, input, select").count() == 0, "a wall has no control"
    sizes = screen.evaluate(
        "[...document.querySelectorAll('.wall *')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))"
        ".filter((e) => !e.closest('svg')).map((e) => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= SMALLEST_PX
    assert "*" not in screen.inner_text("body"), "nobody is on it"
    check_access(screen, "the wall")
    assert fits(screen)
    with_map = open_page(browser.new_context(viewport=LARGE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    with_map.goto(link)
    with_map.wait_for_selector("[data-map-state=idle]")
    picture(with_map, "wall-zh")
    with_map.context.close()

    assert colour(screen) > COLOURED
    screen.clock.install()
    quiet.append(True)
    screen.clock.fast_forward(13_000)
    expect(screen.locator(".band")).to_contain_text("画面停在")
    assert colour(screen) <= GREY
    picture(screen, "wall-old-zh")
    quiet.clear()

    desk.get_by_role("button", name="撤销").click()
    expect(desk.locator("dialog li").first).to_contain_text("已撤销")
    again = open_page(plain.new_context(viewport=LARGE, locale="zh-CN"), faults)  # type: ignore[arg-type]
    for page in (screen, again):
        if page is again:
            page.goto(link)
        expect(page.locator("main")).to_contain_text("已到期或已撤销")
    assert faults == []
