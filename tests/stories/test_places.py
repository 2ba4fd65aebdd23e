"""Where it is, at 03:10: found by a few letters, known by its township only, put right later; who knows of it; what may be the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.told import NEED, Teller, told
from web_console.gazetteer import Gazetteer
from web_console.spelling import reach, ways_of

POINT = {"lon": 111.05, "lat": 30.05}


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def taken(story: Teller, place: dict[str, Any], who: str = "bo", **more: Any) -> str:
    body = {"category": "20700", "severity": 4, "needs": [NEED], "order": True, "place": place}
    return str(story.does(who, "/incidents", body | more)["incident"])


def one_says_yes(story: Teller, incident: str) -> int:
    """The number of a leader who was called, and comes."""
    number = int(story.board(incident)["calls"][0]["person"][1:])
    story.answer(number)
    return number


def call_of(story: Teller, number: int) -> dict[str, Any]:
    items: dict[str, dict[str, Any]] = story.sees(f"leader{number}", "/me")
    return next(each for name, each in items.items() if name.startswith("call/"))


@pytest.mark.parametrize("word", ["长坝", "changba", "zhangba", "cb", "长b", "changb", "chba", "CB", "cbz"])
def test_a_name_is_typed_in_many_ways(word: str) -> None:
    assert reach(ways_of("长坝镇"), 0, word.casefold())


def test_the_search_ranks_the_same_each_time_and_keeps_within_the_division() -> None:
    names = {"9901": "云江市", "990101": "长坝县", "990101001": "长坝镇", "990101001001": "长坝村", "990102": "大长坝县"}
    found = Gazetteer(names, places=(), stations=(), teams=())
    assert [each.id for each in found.find("cb", within="9901", limit=9)] == ["990101", "990101001", "990101001001", "990102"]
    assert [each.id for each in found.find("changbazhen", within="9901", limit=9)] == ["990101001"]
    assert [each.id for each in found.find("cb", within="990102", limit=9)] == ["990102"]
    assert [each.id for each in found.find("cbx 长坝村", within="9901", limit=9)] == ["990101001001"]
    assert [each.id for each in found.find("", within="9901", limit=9)] == ["990101001"]
    assert [each.id for each in found.find("大长坝县桥头", within="9901", limit=9)] == ["990102", "990101"]
    assert [each.id for each in found.find("长坝镇桥头那边", within="9901", limit=9)] == ["990101001"]
    assert found.find("桥头那边", within="9901", limit=9) == []


def test_one_search_finds_divisions_stations_teams_and_saved_places(story: Teller) -> None:
    story.does("bo", "/places", {"name": "江滨中学"} | POINT)
    assert [each["kind"] for each in story.sees("bo", "/places?q=jb")] == ["township", "saved", "station"]
    assert story.sees("bo", "/places?q=jbzx")[0] | POINT == story.sees("bo", "/places?q=jbzx")[0]
    assert story.sees("bo", "/places?q=jjyid")[:1] == []
    assert [each["id"] for each in story.sees("bo", "/places?q=jj1d")] == ["t1"]
    assert story.sees("cy", "/places?q=jb") == []
    assert [each["id"] for each in story.sees("bo", "/places?q=jb&kind=station")] == ["s1"]
    assert [each["id"] for each in story.sees("ana", "/places?kind=station")] == ["s1", "s2"], "without a word the first of them"
    assert story.call("bo", "GET", "/places?kind=bridge").json()["code"] == "body.field"
    assert (
        story.call("bo", "POST", "/places", {"name": "远处", "lon": 111.3, "lat": 30.05}).json()["code"] == "authority.division"
    )


def test_of_a_township_alone_nobody_is_shown_a_place(story: Teller) -> None:
    located = story.sees("bo", "/locate?division=990101001")
    assert (located["only"], located["point_from"], located["township_chosen"]) == ("990101001", "boundary", "by_hand")
    incident = taken(story, {"division": "990101001"})
    item = story.board(incident)["incident"]
    assert (item["only"], item["exact"], item["stations"]) == ("990101001", False, [])
    assert all(call["approximate"] for call in story.board(incident)["calls"])
    who = one_says_yes(story, incident)
    mine = call_of(story, who)
    assert (mine["state"], mine["point_known"]) == ("accepted", False)
    assert "lon" not in mine
    assert story.call(f"leader{who}", "GET", f"/me/calls/{mine['id']}/route").json()["code"] == "place.pending"


def test_the_place_is_set_later_and_everyone_who_comes_is_told(story: Teller) -> None:
    incident = taken(story, {"division": "990101"}, report={"words": "桥下", "phone": "13800000000"})
    who = one_says_yes(story, incident)
    story.fast_forward(5)
    before = story.board(incident)
    seen = before["incident"]["changed_at"]
    private = {"lon": 111.0512, "lat": 30.0512, "private_home": True, "address": "三巷5号"}
    story.does("bo", f"/incidents/{incident}/place", {"place": private, "screen_position": seen})
    mine = call_of(story, who)
    assert (mine["lon"], mine["lat"], mine["address"], mine["words"]) == (111.0512, 30.0512, "三巷5号", "桥下")
    assert mine["placed_ms"]
    late = story.call("ana", "POST", f"/incidents/{incident}/place", {"place": POINT, "screen_position": seen})
    assert late.json()["code"] == "stale"
    now = story.board(incident)
    assert [each["travel_s"] for each in now["calls"]] == [each["travel_s"] for each in before["calls"]]
    assert (now["incident"]["only"], now["incident"]["township_chosen"]) == (None, "by_fence")
    story.does("bo", f"/incidents/{incident}/place", {"place": POINT, "screen_position": now["incident"]["changed_at"]})
    mine = call_of(story, who)
    assert (mine["lon"], mine["address"]) == (111.05, "三巷5号")
    opened = story.does("bo", f"/incidents/{incident}/sealed")["sealed"]
    assert (opened["words"], "exact_lon" in opened) == ("桥下", False)


def test_over_the_border_a_post_above_moves_it_and_the_default_lead_goes_along(story: Teller) -> None:
    incident = taken(story, {"division": "990101"}, order=False, verify=True)
    there = {"place": {"lon": 111.25, "lat": 30.05}}
    seen = story.board(incident)["incident"]["changed_at"]
    refused = story.call("bo", "POST", f"/incidents/{incident}/place", there | {"screen_position": seen})
    assert refused.json()["code"] == "authority.division"
    with story.socket("bo") as old, story.socket("cy") as new:
        for desk, post in ((old, "990101"), (new, "990102")):
            desk.receive_json()
            desk.send_json({"type": "follow", "topic": f"board/{post}/duty"})
            desk.receive_json()
        story.does("ana", f"/incidents/{incident}/place", there | {"screen_position": seen})
        assert f"incident/{incident}" in old.receive_json()["drop"]
        assert f"incident/{incident}" in new.receive_json()["put"]
    assert story.board(incident, "cy")["incident"]["lead"]["division"] == "990102"


def test_a_lead_that_was_taken_stays(story: Teller) -> None:
    incident = taken(story, POINT, order=False, verify=True)
    order = {"body": "市防指", "oral": True}
    story.does("ana", f"/incidents/{incident}/lead", {"act": "take_over", "by_order": order})
    seen = story.board(incident)["incident"]["changed_at"]
    body = {"place": {"lon": 111.06, "lat": 30.05}, "screen_position": seen}
    assert story.call("bo", "POST", f"/incidents/{incident}/place", body).json()["code"] == "authority.lead"
    story.does("ana", f"/incidents/{incident}/place", body)
    assert story.board(incident)["incident"]["lead"]["division"] == "9901"


def test_who_outside_knows_of_it_is_told_once(story: Teller) -> None:
    incident = taken(story, POINT, report={"informed": ["119"]})
    story.does("bo", f"/incidents/{incident}/informed", {"services": ["120", "119"]})
    told_of = story.board(incident)["incident"]["informed"]
    assert [(each["service"], each["by"]) for each in told_of] == [("119", "李江"), ("120", "李江")]


def test_what_may_be_the_same_is_shown_without_the_number(story: Teller) -> None:
    first = taken(story, {"division": "990101001"}, order=False, report={"phone": "138 0000 0000"})

    def found(**typed: Any) -> list[tuple[str, Any, bool]]:
        similar = story.does("bo", "/proposal", typed)["similar"]
        return [(each["id"], each["distance_m"], each["same_number"]) for each in similar]

    assert found(place=POINT) == [(first, None, False)]
    assert found(place=POINT, category="20700") == [(first, None, False)]
    assert found(place=POINT, category="10102") == []
    assert found(phone="+8613800000000") == [(first, None, True)]
    assert found(phone="138") == []
    assert found(place={"lon": 111.05, "lat": 30.15}, category="20700") == []
    assert "13800000000" not in story.call("bo", "POST", "/proposal", {"phone": "13800000000"}).text
    assert story.does("cy", "/proposal", {"phone": "13800000000"})["similar"] == []


def test_where_no_township_has_a_boundary_it_is_not_known_and_chosen_by_hand(story: Teller) -> None:
    read = story.house.catalogue._shapes._read
    story.house.catalogue._shapes._read = lambda: {code: shape for code, shape in read().items() if len(code) < 9}
    story.house.catalogue.renew()
    found = story.sees("bo", "/locate?lon=111.05&lat=30.05")
    assert [step["code"] for step in found["path"]] == ["9901", "990101"]
    assert found["township_chosen"] == "not_known", "never the nearest, never one made up"
    chosen = story.board(taken(story, {**POINT, "township": "990101001"}))["incident"]
    assert [step["code"] for step in chosen["path"]] == ["9901", "990101", "990101001"]
    assert chosen["township_chosen"] == "by_hand"
    other = {"category": "20700", "severity": 4, "needs": [NEED], "order": True, "place": {**POINT, "township": "990102100"}}
    assert story.call("bo", "POST", "/incidents", other).json()["code"] == "place.township", "of another county"
