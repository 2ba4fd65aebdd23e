"""Looking on, and looking without a map: keepers and trainers, lists by keyboard at 360 px, an old picture, set-aside work."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from tests.browser.seats import DESK, check_access, desk_of, fits, open_page, picture, sign_in
from tests.feed.kit import opened

pytestmark = pytest.mark.browser
NARROW = {"width": 360, "height": 740}


def test_a_keeper_and_a_trainer_are_offered_no_act(address: str, plain: Browser) -> None:
    faults: list[str] = []
    for who in ("keeper", "trainer"):
        page = desk_of(plain, address, who, faults)
        page.locator(".board .rows li button").first.click()
        expect(page.locator(".dossier h2")).to_be_visible()
        for act in ("接报登记", "改需求", "改级别", "追加一批", "推演", "更多", "查看报告人和原话", "添加照片"):
            expect(page.get_by_role("button", name=act)).to_have_count(0)
        page.keyboard.press("n")
        expect(page.locator(".raise")).to_have_count(0)
        check_access(page, who)
        expect(page.locator(".log")).to_have_count(0 if who == "keeper" else 1)
        if who == "keeper":
            expect(page.get_by_role("banner")).to_contain_text("云城区新时代文明实践中心")
            expect(page.locator(".dossier")).to_contain_text("本站队伍的召集")
    assert faults == []


def test_without_webgl_every_list_and_the_report_work(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "county", faults, size=NARROW)
    page.wait_for_selector("[data-map-state=none]")
    expect(page.locator(".rows li").first).to_be_visible()
    assert fits(page)

    # every team, by keyboard
    page.keyboard.press("f")
    page.keyboard.type("急救")
    rows = page.locator("[data-team]")
    expect(rows.first).to_contain_text("急救")
    expect(page.locator("[data-team]", has_text="社区服务")).to_have_count(0)
    rows.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-team-card]")).to_contain_text("队长")
    check_access(page, "the list of teams")
    page.get_by_role("tab", name="站点").click()
    page.get_by_label("按站名查找").fill("云城区新时代")
    page.locator(".panel .rows button").first.click()
    expect(page.locator("[data-find]")).to_have_value("云城区新时代文明实践中心")

    # a report with its area, typed
    page.get_by_role("button", name="接报登记").click()
    page.get_by_role("button", name="输入角点").click()
    page.get_by_label("角点，每行一个").fill("111.99, 30.39\n112.00, 30.39\nnorth gate")
    page.get_by_role("button", name="采用").click()
    expect(page.locator(".area [role=alert]")).to_have_text("第 3 行无法识别")
    page.get_by_label("角点，每行一个").fill("111.99, 30.39\n112.00, 30.39\n112.00, 30.40")
    page.get_by_role("button", name="采用").click()
    expect(page.locator("[data-path]")).to_contain_text("云城区")
    page.locator(".raise .chips").get_by_role("button", name="内涝", exact=True).click()
    page.get_by_label("来源").select_option("119")
    expect(page.locator("[data-order]")).to_be_enabled()
    picture(page, "report-narrow-zh")
    check_access(page, "a report at 360 px")
    assert fits(page)
    page.get_by_role("button", name="仅登记").click()
    expect(page.locator(".dossier header")).to_contain_text("范围 3 个角点")

    # the same once more is offered to be merged
    page.get_by_role("button", name="接报登记").click()
    page.locator("[data-place]").fill("111.997, 30.393")
    page.locator("[data-place]").press("Tab")
    page.locator(".raise .chips").get_by_role("button", name="内涝", exact=True).click()
    page.locator("[data-place]").fill("桥头那边")
    page.locator("[data-place]").press("Tab")
    expect(page.locator(".similar").first.get_by_role("button", name="并入")).to_be_disabled()
    expect(page.locator(".similar").first).to_contain_text("先选定位置")
    picture(page, "report-merge-grey-zh")
    page.locator("[data-place]").fill("111.997, 30.393")
    page.locator("[data-place]").press("Tab")
    page.locator(".similar").first.get_by_role("button", name="并入").click()
    expect(page.locator(".raise")).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("已登记，并入“")
    picture(page, "report-merged-zh")
    expect(page.locator(".log")).to_contain_text("合并重复报告")
    assert fits(page)
    assert faults == []


def _through(page: Page, change: Any) -> None:
    """The feed passes through `change`, which may rewrite a frame."""

    def route(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda frame: socket.send(change(frame)))

    page.route_web_socket("**/api/v1/feed", route)


def test_an_old_picture_set_aside_work_and_two_thousand_teams(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = open_page(plain.new_context(viewport=DESK, locale="zh-CN"), faults)  # type: ignore[arg-type]

    held: list[int] = []

    def crowded(frame: str | bytes) -> str | bytes:
        message = opened(frame)
        if message["type"] != "snapshot":
            return frame
        fault = {"id": "0", "code": "follower.parked", "facts": {"follower": "waves", "event": 321, "fault": "KeyError"}}
        return json.dumps({**message, "items": {**message["items"], "fault/0": fault}})

    def listed(route: Route) -> None:
        answer = route.fetch().json()
        held.append(len(answer["teams"]))
        many = [{**answer["teams"][0], "id": f"x{n}", "name": f"第{n}队"} for n in range(2000)]
        route.fulfill(json={**answer, "teams": [*answer["teams"], *many]})

    _through(page, crowded)
    page.route("**/divisions/*/teams", listed)
    page.clock.install()
    sign_in(page, address, "county")
    expect(page.locator(".fault")).to_contain_text("有 1 项自动处理出错并已搁置")
    page.locator(".fault button").click()
    expect(page.locator(".fault li")).to_have_text("自动召集·第 321 条记录")
    page.get_by_role("tab", name="队伍").click()
    page.locator("[data-find]").fill("第1999队")
    expect(page.locator("[data-team]")).to_have_count(1)
    page.locator("[data-find]").fill("")
    expect(page.locator(".panel .rows li").first).to_have_attribute("aria-setsize", str(2000 + held[0]))
    assert page.locator(".panel .rows li").count() < 60
    check_access(page, "with a fault")
    page.clock.fast_forward(20_000)  # nothing was heard for longer than a beat
    expect(page.locator(".bands [role=alert]").first).to_contain_text("网络断开，数据截至")
    assert faults == []
