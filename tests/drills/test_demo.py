"""The demo lives: an incident at work, simulated leaders who answer at human speed, and a signed-in person left alone."""

import asyncio
from pathlib import Path

from command.core.clock import ManualClock
from tests.town import open_town
from web_console.demo import let_leaders_act, open_incident


async def _a_minute(folder: Path, *, awake: str = "") -> list[tuple[str, str]]:
    clock = ManualClock()
    house = open_town(folder, clock=clock)
    await house.open()
    await house.settle()
    await open_incident(house, at="s1")
    await house.settle()
    for _ in range(120):
        clock.advance(seconds=0.5)
        if awake:
            house.screens.presence.heard(awake)
        await let_leaders_act(house)
        await house.settle()
    calls = [found for ids in house.view.calls_of.values() for each in ids if (found := house.view.call(each)) is not None]
    await house.close()
    return [(each.person, each.state.value) for each in calls]


def test_within_a_minute_calls_and_first_answers_show(tmp_path: Path) -> None:
    states = asyncio.run(_a_minute(tmp_path))
    assert len(states) >= 3
    assert any(state in ("accepted", "declined", "set_out") for _, state in states)


def test_a_person_who_is_signed_in_is_not_simulated(tmp_path: Path) -> None:
    states = dict(asyncio.run(_a_minute(tmp_path, awake="p1")))
    assert states["p1"] == "open"
