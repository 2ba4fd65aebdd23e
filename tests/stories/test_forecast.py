"""The commander asks when each need will be met; afterwards a past moment is played on with one thing changed. Nobody is called by it."""

from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told

HORIZON = {"branches": 12, "horizon_min": 60}


@pytest.fixture
def story(tmp_path: Path):  # type: ignore[no-untyped-def]
    with told(tmp_path) as teller:
        yield teller


def asked(story: Teller, who: str = "bo", **body: Any) -> Any:
    answer = story.call(who, "POST", "/forecasts", HORIZON | body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_it_says_when_each_need_will_be_met_and_with_what_chance(story: Teller) -> None:
    incident = story.raise_fire()
    head = story.house.realm.log.head()
    found = asked(story, incident=incident)
    (need,) = found["branches"][0]["needs"]
    assert (need["incident"], need["speciality"], need["least"]) == (incident, "FIRST_AID", 3)
    assert 0 <= need["in_time"] <= 1
    assert need["bands"][0][0] == found["at_ms"]
    assert found["assumed"] is True
    assert story.house.realm.log.head() == head, "a forecast records nothing"
    assert found == asked(story, incident=incident), "the same moment and seed give the same forecast"


def test_what_to_do_now_is_one_of_three_things(story: Teller) -> None:
    incident = story.raise_fire()
    (advice,) = asked(story, incident=incident, advise=True)["advice"]
    assert advice["act"] in {"wait", "next_wave", "ask_above"}
    assert advice["act"] != "next_wave" or advice["with_it"] > advice["chance"]


def test_a_real_incident_is_played_on_from_a_past_moment_and_branches_are_compared(story: Teller) -> None:
    incident = story.raise_fire()
    then = story.house.view.position
    for number in (1, 2, 3):
        if story.open_calls(number):
            story.answer(number, heads=1)
    story.fast_forward(600)
    story.does("bo", f"/mobilizations/m-{incident}/stand_down")
    head = story.house.realm.log.head()
    found = asked(
        story, incident=incident, position=then,
        changes=[{"change": "nothing"}, {"change": "next_wave", "incident": incident, "more": 2}],
    )  # fmt: skip
    plain, more = (branch["needs"][0] for branch in found["branches"])
    assert found["position"] == then
    assert more["promised"] >= plain["promised"]
    main, other = found["branches"]
    assert other["change"]["change"] == "next_wave"
    assert main["branches"] == 1, "what happened is read, and played by nobody"
    assert main["happened_ms"] > found["at_ms"]
    assert main["simulated"] == main["beyond"] == other["happened_ms"] == 0
    assert other["recorded"] >= 3, "who was called in the record does in the branch what they did"
    assert found == asked(story, incident=incident, position=then, changes=[branch["change"] for branch in found["branches"]])
    assert story.house.realm.log.head() == head
    picture = story.sees("bo", f"/replay/picture?topic=board/990101/duty&page=00000000-aaaa&position={then}")
    assert picture, "the same moment is replayed"


def test_a_post_is_told_of_its_own_incidents_only(story: Teller) -> None:
    incident = story.raise_fire()
    answer = story.call("cy", "POST", "/forecasts", HORIZON | {"incident": incident})
    assert answer.status_code == 404
    assert asked(story, "cy")["branches"][0]["needs"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"branches": 0}, {"branches": 201}, {"horizon_min": 1}, {"changes": []}, {"changes": [{"change": "magic"}]},
        {"changes": [{"change": "nothing"}] * 5}, {"position": 0}, {"seed": -1}, {"other": 1},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(story: Teller, body: dict[str, Any]) -> None:
    answer = story.call("bo", "POST", "/forecasts", HORIZON | body)
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("body.")


def test_a_moment_that_has_not_come_is_refused(story: Teller) -> None:
    assert story.call("bo", "POST", "/forecasts", HORIZON | {"position": 99_999}).status_code == 404


def test_a_worker_that_dies_is_told_and_the_next_one_works(story: Teller) -> None:
    story.raise_fire()
    asked(story)
    worker = story.house.forecaster._worker
    assert worker is not None
    worker.kill()
    worker.wait()
    assert asked(story)["branches"]


def test_whoever_is_not_signed_in_is_told_nothing(story: Teller) -> None:
    answer = story.client.post("/api/v1/forecasts", json=HORIZON, headers={"command-id": story.new_id()})
    assert answer.status_code == 401
