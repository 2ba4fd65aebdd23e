"""A large screen on a wall: a link that shows no people, runs out, and ends at once when it leaked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession

from tests.stories.told import Teller, told

SECRETS = ("赵小燕", "13912345678", "三楼有老人", "文昌里12号楼", "王1", "王*", "p1", "111.0537", "急救1队")


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def _open(story: Teller, token: str) -> Any:
    return story.client.post("/api/v1/wall/session", json={"token": token})


def _screen(story: Teller, token: str) -> dict[str, str]:
    answer = _open(story, token)
    assert answer.status_code == 200, answer.text
    cookie = answer.headers["set-cookie"].partition(";")[0]
    story.client.cookies.clear()
    return {"cookie": cookie}


def _next(socket: WebSocketTestSession, kind: str) -> tuple[str, dict[str, Any]]:
    """The next frame of a kind, as text and as read."""
    while True:
        found = socket.receive_json()
        if found["type"] == kind:
            return str(found), found


def test_a_wall_shows_incidents_and_sums_and_nobody(story: Teller) -> None:
    place = {"lon": 111.0537, "lat": 30.0541, "private_home": True, "address": "文昌里12号楼"}
    report = {"caller": "赵小燕", "phone": "13912345678", "words": "三楼有老人"}
    incident = story.raise_fire(place=place, report=report)
    made = story.does("bo", "/walls", {"place": "值班室东墙", "hours": 8})
    with story.client.websocket_connect("/api/v1/wall/feed", headers=_screen(story, made["token"])) as socket:
        _next(socket, "hello")
        socket.send_json({"type": "follow", "topic": "board/990101/wall"})
        text, found = _next(socket, "snapshot")
        assert set(found["items"]) == {f"incident/{incident}", "forces/all"}
        assert found["items"]["forces/all"] == {"teams": 5, "states": {"available": 1, "called": 4}}
        story.answer(3, heads=3)
        more, changed = _next(socket, "diff")
        assert changed["put"][f"incident/{incident}"]["needs"][0]["promised"] == 3
        assert not [secret for secret in SECRETS if secret in text + more]
        for topic in ("board/990101/duty", "board/9901/wall", "me/p1"):
            socket.send_json({"type": "follow", "topic": topic})
            assert _next(socket, "refused")[1]["code"] == "topic.forbidden"


def test_a_leaked_link_shows_nothing_more_from_the_moment_it_is_revoked(story: Teller) -> None:
    made = story.does("ana", "/walls", {"place": "大厅"})
    screen = _screen(story, made["token"])
    with story.client.websocket_connect("/api/v1/wall/feed", headers=screen) as socket:
        _next(socket, "hello")
        story.does("ana", f"/walls/{made['id']}/revoke")
        assert _next(socket, "bye")[1]["code"] == 4401
    assert _open(story, made["token"]).json()["code"] == "wall.over"
    assert story.client.get("/api/v1/map", headers=screen).status_code == 401
    listed = story.sees("ana", "/walls")
    assert [(each["place"], each["made_by"], each["revoked_ms"] is not None) for each in listed] == [("大厅", "周敏", True)]
    assert made["token"] not in str(listed)


def test_a_link_runs_out_by_itself_and_opens_the_base_map_only(story: Teller) -> None:
    made = story.does("bo", "/walls", {"place": "大厅", "hours": 1})
    screen = _screen(story, made["token"])
    assert story.client.get("/api/v1/map", headers=screen).status_code == 200
    for path in ("/session", "/walls", "/divisions", "/incidents/i1"):
        assert story.client.get(f"/api/v1{path}", headers=screen).status_code == 401, path
    story.fast_forward(3_601)
    assert _open(story, made["token"]).json()["code"] == "wall.over"


def test_a_county_gives_links_to_its_own_boards_and_a_township_none(story: Teller) -> None:
    asked = story.call("bo", "POST", "/walls", {"place": "大厅", "division": "990102"})
    assert asked.json()["code"] == "division.unknown"
    assert story.call("di", "POST", "/walls", {"place": "大厅"}).json()["code"] == "wall.tier"
    made = story.does("ana", "/walls", {"place": "大厅"})
    assert story.sees("bo", "/walls") == []
    assert story.call("bo", "POST", f"/walls/{made['id']}/revoke", {}).json()["code"] == "wall.unknown"
