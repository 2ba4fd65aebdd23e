"""Replay over HTTP: what a desk was shown at any moment, under the masks of today, and nothing that moves the living realm."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told
from tests.town import ELSEWHERE

PAGE = "0123456789abcdef"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def shown(story: Teller, who: str, *, page: str = PAGE, division: str = "990101", **asked: Any) -> dict[str, Any]:
    topics = asked.pop("topics", (f"board/{division}/duty",))
    query = "&".join(
        [f"page={page}", *(f"topic={each}" for each in topics), *(f"{name}={value}" for name, value in asked.items())]
    )
    found: dict[str, Any] = story.sees(who, f"/replay/picture?{query}")
    return found


def live(story: Teller, division: str = "990101") -> dict[str, Any]:
    return story.house.screens.picture_of(f"board/{division}/duty")


def without_presence(items: dict[str, Any]) -> dict[str, Any]:
    """What no log knows is left out: who was connected, and how the channels stood."""
    found = {
        name: {what: value for what, value in item.items() if what not in ("reach", "connected")}
        for name, item in items.items() if not name.startswith("channel/")
    }  # fmt: skip
    return {name: item for name, item in found.items() if item or not name.startswith("team/")}


def test_every_moment_is_shown_as_the_board_showed_it_then(story: Teller) -> None:
    """The whole of a call-out, held against what the live board said at each quiet point."""
    kept = [(story.house.core.position, live(story))]
    incident = story.raise_fire()
    kept.append((story.house.core.position, live(story)))
    for number in (1, 2, 3):
        story.answer(number, heads=1)
        kept.append((story.house.core.position, live(story)))
    story.fast_forward(91)
    kept.append((story.house.core.position, live(story)))
    story.does("bo", f"/mobilizations/m-{incident}/stand_down", {"reason": "over"})
    kept.append((story.house.core.position, live(story)))
    before = story.house.core.position
    for position, items in [*kept, *reversed(kept)]:
        found = shown(story, "bo", position=position)
        (told_,) = found["topics"].values()
        assert told_["whole"]
        assert found["position"] == position
        assert without_presence(told_["put"]) == without_presence(items)
    assert story.house.core.position == before, "looking back records nothing"


def test_going_on_brings_what_is_otherwise_and_going_back_too(story: Teller) -> None:
    incident = story.raise_fire()
    story.answer(1, heads=1)
    span = story.sees("bo", f"/replay?incident={incident}")
    items: dict[str, Any] = {}
    held = 0
    for position in [*range(span["first"], span["last"] + 1), *range(span["last"], span["first"], -1)]:
        found = shown(story, "bo", position=position, held=held)
        (told_,) = found["topics"].values()
        assert told_["whole"] == (held == 0)
        items = {name: item for name, item in (items | told_["put"]).items() if name not in told_["drop"]}
        held = found["stamp"]
        fresh = shown(story, "bo", position=position, page="f" * 16)
        assert items == fresh["topics"]["board/990101/duty"]["put"]


def test_a_moment_is_asked_for_by_its_time_and_the_span_names_the_moments(story: Teller) -> None:
    story.fast_forward(60)
    incident = story.raise_fire()
    raised_ms = story.clock.wall_ms()
    story.fast_forward(30)
    story.answer(1, heads=2)
    span = story.sees("bo", f"/replay?incident={incident}")
    names = [moment["name"] for moment in span["moments"]]
    assert names[:2] == ["incident.raised", "incident.verified"]
    assert {"mobilization.ordered", "wave.called", "call.answered"} <= set(names)
    assert (span["from_ms"], span["left"], span["incident"]) == (raised_ms, 0, incident)
    assert [position for position, _ in span["marks"]] == sorted(position for position, _ in span["marks"])
    then = shown(story, "bo", at_ms=raised_ms + 1_000)["topics"]["board/990101/duty"]["put"]
    assert then[f"incident/{incident}"]["needs"][0]["promised"] == 0
    assert all(item["state"] == "open" for name, item in then.items() if name.startswith("call/"))
    assert f"incident/{incident}" not in shown(story, "bo", at_ms=raised_ms - 1)["topics"]["board/990101/duty"]["put"]
    day = story.sees("bo", f"/replay?from_ms={raised_ms - 1000}&to_ms={raised_ms + 60_000}")
    assert [(moment["name"], moment["incident"]) for moment in day["moments"]] == [("incident.raised", incident)]
    steps = story.sees("bo", f"/replay/teams/t1?first={span['first']}&last={span['last']}")
    assert steps
    assert {tuple(each) for each in steps} <= {tuple(each) for each in span["marks"]}


def test_each_post_sees_of_the_past_what_is_its_own(story: Teller) -> None:
    ours, theirs = story.raise_fire(), story.raise_fire("cy", at=ELSEWHERE)
    head = story.house.core.position
    items = shown(story, "bo", position=head)["topics"]["board/990101/duty"]["put"]
    assert f"incident/{ours}" in items
    assert f"incident/{theirs}" not in items
    assert "王1" not in str(items)
    city = shown(story, "ana", position=head, division="9901")["topics"]["board/9901/duty"]["put"]
    assert {f"incident/{ours}", f"incident/{theirs}"} <= set(city)
    for topic in ("board/990102/duty", "board/9901/duty", "me/p1", "board/990101/keeper", "board/990101/wall"):
        answer = story.call("bo", "GET", f"/replay/picture?page={PAGE}&topic={topic}&position={head}")
        assert (answer.status_code, answer.json()["code"]) == (403, "topic.forbidden"), topic
    assert story.call("bo", "GET", f"/replay?incident={theirs}").json()["code"] == "incident.unknown"
    assert story.call("bo", "GET", "/replay/teams/t6?first=1&last=9").json()["code"] == "team.unknown"
    now_ms = story.clock.wall_ms()
    day = story.sees("bo", f"/replay?from_ms={now_ms - 60_000}&to_ms={now_ms + 60_000}")
    assert {moment["incident"] for moment in day["moments"]} == {ours}
    assert story.call("leader1", "GET", f"/replay?incident={ours}").status_code == 401
    assert story.client.get(f"/api/v1/replay?incident={ours}").status_code == 401


def test_nothing_sealed_is_opened_and_what_was_erased_stays_gone(story: Teller) -> None:
    incident = story.raise_fire(report={"words": "灶台着火", "caller": "赵六", "phone": "19912345678"})
    story.does("bo", "/watch/take", {})
    items = shown(story, "bo", position=story.house.core.position)
    assert all(word not in str(items) for word in ("灶台", "赵六", "19912345678"))
    assert any(name.startswith("watch/") for name in items["topics"]["board/990101/duty"]["put"])
    assert not any(record.name == "sealed.opened" for record in story.house.realm.log.after(0, 1_000))
    assert story.sees("bo", f"/replay?incident={incident}")["moments"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"page={PAGE}&topic=board/990101/duty&position=-1", "query.field"),
        (f"page={PAGE}&topic=board/990101/duty&at_ms=soon", "query.field"),
        ("page=..&topic=board/990101/duty&position=1", "query.field"),
        (f"page={PAGE}&position=1", "topic.too_many"),
    ],
)
def test_bad_questions_are_refused_by_name(story: Teller, query: str, code: str) -> None:
    story.raise_fire()
    assert story.call("bo", "GET", f"/replay/picture?{query}").json()["code"] == code


def test_a_time_without_records_and_one_too_long_are_refused(story: Teller) -> None:
    story.raise_fire()
    now_ms = story.clock.wall_ms()
    assert story.call("bo", "GET", f"/replay?from_ms={now_ms + 1000}&to_ms={now_ms + 2000}").json()["code"] == "replay.nothing"
    assert story.call("bo", "GET", f"/replay?from_ms=0&to_ms={now_ms}").json()["code"] == "query.field"
    assert story.call("bo", "GET", "/replay?from_ms=5&to_ms=4").json()["code"] == "query.field"


def test_four_replay_at_once_and_a_page_that_is_gone_gives_its_place(story: Teller) -> None:
    story.raise_fire()
    for number in range(4):
        shown(story, "bo", position=1, page=f"{number}" * 16)
    answer = story.call("bo", "GET", f"/replay/picture?page={PAGE}&topic=board/990101/duty&position=1")
    assert (answer.status_code, answer.json()["code"]) == (429, "replay.busy")
    shown(story, "bo", position=2, page="0" * 16)
    story.fast_forward(31)
    shown(story, "bo", position=1)


def test_behind_the_end_is_the_end_and_what_comes_meanwhile_is_there(story: Teller) -> None:
    story.raise_fire()
    found = shown(story, "bo", position=1 << 40)
    assert found["position"] == found["head"] == story.house.core.position
    second = story.raise_fire()
    again = shown(story, "bo", position=1 << 40, held=found["stamp"])
    assert f"incident/{second}" in again["topics"]["board/990101/duty"]["put"]


def test_the_calls_of_an_incident_are_there_too_when_it_has_ended(story: Teller) -> None:
    incident = story.raise_fire()
    story.answer(1, "decline", reason="家里有事")
    at = story.house.core.position
    story.does("bo", f"/incidents/{incident}/dispose", {"as": "false_alarm", "reason": "误报"})
    topics = ("board/990101/duty", f"board/990101/calls/{incident}")
    found = shown(story, "bo", position=at, topics=topics, incident=incident)
    states = [item["state"] for item in found["topics"][topics[1]]["put"].values()]
    assert "declined" in states
    assert found["topics"][topics[0]]["put"][f"incident/{incident}"]["stage"] != "false_alarm"
