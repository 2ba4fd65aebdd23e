"""`muster account`: a password for somebody the realm knows, under a login that is theirs; who was signed in is so no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from command.core.clock import ManualClock, SystemClock
from tests.cli.spoken import Terminal
from tests.stories.told import Teller, told
from tests.town import MASTER
from web_console.about import About, make_realm


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """At the data folder that `story` has its realm in."""
    monkeypatch.setenv("MUSTER_MASTER_KEY", MASTER.hex())
    make_realm(tmp_path / "realms" / "realm", About(city="9901", name="云江市", kind="live"))
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture
def story(tmp_path: Path, terminal: Terminal) -> Iterator[Teller]:
    with told(tmp_path / "realms", clock=ManualClock(SystemClock().wall_ms())) as teller:
        yield teller


def account(terminal: Terminal, *words: str) -> tuple[int, str]:
    return terminal.muster("--realm", "realm", "account", *words, typed="another horse\n")


def signs_in(story: Teller, login: str, password: str, *, me: str = "") -> bool:
    answer = story.client.post(f"/api/v1{me}/session", json={"login": login, "password": password})
    return bool(answer.status_code == 200)


def test_nobody_takes_over_anothers_login(story: Teller, terminal: Terminal) -> None:
    story.sign_in("ana")
    for words in (("officer", "di", "ana"), ("person", "p1", "ana")):
        code, said = account(terminal, *words)
        assert (code, "account.login" in said) == (1, True)
    story.settle()
    assert story.call("ana", "GET", "/session").json()["officer"]["id"] == "ana"
    assert not signs_in(story, "ana", "another horse")


def test_nobody_gets_a_password_whom_the_realm_does_not_know(story: Teller, terminal: Terminal) -> None:
    terminal.muster("--realm", "realm", "erase", "person:p2", "--yes")
    for words in (("officer", "nobody", "x"), ("person", "ana", "x"), ("person", "p2", "x")):
        code, said = account(terminal, *words)
        assert (code, "account.unknown" in said) == (1, True)
    assert terminal.muster("--realm", "realm", "link", "person", "p2")[0] == 1


def test_a_new_password_ends_the_sessions_of_the_old_one(story: Teller, terminal: Terminal) -> None:
    story.sign_in("ana")
    assert account(terminal, "officer", "ana", "ana")[0] == 0
    story.settle()
    assert story.call("ana", "GET", "/session").json()["code"] == "session.none"
    assert signs_in(story, "ana", "another horse")
    assert not signs_in(story, "ana", "correct horse")
