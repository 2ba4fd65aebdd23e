"""What a house does by itself while it serves, on its real loop: deadlines fall, signs of life are left, screens are told."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from command.core.clock import ManualClock
from mobilization import CallState
from tests.kit import COUNTY, ordered
from tests.town import open_town
from web_console import house as houses


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    for period in ("TICK_S", "FLUSH_S", "LOOK_S"):
        monkeypatch.setattr(houses, period, 0.01)


async def until(so: Callable[[], object]) -> None:
    """Lets the house work until it is so; there is no event for what is only left in a file."""
    for _ in range(2_000):
        if so():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came to be so")


@pytest.mark.usefixtures("hasty")
async def test_deadlines_fall_and_signs_of_life_are_left_without_anybody_asking(tmp_path: Path) -> None:
    clock = ManualClock()
    house = open_town(tmp_path, clock=clock)
    await house.open()
    house.run()
    await house.ask(ordered(), actor="officer:bo", authority=COUNTY)
    calls = house.view.calls_of
    await until(lambda: calls.get("i1"))
    first = list(calls["i1"])
    clock.advance(seconds=91)
    await until(lambda: all((call := house.view.call(each)) is not None and call.state is CallState.LAPSED for each in first))
    sign = house.realm.folder.path / "alive"
    await until(lambda: sign.exists() and int(sign.read_text("ascii")) == clock.wall_ms())
    assert house.realm.anchors.last() is not None
    await house.close()
