"""A leader's phone and the county's desk, as far as the call of his team; from there each story goes its own way."""

from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.browser.seats import PHONE, base_of, desk_of, take_report

KIND = "心脏骤停等急症"


class Called(NamedTuple):
    """`team`: the leader's, as both screens call it."""

    phone: Page
    desk: Page
    team: str


def signed_in(plain: Browser, address: str, faults: list[str]) -> Called:
    phone = desk_of(plain, address, "leader", faults, size=PHONE)
    desk = desk_of(plain, address, "county", faults)
    return Called(phone, desk, phone.locator("main li b").first.inner_text())


def call(called: Called, home: Path) -> None:
    """By a report at the door of his team, ordered at once."""
    take_report(called.desk, base_of(called.team, home), KIND)
    called.desk.keyboard.press("Control+Enter")


def called_out(plain: Browser, address: str, home: Path, faults: list[str]) -> Called:
    """Signed in, called, and on the way to an answer."""
    called = signed_in(plain, address, faults)
    call(called, home)
    return called


def open_roll(desk: Page) -> None:
    """By key, of the incident that is chosen."""
    desk.locator("[data-part=dossier] h2, [data-part=dossier] h3").first.wait_for()
    desk.keyboard.press("r")
    desk.get_by_role("button", name="发起点名").click()
