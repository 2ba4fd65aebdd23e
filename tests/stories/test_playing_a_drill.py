"""A drill that people play: its trainer, desks nobody has taken, leaders on their phones, and a clock that only the trainer turns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.playing import SMALL, Playing, copied, played, prepared
from tests.town import open_town
from web_console.marking import BEGIN, END, marked
from web_console.served_drill import sign_ins
from web_console.sms import call_text, crew_text, over_text, spoken_text


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("simulated"))


@pytest.fixture(scope="module")
def tabletop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("tabletop"), way="tabletop")


@pytest.fixture
def playing(simulated: Path, tmp_path: Path) -> Iterator[Playing]:
    with played(copied(simulated, tmp_path)) as found:
        yield found


def test_it_stands_until_the_trainer_lets_it_go_on(playing: Playing) -> None:
    playing.goes_on(room_s=600)
    assert playing.minute == -1
    playing.does("trainer", "/drill/clock", {"running": True, "speed": 60})
    playing.goes_on(room_s=7)
    assert playing.minute == 6
    assert playing.inject(2)["state"] == "released"
    playing.does("trainer", "/drill/clock", {"running": False})
    playing.goes_on(room_s=600)
    assert playing.minute == 6


def test_how_fast_it_is_played_changes_nothing_of_what_happens_when(simulated: Path, tmp_path: Path) -> None:
    """Each inject at its minute, each act of those simulated at its second, at any speed and by steps."""

    def course(name: str, speed: int) -> list[tuple[int, str, str]]:
        (tmp_path / name).mkdir()
        with played(copied(simulated, tmp_path / name)) as playing:
            playing.does("trainer", "/drill/clock", {"running": True, "speed": speed})
            for _ in range(60):
                playing.goes_on(room_s=12 * 60 / speed / 60)
            records = playing.house.realm.log.after(0, 100_000)
            begin_ms = records[-1].at_ms - 11 * 60_000
            return [(each.at_ms, each.name, str(each.actor)) for each in records if begin_ms - 60_000 < each.at_ms]

    assert course("slow", 4) == course("fast", 60)


def test_one_step_is_to_what_falls_due_next_or_to_the_next_inject(playing: Playing) -> None:
    playing.steps("inject")
    assert (playing.minute, playing.inject(1)["state"]) == (0, "released")
    playing.steps("due")
    assert 0 < playing.minute < 3, "the simulated desk acts"
    playing.steps("inject")
    assert (playing.minute, playing.inject(2)["state"]) == (6, "released")


def test_a_step_asked_for_again_is_the_same_step(playing: Playing) -> None:
    id_ = "019aaaaa-0000-7000-8000-000000000001"
    for _ in range(2):
        assert playing.call("trainer", "POST", "/drill/clock", {"step": "inject"}, id_=id_).status_code == 200
        playing.goes_on()
    assert playing.minute == 0


def test_a_desk_that_nobody_has_taken_acts_and_its_incident_is_known(playing: Playing) -> None:
    playing.steps("inject")
    playing.steps("inject")
    found = playing.sees("trainer")
    registered = found["injects"][0]["measures"][0]
    assert (registered["outcome"], registered["took_s"] < 60) == ("met", True)
    seat = next(each for each in found["seats"] if each["tier"] == "county")
    assert (seat["here"], seat["last"]["simulated"], seat["injects"], seat["released"]) == ([], True, 2, 2)
    assert found["crews"]["open"] + found["crews"]["on_way"] + found["crews"]["coming"] + found["crews"]["arrived"] > 0


def test_a_desk_that_somebody_has_taken_is_left_to_them(playing: Playing) -> None:
    county = next(each.login for each in sign_ins(playing.house) if each.login.startswith("duty-") and len(each.login) == 11)
    with playing.socket(county) as desk:
        desk.receive_json()
        playing.steps("inject")
        playing.steps("inject")
        found = playing.sees("trainer")
        assert found["injects"][0]["measures"][0]["outcome"] == "missed"
        seat = next(each for each in found["seats"] if each["tier"] == "county")
        assert (len(seat["here"]), seat["last"]) == (1, None)


def test_at_a_table_the_desks_are_peoples(tabletop: Path, tmp_path: Path) -> None:
    with played(copied(tabletop, tmp_path)) as playing:
        assert playing.sees("observer")["state"]["way"] == "tabletop"
        playing.steps("inject")
        playing.steps("inject")
        assert playing.inject(1)["measures"][0]["outcome"] == "missed", "nobody acted for the county"


def test_a_leader_on_a_phone_answers_alone(playing: Playing) -> None:
    """Whoever is signed in is not simulated, however long they take; the trainer sees the masked name, and how the call stands."""
    with playing.socket("leader-1") as phone:
        phone.receive_json()
        phone.send_json({"type": "beat"})
        playing.steps("inject")
        while playing.sees("trainer")["phones"][0]["call"] is None:
            playing.steps("due")
        for _ in range(3):
            playing.steps("due")
        shown = playing.sees("trainer")["phones"][0]
        assert (shown["here"], shown["call"]["state"], shown["label"].endswith("*")) == (True, "open", True)
        call = next(iter(playing.house.view.calls_for[shown["person"]]))
        playing.does("leader-1", f"/me/calls/{call}/answer", {"answer": "accept", "heads": 2})
        assert playing.sees("trainer")["phones"][0]["call"]["state"] in ("accepted", "standby")


def test_the_trainer_releases_holds_and_skips(playing: Playing) -> None:
    playing.steps("inject")
    playing.does("trainer", "/drill/injects/2/hold")
    playing.does("trainer", "/drill/injects/3/skip")
    playing.steps("inject")
    assert playing.minute == 30, "nothing was left to fall due but the end"
    states = {each["no"]: (each["state"], each["why"]) for each in playing.sees("trainer")["injects"]}
    assert states == {1: ("released", "time"), 2: ("skipped", "ended"), 3: ("skipped", "controller")}


def test_one_that_is_held_is_released_by_hand(playing: Playing) -> None:
    playing.steps("inject")
    playing.does("trainer", "/drill/injects/2/hold")
    playing.does("trainer", "/drill/clock", {"running": True, "speed": 60})
    playing.goes_on(room_s=8)
    assert playing.inject(2)["state"] == "held"
    playing.does("trainer", "/drill/injects/2/release")
    shown = playing.inject(2)
    assert (shown["state"], shown["why"], shown["released_ms"]) == ("released", "controller", playing.house.core.now_ms())
    refused = playing.call("trainer", "POST", "/drill/injects/2/skip", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "inject.released")


def test_what_was_reckoned_can_be_said_otherwise_and_stays_visible(playing: Playing) -> None:
    playing.steps("inject")
    playing.steps("inject")
    opened_ms = playing.inject(1)["released_ms"]
    playing.does("trainer", "/drill/measures/1/0/score", {"outcome": "missed", "words": "登记的是另一起"})
    shown = playing.inject(1)["measures"][0]
    assert (shown["outcome"], shown["instead"], shown["words"]) == ("missed", "met", "登记的是另一起")
    playing.does("trainer", "/drill/measures/1/0/score", {"outcome": "met", "words": "录音核对无误", "took_s": 30})
    assert playing.inject(1)["measures"][0]["instead"] == "met", "what was reckoned, not what was said before"
    playing.does("trainer", "/drill/injects/1/time", {"reached_ms": opened_ms + 20_000, "reason": "电话20秒后接通"})
    assert playing.inject(1)["corrected"] == "电话20秒后接通"
    unknown = playing.call("trainer", "POST", "/drill/measures/1/9/score", {"outcome": "met", "words": "x"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "measure.unknown")


def test_a_rating_is_proposed_by_the_house_and_confirmed_by_a_person(playing: Playing) -> None:
    for _ in range(4):
        playing.steps("inject")
    proposed = next(each for each in playing.sees("trainer")["objectives"] if each["id"] == "call")["proposed"]
    assert proposed in ("P", "S", "M", "U")
    other = "U" if proposed != "U" else "P"
    refused = playing.call("trainer", "POST", "/drill/objectives/call/rating", {"rating": other})
    assert refused.json()["code"] == "drill.reason"
    playing.does("trainer", "/drill/objectives/call/rating", {"rating": other, "reason": "评估组合议"})
    playing.does("trainer", "/drill/improvements", {
        "objective": "call", "what": "登记偏慢", "action": "补训接报流程", "owner": "值班室", "due": "2026-08-31", "no": 1, "measure": 0,
    })  # fmt: skip
    found = playing.sees("observer")
    rated = next(each for each in found["objectives"] if each["id"] == "call")
    assert (rated["rating"], rated["proposed"], found["improvements"][0]["due"]) == (other, proposed, "2026-08-31")
    assert playing.call("trainer", "POST", "/drill/improvements", {"objective": "call", "what": "a", "action": "b", "owner": "c", "due": "soon"}).status_code == 422  # fmt: skip


def test_verdicts_are_of_the_moment_asked_for(playing: Playing) -> None:
    playing.steps("inject")
    begin_ms = playing.house.core.now_ms()
    playing.steps("inject")
    assert playing.inject(1)["measures"][0]["outcome"] == "met"
    assert playing.inject(1, at_ms=begin_ms + 1_000)["measures"][0]["outcome"] == "open"
    for wrong in ("x", "-1", str(playing.house.core.now_ms() + 1)):
        assert playing.call("trainer", "GET", f"/drill?at_ms={wrong}").json()["code"] == "query.field"


def test_stopped_for_real_work_nothing_falls_due_and_everyone_is_told(playing: Playing) -> None:
    with playing.socket("city") as desk:
        hello = desk.receive_json()
        assert (hello["realm"]["kind"], hello["drill"]["over"], hello["drill"]["running"]) == ("drill", "", False)
        playing.steps("inject")
        playing.does("trainer", "/drill/clock", {"running": True, "speed": 60})
        playing.does("trainer", "/drill/stop", {"words": "演练中止！转入真实处置！"})
        told = [desk.receive_json() for _ in range(4)]
        assert [each["drill"]["over"] for each in told if each["type"] == "beat"][-1] == "stopped"
    playing.goes_on(room_s=3_600)
    found = playing.sees("trainer")
    assert (found["state"]["stopped"], found["clock"]["running"], playing.minute) == (True, False, 0)
    assert [each["state"] for each in found["injects"]] == ["released", "waiting", "waiting"]
    for path, body in (("injects/2/release", {}), ("clock", {"running": True}), ("stop", {"words": "x"})):
        assert playing.call("trainer", "POST", f"/drill/{path}", body).json()["code"] == "drill.over"


ACTS: tuple[tuple[str, dict[str, object]], ...] = (
    ("injects/2/release", {}), ("injects/2/hold", {}), ("injects/2/skip", {}), ("injects/2/time", {"reached_ms": 1, "reason": "x"}),
    ("measures/1/0/score", {"outcome": "met", "words": "x"}), ("objectives/call/rating", {"rating": "P"}),
    ("improvements", {"objective": "call", "what": "a", "action": "b", "owner": "c", "due": "2026-08-31"}), ("stop", {"words": "x"}),
    ("end", {}), ("clock", {"running": True}),
)  # fmt: skip


def test_only_a_trainer_acts_an_observer_looks_and_players_see_nothing_of_it(playing: Playing) -> None:
    for who, code in (("observer", 200), ("trainer", 200), ("city", 403)):
        assert playing.call(who, "GET", "/drill").status_code == code
    assert playing.client.get("/api/v1/drill").status_code == 401
    for who in ("observer", "city"):
        for path, body in ACTS:
            if (who, path) == ("city", "stop"):
                continue  # anybody at a desk may
            answer = playing.call(who, "POST", f"/drill/{path}", body)
            assert (answer.status_code, answer.json()["code"]) == (403, "session.role"), (who, path)
    for who, may in (("observer", True), ("city", False)):
        with playing.socket(who) as socket:
            socket.receive_json()
            socket.send_json({"type": "follow", "topic": "drill"})
            said = socket.receive_json()
            assert (said["type"], said.get("code")) == (("snapshot", None) if may else ("refused", "topic.forbidden"))
    assert playing.call("city", "POST", "/drill/stop", {"words": "x"}).status_code == 200
    assert playing.sees("trainer")["state"]["stopped_by"] == playing.sees("city", "/session")["officer"]["name"]


def test_no_other_realm_has_a_drill(tmp_path: Path) -> None:
    house = open_town(tmp_path)
    assert house.exercise is None
    assert list(house.screens.picture_of("drill")) == []


def test_the_page_hears_what_becomes_of_the_drill(playing: Playing) -> None:
    with playing.socket("trainer") as page:
        page.receive_json()
        page.send_json({"type": "follow", "topic": "drill"})
        shown = page.receive_json()["items"]
        assert (shown["inject/1"]["state"], shown["state/drill"]["next"]) == ("waiting", 1)
        playing.steps("inject")
        playing.house.screens.show_drill()
        playing.house.screens.hub.flush()
        while (frame := page.receive_json())["type"] == "beat":
            pass
        put = frame.get("put") or frame["items"]
        assert put["inject/1"]["state"] == "released"


def test_a_process_that_is_killed_takes_it_up_where_it_stood(simulated: Path, tmp_path: Path) -> None:
    """What was released stays, what waits still falls due, what was being done is done, and the time of the drill never falls."""
    realm = copied(simulated, tmp_path)
    with played(realm) as playing:
        playing.steps("inject")
        playing.steps("due")
        playing.does("trainer", "/drill/injects/3/hold")
        now_ms, head = playing.house.core.now_ms(), playing.house.core.position
        killed = copied(realm, tmp_path / "killed")
    with played(killed) as playing:
        assert playing.house.core.now_ms() >= now_ms
        assert playing.house.core.position >= head
        assert [each["state"] for each in playing.sees("trainer")["injects"]] == ["released", "waiting", "held"]
        playing.steps("inject")
        assert playing.inject(2)["state"] == "released"
        assert playing.inject(1)["measures"][0]["outcome"] == "met"


def test_a_realm_that_was_cut_short_while_it_was_made_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "drill-simulated.making").mkdir()
    (tmp_path / "drill-simulated.making" / "log.db").write_bytes(b"half")
    assert (prepared(tmp_path) / "scenario.yaml").read_bytes()
    assert not (tmp_path / "drill-simulated.making").exists()


def test_every_text_that_leaves_a_drill_says_so_at_both_ends() -> None:
    for text in (call_text(answers=True, letter=""), over_text(), crew_text("roll"), crew_text("order", order="withdraw")):
        assert marked(text, kind="drill") == f"{BEGIN}{text}{END}"
        assert marked(text, kind="live") == text
    assert marked(spoken_text(answers=True, about="call"), kind="drill", spoken=True).startswith("演练，演练，演练。")
    assert marked("x", kind="a kind to come").startswith(BEGIN), "what nobody has thought of is not taken for real"


def test_the_small_drill_is_small() -> None:
    """A trainer writes one like it in five minutes."""
    assert SMALL.read_text("utf-8").count("\n") < 80


def test_who_signed_in_stays_so_by_the_time_of_the_room(playing: Playing) -> None:
    """At sixty times the speed fourteen hours of play are fourteen minutes at the desk."""
    assert playing.call("trainer", "GET", "/drill").status_code == 200
    assert playing.house.pace is not None
    playing.house.pace.clock.advance(seconds=15 * 3600)
    assert playing.call("trainer", "GET", "/drill").status_code == 200
    playing.room.advance(seconds=15 * 3600)
    assert playing.call("trainer", "GET", "/drill").json()["code"] == "session.none"
