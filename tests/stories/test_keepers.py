"""The keeper of a station: sees what happens in the township and around the station, nobody's data, and commands nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command.tiers.imports import Where, import_officers, import_stations
from mobilization.imports import import_teams
from tests.stories.told import Teller, told
from tests.town import ELSEWHERE, PASSWORD

HERE = "board/s3/keeper"
OVER_THE_BORDER = (111.05, 30.101)
"""In the next township, inside the circle of the station s3 on this side."""
ACROSS = (111.09, 30.19)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    """With one more station in the north of the township, its team t7, and its keeper."""
    with told(tmp_path) as teller:
        rows, where = tmp_path / "more.csv", Where(lambda lon, lat: (lon, lat))
        rows.write_text("id,name,tier,division,lon,lat\ns3,北站,station,990101001,111.05,30.095\n", "utf-8")
        assert import_stations(teller.house.registry, rows, where=where).bad == []
        rows.write_text("id,name,speciality,station,minimum_crew,size,leader\nt7,北站急救队,FIRST_AID,s3,1,4,p12\n", "utf-8")
        assert import_teams(teller.house.registry, rows, where=where).bad == []
        rows.write_text("id,name,role,post,station\nke,吴站长,keeper,990101001,s3\nko,郑某,keeper,990101001,s9\n", "utf-8")
        assert [bad.code for bad in import_officers(teller.house.registry, rows).bad] == ["row.unknown_station"]
        teller.house.accounts.add("ke", kind="officer", subject="ke", password=PASSWORD)
        teller.settle()
        yield teller


def followed(story: Teller, who: str, topic: str) -> dict[str, Any]:
    with story.socket(who) as socket:
        assert socket.receive_json()["type"] == "hello"
        socket.send_json({"type": "follow", "topic": topic})
        frame: dict[str, Any] = socket.receive_json()
    return frame


def test_a_keeper_sees_the_township_the_circle_and_the_calls_of_the_stations_teams(story: Teller) -> None:
    secret = {"caller": "赵甲", "phone": "13900001111", "words": "三楼有人"}
    near = story.raise_fire(report=secret)
    over = story.raise_fire(at=OVER_THE_BORDER, order=False)
    across = story.raise_fire(at=ACROSS, order=False)
    elsewhere = story.raise_fire("cy", at=ELSEWHERE, order=False)
    assert story.sees("ke", "/session")["topics"] == [HERE]
    frame = followed(story, "ke", HERE)
    assert set(frame["items"]) == {f"incident/{near}", f"incident/{over}"}
    assert {across, elsewhere}.isdisjoint(item["id"] for item in frame["items"].values())
    assert not any(word in repr(frame) for word in ("赵甲", "1390000", "三楼", "王", "person"))
    there = story.raise_fire(at=OVER_THE_BORDER)
    frame = followed(story, "ke", HERE)
    calls = [item for name, item in frame["items"].items() if name.startswith("call/")]
    assert [(call["team"], call["incident"], call["person_label"]) for call in calls] == [("t7", there, "王*")]
    assert frame["items"][f"incident/{near}"]["needs"][0]["open"] > 0
    assert followed(story, "bo", HERE)["items"] == frame["items"]


def test_a_keepers_board_is_live(story: Teller) -> None:
    with story.socket("ke") as socket:
        socket.receive_json()
        socket.send_json({"type": "follow", "topic": HERE})
        assert socket.receive_json()["items"] == {}
        incident = story.raise_fire()
        frame = socket.receive_json()
        assert list(frame["put"]) == [f"incident/{incident}"]
        over = story.raise_fire(at=OVER_THE_BORDER, order=False)
        while f"incident/{over}" not in frame["put"]:
            frame = socket.receive_json()
        story.raise_fire(at=OVER_THE_BORDER)
        while not any(name.startswith("call/") for name in frame["put"]):
            frame = socket.receive_json()


@pytest.mark.parametrize(
    "topic",
    ["board/990101001/duty", "board/990101001/keeper", "board/s1/keeper", "board/990101001/wall", "me/p1", "board//keeper"],
)
def test_a_keeper_follows_nothing_else(story: Teller, topic: str) -> None:
    assert followed(story, "ke", topic)["code"] == "topic.forbidden"


def test_a_keeper_commands_nothing_and_opens_nothing(story: Teller) -> None:
    incident = story.raise_fire()
    call = story.board(incident)["calls"][0]["id"]
    changes: list[tuple[str, dict[str, object]]] = [
        (f"/incidents/{incident}/sealed", {}), (f"/incidents/{incident}/close", {}), (f"/mobilizations/m-{incident}/wave", {}),
        (f"/mobilizations/m-{incident}/stand_down", {}), (f"/calls/{call}/noted", {"did": "accept", "said_by": "x"}),
        ("/people/p1/availability", {"availability": "off_duty"}),
    ]  # fmt: skip
    position = story.house.core.position
    for path, body in changes:
        assert story.call("ke", "POST", path, body).json()["code"] == "session.role", path
    for path in (f"/incidents/{incident}", f"/incidents/{incident}/why", f"/incidents/{incident}/why/1"):
        assert story.call("ke", "GET", path).json()["code"] == "session.role", path
    assert story.house.core.position == position
