"""The demo lives: an incident at work, simulated leaders who answer at human speed, and a signed-in person left alone."""

import asyncio
from pathlib import Path

from command.core.clock import ManualClock
from command.core.facts import Authority
from mobilization import GiveOrder, OpenRoll, Order, Roll, roll_of
from tests.town import open_town
from web_console.demo import crews_of, let_act, open_incident


async def _a_minute(folder: Path, *, awake: str = "") -> list[tuple[str, str]]:
    clock = ManualClock()
    house = open_town(folder, clock=clock)
    await house.open()
    await house.settle()
    crews = crews_of(house)
    await open_incident(house, at="s1")
    await house.settle()
    for _ in range(120):
        clock.advance(seconds=0.5)
        if awake:
            house.screens.presence.heard(awake)
        await let_act(house, crews)
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


async def _a_roll_and_an_order(folder: Path) -> tuple[Roll | None, Order | None]:
    """Ten minutes into the demo its county calls the roll and orders a report; ten minutes later."""
    clock = ManualClock()
    house = open_town(folder, clock=clock)
    await house.open()
    crews = crews_of(house)
    await open_incident(house, at="s1")
    await house.settle()
    (incident,) = house.view.incidents
    for step in range(1_200):
        if step == 600:
            state = house.view.incident(incident)
            assert state is not None
            county = Authority(post=state.lead, role="duty_officer")
            for n, command in enumerate((
                OpenRoll(incident=incident, due_min=10), GiveOrder(order="o-1", incident=incident, kind="call_back", due_min=5),
            )):  # fmt: skip
                await house.ask(command, actor="officer:bo", command_id=f"by-hand-{n}", authority=county)
        clock.advance(seconds=1)
        await let_act(house, crews)
        await house.settle()
    roll, order = roll_of(house.view.look, incident), house.view.look("order:o-1")
    await house.close()
    return roll, order if isinstance(order, Order) else None


def test_simulated_crews_answer_a_roll_and_an_order(tmp_path: Path) -> None:
    roll, order = asyncio.run(_a_roll_and_an_order(tmp_path))
    assert roll is not None
    assert order is not None
    assert any(row.marks for row in roll.rows.values())
    assert any(held.said for held in order.receipts.values())
