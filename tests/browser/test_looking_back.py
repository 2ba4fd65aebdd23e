"""A trainer looks back on a drill while it stands, and once it is over: played, dragged, stepped; nothing can be done there."""

from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.drills import drill_server, signed_in
from tests.browser.faces import Face
from tests.browser.seats import DESK, PHONE, check_access, fits, need_chromium, open_page, picture

pytestmark = pytest.mark.browser
FACES = [
    Face("zh", DESK["width"], DESK["height"], "night", "zh"),
    Face("en", DESK["width"], DESK["height"], "day", "en"),
    Face("narrow-zh", PHONE["width"], PHONE["height"], "night", "zh"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_chromium()
    folder = tmp_path_factory.mktemp("looking back")
    with drill_server(folder / "home"):
        return folder


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_a_drill_is_looked_back_on(plain: Browser, browser: Browser, made: Path, tmp_path: Path, face: Face) -> None:
    copytree(made, tmp_path / "drill")
    faults: list[str] = []
    with drill_server(tmp_path / "drill" / "home") as address:
        page = open_page(face.context(browser if face.name == "zh" else plain), faults)
        signed_in(page, address, "trainer", "/trainer")
        card, clock = page.locator("[data-inject='1']"), page.locator("[role=timer]")
        for minute in ("T+0:00:00", "T+0:06:00"):
            page.get_by_role("button", name=face.say("run.to_inject")).click()
            expect(clock).to_have_text(minute)
        crews = page.locator("[data-crews]")
        expect(crews).to_be_attached()

        page.get_by_role("button", name=face.say("run.back")).click()
        bar = page.locator("[data-past]")
        expect(bar).to_be_visible()
        page.locator("[data-card='1']").click()
        expect(card).to_have_attribute("data-state", "waiting")
        expect(clock).to_have_text("T-0:01:00")
        expect(page.get_by_role("button", name=face.say("run.to_inject"))).to_have_count(0)
        expect(card.get_by_role("button")).to_have_count(0)

        page.keyboard.press("ArrowRight")
        expect(bar).not_to_have_attribute("data-past", "0")
        bar.locator("select").first.select_option(index=1)
        expect(clock).to_have_text("T+0:00:00")
        expect(card).to_have_attribute("data-state", "released")
        bar.locator("input[type=range]").focus()
        page.keyboard.press("End")
        expect(clock).to_have_text("T+0:06:00")
        bar.get_by_role("button", name="1000×").click()
        bar.get_by_role("button", name=face.say("replay.back")).click()
        bar.get_by_role("button", name=face.say("replay.play"), exact=True).click()
        expect(card).to_have_attribute("data-state", "waiting")
        expect(clock).to_have_text("T-0:01:00")

        bar.locator("input[type=range]").fill(str(int(bar.locator("input[type=range]").get_attribute("max") or 0) - 90_000))
        expect(card).to_have_attribute("data-state", "released")
        expect(page.locator("[data-crews]")).not_to_have_text("")
        assert fits(page)
        check_access(page, "looking back")
        picture(page, f"trainer-replay-{face.name}", rests_ms=1_500)
        bar.locator("select").last.select_option(index=2)
        bar.get_by_role("button", name=face.say("replay.leave")).click()
        expect(clock).to_have_text("T+0:06:00")
        expect(page.get_by_role("button", name=face.say("run.to_inject"))).to_be_visible()
    assert faults == []
