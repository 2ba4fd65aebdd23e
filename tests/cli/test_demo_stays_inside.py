"""The demo's credentials, known to all, open nothing but the demo, and the demo nothing but this machine."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from command.core.clock import ManualClock
from drills.city import CityPlan
from tests.cli.spoken import Terminal
from tests.town import write_rows
from web_console import demo as demo_module
from web_console.accounts.passwords import DEMO_PASSWORD
from web_console.demo import open_demo

DESKS = ("city", "county", "township")


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setattr(demo_module, "CityPlan", lambda **given: CityPlan(**given, townships=9, people=600, teams=60))
    return Terminal(tmp_path / "home", monkeypatch, capsys)


def sign_in(app: Any) -> set[int]:
    """How the demo's sign-ins are answered: desks, and the leader's phone."""
    tries = [("/api/v1/session", desk) for desk in DESKS] + [("/api/v1/me/session", "leader")]
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        return {client.post(path, json={"login": login, "password": DEMO_PASSWORD}).status_code for path, login in tries}


def test_demo_accounts_open_the_demo_and_no_live_realm(terminal: Terminal) -> None:
    assert terminal.muster("serve", "--demo")[0] == 0
    assert terminal.muster("init", "--city", "9901", "--name", "云江市")[0] == 0
    assert terminal.muster("serve")[0] == 0
    demo, live = terminal.served
    assert (demo.host, live.host) == ("127.0.0.1", "127.0.0.1")
    assert sign_in(demo.app) == {200}
    assert sign_in(live.app) == {401}


def test_a_demo_is_served_on_this_machine_only(terminal: Terminal) -> None:
    code, said = terminal.muster("serve", "--demo", "--host", "0.0.0.0")  # noqa: S104 -- which is refused
    assert (code, terminal.served) == (1, [])
    assert "127.0.0.1" in said


def test_on_a_network_the_demo_is_another_realm_with_passwords_of_one_start(terminal: Terminal) -> None:
    passwords = [DEMO_PASSWORD]
    for _ in range(2):
        code, said = terminal.muster("serve", "--demo", "--lan", "--host", "192.168.7.9")
        assert (code, terminal.served[-1].host) == (0, "192.168.7.9")
        passwords += re.findall(r"^  city +(\S+)", said, re.MULTILINE)
    with TestClient(terminal.served[-1].app, base_url="https://192.168.7.9:8000") as client:
        answers = [client.post("/api/v1/session", json={"login": "city", "password": each}) for each in passwords]
    assert [each.status_code for each in answers] == [401, 401, 200], "known to all; of the start before; of this start"
    assert "Secure" in answers[-1].headers["set-cookie"]
    assert [path.name for path in (terminal.home / "realms").iterdir()] == ["demo-lan"]


def test_a_demo_realm_is_not_served_as_a_live_one_under_any_name(terminal: Terminal) -> None:
    terminal.muster("serve", "--demo")
    realms = terminal.home / "realms"
    shutil.copytree(realms / "demo", realms / "live")
    for words in (("serve",), ("--realm", "demo", "serve"), ("--realm", "demo", "account", "officer", "x", "x")):
        code, said = terminal.muster(*words, typed="long enough\n")
        assert (code, len(terminal.served)) == (1, 1)
        assert "realm.kind" in said
    code, said = terminal.muster("--realm", "demo", "init", "--city", "9901", "--name", "云江市")
    assert (code, "exists already" in said) == (1, True)
    (realms / "live" / "realm.json").unlink()
    code, said = terminal.muster("init", "--city", "9901", "--name", "云江市")
    assert (code, "exists already" in said) == (1, True)


def test_a_live_realm_is_not_served_as_the_demo(terminal: Terminal) -> None:
    terminal.muster("--realm", "demo", "init", "--city", "9901", "--name", "云江市")
    code, said = terminal.muster("serve", "--demo")
    assert (code, terminal.served) == (1, [])
    assert "realm.kind" in said


def test_nobody_chooses_the_demos_password(terminal: Terminal) -> None:
    terminal.muster("init", "--city", "9901", "--name", "云江市")
    for password in (DEMO_PASSWORD, "short"):
        code, said = terminal.muster("account", "officer", "bo", "bo", typed=f"{password}\n")
        assert (code, "session.password" in said) == (1, True)
    write_rows(terminal.home / "rows")
    for what in ("divisions", "officers"):
        assert terminal.muster("import", what, str(terminal.home / "rows" / f"{what}.csv"))[0] == 0
    assert terminal.muster("account", "officer", "bo", "bo", typed="correct horse\n")[0] == 0


def test_insurances_of_the_demo_run_out_around_the_day_of_its_first_start(tmp_path: Path, terminal: Terminal) -> None:
    day = datetime(2031, 5, 4, 18, tzinfo=UTC)
    house = open_demo(tmp_path / "demo", master=b"d" * 32, clock=ManualClock(round(day.timestamp() * 1000)))
    insured = [contact.insured_until_ms for contact in house.catalogue.roster.people.values() if contact.insured_until_ms]
    run_out = sorted(datetime.fromtimestamp(at_ms / 1000, UTC).year for at_ms in insured)
    assert 2030 <= run_out[0] <= 2031
    assert 2031 <= run_out[-1] <= 2033
    assert list((tmp_path / "demo").glob("**/*.csv")) == [], "the rows that named its people are gone"
    house.realm.close()
