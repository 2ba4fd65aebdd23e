"""Before an order: the plan says who would be called, who not, on whose authority; and nothing has happened yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.told import NEED, Teller, told


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def test_the_plan_is_what_the_order_then_does_and_asking_for_it_does_nothing(story: Teller) -> None:
    incident = story.raise_fire(order=False, verify=True)
    before = story.house.core.position
    plan = story.does("bo", f"/incidents/{incident}/plan", {})
    assert story.house.core.position == before, "nothing is recorded"
    assert not any(story.open_calls(number) for number in range(1, 13)), "nobody is called"
    need = plan["needs"][0]
    planned = [call["team"] for call in need["calls"]]
    assert planned == ["t1", "t2", "t3", "t4"]
    assert (need["expected"], round(need["chance"], 3), need["left"]) == (4, 0.938, 1)
    assert {call["chance_source"] for call in need["calls"]} == {"assumed"}
    assert plan["candidates"] == len(planned) + len(plan["not_called"])
    assert plan["counts"] == {"nearer_sufficed": 1, "other_division": 1}
    assert plan["authority"]["allowed"]
    assert "王1" not in str(plan)
    story.does("bo", f"/incidents/{incident}/order", {})
    assert {call["team"] for call in story.board(incident)["calls"]} == set(planned)


def test_beyond_the_posts_size_the_plan_says_who_will_be_asked_and_calls_nobody(story: Teller) -> None:
    incident = story.raise_fire("di", order=False, verify=True)
    needs = [NEED | {"minimum": 8, "maximum": 20}]
    plan = story.does("di", f"/incidents/{incident}/plan", {"needs": needs})
    assert plan["authority"] == {"allowed": False, "rule": None, "people": 20, "most_people": 10, "asks": "990101"}
    assert plan["needs"] == []


def test_a_next_wave_is_planned_beyond_those_who_are_open(story: Teller) -> None:
    incident = story.raise_fire()
    plan = story.does("bo", f"/incidents/{incident}/plan", {"wave": True})
    assert (plan["wave"], [call["team"] for call in plan["needs"][0]["calls"]]) == (2, ["t5"])


def test_what_the_order_would_be_refused_with_the_plan_is_refused_with(story: Teller) -> None:
    incident = story.raise_fire(order=False)
    for who, code in (("bo", "incident.not_verified"), ("cy", "authority.division")):
        assert story.call(who, "POST", f"/incidents/{incident}/plan", {}).json()["code"] == code
