"""A hand that presses twice: a click that doubles, an Enter that bounces. What was pressed is done once, and the second half does nothing else."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.seats import PHONE, base_of, desk_of, take_report

pytestmark = pytest.mark.browser
ONE_TEAM, LARGE = "心脏骤停等急症", "内涝"


def click_twice(button: Locator) -> None:
    button.dblclick()


def enter_twice(button: Locator) -> None:
    button.focus()
    for _ in range(2):
        button.page.keyboard.press("Enter")


class Log:
    """What was added to the log since it was last asked."""

    def __init__(self, home: Path) -> None:
        self._file, self._heard = home / "realms" / "demo" / "log.db", 0
        self.added()

    def added(self) -> list[str]:
        """The names of facts by which something was done, without those that follow from them by themselves."""
        with closing(sqlite3.connect(self._file)) as log:
            found = log.execute(
                "SELECT position, name FROM records WHERE position > ? ORDER BY position", (self._heard,)
            ).fetchall()
        self._heard = max((position for position, _ in found), default=self._heard)
        return [
            name for _, name in found if name in {"incident.raised", "incident.verified", "mobilization.ordered", "call.answered"}
        ]


@pytest.mark.parametrize("twice", [click_twice, enter_twice])
def test_what_is_pressed_twice_is_done_once(quiet: str, home: Path, plain: Browser, twice: Callable[[Locator], None]) -> None:
    faults: list[str] = []
    phone = desk_of(plain, quiet, "leader", faults, size=PHONE)
    team = phone.locator("main li b").first.inner_text()
    desk = desk_of(plain, quiet, "county", faults)
    rows = desk.locator(".board .rows li")
    rows.first.wait_for()
    shown, log = rows.count(), Log(home)

    # 仅登记
    take_report(desk, base_of(team, home), ONE_TEAM)
    twice(desk.get_by_role("button", name="仅登记"))
    expect(desk.locator(".raise")).to_have_count(0)
    expect(rows).to_have_count(shown + 1)
    assert log.added() == ["incident.raised"]

    # a plan's 下令召集
    take_report(desk, base_of(team, home), LARGE)
    desk.keyboard.press("Control+Enter")
    order = desk.locator("dialog [data-order]")
    expect(order).to_contain_text("下令召集")
    expect(order).to_be_enabled()
    assert log.added() == ["incident.raised", "incident.verified"]
    twice(order)
    expect(desk.locator("dialog")).to_have_count(0)
    expect(desk.locator(".log")).to_contain_text("第1批召集")
    expect(rows).to_have_count(shown + 2)
    assert log.added() == ["mobilization.ordered"]

    # 登记并召集, and a note by telephone
    take_report(desk, base_of(team, home), ONE_TEAM)
    twice(desk.locator(".raise [data-order]"))
    line = desk.locator("[data-call=open]", has_text=team)
    line.wait_for()
    expect(rows).to_have_count(shown + 3)
    assert log.added() == ["incident.raised", "incident.verified", "mobilization.ordered"]
    line.get_by_role("button").first.click()
    line.get_by_role("button", name="去不了").click()
    line.get_by_label("谁说的").fill("队长本人")
    twice(line.locator("form button.solid"))
    expect(desk.locator("[data-call=declined]", has_text=team)).to_have_count(1)
    assert log.added() == ["call.answered"]
    assert faults == []
