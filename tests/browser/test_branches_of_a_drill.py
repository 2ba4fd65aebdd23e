"""A trainer plays the drill on from a moment, with one thing changed, and sees the branches side by side; so does an observer. The drill
itself is not moved."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copy, copytree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.drills import drill_server, signed_in
from tests.browser.faces import Face
from tests.browser.seats import DESK, PHONE, check_access, fits, need_chromium, open_page, picture

pytestmark = pytest.mark.browser
FACES = [
    Face("zh", DESK["width"], DESK["height"], "night", "zh"),
    Face("en", DESK["width"], DESK["height"], "day", "en"),
    Face("narrow", PHONE["width"], PHONE["height"], "night", "zh"),
]
WORKS_MS = 90_000


def told(page: Page, branches: int) -> None:
    """So many courses stand side by side, and nothing is worked on."""
    expect(page.locator("[data-branches=told]")).to_be_visible(timeout=WORKS_MS)
    expect(page.locator("[data-courses] thead th").nth(branches - 1)).to_be_visible(timeout=WORKS_MS)


def steps_until(page: Page, face: Face, mark: str) -> None:
    """The clock of the drill stands at what falls due next, until it is late enough."""
    for _ in range(60):
        before = page.locator("[role=timer]").text_content() or ""
        if before.startswith("T+") and before >= mark:
            return
        page.get_by_role("button", name=re.compile(f"^{face.say('run.step')}")).click()
        expect(page.locator("[role=timer]")).not_to_have_text(before)
    pytest.fail("the drill does not go on")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, plain: Browser) -> Path:
    """The drill 40 seconds into its play, its people called."""
    need_chromium()
    home = tmp_path_factory.mktemp("branches") / "home"
    with drill_server(home) as address:
        page = open_page(FACES[0].context(plain), [])
        signed_in(page, address, "trainer", "/trainer")
        steps_until(page, FACES[0], "T+0:00:40")
        page.context.close()
    return home


@pytest.fixture
def address(made: Path, tmp_path: Path) -> Iterator[str]:
    copytree(made, tmp_path / "drill" / "home")
    copy(made.with_name("home.master-key"), tmp_path / "drill" / "home.master-key")
    with drill_server(tmp_path / "drill" / "home") as found:
        yield found


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_branches_stand_side_by_side_on_every_face(browser: Browser, address: str, face: Face) -> None:
    faults: list[str] = []
    page = open_page(face.context(browser), faults)
    signed_in(page, address, "trainer", "/trainer")
    time = page.locator("[role=timer]").text_content()
    page.locator("body").press("f")
    told(page, 1)
    check_access(page, "the main line of a branch")
    panel = page.locator("[data-branches]")
    form = panel.get_by_role("form", name=face.say("branch.form"))
    form.get_by_role("button", name=face.say("branch.play", name=face.say("branch.n", x="B"))).click()
    expect(panel.get_by_role("status")).to_have_text(face.say("branch.busy"))
    told(page, 2)
    form.locator("select[name=change]").select_option("more_teams")
    form.locator("input[name=count]").fill("4")
    form.get_by_role("button", name=face.say("branch.play", name=face.say("branch.n", x="C"))).click()
    told(page, 3)
    expect(panel.locator("[data-compared='1']")).to_contain_text(face.say("branch.n", x="B"))
    expect(panel.locator("[data-compared='2']")).to_contain_text(face.say("branch.n", x="C"))
    expect(panel.get_by_role("img")).to_have_attribute("aria-label", re.compile("10%–90%"))
    assert fits(page)
    check_access(page, "three courses side by side")
    assert page.locator("[role=timer]").text_content() == time, "the drill stands where it stood"
    panel.locator("header").scroll_into_view_if_needed()
    picture(page, f"trainer-branch-{face.name}", rests_ms=1_500)
    panel.get_by_role("button", name=face.say("branch.drop", name=face.say("branch.n", x="B"))).click()
    expect(panel.locator("[data-courses] thead th")).to_have_count(2)
    page.locator("[data-card='1']").click()
    expect(page.locator("[data-inject='1']")).to_be_visible()
    assert faults == []


def test_a_bridge_is_pressed_on_the_map_and_an_observer_asks_too(browser: Browser, address: str) -> None:
    faults: list[str] = []
    face = FACES[0]
    page = open_page(face.context(browser), faults)
    signed_in(page, address, "observer", "/trainer")
    page.wait_for_selector("[data-map-state=idle]")
    page.locator("body").press("f")
    told(page, 1)
    form = page.locator("[data-branches]").get_by_role("form")
    form.locator("select[name=change]").select_option("shut")
    play = form.get_by_role("button", name=face.say("branch.play", name=face.say("branch.n", x="B")))
    expect(play).to_be_disabled()
    form.locator("input[name=place]").fill("桥")
    expect(form).to_contain_text(face.say("branch.place.wrong"))
    form.get_by_role("button", name=face.say("branch.pick"), exact=True).click()
    page.locator(".scene .canvas").click(position={"x": 300, "y": 260})
    expect(form.locator("input[name=place]")).to_have_value(re.compile(r"^\d+\.\d+, \d+\.\d+$"))
    play.click()
    told(page, 2)
    expect(page.locator(".courses")).to_contain_text("道路中断")
    picture(page, "trainer-branch-shut", rests_ms=1_500)
    assert faults == []


def test_once_it_is_over_its_past_is_played_on(plain: Browser, address: str) -> None:
    """It is stopped. Of the present there is nothing left to play on, of the past there is."""
    faults: list[str] = []
    face = FACES[0]
    page = open_page(face.context(plain), faults)
    signed_in(page, address, "trainer", "/trainer")
    page.get_by_role("button", name=face.say("drill.stop")).click()
    page.locator("[data-confirm]").click()
    page.wait_for_selector("[data-exercise=stopped]")
    page.locator("body").press("f")
    panel = page.locator("[data-branches=told]")
    expect(panel).to_contain_text(face.say("branch.none"), timeout=WORKS_MS)
    page.locator("body").press("b")
    slider = page.get_by_role("slider")
    low, high = (int(slider.get_attribute(name) or 0) for name in ("min", "max"))
    slider.fill(str(low + (high - 5_000 - low) // 1_000 * 1_000))
    expect(page.locator(".scene")).to_contain_text("3号楼厨房起火")
    panel.get_by_role("button", name=face.say("branch.begin")).click()
    told(page, 1)
    expect(panel.get_by_role("status")).to_contain_text("为实际经过")
    form = panel.get_by_role("form")
    form.get_by_role("button", name=face.say("branch.play", name=face.say("branch.n", x="B"))).click()
    told(page, 2)
    expect(panel.locator("[data-compared='1']")).to_contain_text(face.say("branch.n", x="B"))
    check_access(page, "branches of a replay")
    picture(page, "trainer-branch-past", rests_ms=1_500)
    assert faults == []
