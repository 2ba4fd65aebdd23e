"""Who may do what to whose call-out, incident, response, people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command.tiers.imports import import_officers
from tests.stories.told import Teller, told
from tests.town import PASSWORD

BY_ORDER = {"body": "市防指", "document": "云防指〔2026〕3号", "reason": "跨县"}


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def refused(story: Teller, who: str, path: str, body: Any = None) -> str:
    position = story.house.core.position
    answer = story.call(who, "POST", path, {} if body is None else body)
    assert answer.status_code >= 400, answer.text
    assert story.house.core.position == position, "a refusal changes nothing"
    return str(answer.json()["code"])


def test_another_county_neither_calls_nor_ends_nor_notes_for_others(story: Teller) -> None:
    incident = story.raise_fire()
    call = story.board(incident)["calls"][0]["id"]
    for path, body in (
        (f"/mobilizations/m-{incident}/wave", None), (f"/mobilizations/m-{incident}/stand_down", {"reason": "over"}),
        (f"/mobilizations/m-{incident}/waves/1/withdraw", {}), (f"/incidents/{incident}/order", None), (f"/incidents/{incident}/dispose", {"as": "false_alarm"}),
        (f"/calls/{call}/noted", {"did": "accept", "said_by": "x"}),
    ):  # fmt: skip
        assert refused(story, "cy", path, body) == "authority.division", path


def test_a_county_notes_for_its_own_team_that_another_county_needs(story: Teller) -> None:
    """The city widened the call-out; the desk that knows the leader takes the call."""
    incident = story.raise_fire("ana", needs=[{"speciality": "FIRST_AID", "minimum": 20, "maximum": 40}])
    far = next(call for call in story.board(incident, "ana")["calls"] if call["team"] == "t6")
    story.does("cy", f"/calls/{far['id']}/noted", {"did": "accept", "said_by": "队长", "heads": 4})
    assert story.house.view.call(far["id"]).seated == 4  # type: ignore[union-attr]


def test_availability_is_noted_by_the_persons_own_desk(story: Teller) -> None:
    off = {"availability": "off_duty", "said_by": "本人"}
    assert refused(story, "cy", "/people/p1/availability", off) == "authority.division"
    assert refused(story, "bo", "/people/nobody/availability", off) == "person.unknown"
    story.does("bo", "/people/p1/availability", off)
    story.raise_fire()
    assert story.open_calls(1) == []


def test_the_one_who_leads_ends_it_and_whoever_took_the_lead(story: Teller) -> None:
    incident = story.raise_fire("di", needs=[{"speciality": "FIRST_AID", "minimum": 1, "maximum": 2}])
    story.does("di", f"/mobilizations/m-{incident}/stand_down", {"reason": "over"})
    taken = story.raise_fire("di", order=False)
    story.does("ana", f"/incidents/{taken}/lead", {"act": "take_over", "by_order": BY_ORDER})
    assert refused(story, "di", f"/incidents/{taken}/close") == "authority.lead"
    assert refused(story, "bo", f"/incidents/{taken}/dispose", {"as": "false_alarm"}) == "authority.lead"
    story.does("ana", f"/incidents/{taken}/close")
    story.does("di", f"/incidents/{incident}/close")


def test_a_response_is_changed_by_who_started_it_or_above(story: Teller) -> None:
    body = {
        "division": "990101", "category": "20700", "level": 3, "item": "火灾", "term_h": 24, "measures": "全员在岗", "by_order": BY_ORDER,
    }  # fmt: skip
    assert refused(story, "ana", "/responses", body | {"division": "990109"}) == "division.unknown"
    incident = story.raise_fire()
    response = story.does("ana", "/responses", body)["response"]
    assert story.board(incident)["incident"]["level"] == 3
    assert refused(story, "bo", f"/responses/{response}/level", {"level": 4, "by_order": BY_ORDER}) == "authority.lead"
    assert refused(story, "bo", f"/responses/{response}/end", {"by_order": BY_ORDER}) == "authority.lead"
    opened = story.does("bo", f"/responses/{response}/sealed")
    assert opened["sealed"] == {"item": "火灾", "measures": "全员在岗"}
    assert refused(story, "cy", f"/responses/{response}/sealed") == "response.unknown"
    story.does("ana", f"/responses/{response}/end", {"by_order": BY_ORDER})
    assert story.board(incident)["incident"]["level"] is None


def test_a_trainer_looks_on(story: Teller, tmp_path: Path) -> None:
    rows = tmp_path / "trainer.csv"
    rows.write_text("id,name,role,post\ntr,冯教员,trainer,9901\n", "utf-8")
    assert import_officers(story.house.registry, rows).bad == []
    story.house.accounts.add("tr", kind="officer", subject="tr", password=PASSWORD)
    story.settle()
    incident = story.raise_fire()
    assert story.board(incident, "tr")["incident"]["id"] == incident
    for path in (f"/mobilizations/m-{incident}/stand_down", f"/incidents/{incident}/sealed", f"/incidents/{incident}/photos"):
        assert refused(story, "tr", path) == "authority.role", path
    assert story.call("tr", "GET", f"/incidents/{incident}/photos/photo-1").json()["code"] == "authority.role"


def test_an_order_carries_who_ordered_it_by_which_paper_and_why(story: Teller) -> None:
    incident = story.raise_fire(by_order={"body": "县应急局", "oral": True, "reason": "张局电话指示"})
    record = next(r for r in story.house.realm.log.of(f"mobilization:m-{incident}") if r.name == "mobilization.ordered")
    event = story.house.core.event(record)
    assert b'"by_order":{"body":"' in record.data
    assert "张局" not in record.data.decode()
    assert story.house.realm.open_event(event) == {"reason": "张局电话指示"}
    body = {"category": "20700", "severity": 4, "place": {"lon": 111.05, "lat": 30.05}, "needs": [], "order": False}
    quiet = story.does("bo", "/incidents", body | {"verify": True})["incident"]
    needs = {"needs": [{"speciality": "FIRST_AID", "minimum": 1, "maximum": 2}], "by_order": {"body": "县应急局"}}
    assert refused(story, "bo", f"/incidents/{quiet}/order", needs) == "by_order.missing"


def test_who_spoke_on_the_telephone_is_kept_for_every_kind_of_note_and_sealed(story: Teller) -> None:
    incident = story.raise_fire()
    call = story.board(incident)["calls"][0]["id"]
    for note in (
        {"did": "accept", "heads": 3}, {"did": "names", "names": ["甲某", "乙某"]}, {"did": "set_out"}, {"did": "arrived", "heads": 3},
        {"did": "released"},
    ):  # fmt: skip
        story.does("bo", f"/calls/{call}/noted", note | {"said_by": "王队爱人"})
    story.does("bo", "/people/p2/availability", {"availability": "off_duty", "said_by": "王队爱人"})
    records = story.house.realm.log.after(0, 1_000)
    notes = [record for record in records if b'"noted_by":"officer:bo"' in record.data]
    assert len(notes) == 6
    for record in notes:
        opened = story.house.realm.open_event(story.house.core.event(record))
        assert opened is not None
        assert opened["said_by"] == "王队爱人"
        assert "王队" not in record.data.decode()


def test_who_is_away_until_a_time_is_back_at_that_time_and_every_board_says_so(story: Teller) -> None:
    """Nobody has to press anything."""
    until_ms = story.clock.wall_ms() + 3_600_000
    story.does("leader1", "/me/availability", {"availability": "away", "until_ms": until_ms})
    team = story.house.screens.picture_of("board/990101/duty")["team/t1"]
    assert team == {"state": "off_duty", "availability": "away", "until_ms": until_ms, "reach": "untested"}
    story.fast_forward(3_599)
    assert story.sees("leader1", "/me")["self"]["availability"] == "away"
    story.fast_forward(2)
    assert story.house.screens.picture_of("board/990101/duty")["team/t1"] == {"reach": "untested"}
    assert story.sees("leader1", "/me")["self"]["availability"] == "available"


def test_what_the_city_raised_the_county_neither_lowers_nor_ends_and_no_id_is_used_twice(story: Teller) -> None:
    body = {
        "division": "990101", "category": "20700", "level": 4, "item": "火灾", "term_h": 24, "measures": "全员在岗", "by_order": BY_ORDER,
    }  # fmt: skip
    response = story.does("bo", "/responses", body)["response"]
    again = story.call("ana", "POST", "/responses", body | {"division": "9901", "level": 3}, id_=response.removeprefix("r-"))
    assert again.json()["code"] == "response.exists"
    story.does("ana", f"/responses/{response}/level", {"level": 3, "by_order": BY_ORDER})
    assert refused(story, "bo", f"/responses/{response}/level", {"level": 4, "by_order": BY_ORDER}) == "authority.level"
    assert refused(story, "bo", f"/responses/{response}/end", {"by_order": BY_ORDER}) == "authority.level"
    story.does("ana", f"/responses/{response}/level", {"level": 4, "by_order": BY_ORDER})
    story.does("bo", f"/responses/{response}/end", {"by_order": BY_ORDER})


def test_the_address_is_for_those_who_go_and_while_they_do(story: Teller) -> None:
    """Neither whoever was stood down without having said yes, nor whoever has been released, is shown it."""
    incident = story.raise_fire(
        report={"phone": "13912345678"}, place={"lon": 111.05, "lat": 30.05, "private_home": True, "address": "文昌里12号楼"}
    )
    shown = {"文昌里12号楼", "13912345678"}
    open_ = story.open_calls(2)[0]["id"]
    story.answer(1, heads=3)
    going = story.open_calls(1) or [c for c in story.board(incident)["calls"] if c["state"] == "accepted"]
    assert all(text in story.call("leader1", "GET", "/me").text for text in shown)
    for did in ("arrived", "released"):
        story.does("leader1", f"/me/calls/{going[0]['id']}/progress", {"did": did})
    assert not any(text in story.call("leader1", "GET", "/me").text for text in shown)
    story.does("bo", f"/mobilizations/m-{incident}/stand_down", {"reason": "over"})
    assert refused(story, "leader2", f"/me/calls/{open_}/progress", {"did": "released"}) == "call.not_seated"
    assert not any(text in story.call("leader2", "GET", "/me").text for text in shown)


def test_the_desks_note_of_an_earlier_word_does_not_send_off_duty_whoever_came_back_since(story: Teller) -> None:
    story.does("leader1", "/me/availability", {"availability": "off_duty"})
    said_ms = story.clock.wall_ms()
    story.fast_forward(300)
    story.does("leader1", "/me/availability", {"availability": "available"})
    story.fast_forward(300)
    note = {"availability": "off_duty", "said_by": "队长爱人", "learned_at_ms": said_ms}
    assert refused(story, "bo", "/people/p1/availability", note) == "availability.later_word"
    story.does("bo", "/people/p1/availability", note | {"learned_at_ms": story.clock.wall_ms() - 1_000})
    assert story.sees("leader1", "/me")["self"]["availability"] == "off_duty"
