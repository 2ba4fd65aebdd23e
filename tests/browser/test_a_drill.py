"""A trainer plays a drill of three injects with two people: an officer at the desk, a leader on a phone. Its time stands unless the
trainer lets it go on."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.drills import REALM, drill_server, signed_in
from tests.browser.faces import Face
from tests.browser.seats import DESK, PHONE, check_access, fits, need_chromium, open_page, picture, take_report

pytestmark = pytest.mark.browser
COUNTY = "duty-990101"
FACES = [
    Face("night-zh", DESK["width"], DESK["height"], "night", "zh"),
    Face("day-en", DESK["width"], DESK["height"], "day", "en"),
    Face("narrow-night-zh", PHONE["width"], PHONE["height"], "night", "zh"),
    Face("narrow-day-en", PHONE["width"], PHONE["height"], "day", "en"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_chromium()
    folder = tmp_path_factory.mktemp("drill")
    with drill_server(folder / "home"):
        return folder


@pytest.fixture
def drill_home(made: Path, tmp_path: Path) -> Path:
    copytree(made, tmp_path / "drill")
    return tmp_path / "drill" / "home"


def state_of(page: Page, no: int, state: str) -> None:
    page.locator(f"[data-card='{no}']").click()
    expect(page.locator(f"[data-inject='{no}'][data-state={state}]")).to_be_visible()


def test_a_trainer_plays_it_with_two_people(browser: Browser, plain: Browser, drill_home: Path) -> None:
    faults: list[str] = []
    with drill_server(drill_home) as address:
        trainer = open_page(FACES[0].context(browser), faults)
        desk = open_page(FACES[0].context(browser), faults)
        phone = open_page(FACES[2].context(plain), faults)
        signed_in(trainer, address, "trainer", "/trainer")
        signed_in(desk, address, COUNTY, "/")
        signed_in(phone, address, "leader-1", "/phone")
        for page in (desk, phone, trainer):
            expect(page.locator("[data-exercise=on]")).to_contain_text("演练 EXERCISE")
            expect(page.locator("[data-exercise=on]")).to_contain_text("T-0:01:00")
        expect(desk.locator(".realm")).to_have_text("演练")
        desk.wait_for_selector("[data-map-state=idle]")
        expect(desk.locator("[data-watermark]")).to_be_visible()

        trainer.get_by_role("button", name="到下一条").click()
        state_of(trainer, 1, "released")
        expect(trainer.locator("[data-exercise]")).to_contain_text("T+0:00:00")
        picture(trainer, "trainer-begins-zh", rests_ms=1_500)

        take_report(desk, base_of_leader(phone, drill_home), "火灾")
        desk.locator("[data-order]").click()
        expect(desk.locator("dialog [data-order]")).to_be_enabled()
        desk.locator("dialog [data-order]").click()
        call = phone.locator(".kind")
        trainer.keyboard.press(".")
        expect(call).to_contain_text("【演练】")
        picture(phone, "drill-call-zh")
        check_access(phone, "a call of a drill")
        phone.locator(".acts button").first.click()
        expect(trainer.locator("[data-player]").first).to_contain_text("我能去")
        expect(trainer.locator("[data-measure='1/0'][data-outcome=met]")).to_be_visible()
        picture(desk, "drill-desk-zh", rests_ms=1_500)

        state_of(trainer, 2, "waiting")
        trainer.keyboard.press("h")
        state_of(trainer, 2, "held")
        trainer.locator("[data-inject] button", has_text="下发").click()
        state_of(trainer, 2, "released")
        measure = trainer.locator("[data-measure='2/1']")
        measure.locator("summary").click()
        measure.locator("input").fill("逐句复述")
        measure.get_by_role("button", name="保存").click()
        expect(trainer.locator("[data-measure='2/1'][data-outcome=met]")).to_be_visible()
        state_of(trainer, 3, "waiting")
        trainer.locator("[data-inject] button", has_text="跳过").click()
        state_of(trainer, 3, "skipped")
        picture(trainer, "trainer-run-zh", rests_ms=1_500)
        check_access(trainer, "the trainer's page")

        objective = trainer.locator("[data-objective=call]")
        objective.get_by_role("button", name="S", exact=True).click()
        objective.locator("input").fill("答应偏慢")
        objective.get_by_role("button", name="确认 S").click()
        expect(objective.get_by_role("button", name="S", exact=True)).to_have_attribute("aria-pressed", "true")

        trainer.get_by_role("button", name="演练中止！转入真实处置！").click()
        trainer.wait_for_selector("dialog")
        check_access(trainer, "stopping it")
        picture(trainer, "trainer-stop-zh")
        trainer.locator("[data-confirm]").click()
        for page in (desk, phone, trainer):
            expect(page.locator("[data-exercise=stopped]")).to_contain_text("转入真实处置")
        picture(phone, "drill-stopped-zh")

        trainer.get_by_role("button", name="现场讲评").click()
        trainer.fill("input[name=what]", "答应偏慢")
        trainer.fill("input[name=action]", "补训应召流程")
        trainer.fill("input[name=owner]", "云城区值班室")
        trainer.fill("input[name=due]", "2026-08-31")
        trainer.locator("form button.solid").click()
        expect(trainer.locator("[data-improvement]")).to_contain_text("补训应召流程")
        check_access(trainer, "the hot wash")
        picture(trainer, "trainer-wash-zh")
    assert faults == []


def base_of_leader(phone: Page, home: Path) -> str:
    """Where the team of whoever is signed in waits, as a report's place is typed."""
    team = phone.evaluate("fetch('/api/v1/me/session').then((each) => each.json()).then((each) => each.person.teams[0])")
    with closing(sqlite3.connect(home / "realms" / REALM / "registry.db")) as registry:
        lon, lat = registry.execute("SELECT lon, lat FROM teams WHERE id = ?", (team,)).fetchone()
    return f"{lon}, {lat}"


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_the_trainers_page_on_every_face(plain: Browser, drill_home: Path, face: Face) -> None:
    """Each view, in both languages and themes, wide and narrow: nothing beside the screen, nothing axe finds; an observer is offered
    nothing to press; by the keyboard alone a drill is let go on, held, and let stand."""
    faults: list[str] = []
    with drill_server(drill_home) as address:
        page = open_page(face.context(plain), faults)
        signed_in(page, address, "trainer", "/trainer")
        page.get_by_role("button", name=face.say("run.to_inject")).click()
        state_of(page, 1, "released")
        page.locator("[data-next]").get_by_text("6:00").wait_for()
        page.locator("body").press("h")
        expect(page.locator("button[data-card='2'][data-state=held]")).to_be_visible()
        page.locator("button[data-card='1']").click()
        tour(page, face, "trainer")
        page.get_by_role("button", name=face.say("trainer.tab.wash"), exact=True).click()
        tour(page, face, "wash")
        page.get_by_role("button", name=face.say("trainer.tab.library"), exact=True).click()
        page.locator("[data-drill=small_fire]").wait_for()
        tour(page, face, "library")
        watching = open_page(face.context(plain), faults)
        signed_in(watching, address, "observer", "/trainer")
        watching.locator("[data-inject]").wait_for()
        expect(watching.get_by_role("button", name=face.say("drill.stop"))).to_have_count(0)
        expect(watching.get_by_role("button", name=face.say("run.go"), exact=True)).to_have_count(0)
        expect(watching.locator("details, form")).to_have_count(0)
        tour(watching, face, "observer")
    assert faults == []


def tour(page: Page, face: Face, what: str) -> None:
    assert fits(page), f"{what} lies beside the screen"
    check_access(page, what)
    picture(page, f"{what}-{face.name}")
