"""Trainers make exercises from their page of the live realm: what is said before, who may, and what a second press is."""

import threading
from pathlib import Path
from typing import Any

import pytest

from command.core.asks import Receipt
from command.core.facts import Authority
from command.core.locks import serve_alone
from drills.conduct.facts import KEY
from mobilization.training import Enrol, exercise_of
from tests.exercises.beside import Beside
from tests.exercises.by_page import NOTICE_BODY, TOLD, WORDS, asks, begin_ms, body_of, prepares, rows, story
from tests.exercises.kit import DAY_MS, FILE, HOUR_MS, agree, scenario
from web_console.exercises import preparing, serving
from web_console.exercises.preparing import NOTICE, Plan, asking

__all__ = ["story"]


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


def test_what_a_kill_cut_short_is_given_back_by_the_server(story: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the enrolling, before the realm is there; what somebody else is still at is left alone."""
    making = story.live.house.realm.folder.path.parent / "exercise-x1.making"
    asking(story.live.house)(
        Enrol(exercise="x1", begin_ms=begin_ms(story), end_ms=begin_ms(story) + HOUR_MS, people=("p1", "p2"))
    )
    making.mkdir()
    with serve_alone(making):
        story.settle()
        assert not exercise_of(story.live.house.core.world.look, "x1").cancelled
    story.settle()
    assert exercise_of(story.live.house.core.world.look, "x1").cancelled
    assert not making.exists()
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
