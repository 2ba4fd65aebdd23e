"""Leaders ring up and the desk notes it, by keyboard: a report in words at 03:10 with eight of them; a crew in danger."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.faces import FACES, NAMES, Face
from tests.browser.network import Network
from tests.browser.seats import DESK, base_of, check_access, desk_of, fits, picture, sign_in, take_report

pytestmark = pytest.mark.browser
KIND = "心脏骤停等急症"
LEAST, MOST = 24, 40
EIGHT = 8
ONE = Face("desk-night-zh", DESK["width"], DESK["height"], "night", "zh")


def _note(
    page: Page, team: str, said: str, *, by: str, heads: str | None = None, minutes: str | None = None, face: Face = ONE
) -> int:
    """What a leader said, as far as the receipt. Answers the head count that was noted."""
    line = page.locator("[data-call]", has_text=team)
    before = line.get_attribute("data-call") or ""
    people = _say(page, team, said, by=by, heads=heads, minutes=minutes, face=face)
    expect(line).not_to_have_attribute("data-call", before)  # its row stands in its new group
    return people


def _say(
    page: Page, team: str, said: str, *, by: str, heads: str | None = None, minutes: str | None = None, face: Face = ONE
) -> int:
    """As far as the press of the button."""
    line = page.locator("[data-call]", has_text=team)
    line.locator("button[aria-expanded]").press("Enter")
    form = line.locator("form")
    form.get_by_role("button", name=face.say(f"call.{said}"), exact=True).press("Enter")
    form.get_by_label(face.say("note.said_by")).fill(by)
    counted = form.get_by_label(face.say("note.heads"))
    if heads is not None:
        counted.fill(heads)
    if minutes is not None:
        form.get_by_label(face.say("note.eta")).fill(minutes)
    people = int(counted.input_value()) if counted.count() else 0
    form.get_by_label(face.say("note.said_by")).press("Enter")
    expect(form).to_have_count(0)
    return people


def _first_team(page: Page, home: Path) -> str:
    page.locator("[data-tab=teams]").press("Enter")
    place = base_of(page.locator("[data-team] b").first.inner_text(), home)
    page.locator("[data-tab=incidents]").press("Enter")
    return place


@pytest.mark.parametrize("face", FACES, ids=NAMES)
def test_a_report_in_words_at_ten_past_three_and_eight_leaders_by_telephone(
    quiet: str, home: Path, plain: Browser, face: Face
) -> None:
    faults: list[str] = []
    page = face.page(plain, faults)
    network = Network(page)
    sign_in(page, quiet, "county")
    place = _first_team(page, home)
    page.keyboard.press("n")
    page.locator("[data-place]").fill(place)
    page.locator("[data-place]").press("Tab")
    page.wait_for_selector("[data-path]")
    page.locator("[data-category-box]").fill(KIND)
    page.locator("[data-category-box]").press("Enter")
    page.get_by_label(face.say("raise.words")).fill(
        "男声，说桥头广场晚会散场有人晕倒，旁边还有几个喘不上气，要人帮忙，电话里很吵"
    )
    page.get_by_label(face.say("raise.phone"), exact=True).fill("13900001111")
    page.get_by_label(face.say("raise.learned"), exact=True).fill("03:10")
    page.get_by_label(face.say("raise.learned"), exact=True).press("Tab")
    page.locator(f".raise [aria-label$='{face.say('needs.least')}']").fill(str(LEAST))
    page.locator(f".raise [aria-label$='{face.say('needs.most')}']").fill(str(MOST))
    page.locator(f".raise [aria-label$='{face.say('needs.by')}']").fill("")
    page.locator(f".raise [aria-label$='{face.say('needs.by')}']").press("Tab")
    expect(page.locator(".raise [data-order]")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog [data-order]")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    calls: Locator = page.locator(".dossier [data-call=open] .name")
    expect(calls.nth(EIGHT - 1)).to_be_visible()
    teams = [(calls.nth(each).text_content() or "").strip() for each in range(EIGHT)]
    expect(page.locator(".dossier header")).to_contain_text("03:10")

    arrived = _note(page, teams[0], "accepted", by="本人", face=face)
    confirmed = _note(page, teams[1], "accepted", by="副队长", face=face)
    promised = _note(page, teams[2], "accepted", by="本人", heads="2", face=face)

    # the network goes in mid-shift: what is noted waits, and is sent once when it is back
    network.cut()
    expect(page.locator(".band[role=alert]")).to_be_visible()
    _say(page, teams[3], "declined", by="他爱人", face=face)
    expect(page.locator(".waiting")).to_contain_text(face.say("waiting.n", n=1))
    assert fits(page)
    check_access(page, "noted while cut off")
    picture(page, f"noted-cut-off-{face.name}")
    network.mend()
    expect(page.locator(".waiting")).to_have_count(0)
    expect(page.locator("[data-call=declined]", has_text=teams[3])).to_be_visible()
    _note(page, teams[4], "declined", by="本人", face=face)
    promised += _note(page, teams[5], "later", by="本人", minutes="60", face=face)
    promised += _note(page, teams[6], "later", by="本人", heads="3", face=face)
    arrived += _note(page, teams[7], "accepted", by="值班室转来", face=face)
    for team in (teams[0], teams[1], teams[7]):
        _note(page, team, "set_out", by="本人", face=face)
    for team in (teams[0], teams[7]):
        _note(page, team, "arrived", by="本人", face=face)

    confirmed += arrived
    promised += confirmed
    assert 0 < arrived < confirmed < promised < MOST
    need = page.locator("[data-need=FIRST_AID]")
    expect(need).to_have_attribute("data-promised", str(promised))
    expect(need).to_contain_text(f"{promised}/{LEAST}–{MOST}")
    expect(page.locator(".dossier")).to_contain_text(face.say("needs.sum", a=arrived, c=confirmed, p=promised))
    for state, among in (("arrived", (0, 7)), ("set_out", (1,)), ("accepted", (2,)), ("declined", (3, 4)), ("later", (5, 6))):
        for each in among:
            expect(page.locator(f"[data-call={state}]", has_text=teams[each])).to_contain_text(face.say("calls.noted"))
    page.locator(".log").get_by_role("button", name=face.say("log.answers")).press("Enter")
    expect(page.locator(".log")).to_contain_text(face.say("told.by_phone", text="").strip())
    assert fits(page)
    check_access(page, "eight leaders noted")
    picture(page, f"eight-by-telephone-{face.name}")
    about = page.locator("[data-call] .about", has=page.locator(".came")).first
    about.evaluate("about => (about.querySelector('.cut').textContent = '治安（平安巡防）'.repeat(9))")
    came, row = about.locator(".came").bounding_box(), about.bounding_box()
    assert came is not None
    assert row is not None
    assert came["x"] + came["width"] <= row["x"] + row["width"] + 1, "however long the speciality is, how it came stays in sight"
    assert faults == []


def test_a_crew_in_danger_rings_up_and_its_sos_rings(quiet: str, home: Path, plain: Browser) -> None:
    faults: list[str] = []
    page = desk_of(plain, quiet, "county", faults)
    take_report(page, _first_team(page, home), KIND)
    page.keyboard.press("Control+Enter")
    calls: Locator = page.locator(".dossier [data-call=open] .name")
    calls.nth(1).wait_for()
    crews = [(calls.nth(each).text_content() or "").strip() for each in range(2)]
    for crew in crews:
        _note(page, crew, "accepted", by="本人", heads="2")
        _note(page, crew, "set_out", by="本人")
    line = page.locator("[data-call]", has_text=crews[0])

    # a danger: its kind is asked for, its words are sealed, who said it and on which number come with them
    line.locator("button[aria-expanded]").press("Enter")
    line.get_by_role("button", name="报告险情").press("Enter")
    line.get_by_label("谁说的").fill("副队长")
    expect(line.locator("form .solid")).to_be_disabled()
    line.get_by_role("button", name="水位上涨").press("Enter")
    line.get_by_label("谁说的").fill("")
    expect(line.locator("form .solid")).to_have_text("先填谁说的")
    line.get_by_label("谁说的").fill("副队长")
    line.get_by_label("情况").fill("漫过堤脚了")
    check_access(page, "a danger by telephone")
    picture(page, "note-danger-zh")
    line.locator("form .solid").press("Enter")
    expect(line.locator("form")).to_have_count(0)  # its receipt may come behind what the board shows of it
    danger = page.locator("[data-danger]")
    expect(danger).to_contain_text("电话代报")
    assert "漫过堤脚了" not in page.inner_text("body")
    danger.get_by_role("button", name="看原话").click()
    expect(danger).to_contain_text("副队长")
    expect(danger.locator("a[href^='tel:']")).to_be_visible()

    # an SOS rings like any other
    line.locator("button[aria-expanded]").press("Enter")
    line.get_by_role("button", name="紧急求助").press("Enter")
    line.get_by_label("谁说的").fill("副队长")
    line.get_by_label("谁、什么情况").fill("钱二落水")
    picture(page, "note-sos-zh")
    line.locator("form .solid").press("Enter")
    alarm = page.locator("[data-alarm=true]")
    expect(alarm).to_contain_text("电话代报")
    alarm.get_by_role("button", name="接手").click()
    expect(page.locator("[data-alarm=false]")).to_contain_text("钱二落水")
    expect(page.locator("[data-alarm=false] a[href^='tel:']")).to_have_count(1)  # the registered number is the one it was said on

    # while one desk writes, another notes the same crew: the row moves only once the writing is done
    line = page.locator("[data-call]", has_text=crews[1])
    line.locator("button[aria-expanded]").press("Enter")
    line.get_by_role("button", name="报告险情").press("Enter")
    line.get_by_label("情况").fill("还没写完")
    other = desk_of(plain, quiet, "county", faults)
    other.locator(".rows li button").first.click()
    _note(other, crews[1], "declined", by="本人")
    expect(page.locator("[data-call=declined]", has_text=crews[1]).get_by_label("情况")).to_have_value("还没写完")
    _note(other, crews[1], "accepted", by="本人", heads="2")
    _note(other, crews[1], "set_out", by="本人")
    line.get_by_role("button", name="取消").click()

    # on the roll whoever spoke for one did not speak for the next
    page.keyboard.press("r")
    page.get_by_role("button", name="发起点名").click()
    first, second = (page.locator("[data-crew]", has_text=crew).locator("[data-person=waiting]").first for crew in crews)
    first.click()
    page.get_by_label("谁说的").fill("赵队")
    second.click()
    expect(page.get_by_label("谁说的")).to_have_value("")
    expect(page.locator("dialog aside").get_by_role("button", name="平安", exact=True)).to_be_disabled()
    expect(page.locator("dialog aside")).to_contain_text("先填谁说的")
    page.keyboard.press("Escape")

    # who takes over next reads of both on the brief, which is reached from the watch
    page.keyboard.press("h")
    page.locator("dialog").get_by_role("button", name="交班简报").click()
    out = page.locator("[data-people-out]")
    expect(out).to_contain_text("未办结")
    expect(out).to_contain_text("点名")
    picture(page, "brief-people-out-zh")
    assert faults == []
