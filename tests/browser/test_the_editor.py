"""A trainer writes a drill: on the map, over time, in forms; by the mouse, or by the keyboard alone where there is no map."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page, expect

from command.core.log_sqlite import SqliteLog
from drills.scenario import Scenario, read
from tests.browser.drills import signed_in
from tests.browser.faces import Face
from tests.browser.keystrokes import Hand
from tests.browser.seats import DESK, PHONE, check_access, fits, open_page, picture

pytestmark = pytest.mark.browser
ZH = Face("zh", DESK["width"], DESK["height"], "night", "zh")
FACES = [
    ZH,
    Face("en", DESK["width"], DESK["height"], "day", "en"),
    Face("narrow", PHONE["width"], PHONE["height"], "night", "zh"),
]
FIVE_MINUTES_S = 300


def opened(browser: Browser, address: str, face: Face, faults: list[str], *, what: str = "new") -> Page:
    page = open_page(face.context(browser), faults)
    signed_in(page, address, "trainer", f"/trainer#scripts/{what}")
    page.wait_for_selector(f"[data-editor='{what}']")
    return page


def saved(page: Page) -> None:
    expect(page.locator("[data-save]")).to_be_disabled()
    expect(page.locator("[data-dirty=false]")).to_be_visible()


def script_of(home: Path, script: str = "drill-1") -> Scenario:
    return read(home / "realms" / "demo" / "scripts" / f"{script}.yaml")


def played(home: Path, tmp_path: Path, script: str) -> list[str]:
    """By `muster drill run`, by its id: the names of what happened. In a process of its own, as Playwright's loop runs in this one."""
    there = tmp_path / "played"
    copytree(home / "realms" / "demo" / "scripts", there / "realms" / "live" / "scripts")
    command = [sys.executable, "-m", "web_console.cli", "--home", str(there), "drill", "run", script]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with closing(SqliteLog(there / "realms" / f"drill-{script}-1" / "log.db", epoch="", read_only=True)) as log:
        return [record.name for record in log.after(0, 1 << 30)]


def test_a_drill_of_three_injects_in_five_minutes_which_plays_to_its_end(
    browser: Browser, address: str, home: Path, tmp_path: Path
) -> None:
    """From nothing, by map, timeline and forms. Each press and key is counted."""
    faults: list[str] = []
    page = open_page(ZH.context(browser), faults)
    signed_in(page, address, "trainer", "/trainer")
    hand = Hand(page)
    hand.presses_on(page.locator("[data-new]"))
    page.wait_for_selector("[data-map-state=idle]")
    expect(page.locator("[data-at=zh]")).to_be_focused()
    hand.types("小区火情处置演练")
    hand.presses_on(page.locator("[data-drill-map]"), at=(0.52, 0.5))
    hand.types("3号楼厨房起火")
    hand.presses_on(page.locator("[data-lane=phone]"), at=(0.001, 0.5))
    hand.types("3号楼厨房起火，有人吸入浓烟，需要急救志愿者协助。")
    hand.picks(page.locator("[data-templates]"), "promised")
    hand.presses_on(page.locator("[data-lane=radio]"), at=(0.5, 0.5))
    hand.types("风向转变，东侧单元需要后撤到安全区。")
    hand.picks(page.locator("[data-templates]"), "received")
    hand.presses_on(page.locator("[data-lane=app]"), at=(0.6, 0.5))
    hand.types("现场人员多，请清点人数。")
    hand.picks(page.locator("[data-templates]"), "accounted")
    hand.drags(page.locator("[data-card='3']"), by=(120, 0))
    expect(page.locator("[data-faults='0']")).to_contain_text("没有发现问题")
    picture(page, "editor-zh", rests_ms=1_500)
    hand.presses_on(page.locator("[data-save]"))
    page.wait_for_selector("[data-editor=drill-1]")
    saved(page)
    assert hand.seconds < FIVE_MINUTES_S, f"{hand.seconds:.0f} s, {hand.presses} presses, {hand.keys} keys"

    drill = script_of(home)
    assert [each.mode for each in drill.injects] == ["phone", "radio", "app"]
    third = drill.injects[2].cue.at_min
    assert third is not None
    assert third > 36, "dragged to a later time"
    assert drill.incidents["incident-1"].zh == "3号楼厨房起火"
    assert [each.zh for each in drill.injects[0].measures] == ["60 s内登记", "3 min内下达召集", "5 min内急救有2人答应"]
    names = played(home, tmp_path, "drill-1")
    assert names.count("inject.released") == 3
    assert {"incident.raised", "mobilization.ordered", "order.given", "roll.opened"} <= set(names)
    assert names[-1] == "drill.ended"
    assert faults == []


def test_the_same_without_a_map_by_the_keyboard(plain: Browser, address: str, home: Path) -> None:
    """Where the map cannot be drawn nothing is lost: a place is a name or coordinates, a time is moved by the arrows; a fault is gone to."""
    faults: list[str] = []
    page = opened(plain, address, ZH, faults)
    page.wait_for_selector("[data-map-state=none]")
    page.keyboard.type("巡堤演练")
    page.get_by_role("button", name="增加事件").press("Enter")
    expect(page.locator("[data-at='incidents.incident-1.zh']")).to_be_focused()
    page.keyboard.type("堤段渗水")
    place = page.locator("[data-at='spots.incident-1.division']")
    place.fill("没有这个地方")
    place.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("没有这个地名")
    place.fill("大堤镇")
    place.press("Enter")
    expect(page.locator("[data-where]")).to_contain_text("大堤镇")
    expect(page.locator("[data-where]")).to_contain_text("东0 m·北0 m")
    page.get_by_role("button", name="在电话增加情景").press("Enter")
    expect(page.locator("[data-faults='1']")).to_be_visible()
    page.locator("[data-save]").press("Enter")
    text = page.locator("[data-at='injects[0].zh']")
    expect(text).to_be_focused()
    expect(page.locator("[data-fault='injects[0].zh']")).to_contain_text("没有填写")
    page.keyboard.type("巡堤队报告堤段渗水。")
    card = page.locator("[data-card='1']")
    card.press("Shift+ArrowRight")
    for _ in range(3):
        card.press("ArrowRight")
    expect(card).to_contain_text("第13分钟")
    page.keyboard.press("Control+z")
    expect(card).to_contain_text("第0分钟")
    page.keyboard.press("Control+Shift+Z")
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-editor=drill-1]")
    saved(page)
    drill = script_of(home)
    assert drill.injects[0].cue.at_min == 13
    assert drill.injects[0].acts, "simulated players take the report"
    assert drill.en == "巡堤演练", "not translated yet: it says the Chinese"
    assert faults == []


def test_conditions_are_drawn_and_what_was_not_saved_survives(plain: Browser, address: str, home: Path) -> None:
    faults: list[str] = []
    page = opened(plain, address, ZH, faults)
    page.keyboard.type("条件演练")
    page.get_by_role("button", name="增加事件").click()
    page.keyboard.type("仓库起火")
    for _ in range(2):
        page.get_by_role("button", name="在电话增加情景").click()
        page.keyboard.type("仓库起火，烟很大。")
    page.locator("[data-at='injects[1].cue']").select_option("after")
    page.locator("[data-at='injects[1].cue.if']").select_option("unless")
    expect(page.locator(".links path")).to_have_count(1)
    expect(page.locator("[data-card='2']")).to_contain_text("若")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_selector("[data-editor=new]")
    expect(page.get_by_text("已恢复本机上次未保存的改动")).to_be_visible()
    expect(page.locator("[data-card='2']")).to_contain_text("若")
    page.locator(".outline button").first.click()
    page.get_by_label("用本市名册，真人实施").check()
    expect(page.locator("[data-faults='0']")).to_contain_text("没有发现问题")
    page.locator("[data-save]").click()
    page.wait_for_selector("[data-editor=drill-1]")
    assert script_of(home).city is None
    second = script_of(home).injects[1].cue
    assert (second.after, second.after_min) == (1, 5)
    assert second.unless is not None
    assert second.unless.figure == "promised"
    assert faults == []


def test_two_trainers_at_one_drill(plain: Browser, address: str, home: Path) -> None:
    """Who saves second is told, and keeps what was written as a drill of its own."""
    faults: list[str] = []
    first = open_page(ZH.context(plain), faults)
    signed_in(first, address, "trainer", "/trainer")
    first.locator("[data-script=fire_no_notice]").get_by_role("button", name="复制").click()
    first.locator("[data-script=fire_no_notice-2]").get_by_role("button", name="编辑").click()
    first.wait_for_selector("[data-editor=fire_no_notice-2]")
    second = opened(plain, address, ZH, faults, what="fire_no_notice-2")
    for page, name in ((first, "甲的改动"), (second, "乙的改动")):
        page.locator("[data-at=zh]").fill(name)
        expect(page.locator("[data-faults='0']")).to_contain_text("没有发现问题")
        page.locator("[data-save]").click()
    saved(first)
    expect(second.get_by_role("alert")).to_contain_text("刚被别人改过")
    second.get_by_role("button", name="另存一份").click()
    second.wait_for_selector("[data-editor=fire_no_notice-3]")
    assert (script_of(home, "fire_no_notice-2").zh, script_of(home, "fire_no_notice-3").zh) == ("甲的改动", "乙的改动")
    assert script_of(home, "fire_no_notice-3").injects == script_of(home, "fire_no_notice-2").injects, "nothing else was touched"
    assert faults == []


def test_a_mark_is_dragged_or_moved_by_the_arrows(browser: Browser, address: str) -> None:
    """What lay where stays so for the rest of it: in which datum players are told of it."""
    faults: list[str] = []
    page = open_page(ZH.context(browser), faults)
    signed_in(page, address, "trainer", "/trainer")
    page.locator("[data-script=fire_no_notice]").get_by_role("button", name="复制").click()
    page.locator("[data-script=fire_no_notice-2]").get_by_role("button", name="编辑").click()
    page.wait_for_selector("[data-map-state=idle]")
    page.locator("[data-incident=tower]").click()
    place = page.locator("[data-where]")
    expect(place).to_contain_text("东门街道")
    expect(place).to_contain_text("西350 m·南420 m")
    pin = page.locator("[data-pin=tower]")
    pin.press("ArrowRight")
    expect(place).to_contain_text("西250 m·南420 m")
    pin.press("Shift+ArrowDown")
    expect(place).not_to_contain_text("南420 m")
    before = place.inner_text()
    Hand(page).drags(pin, by=(180, -120))
    expect(place).not_to_have_text(before)
    expect(page.locator("[data-faults='0']")).to_contain_text("没有发现问题")
    page.locator("[data-save]").click()
    saved(page)
    spot = page.evaluate(
        "fetch('/api/v1/scripts/fire_no_notice-2').then((each) => each.json()).then((each) => each.scenario.spots.tower)"
    )
    assert spot["datum"] == "gcj02"
    assert faults == []


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_the_editor_on_every_face(browser: Browser, address: str, face: Face) -> None:
    """A whole drill, each kind of form: nothing beside the screen, nothing axe finds."""
    faults: list[str] = []
    page = open_page(face.context(browser), faults)
    signed_in(page, address, "trainer", "/trainer")
    page.locator("[data-script=fire_no_notice]").get_by_role("button", name=face.say("scripts.copy")).click()
    own = page.locator("[data-script=fire_no_notice-2]")
    own.get_by_role("button", name=face.say("scripts.edit")).click()
    page.wait_for_selector("[data-map-state=idle]")
    expect(page.locator("[data-faults='0']")).to_contain_text(face.say("editor.sound"))
    check_access(page, "the drill as a whole")
    page.locator("[data-incident=tower]").click()
    check_access(page, "an incident")
    page.locator("[data-card='4']").click()
    assert fits(page)
    check_access(page, "an inject")
    picture(page, f"editor-{face.name}" if face is not ZH else "editor-whole-zh", rests_ms=1_500)
    page.locator("[data-form] select").first.scroll_into_view_if_needed()
    if face.name == "narrow":
        page.locator("[data-drill-map]").scroll_into_view_if_needed()
        picture(page, "editor-narrow-map", rests_ms=1_500)
    assert faults == []
