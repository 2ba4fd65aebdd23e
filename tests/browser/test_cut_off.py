"""A desk cut off from the network: it says so, keeps what is told and sends it once; what calls people waits for another press."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from tests.browser.network import Network
from tests.browser.seats import DESK, PHONE, base_of, check_access, desk_of, open_page, picture, sign_in, take_report
from tests.feed.kit import opened

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"


def test_a_desk_cut_off_keeps_what_is_told_and_orders_nothing_by_itself(address: str, plain: Browser, home: Path) -> None:
    faults: list[str] = []
    phone = desk_of(plain, address, "leader", faults, size=PHONE)  # of somebody who is no program, and does not answer meanwhile
    team = phone.locator("main li b").first.inner_text()
    page = open_page(plain.new_context(viewport=DESK, locale="zh-CN"), faults)  # type: ignore[arg-type]
    network = Network(page)
    sign_in(page, address, "county")
    take_report(page, base_of(team, home), KIND)
    page.click("[data-order]")
    line = page.locator("[data-call=open]", has_text=team)
    line.wait_for()
    incident = page.locator(".dossier h2").inner_text()

    network.cut()
    expect(page.locator(".band[role=alert]")).to_contain_text("网络断开")
    line.get_by_role("button").first.click()
    line.get_by_role("button", name="去不了").click()
    line.get_by_label("谁说的").fill("队长本人")
    line.locator("form button.solid").click()
    waiting = page.locator(".waiting")
    expect(waiting).to_contain_text("待发送 1")
    page.locator(".dossier footer").get_by_role("button", name="险情已控制").click()
    expect(waiting).to_contain_text("待发送 2")
    page.keyboard.press("a")
    expect(page.locator("dialog")).to_contain_text("网络断开")
    page.get_by_role("button", name="留作草稿").click()
    expect(waiting).to_contain_text("草稿 1，未下令")
    waiting.get_by_role("button", name="查看").click()
    check_access(page, "cut off")
    picture(page, "cut-off-zh")

    network.mend()
    page.wait_for_selector("[data-link=live]")
    expect(page.locator(".waiting")).not_to_contain_text("待发送", timeout=15_000)
    page.locator(".board [data-row]", has_text=incident).first.click()
    expect(page.locator(".dossier .life [aria-current]")).to_have_text("险情已控制")
    expect(page.locator(".log")).to_contain_text(f"{team} 去不了")
    assert page.locator(".log li", has_text=f"{team} 去不了").count() == 1, "sent once"

    # an order is pressed again by an officer, or not at all
    assert page.locator(".log li", has_text="批召集").filter(has_text="云城区").count() == 0, "waves so far were the policy's"
    page.locator(".waiting").get_by_role("button", name="打开").click()
    expect(page.locator("dialog")).to_contain_text("下令确认")
    assert faults == []


def test_what_was_told_on_an_old_picture_comes_back_with_its_reason(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = open_page(plain.new_context(viewport=DESK, locale="zh-CN"), faults)  # type: ignore[arg-type]
    network = Network(page)
    sign_in(page, address, "county")
    take_report(page, "30.39, 111.99", KIND)
    page.click("[data-order]")
    page.wait_for_selector("[data-call]")
    network.cut()
    page.locator(".dossier footer").get_by_role("button", name="险情已控制").click()
    expect(page.locator(".waiting")).to_contain_text("待发送 1")
    city = desk_of(plain, address, "city", faults)
    city.locator(f".board [data-row={page.locator('.board [data-row][aria-current=true]').get_attribute('data-row')!r}]").click()
    city.get_by_role("button", name="改级别").click()
    city.locator(".dossier form").get_by_role("button", name="较大").click()
    city.locator(".dossier form button.solid").click()
    expect(city.locator(".scales")).to_contain_text("较大")
    network.mend()
    expect(page.locator(".waiting li")).to_contain_text("未被接受", timeout=20_000)
    page.locator(".waiting").get_by_role("button", name="知道了").click()
    expect(page.locator(".waiting")).to_have_count(0)
    assert faults == []


def test_a_board_says_what_it_waits_for_that_it_is_empty_and_that_its_order_has_changed(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = open_page(plain.new_context(viewport=DESK, locale="zh-CN"), faults)  # type: ignore[arg-type]
    held: list[Callable[[], None]] = []
    before: set[str] = set()

    def without(text: str | bytes, part: str) -> str:
        """The frame without the incidents that were there before."""
        frame = opened(text)
        frame[part] = {name: item for name, item in frame[part].items() if name not in before}
        return json.dumps(frame)

    def relay(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(server.send)

        def answered(text: str | bytes) -> None:
            frame = opened(text)
            if frame["type"] == "snapshot":
                before.update(name for name in frame["items"] if name.startswith("incident/"))
                held.append(lambda: route.send(without(text, "items")))
            else:
                route.send(without(text, "put") if frame["type"] == "diff" else text)

        server.on_message(answered)

    page.route_web_socket("**/api/v1/feed", relay)
    page.clock.install()
    sign_in(page, address, "county")
    page.clock.fast_forward(400)
    expect(page.locator(".loading .block").first).to_be_visible()
    expect(page.locator(".board")).not_to_contain_text("正在读取")
    page.clock.fast_forward(3_000)
    expect(page.locator(".loading")).to_contain_text("正在读取事件和队伍")
    held[0]()
    expect(page.locator(".board")).to_contain_text("没有未结事件")
    expect(page.locator(".board")).to_contain_text("值守照常，可用队伍")
    check_access(page, "an empty board")

    # a new one does not move the rows under the pointer, and is told of all the same
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 5"))
    page.locator(".board .rows").hover()
    town = desk_of(plain, address, "township", faults)
    take_report(town, "30.39, 111.99", KIND)
    town.get_by_role("button", name="仅登记").click()
    box = page.locator(".board .rows").bounding_box()
    assert box is not None
    for step in range(60):  # a busy board is drawn four times a second, by a clock that stands still here; the hand stays at work
        page.mouse.move(box["x"] + 20 + step, box["y"] + box["height"] / 2)
        page.clock.run_for(300)
        if page.locator(".alarm").count():
            break
    expect(page.locator(".alarm")).to_contain_text("新报 1起")
    expect(page.locator(".board .rows")).to_contain_text("顺序有更新")
    expect(page.locator(".board [data-row]")).to_have_count(0)
    page.get_by_role("button", name="现在更新").click()
    expect(page.locator(".board [data-row]")).to_have_count(1)
    expect(page.locator(".board [data-row]")).to_contain_text("新")
    assert faults == []
