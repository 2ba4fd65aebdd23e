"""Trainers make, stop, file and delete exercises from their page of the live realm; who else may, and who knows of what."""

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from command.core.asks import Receipt
from command.core.errors import Refused
from command.core.facts import Authority
from drills.conduct.facts import KEY
from mobilization.training import Exercise, exercise_of
from tests.exercises.beside import Beside, beside, post
from tests.exercises.kit import DAY_MS, FILE, HOUR_MS, agree, scenario
from web_console.exercises import preparing, serving
from web_console.exercises.preparing import NOTICE, Plan
from web_console.exercises.serving import KEPT_MS

WORDS = "演练中止！转入真实处置！"
TOLD = "知情canary人"
NOTICE_BODY = {"approved_by": "周敏", "safety": "di", "stop_rules": "有人受伤canary即中止", "told": [TOLD, "何滨"]}


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Beside]:
    """Nothing is prepared yet; leaders 1 and 2 agreed. `tr` trains the city, `tc` a county of it, `td` the other, `ob` looks on."""
    with beside(tmp_path, prepared=False) as told:
        post(
            told, tmp_path,
            "tr,导调员,trainer,9901", "tc,县导调,trainer,990101", "td,邻县导调,trainer,990102", "ob,观摩员,observer,9901",
        )  # fmt: skip
        told.live.house.scripts.save(scenario(), revision="")
        yield told


def begin_ms(story: Beside) -> int:
    return story.live.clock.wall_ms() + HOUR_MS


def body_of(story: Beside, **more: Any) -> dict[str, Any]:
    return {"script": "town-fire", "exercise": "x1", "begin_ms": begin_ms(story), "officers": ["bo"]} | more


def prepares(story: Beside, who: str = "tr", **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = story.live.does(who, "/exercises", body_of(story, **more))
    story.settle()
    return found


def rows(story: Beside, who: str = "tr") -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in story.live.sees(who, "/exercises/all")}


def asks(story: Beside, who: str, path: str, body: Any, *, id_: str = "") -> Any:
    return story.live.call(who, "POST", f"/exercises{path}", body, id_=id_)


def test_what_it_would_enrol_is_said_by_numbers_and_nothing_is_done(story: Beside) -> None:
    before = story.live.house.core.position
    agree(story.live, 6)
    agreed = story.live.house.core.position
    found = asks(story, "tr", "/reckoning", {"script": "town-fire", "begin_ms": begin_ms(story)}).json()
    assert story.live.house.core.position == agreed > before
    assert found == {
        "people": 3, "of": 12, "teams": 3, "specialities": [{"code": "FIRST_AID", "people": 3, "teams": 3}],
        "townships": [
            {"division": "990101001", "name": "江滨街道", "people": 2}, {"division": "990102100", "name": "大堤镇", "people": 1},
        ],
        "exercise": found["exercise"], "end_ms": begin_ms(story) + HOUR_MS,
    }  # fmt: skip
    assert found["exercise"].startswith("town-fire-")
    late = asks(story, "tr", "/reckoning", {"script": "town-fire", "begin_ms": begin_ms(story) + 40 * DAY_MS}).json()
    assert (late["people"], late["teams"], late["specialities"]) == (0, 0, [])


def test_a_county_reckons_with_its_own_people_and_its_own_officers(story: Beside) -> None:
    agree(story.live, 6)
    found = asks(story, "td", "/reckoning", {"script": "town-fire", "begin_ms": begin_ms(story)}).json()
    assert (found["people"], found["of"]) == (0, 0), "all of the town live in the other county"
    choices = story.live.sees("tc", "/exercises/choices")
    assert {each["id"] for each in choices["officers"]} == {"bo", "di", "eve", "tc"}
    assert (choices["scripts"][0]["id"], choices["scripts"][0]["on_registry"]) == ("town-fire", True)
    assert not any(each["on_registry"] for each in choices["scripts"][1:]), "those that come along bring a city of their own"
    assert asks(story, "tc", "", body_of(story, officers=["ana"])).json()["code"] == "exercise.officer"
    assert asks(story, "td", "", body_of(story, officers=["cy"])).json()["code"] == "exercise.nobody"


def test_prepared_by_a_trainer_who_is_recorded_and_gets_there_by_one_press(story: Beside) -> None:
    made = prepares(story)
    assert made == {"exercise": "x1", "people": 2, "teams": 2}
    records = {record.name: record for record in story.live.house.realm.log.after(0, 1 << 40)}
    enrolled = records["exercise.enrolled"]
    assert enrolled.actor == "officer:tr"
    assert story.live.house.core.event(enrolled).authority == Authority(post="9901", role="trainer")
    opened = next(record for record in story.house.realm.log.after(0, 1 << 40) if record.name == "drill.opened")
    assert opened.actor == "officer:tr"
    row = rows(story)["x1"]
    assert {name: row[name] for name in ("state", "people", "teams", "told", "by", "mine", "attended", "recorded")} == {
        "state": "to_come", "people": 2, "teams": 2, "told": 0, "by": "导调员", "mine": True, "attended": None, "recorded": None,
    }  # fmt: skip
    assert [each["id"] for each in row["officers"]] == ["bo", "tr"], "whoever prepares it takes part"
    assert "p1" not in str(row)
    assert story.enter("tr") == "/x/x1/trainer"
    assert [each["no"] for each in story.call("tr", "GET", "/drill").json()["injects"]] == [1]
    story.pass_time(3_600)
    assert rows(story)["x1"]["state"] == "on"


def test_a_second_press_is_the_same_exercise_also_while_it_is_made(story: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    id_, body, slow, goes_on = story.live.new_id(), body_of(story), threading.Event(), threading.Event()
    real = preparing.prepare

    def slowly(*args: Any, **more: Any) -> Any:
        slow.set()
        assert goes_on.wait(20)
        return real(*args, **more)

    monkeypatch.setattr(serving, "prepare", slowly)
    story.live.sign_in("tr")
    first: list[Any] = []
    presses = [threading.Thread(target=lambda: first.append(_press(story, body, id_))) for _ in range(2)]
    for each in presses:
        each.start()
    assert slow.wait(20)
    assert story.live.client.get("/healthz").status_code == 200, "nobody waits for it"
    goes_on.set()
    for each in presses:
        each.join(30)
    assert [answer.status_code for answer in first] == [201, 201]
    assert first[0].json() == first[1].json() == _press(story, body, id_).json()
    assert _press(story, body | {"officers": []}, id_).json()["code"] == "command.reused"
    assert _press(story, body, story.live.new_id()).json()["code"] == "exercise.exists"
    names = [record.name for record in story.live.house.realm.log.after(0, 1 << 40)]
    assert names.count("exercise.enrolled") == 1


def _press(story: Beside, body: dict[str, Any], id_: str) -> Any:
    headers = {"cookie": story.live._cookies["tr"], "command-id": id_}
    return story.live.client.post("/api/v1/exercises", json=body, headers=headers)


def test_what_could_not_be_made_is_given_back_and_said_so_again(story: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk full")

    id_ = story.live.new_id()
    with monkeypatch.context() as now:
        now.setattr("web_console.exercises.preparing.copy_ground", broken)
        with pytest.raises(OSError, match="disk full"):
            asks(story, "tr", "", body_of(story), id_=id_)
    assert exercise_of(story.live.house.core.world.look, "x1").cancelled
    assert asks(story, "tr", "", body_of(story), id_=id_).json()["code"] == "exercise.not_made", "never a receipt for nothing"
    assert prepares(story, exercise="x2")["people"] == 2


def test_one_without_notice_needs_its_four_things_and_who_was_told_is_nowhere_in_plain(
    story: Beside, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    story.live.house.scripts.save(scenario(text=FILE.replace("town-fire", "night"), no_notice=True), revision="")
    for lacking in ("approved_by", "safety", "stop_rules", "told"):
        without = {name: value for name, value in NOTICE_BODY.items() if name != lacking}
        assert asks(story, "tr", "", body_of(story, script="night", notice=without)).json()["code"] == "exercise.approval"
    prepares(story, script="night", notice=NOTICE_BODY)
    drill = story.exercises.get("x1").drill.opened
    assert (drill.approved_by, drill.safety_officer, drill.safety, drill.told) == ("周敏", "何滨", "di", 2)
    assert TOLD in (story.house.realm.blobs.get(NOTICE, KEY) or b"").decode()
    told = [path for path in tmp_path.rglob("*") if path.is_file() and TOLD.encode() in path.read_bytes()]
    assert (told, TOLD in caplog.text) == ([], False)
    row = rows(story)["x1"]
    assert (row["told"], row["approved_by"], row["safety_officer"]) == (2, "周敏", "何滨")
    assert "canary" not in str(row)
    assert rows(story, "tc") == rows(story, "ob") == {}, "not before it begins, but to those in it"
    assert asks(story, "tc", "/x1/stop", {"words": WORDS}).json()["code"] == "exercise.unknown"
    story.pass_time(3_600)
    assert set(rows(story, "tc")) == set(rows(story, "ob")) == {"x1"}
    assert rows(story, "td") == {}, "nobody of that county is in it"


DENIED = [
    ("GET", "/exercises/all", None), ("GET", "/exercises/choices", None), ("POST", "/exercises/reckoning", "ask"), ("POST", "/exercises", "body"),
    ("POST", "/exercises/x1/stop", {"words": WORDS}), ("POST", "/exercises/x1/file", {}), ("POST", "/exercises/x1/delete", {}),
]  # fmt: skip


def test_a_trainer_alone_may_and_an_observer_looks(story: Beside) -> None:
    prepares(story)
    at = story.live.house.core.position
    for who in ("bo", "ana", "eve", "ob", "leader1"):
        for method, path, body in DENIED:
            sent = body_of(story) if body == "body" else {"script": "town-fire", "begin_ms": 1} if body == "ask" else body
            answer = story.live.call(who, method, path, sent)
            may = who == "ob" and path == "/exercises/all"
            assert (answer.status_code == 200) is may, (who, path)
            assert may or answer.json()["code"] in ("session.role", "session.none"), (who, path)
    assert set(rows(story, "ob")) == {"x1"}
    for method, path, body in DENIED[2:]:
        sent = (
            body_of(story, exercise="x9") if body == "body" else {"script": "town-fire", "begin_ms": 1} if body == "ask" else body
        )
        assert story.call_there("tr", method, path, sent).json()["code"] == "exercise.live_only", "an exercise makes none"
    assert story.live.call("td", "POST", "/exercises/x1/stop", {"words": WORDS}).json()["code"] == "exercise.unknown"
    assert story.live.house.core.position == at
    assert not story.exercises.get("x1").drill.is_over


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


def test_no_thread_of_the_loop_waits_for_what_is_made(story: Beside) -> None:
    """The making asks through the door from its own thread: `ask` in the loop's would hold the server for ever."""
    made_in: list[str] = []
    real = preparing.prepare

    def watched(live: Any, plan: Plan, *, ask: Any, **more: Any) -> Any:
        def asked(command: Any) -> Receipt:
            made_in.append(threading.current_thread().name)
            return ask(command)  # type: ignore[no-any-return]

        return real(live, plan, ask=asked, **more)

    with pytest.MonkeyPatch.context() as now:
        now.setattr(serving, "prepare", watched)
        prepares(story)
    assert made_in
    assert all(name.startswith("muster-apart") for name in made_in)
