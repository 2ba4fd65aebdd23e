"""The spine as a story: a fire is raised on the map, leaders are called, their answers come back, everyone is stood down."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def test_a_fire_staffs_itself(story: Teller) -> None:
    incident = story.raise_fire()
    board = story.board(incident)["incident"]
    assert [p["code"] for p in board["path"]] == ["9901", "990101", "990101001"]
    assert [(s["id"], s["inside"]) for s in board["stations"]] == [("s1", True)]
    assert (board["stage"], board["verified"], board["lead"]["division"]) == ("acting", True, "990101")
    called = [number for number in range(1, 7) if story.open_calls(number)]
    assert called == [1, 2, 3, 4]
    story.answer(1, heads=3)
    need = story.board(incident)["incident"]["needs"][0]
    assert (need["promised"], need["confirmed"], need["arrived"]) == (3, 0, 0)


def test_a_decline_calls_the_next_and_a_lapse_its_deputy(story: Teller) -> None:
    story.raise_fire()
    story.answer(1, "decline")
    assert story.open_calls(5) or story.open_calls(7)
    story.fast_forward(91)
    assert any(story.open_calls(number) for number in range(7, 12))


def test_a_leader_who_changes_his_mind_after_his_deputy_said_yes_is_told_that_his_team_goes(story: Teller) -> None:
    story.raise_fire()
    call = story.open_calls(1)[0]["id"]
    story.answer(1, "decline")
    assert story.open_calls(7), "the deputy of the same team"
    story.answer(7, heads=3)
    story.answer(2, heads=3)
    story.does("leader1", f"/me/calls/{call}/answer", {"answer": "accept", "heads": 3, "eta_min": 10})
    mine = story.sees("leader1", "/me")[f"call/{call}"]
    assert (mine["state"], mine["team_goes"]) == ("not_needed", True)
    assert not any(item.get("team_goes") for item in story.sees("leader7", "/me").values() if isinstance(item, dict))


def test_a_leader_sees_what_his_deputy_leads_his_team_to_and_can_do_nothing_by_it(story: Teller) -> None:
    place = {"lon": 111.05, "lat": 30.05, "address": "文昌里12号楼"}
    incident = story.raise_fire(place=place, report={"words": "三楼有老人", "phone": "13912345678"})
    story.answer(1, "decline")
    call = story.open_calls(7)[0]["id"]
    story.answer(7, heads=3)

    def led(who: str = "leader1") -> dict[str, Any] | None:
        found: dict[str, Any] | None = story.sees(who, "/me").get(f"led/{call}")
        return found

    shown = led()
    assert shown is not None
    assert (shown["by"], shown["role"], shown["state"], shown["seated"]) == ("王7", "deputy", "accepted", 3)
    assert (shown["area"], shown["crew"], shown["called_over"]) == ("江滨街道", {"promised": 3}, False)
    assert not {"lon", "lat", "address", "words", "contact", "crew_names", "orders"} & set(shown)
    assert led("leader2") is None
    assert led("leader7") is None, "he has the task itself"
    refused = story.call("leader1", "POST", f"/me/calls/{call}/progress", {"did": "set_out"})
    assert refused.status_code in (403, 404, 409)

    story.does("leader7", f"/me/calls/{call}/progress", {"did": "set_out", "heads": 3})
    story.does("bo", f"/incidents/{incident}/roll")
    story.does("leader7", f"/me/calls/{call}/roll", {"marks": [{"no": 2, "state": "hurt"}]})
    shown = led()
    assert shown is not None
    assert (shown["state"], shown["crew"], shown["called_over"]) == ("set_out", {"hurt": 1, "waiting": 2}, True)
    story.does("leader7", f"/me/calls/{call}/progress", {"did": "arrived", "heads": 3})
    story.does("leader7", f"/me/calls/{call}/progress", {"did": "released"})
    assert led() is None


def test_nobody_left_means_the_tier_above_is_asked(story: Teller) -> None:
    incident = story.raise_fire()
    for _ in range(4):
        story.fast_forward(91)
    asked = story.board(incident)["incident"]["asked_up"]
    assert [(a["division"], a["speciality"], a["short"]) for a in asked] == [("9901", "FIRST_AID", 3)]
    story.does("ana", f"/incidents/{incident}/order", {})
    assert story.open_calls(6), "the city widens the reach to the other county"


def test_set_out_arrived_and_stood_down(story: Teller) -> None:
    incident = story.raise_fire()
    story.answer(1, heads=3)
    call = next(c["id"] for c in story.board(incident)["calls"] if c["state"] == "accepted")
    story.does("leader1", f"/me/calls/{call}/progress", {"did": "set_out"})
    story.does("leader1", f"/me/calls/{call}/progress", {"did": "arrived", "heads": 3})
    need = story.board(incident)["incident"]["needs"][0]
    assert (need["promised"], need["confirmed"], need["arrived"]) == (3, 3, 3)
    refused = story.call("bo", "POST", f"/incidents/{incident}/close", {})
    assert (refused.status_code, refused.json()["code"], refused.json()["facts"]) == (409, "incident.people_out", {"people": 3})
    story.does("bo", f"/mobilizations/m-{incident}/stand_down", {"reason": "enough"})
    assert {c["state"] for c in story.board(incident)["calls"]} == {"stood_down"}
    story.does("bo", f"/incidents/{incident}/close")
    assert story.board(incident)["incident"]["stage"] == "closed"


def test_before_acceptance_no_address_and_after_it_all_that_is_needed(story: Teller) -> None:
    secret = {"caller": "赵小燕", "phone": "13912345678", "words": "三楼有老人"}
    place = {"lon": 111.05, "lat": 30.05, "private_home": True, "address": "文昌里12号楼"}
    story.raise_fire(report=secret, place=place)
    before = story.open_calls(1)[0]
    assert before["area"] == "江滨街道"
    assert not {"lon", "lat", "address", "words", "contact"} & set(before)
    assert "文昌里" not in story.call("leader1", "GET", "/me").text
    story.answer(1, heads=3)
    after = next(i for n, i in story.sees("leader1", "/me").items() if n.startswith("call/"))
    assert (after["address"], after["lon"], after["lat"]) == ("文昌里12号楼", 111.05, 30.05)


def test_the_desk_notes_an_answer_given_by_telephone(story: Teller) -> None:
    incident = story.raise_fire()
    call = story.open_calls(2)[0]["id"]
    story.does("bo", f"/calls/{call}/noted", {"did": "accept", "heads": 2, "eta_min": 15, "said_by": "王队"})
    noted = next(c for c in story.board(incident)["calls"] if c["id"] == call)
    assert (noted["state"], noted["seated"], noted["noted_by"]) == ("accepted", 2, "officer:bo")
    story.does("leader2", f"/me/calls/{call}/answer", {"answer": "decline"})
    later = next(c for c in story.board(incident)["calls"] if c["id"] == call)
    assert (later["state"], later["seated"], later["noted_by"]) == ("declined", 0, None)


def test_off_duty_is_in_no_call(story: Teller) -> None:
    story.does("leader1", "/me/availability", {"availability": "off_duty"})
    story.raise_fire()
    assert story.open_calls(1) == []
    assert story.open_calls(7), "the deputy is called in the leader's place"


def test_a_bare_report_calls_nobody_until_it_is_verified_and_ordered(story: Teller) -> None:
    incident = story.raise_fire(order=False)
    assert story.board(incident)["incident"]["stage"] == "reported"
    assert not any(story.open_calls(number) for number in range(1, 7))
    refused = story.call("bo", "POST", f"/incidents/{incident}/order", {})
    assert refused.json()["code"] == "incident.not_verified"
    story.does("bo", f"/incidents/{incident}/verify")
    story.does("bo", f"/incidents/{incident}/order")
    assert story.open_calls(1)


def test_a_township_may_call_ten_and_asks_for_more(story: Teller) -> None:
    many = [{"speciality": "FIRST_AID", "minimum": 6, "maximum": 11}]
    incident = story.raise_fire("di", needs=many)
    asked = story.board(incident, "ana")["incident"]["order_asked"]
    assert (asked["from"], asked["to"], asked["people"]) == ("990101001", "990101", 11)
    assert not story.open_calls(1)
    story.does("bo", f"/incidents/{incident}/order")
    assert story.open_calls(1)
    assert story.board(incident)["incident"]["order_asked"] is None


def test_the_lead_is_taken_over_and_handed_back_only_when_accepted(story: Teller) -> None:
    incident = story.raise_fire()
    by_order = {"body": "市防指", "oral": True, "reason": "跨县"}
    refused = story.call("di", "POST", f"/incidents/{incident}/lead", {"act": "take_over", "by_order": by_order})
    assert refused.json()["code"] == "lead.not_above"
    story.does("ana", f"/incidents/{incident}/lead", {"act": "take_over", "by_order": by_order})
    assert story.board(incident)["incident"]["lead"]["division"] == "9901"
    story.does("ana", f"/incidents/{incident}/lead", {"act": "offer_back", "to": "990101", "by_order": by_order})
    assert story.board(incident)["incident"]["lead"]["division"] == "9901"
    story.does("bo", f"/incidents/{incident}/lead", {"act": "accept_back", "by_order": by_order})
    assert story.board(incident)["incident"]["lead"]["division"] == "990101"


def test_a_false_alarm_is_reversible_for_a_day(story: Teller) -> None:
    incident = story.raise_fire(order=False)
    story.does("bo", f"/incidents/{incident}/dispose", {"as": "false_alarm", "reason": "误报"})
    assert story.board(incident)["incident"]["stage"] == "false_alarm"
    story.does("bo", f"/incidents/{incident}/reverse")
    assert story.board(incident)["incident"]["stage"] == "reported"
    story.does("bo", f"/incidents/{incident}/dispose", {"as": "false_alarm"})
    story.fast_forward(86_401)
    story.sign_in("bo")
    assert story.call("bo", "POST", f"/incidents/{incident}/reverse", {}).json()["code"] == "incident.too_late"


def test_the_sealed_part_opens_on_request_and_that_is_recorded(story: Teller) -> None:
    incident = story.raise_fire(report={"caller": "赵小燕", "words": "冒烟"})
    opened = story.does("bo", f"/incidents/{incident}/sealed")
    assert opened["sealed"]["caller"] == "赵小燕"
    assert opened["events"][0] == {"name": "sealed.opened", "data": {"subject": f"incident:{incident}"}}
    assert story.call("cy", "POST", f"/incidents/{incident}/sealed", {}).status_code == 404


def test_a_place_outside_every_circle_goes_to_the_nearest_station_and_says_so(story: Teller) -> None:
    board = story.board(story.raise_fire(at=(111.09, 30.19)))["incident"]
    assert board["outside_circles"]
    assert [(s["id"], s["inside"]) for s in board["stations"]] == [("s1", False)]


def _items(frames: list[Any]) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for frame in frames:
        items = (
            dict(frame["items"])
            if frame["type"] == "snapshot"
            else {k: v for k, v in items.items() if k not in frame["drop"]} | frame["put"]
        )
    return items


def test_the_live_picture_moves_on_desk_and_phone(story: Teller) -> None:
    with story.socket("bo") as desk, story.socket("leader1") as phone:
        assert desk.receive_json()["type"] == phone.receive_json()["type"] == "hello"
        desk.send_json({"type": "follow", "topic": "board/990101/duty"})
        phone.send_json({"type": "follow", "topic": "me/p1"})
        frames, mine = [desk.receive_json()], [phone.receive_json()]
        incident = story.raise_fire()
        mine.append(phone.receive_json())
        call = next(i for n, i in _items(mine).items() if n.startswith("call/"))
        phone.send_json({"type": "answer", "command_id": story.new_id(), "call": call["id"], "answer": "accept", "heads": 3})
        assert phone.receive_json()["type"] == "receipt"
        story.settle()
        mine.append(phone.receive_json())
        assert next(i for n, i in _items(mine).items() if n.startswith("call/"))["state"] == "accepted"
        while _items(frames).get(f"incident/{incident}", {"needs": [{"promised": 0}]})["needs"][0]["promised"] != 3:
            frames.append(desk.receive_json())
        assert _items(frames)[f"call/{call['id']}"]["state"] == "accepted"


def test_a_topic_that_is_not_yours_is_refused(story: Teller) -> None:
    with story.socket("cy") as desk:
        desk.receive_json()
        desk.send_json({"type": "follow", "topic": "board/990101/duty"})
        assert desk.receive_json()["code"] == "topic.forbidden"
        desk.send_text("garbage")
        assert desk.receive_json()["code"] == "frame.malformed"
