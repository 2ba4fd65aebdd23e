"""The trainer's page of a live realm: the library of drills. What is a trainer's own is changed; an observer looks."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.drills import signed_in
from tests.browser.faces import Face
from tests.browser.seats import DESK, PHONE, check_access, fits, open_page, picture

pytestmark = pytest.mark.browser
FACES = [
    Face("zh", DESK["width"], DESK["height"], "night", "zh"),
    Face("day-en", DESK["width"], DESK["height"], "day", "en"),
    Face("narrow-zh", PHONE["width"], PHONE["height"], "night", "zh"),
]


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_the_library(plain: Browser, address: str, face: Face) -> None:
    """A drill that comes along is copied, exported and deleted again, asked twice; nothing beside the screen, nothing axe finds."""
    faults: list[str] = []
    page = open_page(face.context(plain), faults)
    signed_in(page, address, "trainer", "/trainer")
    page.locator("[data-script=fire_no_notice]").get_by_role("button", name=face.say("scripts.copy")).click()
    own = page.locator("[data-shipped=false]")
    expect(own).to_have_attribute("data-script", "fire_no_notice-2")
    assert fits(page)
    check_access(page, "the library")
    picture(page, f"scripts-{face.name}")
    with page.expect_download() as book:
        own.get_by_role("link", name=face.say("scripts.msel")).click()
    assert book.value.suggested_filename == "高层火灾双盲拉动演练 2.xlsx"
    brings(page, face, Path(book.value.path()))
    own.get_by_role("button", name=face.say("scripts.delete"), exact=True).click()
    own.locator("[data-drop]").click()
    expect(own).to_have_count(0)
    assert faults == []


def brings(page: Page, face: Face, book: Path) -> None:
    """A list of scenario events is a drill that is not saved yet; what is no drill is named by place."""
    bad = book.with_suffix(".yaml")
    bad.write_text("id: fire\nid: flood\n", "utf-8")
    page.locator("[data-bring] input").set_input_files(bad)
    expect(page.get_by_role("alert")).to_contain_text("line 2")
    page.locator("[data-bring] input").set_input_files(book)
    page.wait_for_selector("[data-editor=new]")
    expect(page.locator("[data-at=id]")).to_have_value("fire_no_notice-3")
    expect(page.locator("[data-faults='0']")).to_contain_text(face.say("editor.sound"))
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=face.say("editor.back")).click()
    page.wait_for_selector("[data-scripts]")
