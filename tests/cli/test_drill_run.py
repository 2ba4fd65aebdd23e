"""`muster drill`: the drills that come along are played to their end without a person, and their reviews are written."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from command.core.log_sqlite import SqliteLog
from drills.scenario import parse, read
from tests.drills.drilled import SMALL
from web_console.cli import main
from web_console.drilling import make_drill, play
from web_console.master_key import master_key
from web_console.scripts.shelf import Shelf

ROOT = Path(__file__).parent.parent.parent
FORMATS = {f"review.{lang}.{kind}" for lang in ("zh", "en") for kind in ("html", "docx", "pdf")}


@pytest.mark.parametrize(("drill", "injects"), [("flood_functional", 16), ("fire_no_notice", 12), ("storm_degraded", 15)])
def test_a_drill_is_played_to_its_end_without_a_person_and_its_review_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], drill: str, injects: int
) -> None:
    assert main(["--home", str(tmp_path), "drill", "run", drill]) == 0
    said = capsys.readouterr().out
    folder = tmp_path / "realms" / f"drill-{drill}-1"
    assert {path.name for path in (folder / "review").iterdir()} == FORMATS
    page = (folder / "review" / "review.zh.html").read_text("utf-8")
    assert "演练 演练 演练" in page
    assert "待评定" in page, "no person has confirmed a rating"
    assert page.count("<html") == 1
    assert "虚构" in said
    names = _names(folder)
    assert names[-1] == "drill.ended"
    assert names.count("inject.released") + names.count("inject.skipped") == injects


def _names(folder: Path) -> list[str]:
    log = SqliteLog(folder / "log.db", epoch="", read_only=True)
    try:
        return [record.name for record in log.after(0, 1 << 30)]
    finally:
        log.close()


def _head(folder: Path) -> tuple[int, bytes]:
    log = SqliteLog(folder / "log.db", epoch="", read_only=True)
    try:
        return log.head()
    finally:
        log.close()


def test_a_run_that_was_killed_goes_on_and_plays_the_same(tmp_path: Path) -> None:
    """kill -9 once a part of it was recorded."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, "utf-8")
    scenario, master = parse(SMALL.encode()), master_key(tmp_path / "a")
    whole = tmp_path / "a" / "realms" / "drill-small-7"
    make_drill(whole, scenario, master=master)
    killed = tmp_path / "b" / "realms" / "drill-small-7"
    make_drill(killed, scenario, master=master)
    play(whole, master=master)
    begun = _head(killed)[0]
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from command.core.core import Core\n"
        "from web_console.drilling import play\n"
        "turn, last = Core.turn, int(sys.argv[2])\n"
        "def dies(core, asks):\n"
        "    done = turn(core, asks)\n"
        "    if core.position >= last: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return done\n"
        "Core.turn = dies\n"
        "play(Path(sys.argv[1]), master=bytes.fromhex(sys.argv[3]))\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", code, str(killed), str(begun + 9), master.hex()], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    assert begun < _head(killed)[0] < _head(whole)[0]
    play(killed, master=master)
    assert _names(killed) == _names(whole)
    assert _head(killed)[0] == _head(whole)[0]


def test_a_faulty_file_is_named_by_every_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(SMALL.replace("spot: tower", "spot: nowhere").replace("lasts_min: 90", "lasts_min: 0"), "utf-8")
    assert main(["--home", str(tmp_path), "drill", "check", str(file)]) == 1
    said = capsys.readouterr().out
    assert "incidents.fire.spot" in said
    assert "lasts_min" in said


def test_a_drill_goes_out_as_a_workbook_and_comes_back(tmp_path: Path) -> None:
    book, file = tmp_path / "list.xlsx", tmp_path / "again.yaml"
    assert main(["--home", str(tmp_path), "drill", "export", "fire_no_notice", str(book)]) == 0
    assert main(["--home", str(tmp_path), "drill", "import", str(book), str(file)]) == 0
    assert read(file).id == "fire_no_notice"
    assert main(["--home", str(tmp_path), "drill", "export", "fire_no_notice", str(book)]) == 1, (
        "nobody's workbook is written over"
    )


def test_an_unknown_drill_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(tmp_path), "drill", "run", "nothing"]) == 1
    assert "nothing" in capsys.readouterr().out


def test_a_drill_of_the_shelf_is_found_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Shelf(tmp_path / "realms" / "live" / "scripts").save(parse(SMALL.encode()), revision="")
    own = parse(SMALL.encode()).id
    assert main(["--home", str(tmp_path), "drill", "list"]) == 0
    assert own in capsys.readouterr().out
    assert main(["--home", str(tmp_path), "drill", "export", own, str(tmp_path / "own.xlsx")]) == 0
    assert (tmp_path / "own.xlsx").stat().st_size > 1_000
