"""`muster link`: a first password by a code that works once, for a day. `muster erase`: beside a running server, for ever."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from command.core.clock import ManualClock, SystemClock
from mobilization.tables import PersonRow
from tests.cli.spoken import Terminal
from tests.stories.told import NEED, Teller, told
from tests.town import MASTER, open_town
from web_console.about import About, make_realm
from web_console.accounts.tables import AccountRow
from web_console.app import make_app

PASSWORD = "horse correct"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """At the data folder that `told(tmp_path / "realms")` has its realm in."""
    monkeypatch.setenv("MUSTER_MASTER_KEY", MASTER.hex())
    make_realm(tmp_path / "realms" / "realm", About(city="9901", name="云江市", kind="live"))
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture
def story(tmp_path: Path, terminal: Terminal) -> Iterator[Teller]:
    with told(tmp_path / "realms", clock=ManualClock(SystemClock().wall_ms())) as teller:
        yield teller


def first(story: Teller, code: str, *, me: str = "", password: str = PASSWORD) -> tuple[int, str]:
    answer = story.client.post(f"/api/v1{me}/session/first", json={"code": code, "password": password})
    return answer.status_code, answer.json().get("code", "")


def test_link_a_code_works_once_for_a_day_and_only_where_it_was_meant(story: Teller) -> None:
    accounts, clock = story.house.accounts, story.clock
    code = accounts.invite("bo-li", kind="officer", subject="bo", now_ms=clock.wall_ms())
    kept = b"".join(path.read_bytes() for path in story.house.realm.folder.path.glob("registry.db*"))
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept
    assert first(story, code, me="/me") == (401, "session.code")
    assert first(story, code, password="short") == (422, "session.password")
    assert first(story, code, password="demo-only") == (422, "session.password")
    assert first(story, code.upper().replace("-", " ")) == (200, "")
    assert first(story, code) == (401, "session.code")
    answer = story.client.post("/api/v1/session", json={"login": "bo-li", "password": PASSWORD})
    assert answer.json()["officer"]["id"] == "bo"
    late = accounts.invite("p1-phone", kind="person", subject="p1", now_ms=clock.wall_ms())
    clock.advance(seconds=24 * 3600)
    assert first(story, late, me="/me") == (401, "session.code")


def test_link_a_newer_code_voids_the_older_and_ends_sessions_of_the_login(story: Teller) -> None:
    story.sign_in("bo")
    now_ms = story.clock.wall_ms()
    older, newer = (story.house.accounts.invite("bo", kind="officer", subject="bo", now_ms=now_ms) for _ in range(2))
    assert first(story, older) == (401, "session.code")
    assert first(story, newer) == (200, "")
    assert story.call("bo", "GET", "/session").json()["code"] == "session.none"


def test_link_by_the_command_line(tmp_path: Path, terminal: Terminal) -> None:
    house = open_town(tmp_path / "realms", clock=SystemClock())
    assert terminal.muster("--realm", "realm", "link", "officer", "nobody")[0] == 1
    code, said = terminal.muster("--realm", "realm", "link", "officer", "cy", "--login", "bo")
    assert (code, "account.login" in said) == (1, True)
    code, said = terminal.muster("--realm", "realm", "link", "person", "p3")
    assert code == 0
    with TestClient(make_app(house, live=False), base_url="http://muster.test") as client:
        body = {"code": said.split()[-1], "password": PASSWORD}
        assert client.post("/api/v1/me/session/first", json=body).json()["person"]["id"] == "p3"


def test_erase_beside_a_running_server(story: Teller, terminal: Terminal, tmp_path: Path) -> None:
    place = {"lon": 111.05, "lat": 30.05, "private_home": True, "address": "文昌里"}
    body = {"category": "20700", "severity": 4, "needs": [NEED], "order": True, "place": place, "report": {"words": "三楼"}}
    incident = str(story.does("bo", "/incidents", body)["incident"])
    story.answer(2, heads=1)

    def mine() -> dict[str, object]:
        return next(i for n, i in story.sees("leader2", "/me").items() if n.startswith("call/"))

    assert mine()["address"] == "文昌里"
    for words in (("erase", f"incident:{incident}"), ("erase", "person:p1")):
        code, said = terminal.muster("--realm", "realm", *words, typed="yes\n")
        assert (code, "nothing was done" in said) == (1, True)
    assert mine()["address"] == "文昌里"
    code, said = terminal.muster("--realm", "realm", "erase", "person:nobody", "--yes")
    assert (code, "erase.unknown" in said) == (1, True)
    assert terminal.muster("--realm", "realm", "erase", f"incident:{incident}", typed=f"incident:{incident}\n")[0] == 0
    backups = tmp_path / "backups"
    backups.mkdir()
    assert terminal.muster("--realm", "realm", "erase", "person:p1", "--yes", "--backups", str(backups))[0] == 0
    assert len(list(backups.glob("vault-realm-*.db"))) == 1
    story.settle()
    assert (mine()["address"], mine()["words"]) == (None, None)
    assert story.house.names.people.get("p1").name is None  # type: ignore[union-attr]
    again = story.client.post("/api/v1/me/session", json={"login": "leader1", "password": "correct horse"})
    assert again.json()["code"] == "session.wrong"
    later = story.raise_fire()
    assert "p1" not in {call["person"] for call in story.board(later)["calls"]}, "an erased person is called no more"


def test_erase_leaves_no_old_page_of_the_registry(story: Teller, terminal: Terminal) -> None:
    """Beside a server that goes on reading; a person's sealed part and account are in no file any more."""
    folder = story.house.realm.folder.path
    with story.house.registry.read() as session:
        sealed = session.scalars(select(PersonRow.sealed).where(PersonRow.id == "p1")).one()
        login = session.scalars(select(AccountRow.login_hash).where(AccountRow.subject == "p1")).one()
    assert sealed is not None
    assert [path.name for path in folder.glob("registry.db*") if sealed in path.read_bytes()]
    assert terminal.muster("--realm", "realm", "erase", "person:p1", "--yes")[0] == 0
    left = [path.name for path in folder.glob("registry.db*") for old in (sealed, login.encode()) if old in path.read_bytes()]
    assert left == []


def test_erase_a_response(story: Teller, terminal: Terminal) -> None:
    """Its item and measures, and the words of every later order about it."""
    order = {"body": "市防指", "document": "云防指〔2026〕3号"}
    body = {
        "division": "9901",
        "category": "10102",
        "level": 3,
        "item": "内涝",
        "term_h": 24,
        "measures": "转移张三一家",
        "by_order": order,
    }
    response = story.does("ana", "/responses", body)["response"]
    story.does("ana", f"/responses/{response}/end", {"by_order": order | {"reason": "张三已安置"}})
    house = story.house

    def opened() -> list[object]:
        events = [house.core.event(record) for record in house.realm.log.of(f"response:{response}")]
        return [house.realm.open_event(event) for event in events if event.sealed is not None]

    assert opened() == [{"item": "内涝", "measures": "转移张三一家"}, {"reason": "张三已安置"}]
    assert terminal.muster("--realm", "realm", "erase", "response:none", "--yes")[0] == 1
    assert terminal.muster("--realm", "realm", "erase", f"response:{response}", "--yes")[0] == 0
    story.settle()
    assert opened() == [None, None]


def test_erase_signs_them_out_of_a_running_server(story: Teller, terminal: Terminal) -> None:
    story.sign_in("leader1")
    assert story.call("leader1", "GET", "/me").status_code == 200
    assert terminal.muster("--realm", "realm", "erase", "person:p1", "--yes")[0] == 0
    story.settle()
    assert story.call("leader1", "GET", "/me").status_code == 401
