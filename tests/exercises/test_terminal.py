"""`muster exercise`: prepared, listed, stopped and given up at the terminal."""

from pathlib import Path

import pytest

from command.core.asks import Ask, Receipt
from command.core.chance import SeededChance
from command.core.clock import SystemClock
from mobilization.training import Consent, Exercise, GiveConsent
from tests.cli.conftest import terminal
from tests.cli.spoken import Terminal
from tests.exercises.kit import DAY_MS, FILE
from tests.town import MASTER
from web_console.exercises.preparing import open_exercise
from web_console.house import House

__all__ = ["terminal"]
TOMORROW = "2050-01-02T09:30"


def town(terminal: Terminal) -> House:
    return House(
        terminal.home / "realms" / "realm", city="9901", kind="live", clock=SystemClock(), chance=SeededChance(1), master=MASTER, beside=True
    )  # fmt: skip


@pytest.fixture
def agreed(terminal: Terminal, tmp_path: Path) -> Terminal:
    house = town(terminal)
    begin_ms = 2_524_700_000_000
    command = GiveConsent(person="p1", from_ms=begin_ms - 30 * DAY_MS, until_ms=begin_ms + 30 * DAY_MS, hours=(0, 0), times=1)
    assert isinstance(house.core.turn([Ask(command=command, actor="person:p1", command_id="agrees")])[0], Receipt)
    house.realm.close()
    (tmp_path / "town-fire.yaml").write_text(FILE, "utf-8")
    return terminal


def exercise(terminal: Terminal, *words: str) -> tuple[int, str]:
    return terminal.muster("--realm", "realm", "exercise", *words)


def test_prepared_listed_and_stopped(agreed: Terminal) -> None:
    code, said = exercise(
        agreed, "prepare", str(agreed.home / "town-fire.yaml"), "--name", "autumn", "--at", TOMORROW, "--officer", "bo"
    )
    assert code == 0, said
    assert "演练 演练 演练" in said
    assert "已登记 1 人，1 队" in said
    assert "未开始" in exercise(agreed, "list")[1]
    code, said = exercise(agreed, "stop", "autumn")
    assert (code, said.splitlines()[0]) == (0, "演练中止！转入真实处置！")
    assert "下次启动服务时立即撤收" in said
    assert "已中止" in exercise(agreed, "list")[1]
    assert exercise(agreed, "stop", "autumn")[0] == 1


def test_refused_in_both_languages(agreed: Terminal) -> None:
    code, said = exercise(
        agreed, "prepare", str(agreed.home / "town-fire.yaml"), "--name", "autumn", "--at", "2049-01-01T09:30", "--officer", "bo"
    )
    assert code == 1
    assert "[exercise.nobody]" in said
    assert "Nobody agreed" in said
    assert "没有这场演练" in exercise(agreed, "stop", "winter")[1]


def test_the_whole_file_comes_out_as_one_folder(agreed: Terminal, tmp_path: Path) -> None:
    words = (
        "--officer",
        "bo",
        "--approved-by",
        "周敏",
        "--safety-officer",
        "何滨",
        "--stop-rules",
        "=有人受伤即中止",
        "--told",
        "周敏",
    )
    assert exercise(agreed, "prepare", str(agreed.home / "town-fire.yaml"), "--name", "autumn", "--at", TOMORROW, *words)[0] == 0
    exercise(agreed, "stop", "autumn")
    code, said = exercise(agreed, "file", "autumn", "--out", str(tmp_path / "out"))
    assert code == 0, said
    parts = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert parts[:5] == ["0-approval.csv", "1-plan.yaml", "2-script.xlsx", "3-attendance.csv", "4-assessment.csv"]
    assert {"5-review/review.zh.html", "5-review/review.en.html"} <= set(parts)
    for name in ("0-approval.csv", "1-plan.yaml", "3-attendance.csv", "4-assessment.csv"):
        lines = (tmp_path / "out" / name).read_text("utf-8-sig").strip().splitlines()
        assert "EXERCISE EXERCISE EXERCISE" in lines[0]
        assert "演练 演练 演练" in lines[-1]
    assert "王1" in (tmp_path / "out" / "3-attendance.csv").read_text("utf-8-sig")
    assert "'=有人受伤即中止" in (tmp_path / "out" / "0-approval.csv").read_text("utf-8-sig"), "no formula"
    house = town(agreed)
    state = house.core.world.look("exercise:autumn")
    house.realm.close()
    assert isinstance(state, Exercise)
    assert (state.proposed, state.recorded) == ((), None)


def test_who_is_erased_is_erased_in_exercises_too(agreed: Terminal) -> None:
    exercise(agreed, "prepare", str(agreed.home / "town-fire.yaml"), "--name", "autumn", "--at", TOMORROW, "--officer", "bo")
    folder = agreed.home / "realms" / "exercise-autumn"
    assert agreed.muster("--realm", "realm", "erase", "person:p1", "--yes")[0] == 0
    there = open_exercise(folder, master=MASTER)
    found = there.names.people.get("p1")
    there.realm.close()
    assert found is None or not found.name
    assert agreed.muster("--realm", "realm", "erase", "person:p2", "--yes")[0] == 0, "who was in none"


def test_given_up_before_it_began_it_counts_for_nobody(agreed: Terminal) -> None:
    exercise(agreed, "prepare", str(agreed.home / "town-fire.yaml"), "--name", "autumn", "--at", TOMORROW, "--officer", "bo")
    code, said = exercise(agreed, "drop", "autumn")
    assert code == 0, said
    assert not (agreed.home / "realms" / "exercise-autumn").exists()
    house = town(agreed)
    state = house.core.world.look("consent:p1")
    house.realm.close()
    assert isinstance(state, Consent)
    assert state.enrolled == ()
    assert (
        exercise(agreed, "prepare", str(agreed.home / "town-fire.yaml"), "--name", "autumn", "--at", TOMORROW, "--officer", "bo")[
            0
        ]
        == 1
    ), "a name is used once"
