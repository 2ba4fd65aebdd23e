"""A realm is served by one process; everything else on the command line works beside it and never sends or plans."""

import os
import signal
from pathlib import Path

import pytest

from command.core.errors import Refused
from command.core.followers import Tail
from command.core.locks import have_open, serve_alone
from tests.cli.spoken import Terminal
from web_console.house import House
from web_console.pager import Pager


def at(terminal: Terminal) -> Path:
    return terminal.home / "realms" / "realm"


def test_a_second_server_is_refused_in_words_before_it_opens_anything(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve_alone(at(terminal)), monkeypatch.context() as blind:
        blind.setattr(House, "__init__", _must_not)
        code, said = terminal.muster("--realm", "realm", "serve")
    assert (code, "realm.served" in said, "另一个进程" in said) == (1, True, True)
    assert terminal.served == []


def test_a_second_demo_is_refused_too(terminal: Terminal) -> None:
    (terminal.home / "realms" / "demo").mkdir()
    with serve_alone(terminal.home / "realms" / "demo"):
        assert terminal.muster("serve", "--demo")[0] == 1
    assert terminal.served == []


def test_a_killed_server_holds_nothing(terminal: Terminal) -> None:
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        serve_alone(at(terminal)).__enter__()
        os.write(writable, b"held")
        signal.pause()
    assert os.read(readable, 4) == b"held"
    with pytest.raises(Refused, match=r"realm\.served"):
        serve_alone(at(terminal))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(readable)
    os.close(writable)
    assert terminal.muster("--realm", "realm", "serve")[0] == 0


def test_nothing_is_restored_beneath_a_server_or_beside_another_command(terminal: Terminal) -> None:
    copy = str(terminal.home / "backups" / "one")
    assert terminal.muster("--realm", "realm", "backup", copy)[0] == 0
    before = (at(terminal) / "log.db").read_bytes()
    with serve_alone(at(terminal)):
        code, said = terminal.muster("--realm", "realm", "restore", copy)
        assert (code, "realm.served" in said) == (1, True)
    with have_open(at(terminal)):
        code, said = terminal.muster("--realm", "realm", "restore", copy)
        assert (code, "realm.in_use" in said) == (1, True)
    assert (at(terminal) / "log.db").read_bytes() == before


def test_a_lock_belongs_to_the_folder_that_stands_in_its_place(tmp_path: Path) -> None:
    """A restore puts another folder there: who still holds the old one does not hold the new one."""
    (tmp_path / "realm").mkdir()
    with serve_alone(tmp_path / "realm"):
        (tmp_path / "realm").rename(tmp_path / "old")
        (tmp_path / "realm").mkdir()
        serve_alone(tmp_path / "realm").release()


def test_other_commands_work_beside_a_server_and_neither_send_nor_plan(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for owner, name in (
        (House, "open"),
        (House, "run"),
        (Pager, "give_up_on_the_past"),
        (Pager, "send_waiting"),
        (Tail, "drain"),
    ):
        monkeypatch.setattr(owner, name, _must_not)
    people = str(tmp_path / "realms" / "rows" / "people.csv")
    with serve_alone(at(terminal)):
        for words, typed in (
            (("import", "people", people), ""), (("account", "person", "p1", "leader1"), "correct horse\n"), (("link", "person", "p2"), ""),
            (("backup", str(tmp_path / "backups" / "one")), ""), (("erase", "person:p3", "--yes"), ""), (("verify-log",), ""),
        ):  # fmt: skip
            code, said = terminal.muster("--realm", "realm", *words, typed=typed)
            assert code == 0, said


def _must_not(*_args: object, **_more: object) -> None:
    raise AssertionError("only a server may")
