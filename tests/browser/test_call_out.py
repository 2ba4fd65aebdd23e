"""One call-out, from the report to home: needs edited, the tier above widens, the desk notes by telephone, the leader names a crew
and arrives, the stand-down is seen on the phone and answered."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seats import PHONE, base_of, check_access, desk_of, fits, picture, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
CITY_AHEAD, AGO = timedelta(hours=8), timedelta(minutes=5)


def _choose(page: Page, incident: str) -> None:
    page.locator(".board .rows li", has_text=incident).first.click()


def _set(page: Page, least: str, most: str) -> None:
    page.get_by_label("急救 至少").fill(least)
    page.get_by_label("急救 至多").fill(most)


def test_a_call_out_from_the_report_to_home(address: str, plain: Browser, home: Path) -> None:
    faults: list[str] = []
    phone = desk_of(plain, address, "leader", faults, size=PHONE)
    county, city = desk_of(plain, address, "county", faults), desk_of(plain, address, "city", faults)
    team = phone.locator("main li b").first.inner_text()
    check_access(phone, "the phone at rest")
    take_report(county, base_of(team, home), KIND)
    county.get_by_label("报告内容").fill("老人胸痛倒地")
    county.get_by_label("电话", exact=True).fill("13900001111")
    county.get_by_label("详细地址").fill("滨江路 12 号 3 单元")
    county.keyboard.press("Control+Enter")
    phone.wait_for_selector("button.yes")
    incident = county.locator(".dossier h2").inner_text()

    # the tier above widens, and says by whose order
    _choose(city, incident)
    widen = city.locator(".dossier footer button").first
    expect(widen).to_have_text("扩大召集范围")
    widen.click()
    city.locator("footer summary", has_text="依据").click()
    city.get_by_label("下达单位").fill("市应急指挥部")
    city.get_by_label("口头指示，书面后补").check()
    expect(city.locator("footer .says")).to_contain_text("云城区扩大到云江市")
    city.locator("footer button.solid").click()
    expect(county.locator(".dossier")).to_contain_text("召集范围：云江市")
    expect(county.locator(".log")).to_contain_text("依据：市应急指挥部")

    # two officers edit the needs at once: nobody overwrites what he has not seen, and nothing typed is lost
    for page in (county, city):
        page.get_by_role("button", name="改需求").click()
    _set(county, "5", "9")
    county.get_by_label("加一个专业").select_option(label="心理疏导")
    _set(city, "3", "7")
    city.locator(".dossier form button.solid").click()
    expect(county.locator(".dossier form [role=alert]")).to_contain_text("急救 3–7")
    expect(county.get_by_label("急救 至少")).to_have_value("5")
    county.get_by_role("button", name="仍用我填的").click()
    county.locator(".dossier form button.solid").click()
    expect(city.locator("[data-need=FIRST_AID]")).to_contain_text("/5–9")
    expect(city.locator("[data-need=PSYCH_SUPPORT]")).to_be_visible()

    # the leader rings up: the desk notes a yes and names
    line = county.locator("[data-call]", has_text=team)
    line.get_by_role("button").first.click()
    line.get_by_role("button", name="我能去").click()
    line.get_by_label("谁说的").fill("张队长本人")
    line.get_by_label("人数").fill("4")
    line.locator("button.solid").click()
    expect(county.locator("[data-call=accepted]", has_text=team)).to_contain_text("电话代报")
    line.get_by_role("button").first.click()
    line.get_by_role("button", name="报队员姓名").click()
    line.get_by_label("谁说的").fill("张队长本人")
    line.get_by_label("队员姓名").fill("王建国\n李梅\n")
    check_access(county, "a note by telephone")
    line.locator("button.solid").click()
    expect(county.locator("[data-call=accepted]", has_text=team)).to_contain_text("已报姓名 2")
    expect(county.locator(".log")).to_contain_text(f"{team} 报来2人姓名（电话代报）")
    assert "王建国" not in county.inner_text("body")

    # on the phone: what the desk noted, the names, the way
    expect(phone.locator("main")).to_contain_text("值班员已代报")
    phone.get_by_text("报队员姓名（可不报）").click()
    phone.get_by_role("textbox", name="每行一个").fill("王建国\n李梅\n赵强")
    check_access(phone, "the phone on the way")
    phone.get_by_role("button", name="报3人").click()
    expect(county.locator("[data-call=accepted]", has_text=team)).to_contain_text("已报姓名 3")
    phone.get_by_role("button", name="已出发").click()
    expect(county.locator("[data-call=set_out]", has_text=team)).to_be_visible()
    phone.get_by_role("button", name="已到位").click()
    expect(county.locator("[data-call=arrived]", has_text=team)).to_be_visible()

    # what is sealed is opened, recorded, and gone again
    county.get_by_role("button", name="查看报告人和原话").click()
    expect(county.locator(".sealed")).to_contain_text("13900001111")
    county.get_by_role("button", name="收起，不保留").click()
    assert "13900001111" not in county.inner_text("body")
    expect(county.locator(".log")).to_contain_text("查看了封存内容")

    # what was so five minutes ago is entered late, and the timeline says both times
    county.get_by_role("button", name="更多").click()
    county.get_by_role("button", name="补记", exact=True).click()
    county.locator(".dossier footer").get_by_role("button", name="险情已控制").click()
    happened = (datetime.now(UTC) + CITY_AHEAD - AGO).strftime("%H:%M")
    county.locator("footer").get_by_label("发生", exact=True).fill(happened)
    county.locator("footer").get_by_label("得知", exact=True).press("Tab")
    check_access(county, "an entry late")
    county.locator("footer button.solid").click()
    expect(county.locator(".log")).to_contain_text(f"（{happened} 发生，")

    # the end reaches the phone, and its answer the desk
    county.get_by_role("button", name="任务结束，撤收归队").first.click()
    expect(county.locator("footer .says")).to_contain_text("本次召集结束")
    county.locator("footer button.solid").click()
    expect(phone.locator("[data-task=stood_down]")).to_contain_text("本次召集已结束，请返回")
    picture(phone, "phone-over-zh")
    phone.get_by_role("button", name="我已返回").click()
    expect(county.locator("[data-call=released]", has_text=team)).to_be_visible()
    expect(phone.locator("main h1")).to_have_text("没有任务召集")
    assert fits(phone)
    assert faults == []


def test_a_response_is_started_raised_and_ended(address: str, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, address, "city", faults)
    take_report(page, "30.39, 111.99", "地震")
    page.get_by_role("button", name="仅登记").click()
    page.wait_for_selector(".dossier footer")
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="启动响应").click()
    page.get_by_label("事项").fill("有感地震")
    page.get_by_label("措施").fill("排查房屋，通知各站点备勤")
    page.get_by_label("下达单位").fill("市抗震救灾指挥部")
    page.get_by_label("文号").fill("云震〔2026〕3号")
    page.locator("footer button.solid").click()
    running = page.locator(".running li", has_text="地震")
    expect(running).to_contain_text("Ⅳ级响应")
    expect(page.locator(".scales")).to_contain_text("Ⅳ级")
    running.locator("summary").click()
    running.get_by_role("button", name="查看事项和措施").click()
    expect(running).to_contain_text("排查房屋")
    for act, level in (("提级 / 降级", "Ⅲ级"), ("终止响应", "")):
        running.get_by_role("button", name=act).first.click()
        if level:
            running.get_by_label("级别").select_option(label=level)
        running.get_by_label("下达单位").fill("市抗震救灾指挥部")
        running.get_by_label("口头指示，书面后补").check()
        check_access(page, act)
        running.locator("button.solid").click()
        expect(page.locator(".scales")).to_contain_text(level or "未启动")
    expect(running).to_have_count(0)
    assert faults == []
