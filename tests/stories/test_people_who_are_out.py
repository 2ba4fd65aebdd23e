"""People who are out, through the whole house: the roll is called, an alarm is taken, orders are receipted, a danger is reported."""

from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import Teller, told
from tests.test_canary import photo

HOME, WORDS, INJURY = "李家祖宅canary", "立即从东侧canary撤离", "左腿canary骨折"


def night(story: Teller, *, seats: int = 9) -> tuple[str, dict[int, str]]:
    """Three crews: 1 with four people and 2 with three on the spot, 3 with two on the way. Their calls, by leader."""
    need = {"speciality": "FIRST_AID", "minimum": seats, "maximum": seats}
    incident = story.raise_fire(needs=[need])
    calls = {}
    for number, heads in ((1, 4), (2, 3), (3, 2)):
        calls[number] = str(story.answer(number, heads=heads)["events"][0]["data"]["call"])
        story.does(f"leader{number}", f"/me/calls/{calls[number]}/progress", {"did": "set_out"})
    for number in (1, 2):
        story.does(f"leader{number}", f"/me/calls/{calls[number]}/progress", {"did": "arrived"})
    return incident, calls


def item(story: Teller, name: str, post: str = "990101") -> Any:
    return story.house.screens.picture_of(f"board/{post}/duty").get(name)


def safe(people: int) -> list[dict[str, Any]]:
    return [{"no": no, "state": "safe"} for no in range(1, people + 1)]


def test_the_roll_is_called_answered_three_ways_and_one_is_lost_and_found(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident, calls = night(story)
        story.does("leader1", f"/me/calls/{calls[1]}/names", {"names": ["甲canary", "乙canary"]})
        story.does("bo", f"/incidents/{incident}/roll")
        assert item(story, f"roll/{incident}")["counts"] == {"waiting": 9}
        mine = story.sees("leader1", "/me")[f"call/{calls[1]}"]
        assert [(each["no"], each["name"]) for each in mine["crew"]] == [(1, "甲canary"), (2, "乙canary"), (3, None), (4, None)]
        assert mine["roll"]["people"] == 4
        story.does("leader1", f"/me/calls/{calls[1]}/roll", {"marks": [{"no": 1, "state": "safe"}]})
        story.does(
            "leader1", f"/me/calls/{calls[1]}/roll", {"marks": [*safe(3)[1:], {"no": 4, "state": "hurt"}], "words": INJURY}
        )
        noted = {"marks": safe(2), "said_by": "孙队", "said_on": "13900000000"}
        story.does("bo", f"/calls/{calls[2]}/roll", noted)
        story.fast_forward(600)
        roll = item(story, f"roll/{incident}")
        assert (roll["counts"], roll["late"]) == ({"hurt": 1, "lost": 3, "safe": 5}, True)
        assert item(story, f"call/{calls[3]}")["crew"] == ["lost", "lost"]
        story.does("leader2", f"/me/calls/{calls[2]}/roll", {"marks": safe(3)})
        story.does("leader3", f"/me/calls/{calls[3]}/roll", {"marks": safe(2)})
        roll = item(story, f"roll/{incident}")
        assert (roll["counts"], roll["closed_ms"] is not None) == ({"hurt": 1, "safe": 8}, True)

        # names and what was said are on no board; opened, they are recorded
        assert "canary" not in str(story.house.screens.picture_of("board/990101/duty"))
        opened = story.does("bo", f"/calls/{calls[1]}/crew")
        assert opened["sealed"]["names"] == ["甲canary", "乙canary"]
        assert opened["sealed"]["told"][-1]["words"] == INJURY
        assert opened["events"][0]["name"] == "sealed.opened"
        assert story.call("cy", "POST", f"/calls/{calls[1]}/crew", {}).status_code == 404
        code = story.call("bo", "GET", f"/calls/{calls[1]}/qr")
        assert (code.status_code, code.headers["content-type"]) == (200, "image/svg+xml")


def test_stood_down_in_the_middle_the_roll_says_so_and_the_next_waits_for_who_is_not_home(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident, calls = night(story)
        story.does("bo", f"/incidents/{incident}/roll", {"due_min": 5})
        story.does("leader1", f"/me/calls/{calls[1]}/roll", {"marks": safe(4)})
        story.does("bo", f"/mobilizations/m-{incident}/stand_down", {})
        assert item(story, f"roll/{incident}")["counts"] == {"returning": 5, "safe": 4}
        assert "lon" not in story.sees("leader2", "/me")[f"call/{calls[2]}"]
        assert story.sees("leader2", "/me")[f"call/{calls[2]}"]["crew"][0]["state"] == "returning"
        story.does("leader2", f"/me/calls/{calls[2]}/progress", {"did": "released"})
        assert item(story, f"roll/{incident}")["counts"] == {"left": 3, "returning": 2, "safe": 4}
        assert "crew" not in story.sees("leader2", "/me")[f"call/{calls[2]}"]
        story.fast_forward(300)
        assert item(story, f"roll/{incident}")["closed_ms"] is not None
        story.does("bo", f"/incidents/{incident}/roll")
        assert item(story, f"roll/{incident}")["counts"] == {"waiting": 6}
        assert story.call("bo", "POST", f"/incidents/{incident}/roll/close", {}).json()["code"] == "roll.reason"
        story.does("bo", f"/incidents/{incident}/roll/close", {"reason": "家属确认到家"})


@pytest.mark.parametrize("on_task", [True, False])
def test_an_sos_reaches_the_lead_goes_up_is_taken_with_its_place_and_ends_in_words(tmp_path: Path, on_task: bool) -> None:
    with told(tmp_path) as story:
        if on_task:
            night(story)
        with story.socket("bo") as desk:
            desk.receive_json()
            desk.send_json({"type": "follow", "topic": "board/990101/duty"})
            assert desk.receive_json()["type"] == "snapshot"
            story.does("leader1", "/me/sos", {"lon": 111.051234, "lat": 30.051234, "accuracy_m": 12})
            assert any("sos/p1" in desk.receive_json().get("put", {}) for _ in range(3))
        alarm = item(story, "sos/p1")
        assert (alarm["alarm"], [each["division"] for each in alarm["to"]]) == (True, ["990101"])
        assert "111.051234" not in str(story.house.screens.picture_of("board/990101/duty"))
        assert item(story, "sos/p1", "990102") is None
        story.fast_forward(60)
        assert [each["division"] for each in item(story, "sos/p1", "9901")["to"]] == ["990101", "9901"]
        taken = story.does("bo", "/sos/p1/take")
        assert (taken["sealed"]["lon"], taken["sealed"]["name"]) == (111.051234, "王1")
        assert story.call("ana", "POST", "/sos/p1/take", {}).json()["code"] == "sos.taken"
        assert story.sees("leader1", "/me")["self"]["sos"]["taken_post"] == "云城区"
        story.does("bo", "/sos/p1/resolve", {"words": "已送医"})
        assert item(story, "sos/p1") is None
        assert story.sees("leader1", "/me")["self"]["sos"] is None
        assert "sealed.opened" in {record.name for record in story.house.realm.log.after(0, 9_999)}


def test_orders_are_receipted_by_tap_and_by_telephone_and_the_silent_are_overdue(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident, calls = night(story)
        order = story.does("bo", f"/incidents/{incident}/orders", {"kind": "withdraw", "words": WORDS})["order"]
        mine = story.sees("leader1", "/me")[f"call/{calls[1]}"]["orders"]
        assert [(each["kind"], each["words"], each["said"]) for each in mine] == [("withdraw", WORDS, "")]
        assert WORDS not in str(story.house.screens.picture_of("board/990101/duty"))
        story.does("leader1", f"/me/calls/{calls[1]}/orders/{order}", {"receipt": "received"})
        story.does("bo", f"/orders/{order}/noted", {"call": calls[2], "receipt": "cannot", "said_by": "本人", "reason": "路断"})
        story.fast_forward(180)
        said = {each["call"]: (each["said"], each["overdue"]) for each in item(story, f"order/{order}")["receipts"]}
        assert said == {calls[1]: ("received", False), calls[2]: ("cannot", False), calls[3]: ("", True)}
        story.does("leader1", f"/me/calls/{calls[1]}/orders/{order}", {"receipt": "done"})
        assert story.does("bo", f"/orders/{order}/sealed")["sealed"]["words"] == WORDS


def test_a_danger_with_a_photo_reaches_the_desk_and_the_crew_sees_that_it_was_read(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident, calls = night(story)
        danger = story.does("leader1", f"/me/calls/{calls[1]}/dangers", {"kind": "water", "words": HOME})["danger"]
        headers = {"cookie": story._cookies["leader1"], "command-id": story.new_id()}
        sent = [story.client.post(f"/api/v1/me/dangers/{danger}/photos", content=photo(), headers=headers) for _ in range(2)]
        assert [answer.status_code for answer in sent] == [201, 201], "the same picture sent again is the same photo"
        story.settle()
        shown = item(story, f"danger/{danger}")
        assert (shown["kind"], len(shown["photos"]), shown["acknowledged_ms"]) == ("water", 1, None)
        assert HOME not in str(story.house.screens.picture_of("board/990101/duty"))
        picture = story.call("bo", "GET", f"/incidents/{incident}/photos/{shown['photos'][0]}")
        assert (picture.status_code, b"canary" in picture.content) == (200, False)
        assert story.does("bo", f"/dangers/{danger}/sealed")["sealed"]["words"] == HOME
        story.does("bo", f"/dangers/{danger}/acknowledge")
        assert story.sees("leader1", "/me")[f"call/{calls[1]}"]["dangers"][0]["read"] is True


def test_the_way_is_for_who_has_a_seat_in_every_datum(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        _, calls = night(story)
        way = story.sees("leader1", f"/me/calls/{calls[1]}/route")
        assert way["source"] == "straight_line"
        assert way["line"][-1] == [111.05, 30.05]
        assert [leg["turn"] for leg in way["legs"]] == ["start"]
        gcj = way["places"]["gcj02"]
        assert (way["places"]["wgs84"], 0.003 < gcj[0] - 111.05 < 0.01) == ([111.05, 30.05], True)
        assert story.call("leader2", "GET", f"/me/calls/{calls[1]}/route").json()["code"] == "call.not_yours"
        story.does("leader1", f"/me/calls/{calls[1]}/progress", {"did": "released"})
        assert story.call("leader1", "GET", f"/me/calls/{calls[1]}/route").json()["code"] == "call.not_seated"


def test_a_crew_that_rings_up_is_noted_with_its_number_and_its_sos_rings(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        _, calls = night(story)
        said = {"said_by": "副队长", "on_known": True, "words": INJURY}
        danger = story.does("bo", f"/calls/{calls[1]}/dangers", {"kind": "water"} | said)["danger"]
        assert item(story, f"danger/{danger}")["noted_by"]
        opened = story.does("bo", f"/dangers/{danger}/sealed")["sealed"]
        assert opened == {"words": INJURY, "said_by": "副队长", "said_on": "19900000001"}
        story.does("bo", "/people/p1/sos", said | {"call": calls[1]})
        alarm = item(story, "sos/p1")
        assert (alarm["alarm"], alarm["call"], alarm["lon"], bool(alarm["noted_by"])) == (True, calls[1], None, True)
        assert INJURY not in str(story.house.screens.picture_of("board/990101/duty"))
        taken = story.does("bo", "/sos/p1/take")["sealed"]
        assert (taken["words"], taken["said_by"], taken["said_on"]) == (INJURY, "副队长", "19900000001")
        assert story.call("bo", "POST", "/people/p1/sos", {"words": "谁说的没写"}).status_code == 422
