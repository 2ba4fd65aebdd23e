"""An exercise beside the live realm: one tap leads in, cookies are apart, real work takes out, a deleted one says so calmly."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.websockets import WebSocketDisconnect

from command.tiers.imports import import_officers
from drills.conduct import StopDrill
from tests.exercises.beside import Beside, beside
from tests.exercises.kit import HOUR_MS, WHOLE, agree, made, plan, scenario
from tests.town import PASSWORD
from web_console.exercises.preparing import CLOSING


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Beside]:
    with beside(tmp_path) as told:
        yield told


def test_nothing_is_said_before_it_begins_and_then_only_to_those_in_it(story: Beside) -> None:
    assert story.live.sees("leader1", "/me/exercises") == []
    assert story.live.call("leader1", "POST", "/me/exercises/x1/enter", {}).json()["code"] == "exercise.not_yours"
    assert [each["id"] for each in story.live.sees("bo", "/exercises")] == ["x1"], "its officers make ready"
    story.pass_time(3_600)
    assert [each["zh"] for each in story.live.sees("leader1", "/me/exercises")] == ["居民楼火灾拉动"]
    assert story.live.sees("leader3", "/me/exercises") == []
    assert story.live.call("leader3", "POST", "/me/exercises/x1/enter", {}).status_code == 403
    assert story.live.call("cy", "POST", "/exercises/x1/enter", {}).status_code == 403


def test_one_without_notice_is_known_beforehand_to_its_trainers_alone(tmp_path: Path) -> None:
    with beside(tmp_path) as story:
        rows = tmp_path / "trainers.csv"
        rows.write_text("id,name,role,post\ntr,导调员,trainer,9901\n", "utf-8")
        assert import_officers(story.live.house.registry, rows).bad == []
        story.live.house.accounts.add("tr", kind="officer", subject="tr", password=PASSWORD)
        story.live.settle()
        agree(story.live, 3)
        secret = plan(story.live, name="x2", officers=("bo", "tr"), scenario=scenario(no_notice=True), notice=WHOLE)
        made(story.live, secret, seed=11)
        story.settle()
        assert [each["id"] for each in story.live.sees("bo", "/exercises")] == ["x1"]
        assert story.live.call("bo", "POST", "/exercises/x2/enter", {}).status_code == 403
        assert [each["id"] for each in story.live.sees("tr", "/exercises")] == ["x2"]
        answer = story.live.call("tr", "POST", "/exercises/x2/enter", {})
        assert answer.json()["path"] == "/x/x2/trainer"
        cookie = answer.headers["set-cookie"].partition(";")[0]
        shown = story.live.client.get("/x/x2/api/v1/drill", headers={"cookie": cookie})
        assert shown.status_code == 200
        assert [each["no"] for each in shown.json()["injects"]] == [1]
        story.pass_time(3_600)
        assert [each["id"] for each in story.live.sees("bo", "/exercises")] == ["x1", "x2"]


def test_one_tap_leads_in_and_neither_realm_knows_the_others_sign_in(story: Beside) -> None:
    story.pass_time(3_600)
    assert story.enter("leader1") == "/x/x1/phone"
    assert story.enter("bo") == "/x/x1/"
    assert story.call("leader1", "GET", "/me/session").json()["realm"]["kind"] == "drill"
    page = story.live.client.get("/x/x1/phone")
    assert page.status_code in (200, 503), "built or not"
    assert story.live.client.get("/x/x1/healthz").headers["cache-control"] == "no-store"
    there, here = story._cookies["leader1"], story.live._cookies["leader1"]
    for path, cookie in (("/api/v1/me/session", there), ("/x/x1/api/v1/me/session", here)):
        assert story.live.client.get(path, headers={"cookie": cookie}).status_code == 401
    story.raise_fire()
    assert [each["state"] for each in story.calls_of("leader1")] == ["open"]
    assert story.live.open_calls(1) == []
    assert any("演练" in text for _, text in story.sent.messages)


def test_real_work_takes_a_person_out_at_once(story: Beside) -> None:
    story.pass_time(3_600)
    story.enter("leader1")
    story.enter("bo")
    fire = story.raise_fire()
    call = story.calls_of("leader1")[0]["id"]
    assert story.call("leader1", "POST", f"/me/calls/{call}/answer", {"answer": "accept", "heads": 1}).status_code == 200
    assert story.call("bo", "GET", f"/incidents/{fire}").json()["incident"]["needs"][0]["promised"] == 1

    real = story.live.raise_fire("bo")
    story.pass_time(1)
    assert [each["state"] for each in story.calls_of("leader1")] == ["stood_down"]
    assert story.call("leader1", "GET", "/me").json()["self"]["availability"] == "away"
    board = story.call("bo", "GET", f"/incidents/{fire}").json()
    assert board["incident"]["needs"][0]["promised"] == 0
    lines = [item for name, item in story.house.screens.picture_of("board/990101/duty").items() if name.startswith("line/")]
    assert "call.called_away" in [line["name"] for line in lines], "crews and desk see it"
    assert "call.answered" not in [line["name"] for line in lines if line["facts"].get("answer") == "decline"], (
        "it was no refusal"
    )
    assert story.live.sees("leader1", "/me/exercises") == []
    names = [record.name for record in story.house.realm.log.after(0, 1 << 40)]
    assert names.count("person.called_to_real_work") == 2, "both leaders are called in earnest, each once"
    story.pass_time(300)
    assert story.calls_of("leader1")[0]["state"] == "stood_down"
    assert len(story.calls_of("leader1")) == 1, "nobody fetches them back"
    story.live.does("bo", f"/mobilizations/m-{real}/stand_down", {"reason": "enough"})
    story.settle()
    assert story.live.sees("leader1", "/me/exercises") == []


def test_who_takes_consent_back_is_out_as_well(story: Beside) -> None:
    story.pass_time(3_600)
    story.enter("leader1")
    story.enter("bo")
    story.raise_fire()
    story.live.does("leader1", "/me/consent/withdraw")
    story.settle()
    assert [each["state"] for each in story.calls_of("leader1")] == ["stood_down"]
    state = story.exercises.get("x1").drill.taken_out
    assert dict(state) == {"p1": "withdrew"}


def test_the_words_that_stop_it_reach_every_page_at_once(story: Beside) -> None:
    story.pass_time(3_600)
    story.enter("leader1")
    story.enter("bo")
    story.raise_fire()
    client = story.live.client
    with client.websocket_connect("/x/x1/api/v1/me/feed", headers={"cookie": story._cookies["leader1"]}) as socket:
        assert socket.receive_json()["drill"]["over"] == ""

        async def stop() -> None:
            await story.house.ask(StopDrill(words="演练中止！转入真实处置！"), actor="officer:bo")

        assert client.portal is not None
        client.portal.call(stop)
        story.settle()
        while True:
            frame = socket.receive_json()
            if frame["type"] == "beat":
                break
        assert frame["drill"]["over"] == "stopped"
    assert [each["state"] for each in story.calls_of("leader1")] == ["stood_down"]


def test_who_took_part_is_proposed_and_entered_by_an_officer_alone(story: Beside) -> None:
    story.pass_time(3_600)
    story.enter("leader1")
    story.enter("bo")
    story.raise_fire()
    call = story.calls_of("leader1")[0]["id"]
    for did in ("set_out", "arrived"):
        story.call("leader1", "POST", f"/me/calls/{call}/answer", {"answer": "accept", "heads": 1})
        assert story.call("leader1", "POST", f"/me/calls/{call}/progress", {"did": did}).status_code == 200
    assert story.live.sees("bo", "/training") == []
    story.pass_time(3_700)
    assert story.exercises.get("x1").drill.is_over
    story.settle()
    found = story.live.sees("bo", "/training")
    assert [(each["exercise"], each["minutes"]) for each in found] == [("x1", 60)]
    assert found[0]["attended"] == [{"person": "p1", "signed_in": True, "answered": True, "arrived": True, "label": "王*"}]
    assert story.live.sees("cy", "/training") == []
    before = story.live.house.screens.picture_of("board/990101/duty")
    assert story.live.call("cy", "POST", "/training/x1", {"people": ["p1"]}).status_code == 403
    assert story.live.call("bo", "POST", "/training/x1", {"people": ["p2"]}).json()["code"] == "training.not_proposed"
    story.live.does("bo", "/training/x1", {"people": ["p1"]})
    assert story.live.call("bo", "POST", "/training/x1", {"people": ["p1"]}).json()["code"] == "training.recorded"
    assert story.live.sees("bo", "/training") == []
    assert story.live.house.screens.picture_of("board/990101/duty") == before, "no figure, no hour, no team is another"
    records = [record.name for record in story.live.house.realm.log.after(0, 1 << 40)]
    assert [name for name in records if name.startswith(("exercise.", "training."))] == [
        "exercise.consented", "exercise.consented", "exercise.enrolled", "training.proposed", "training.recorded",
    ]  # fmt: skip


@pytest.mark.parametrize("way", ["dropped", "removed"])
def test_one_that_is_deleted_while_watched_says_so_once(story: Beside, way: str) -> None:
    story.pass_time(3_600)
    story.enter("leader1")
    client, folder = story.live.client, story.house.realm.folder.path
    with client.websocket_connect("/x/x1/api/v1/me/feed", headers={"cookie": story._cookies["leader1"]}) as socket:
        assert socket.receive_json()["type"] == "hello"
        (folder / CLOSING).touch() if way == "dropped" else shutil.rmtree(folder)
        story.settle()
        codes = []
        with pytest.raises(WebSocketDisconnect) as ended:
            while True:
                frame = socket.receive_json()
                codes += [frame["code"]] if frame["type"] == "bye" else []
        assert (codes, ended.value.code) == ([4404], 4404)
    assert not folder.exists()
    with client.websocket_connect("/x/x1/api/v1/me/feed") as again:
        assert again.receive_json() == {"type": "bye", "code": 4404}
    answer = client.get("/x/x1/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (410, "exercise.gone")
    page = client.get("/x/x1/phone")
    assert page.status_code == 410
    assert "这场演练已结束或已删除" in page.text
    assert "href='/phone'" in page.text
    assert story.live.sees("leader1", "/me")["self"]["person"] == "p1", "the live realm goes on"


def test_a_restart_of_the_server_ends_no_exercise(tmp_path: Path) -> None:
    with beside(tmp_path) as told:
        told.pass_time(3_600)
        assert told.exercises.held
        folder = told.house.realm.folder.path
    assert folder.exists()
    assert HOUR_MS
