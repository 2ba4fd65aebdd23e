"""The demo lives: an incident at work, simulated leaders who answer at human speed, and a signed-in person left alone."""

import asyncio
from pathlib import Path

import pytest

from command.core.clock import ManualClock
from drills.responders import ASSUMED, course_of
from mobilization import Call
from tests.town import open_town
from web_console.demo import let_leaders_act, open_incident


def call(number: int) -> Call:
    return Call(
        id=f"c{number}", mobilization="m", incident="i", round=1, wave=1, team="t", person=f"p{number}", role="leader", speciality="FIRST_AID",
        crew_max=6, minimum_crew=2, distance_m=900, seconds_to=300, asked_ms=0, due_ms=90_000, awake=True,
    )  # fmt: skip


def test_courses_follow_the_assumed_chances_and_the_seed_alone() -> None:
    courses = [course_of(call(n), seed=1) for n in range(4_000)]
    share = {a: sum(c.answer == a for c in courses) / len(courses) for a in ("accept", "decline", "later")}
    assert share["accept"] == pytest.approx(ASSUMED.accept, abs=0.03)
    assert share["decline"] == pytest.approx(ASSUMED.decline, abs=0.03)
    assert sorted(c.answer_after_ms for c in courses)[2_000] == pytest.approx(ASSUMED.answer_s * 1000, rel=0.1)
    assert all(2 <= c.heads <= 6 for c in courses)
    assert [course_of(call(n), seed=1) for n in range(9)] == courses[:9]
    assert [course_of(call(n), seed=2) for n in range(9)] != courses[:9]


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
