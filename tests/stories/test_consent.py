"""Agreeing to exercises: by the own phone or noted on the telephone, for a time, hours and how often; taken back at any time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command.tiers.imports import import_officers
from mobilization import TERMINAL
from mobilization.training import Consent, Enrol
from tests.stories.told import Teller, told
from tests.town import PASSWORD

DAY_MS = 86_400_000
HOUR_MS = 3_600_000


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        rows = tmp_path / "keepers.csv"
        rows.write_text("id,name,role,post,station\nk1,吴站长,keeper,990101001,s1\nk2,郑站长,keeper,990102100,s2\n", "utf-8")
        assert import_officers(teller.house.registry, rows).bad == []
        for keeper in ("k1", "k2"):
            teller.house.accounts.add(keeper, kind="officer", subject=keeper, password=PASSWORD)
        teller.settle()
        yield teller


def window(story: Teller, *, days: int = 28, hours: tuple[int, int] = (0, 0), times: int = 1) -> dict[str, Any]:
    now_ms = story.clock.wall_ms()
    return {"from_ms": now_ms, "until_ms": now_ms + days * DAY_MS, "hours": hours, "times": times}


def of(story: Teller, person: str) -> Consent | None:
    state = story.house.core.world.look(f"consent:{person}")
    assert state is None or isinstance(state, Consent)
    return state


def enrol(story: Teller, exercise: str, begin_ms: int, end_ms: int, *people: str) -> tuple[str, ...]:
    command = Enrol(exercise=exercise, begin_ms=begin_ms, end_ms=end_ms, people=people)
    assert story.client.portal is not None

    async def ask() -> None:
        await story.house.ask(command, actor=TERMINAL)

    story.client.portal.call(ask)
    return tuple(story.house.core.world.look(f"exercise:{exercise}").people)


def test_nobody_has_agreed_who_has_not_said_so(story: Teller) -> None:
    assert story.sees("leader1", "/me")["self"]["consent"] is None
    assert story.sees("bo", "/people/p1/consent") is None


def test_a_leader_agrees_on_the_own_phone_and_takes_it_back(story: Teller) -> None:
    said = window(story, hours=(480, 1320), times=2)
    story.does("leader1", "/me/consent", said)
    shown = story.sees("leader1", "/me")["self"]["consent"]
    assert {name: shown[name] for name in said} == said | {"hours": [480, 1320]}
    assert story.sees("bo", "/people/p1/consent") == shown
    story.does("leader1", "/me/consent/withdraw")
    assert story.sees("leader1", "/me")["self"]["consent"]["withdrawn_ms"] is not None
    assert not of(story, "p1").allows(said["from_ms"] + 1, said["from_ms"] + HOUR_MS)  # type: ignore[union-attr]


def test_noted_on_the_telephone_by_the_desk_or_the_own_station_only(story: Teller) -> None:
    said = window(story) | {"said_by": "王1", "on_known": True}
    assert story.call("bo", "POST", "/people/p1/consent", window(story) | {"said_by": " "}).json()["code"] == "consent.who"
    assert story.call("cy", "POST", "/people/p1/consent", said).status_code == 403
    assert story.call("k2", "POST", "/people/p1/consent", said).json()["code"] == "phone.station"
    story.does("k1", "/people/p1/consent", said)
    assert of(story, "p1").noted_by == "officer:k1"  # type: ignore[union-attr]
    told_by = story.house.realm.log.after(0, 10_000)[-1]
    assert told_by.name == "exercise.consented"
    assert "王1".encode() not in told_by.data
    assert told_by.private is not None
    story.does("bo", "/people/p1/consent/withdraw", {"said_by": "王1"})
    assert of(story, "p1").withdrawn_ms is not None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"until_ms": 0}, "consent.time"), ({"days": 400}, "consent.time"), ({"times": 13}, "consent.times")],
)
def test_what_cannot_be_agreed_to_is_refused_in_words(story: Teller, changed: dict[str, int], code: str) -> None:
    said = window(story, days=changed.get("days", 28), times=changed.get("times", 1))
    said |= {name: value for name, value in changed.items() if name in said}
    answer = story.call("leader1", "POST", "/me/consent", said)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_only_who_agreed_to_that_time_is_enrolled_and_no_oftener_than_said(story: Teller) -> None:
    now_ms = story.clock.wall_ms()
    story.does("leader1", "/me/consent", window(story, times=1))
    story.does("leader2", "/me/consent", window(story, days=1, times=9))
    story.does("leader3", "/me/consent", window(story, times=9))
    begin_ms = now_ms + 2 * DAY_MS
    assert enrol(story, "x1", begin_ms, begin_ms + HOUR_MS, "p1", "p2", "p3", "p4") == ("p1", "p3")
    assert enrol(story, "x2", begin_ms + DAY_MS, begin_ms + DAY_MS + HOUR_MS, "p1", "p2", "p3", "p4") == ("p3",)
    assert story.sees("leader1", "/me")["self"]["consent"].keys().isdisjoint({"enrolled"}), "some come without notice"


def test_hours_of_the_day_are_those_in_china_also_over_midnight() -> None:
    consent = Consent(from_ms=0, until_ms=1 << 50, hours=(22 * 60, 6 * 60), times=9, given_ms=0)
    ten_pm = 14 * HOUR_MS
    assert consent.holds(ten_pm, ten_pm + 8 * HOUR_MS)
    assert not consent.holds(ten_pm - 1, ten_pm + HOUR_MS)
    assert not consent.holds(ten_pm, ten_pm + 8 * HOUR_MS + 1)
