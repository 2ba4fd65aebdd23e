"""Trainers stop, file and delete exercises from their page of the live realm; whoever sits at a desk stops one, and its safety officer."""

import io
import zipfile
from urllib.parse import quote

import pytest

from command.core.errors import Refused
from mobilization.training import Exercise
from tests.exercises.beside import Beside
from tests.exercises.by_page import TOLD, WORDS, asks, body_of, prepares, rows, story
from tests.exercises.kit import HOUR_MS
from web_console.exercises import serving
from web_console.exercises.serving import KEPT_MS

__all__ = ["story"]


def test_stopped_from_the_live_page_in_the_officers_name(story: Beside) -> None:
    prepares(story)
    story.pass_time(3_600)
    story.enter("leader1")
    story.enter("bo")
    story.raise_fire()
    id_ = story.live.new_id()
    assert asks(story, "tr", "/x1/delete", {}).json()["code"] == "exercise.is_on"
    assert asks(story, "tr", "/x1/file", {}).json()["code"] == "exercise.not_over"
    for _ in range(2):
        answer = asks(story, "tr", "/x1/stop", {"words": WORDS}, id_=id_)
        assert answer.status_code == 200, answer.text
        story.settle()
    assert [each["state"] for each in story.calls_of("leader1")] == ["stood_down"]
    stops = [record for record in story.house.realm.log.after(0, 1 << 40) if record.name == "drill.stopped"]
    assert [each.actor for each in stops] == ["officer:tr"]
    assert (rows(story)["x1"]["state"], rows(story)["x1"]["stopped_by"]) == ("stopped", "导调员")
    assert asks(story, "tr", "/x1/stop", {"words": WORDS}).json()["code"] == "drill.over"


def test_whoever_sits_at_a_desk_may_stop_it_and_who_it_was_stays(story: Beside) -> None:
    prepares(story, officers=["bo", "ob"])
    story.pass_time(3_600)
    for who in ("bo", "ob", "leader1"):
        story.enter(who)
    assert story.call("bo", "GET", "/session").json()["plays"] == {
        "follows": False,
        "acts": False,
        "stops": True,
        "safety": False,
    }
    assert story.call("ob", "POST", "/drill/stop", {"words": WORDS}).json()["code"] == "session.role", (
        "who only looks on does not"
    )
    assert story.call("leader1", "POST", "/drill/stop", {"words": WORDS}).status_code == 401
    assert story.call("bo", "POST", "/drill/end", {}).json()["code"] == "session.role"
    assert story.call("bo", "POST", "/drill/stop", {"words": WORDS}).status_code == 200
    assert story.exercises.get("x1").drill.stopped_by == "officer:bo"
    assert rows(story)["x1"]["stopped_by"] == "李江"


def test_a_safety_officer_of_the_registry_sees_what_trainers_see_and_stops_it(story: Beside) -> None:
    """`di` is on duty in a township in the live realm; in the exercise they watch over it."""
    prepares(story, notice={"safety": "di", "stop_rules": "有人受伤即中止"})
    assert [each["id"] for each in rows(story)["x1"]["officers"]] == ["bo", "di", "tr"]
    assert story.enter("di") == "/x/x1/trainer"
    story.pass_time(3_600)
    assert story.call("di", "GET", "/session").json()["plays"] == {"follows": True, "acts": False, "stops": True, "safety": True}
    assert story.call("di", "GET", "/drill").status_code == 200
    assert story.call("di", "POST", "/drill/injects/1/hold", {}).json()["code"] == "session.role"
    assert story.call("di", "GET", "/drill/rules").json() == {"stop_rules": "有人受伤即中止"}
    story.enter("bo")
    assert story.call("bo", "GET", "/drill/rules").json()["code"] == "session.role"
    client = story.live.client
    with client.websocket_connect("/x/x1/api/v1/feed", headers={"cookie": story.cookie_of("di")}) as socket:
        assert socket.receive_json()["type"] == "hello"
        socket.send_json({"type": "follow", "topic": "drill"})
        assert socket.receive_json()["type"] == "snapshot"
    assert story.call("di", "POST", "/drill/stop", {"words": WORDS}).status_code == 200
    state = story.call("di", "GET", "/drill").json()["state"]
    assert (state["stopped"], state["stopped_by"], state["safety_officer"]) == (True, "何滨", "何滨")


def test_a_safety_officer_nobody_knows_is_a_name(story: Beside) -> None:
    prepares(story, notice={"safety_officer": "消防支队王工"})
    assert (rows(story)["x1"]["safety_officer"], rows(story)["x1"]["safety"]) == ("消防支队王工", "")
    assert asks(story, "tr", "", body_of(story, exercise="x2", notice={"safety": "nobody"})).json()["code"] == "exercise.officer"


def test_the_whole_file_comes_as_one_download_and_that_it_was_opened_is_recorded(story: Beside) -> None:
    prepares(story, notice={"safety_officer": "何滨", "told": [TOLD]})
    story.pass_time(3_600)
    story.enter("leader1")
    story.enter("bo")
    story.raise_fire()
    story.pass_time(3_700)
    answer = asks(story, "tr", "/x1/file", {})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    said = answer.headers["content-disposition"]
    assert 'filename="EXERCISE-x1-EXERCISE.zip"' in said
    assert f"filename*=UTF-8''{quote('演练-居民楼火灾拉动-')}" in said
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        names = [name.partition("/")[2] for name in found.namelist()]
        assert names[:5] == ["0-approval.csv", "1-plan.yaml", "2-script.xlsx", "3-attendance.csv", "4-assessment.csv"]
        assert {"5-review/review.zh.html", "5-review/review.en.pdf"} <= set(names)
        assert "王1" in found.read(found.namelist()[3]).decode("utf-8-sig")
        assert TOLD in found.read(found.namelist()[0]).decode("utf-8-sig")
    opened = [record for record in story.live.house.realm.log.after(0, 1 << 40) if record.name == "sealed.opened"]
    assert [each.actor for each in opened] == ["officer:tr"]
    assert rows(story)["x1"]["attended"] == 1
    assert not any(story.house.realm.folder.path.rglob("*.zip")), "no name was written to a disk for it"


def test_given_up_before_it_began_it_counts_for_nobody(story: Beside) -> None:
    prepares(story)
    folder, id_ = story.house.realm.folder.path, story.live.new_id()
    for _ in range(2):
        assert asks(story, "tr", "/x1/delete", {}, id_=id_).status_code == 200
        story.settle()
    assert not folder.exists()
    assert rows(story) == {}
    state = story.live.house.core.world.look("exercise:x1")
    assert isinstance(state, Exercise)
    assert (state.cancelled, state.deleted) == (True, True)
    deleted = [record for record in story.live.house.realm.log.after(0, 1 << 40) if record.name == "exercise.deleted"]
    assert [each.actor for each in deleted] == ["officer:tr"]
    assert story.live.house.core.world.look("consent:p1").enrolled == ()
    assert asks(story, "tr", "/x2/delete", {}).json()["code"] == "exercise.unknown"
    assert asks(story, "tr", "/..%2fx/delete", {}).status_code == 404


def test_what_is_long_over_is_listed_filed_and_deleted_without_being_served(
    story: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepares(story)
    story.pass_time(3_600)
    story.enter("leader1")
    story.pass_time(3_700)
    folder, opened = story.house.realm.folder.path, 0
    story.pass_time(KEPT_MS / 1000 + 60)
    with pytest.raises(Refused, match=r"exercise\.gone"):
        story.exercises.get("x1")

    def counted(*_: object, **__: object) -> None:
        nonlocal opened
        opened += 1

    with monkeypatch.context() as now:
        now.setattr(serving, "serve_alone", counted)
        story.settle()
    assert opened == 0, "it is not opened again each second"
    story.live.sign_in("tr")
    story.live.sign_in("ana")
    row = rows(story)["x1"]
    assert (row["state"], row["people"], row["attended"]) == ("over", 2, 1)
    assert asks(story, "tr", "/x1/file", {}).status_code == 200
    assert asks(story, "tr", "/x1/delete", {}).status_code == 200
    assert not folder.exists()
    assert rows(story) == {}
    assert len(story.live.sees("ana", "/training")) == 1, "what was proposed waits for its officer all the same"


def test_one_that_ended_while_no_server_ran_is_proposed_at_the_next_start(story: Beside) -> None:
    prepares(story)
    story.pass_time(3_600)
    story.enter("leader1")
    portal = story.live.client.portal
    assert portal is not None
    portal.call(story.exercises.close)
    story.live.clock.advance(ms=KEPT_MS + 2 * HOUR_MS)
    story.live.settle()
    story.live.sign_in("ana")
    assert story.live.sees("ana", "/training") == []
    story.settle()
    story.pass_time(1)
    story.live.sign_in("tr")
    assert rows(story)["x1"]["state"] == "over"
    story.pass_time(KEPT_MS / 1000 + 60)
    assert [each["exercise"] for each in story.live.sees("ana", "/training")] == ["x1"]
