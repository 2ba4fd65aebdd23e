"""`muster restore` touches nothing until what it brings is whole, and whatever it brings, who was erased stays erased."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from command.core import restoring
from command.core.clock import SystemClock
from command.core.errors import Refused
from command.core.locks import serve_alone
from command.core.realm import Folder
from mobilization.tables import PersonRow
from tests.cli.spoken import Terminal
from tests.town import MASTER, PASSWORD, open_town
from web_console.about import About, make_realm
from web_console.accounts.tables import AccountRow, InvitationRow
from web_console.house import House


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Two realms of one town, `realm` and `other`."""
    monkeypatch.setenv("MUSTER_MASTER_KEY", MASTER.hex())
    for name in ("realm", "other"):
        make_realm(tmp_path / "realms" / name, About(city="9901", name="云江市", kind="live"))
    asyncio.run(open_town(tmp_path / "realms", clock=SystemClock()).close())
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture
def backup(tmp_path: Path, terminal: Terminal) -> Path:
    assert at(terminal, "backup", str(tmp_path / "backups" / "one"))[0] == 0
    return tmp_path / "backups" / "one"


def at(terminal: Terminal, *words: str, realm: str = "realm") -> tuple[int, str]:
    return terminal.muster("--realm", realm, *words)


def contents(folder: Path) -> dict[str, bytes]:
    skipped = ("-shm", "-wal", "serving", "open", "copying", "alive")
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.name.endswith(skipped)}


def name_of(house: House, person: str) -> str | None:
    found = house.names.people.get(person)
    asyncio.run(house.close())
    return found.name if found else None


def open_at(folder: Path) -> House:
    return open_town(folder, clock=SystemClock(), fill=False)


def spoil_log(backup: Path) -> None:
    with sqlite3.connect(backup / "log.db") as db:
        db.execute("UPDATE records SET actor = 'x' WHERE position = 1")
    db.close()


SPOILED = {
    "restore.none": lambda backup: (backup / "log.db").unlink(),
    "restore.unfinished": lambda backup: (backup / "keys").unlink(),
    "restore.damaged": spoil_log,
}


@pytest.mark.parametrize("code", SPOILED)
def test_a_backup_that_is_not_whole_is_refused_and_the_realm_stands(terminal: Terminal, backup: Path, code: str) -> None:
    realm = terminal.home / "realms" / "realm"
    SPOILED[code](backup)
    before = contents(realm)
    exit_code, said = at(terminal, "restore", str(backup))
    assert (exit_code, code in said, "未恢复" in said) == (1, True, True)
    assert contents(realm) == before
    assert at(terminal, "restore", str(backup.parent / "mistyped"))[0] == 1
    assert contents(realm) == before
    assert sorted(p.name for p in realm.parent.iterdir()) == ["other", "realm", "rows"]


def test_a_backup_of_another_city_is_refused(terminal: Terminal, backup: Path) -> None:
    make_realm(terminal.home / "realms" / "far", About(city="9902", name="远江市", kind="live"))
    code, said = at(terminal, "restore", str(backup), realm="far")
    assert (code, "restore.other_city" in said) == (1, True)


def test_keys_under_another_master_are_refused_before_anything_is_touched(
    terminal: Terminal, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(terminal.home / "realms" / "realm")
    monkeypatch.setenv("MUSTER_MASTER_KEY", "ab" * 32)
    code, said = at(terminal, "restore", str(backup))
    assert (code, "vault.key" in said) == (1, True)
    assert contents(terminal.home / "realms" / "realm") == before


def test_a_restore_cut_short_between_its_two_moves_is_taken_back(
    terminal: Terminal, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    realm = terminal.home / "realms" / "realm"
    before = contents(realm)

    def cut_short(_ready: Folder, old: Folder) -> None:
        old.path.rename(restoring._aside(old))
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr(restoring, "_exchange", cut_short)
        with pytest.raises(KeyboardInterrupt):
            at(terminal, "restore", str(backup))
    assert not realm.exists()
    assert at(terminal, "verify-log")[0] == 0
    assert contents(realm) == before


def test_what_a_killed_restore_leaves_is_swept_away_with_the_keys_in_it(terminal: Terminal) -> None:
    realms = terminal.home / "realms"
    shutil.copytree(realms / "realm", realms / "realm.part")
    shutil.copytree(realms / "realm", realms / "realm.before-restore")
    with serve_alone(realms / "realm.part"):
        code, said = at(terminal, "erase", "person:p1", "--yes")
        assert (code, "realm.served" in said) == (1, True), "a restore is at it"
    assert at(terminal, "erase", "person:p1", "--yes")[0] == 0
    assert sorted(p.name for p in realms.iterdir()) == ["other", "realm", "rows"]


def test_keys_that_are_nowhere_are_said_to_be_missing(terminal: Terminal, backup: Path) -> None:
    realm = terminal.home / "realms" / "realm"
    next(backup.parent.glob("vault-*.db")).unlink()
    assert at(terminal, "restore", str(backup))[0] == 0, "the realm itself has them"
    (realm / "vault.db").write_bytes(b"a damaged disk" * 1000)
    code, said = at(terminal, "restore", str(backup))
    assert (code, "restore.no_keys" in said) == (1, True)
    assert (realm / "log.db").exists()


def test_a_restore_leaves_one_realm_and_the_log_says_what_happened(terminal: Terminal, backup: Path) -> None:
    realms = terminal.home / "realms"
    (realms / "realm" / "layers").mkdir(exist_ok=True)
    assert at(terminal, "restore", str(backup))[0] == 0
    assert sorted(p.name for p in realms.iterdir()) == ["other", "realm", "rows"]
    code, said = at(terminal, "verify-log")
    assert (code, "history was replaced at" in said) == (0, True)
    assert name_of(open_at(realms), "p1") == "王1"


def test_two_realms_backed_up_into_one_folder_keep_their_keys_apart(terminal: Terminal, backup: Path) -> None:
    realms = terminal.home / "realms"
    make = terminal.home / "elsewhere"
    make_realm(
        make / "realms" / "realm", About(city="9901", name="云江市", kind="live")
    )  # another home, a realm of the same name
    asyncio.run(open_town(make / "realms", clock=SystemClock(), seed=4).close())
    neighbour = Terminal(make, terminal._patch, terminal._capsys)
    assert at(neighbour, "backup", str(backup.parent / "theirs"))[0] == 0
    assert at(terminal, "backup", str(backup.parent / "third"), realm="other")[0] == 0
    assert len(list(backup.parent.glob("vault-*.db"))) == 3
    shutil.rmtree(realms / "realm")
    shutil.rmtree(make / "realms" / "realm")
    assert at(terminal, "restore", str(backup))[0] == at(neighbour, "restore", str(backup.parent / "theirs"))[0] == 0
    assert name_of(open_at(realms), "p1") == name_of(open_at(make / "realms"), "p1") == "王1"


def test_the_keys_survive_init_restore_and_backup_on_a_new_machine(terminal: Terminal, backup: Path, tmp_path: Path) -> None:
    """The realm made there has keys of its own, which must take the place of no others."""
    new = Terminal(tmp_path / "new", terminal._patch, terminal._capsys)
    assert at(new, "init", "--city", "9901", "--name", "云江市")[0] == 0
    assert at(new, "restore", str(backup))[0] == 0
    assert at(new, "backup", str(backup.parent / "two"))[0] == 0
    third = Terminal(tmp_path / "third", terminal._patch, terminal._capsys)
    for copy in ("one", "two"):
        assert at(third, "restore", str(backup.parent / copy))[0] == 0
        assert name_of(open_at(tmp_path / "third" / "realms"), "p1") == "王1"


@pytest.mark.parametrize("gone", ["realm", "copy", "neither"])
def test_who_was_erased_after_the_backup_stays_erased(terminal: Terminal, backup: Path, gone: str) -> None:
    """Known from the realm's own keys, or from the copy that was renewed, or both; others keep theirs."""
    old = next(backup.parent.glob("vault-*.db")).read_bytes()
    assert at(terminal, "erase", "person:p1", "--yes")[0] == 0
    if gone == "realm":
        shutil.rmtree(terminal.home / "realms" / "realm")
    if gone == "copy":  # yesterday's copy, with the erased key in it, was put back
        next(backup.parent.glob("vault-*.db")).write_bytes(old)
    assert at(terminal, "restore", str(backup))[0] == 0
    assert name_of(open_at(terminal.home / "realms"), "p1") is None
    assert name_of(open_at(terminal.home / "realms"), "p2") == "王2"


def test_a_later_backup_brings_no_erased_key_back_into_the_copy(terminal: Terminal, backup: Path) -> None:
    """Yesterday's whole folder, keys included, lies in the realm's place: the copy knows better."""
    realm = terminal.home / "realms" / "realm"
    shutil.copytree(realm, terminal.home / "yesterday")
    assert at(terminal, "erase", "person:p1", "--yes")[0] == 0
    shutil.rmtree(realm)
    (terminal.home / "yesterday").rename(realm)
    assert at(terminal, "backup", str(backup.parent / "two"))[0] == 0
    shutil.rmtree(realm)
    assert at(terminal, "restore", str(backup.parent / "two"))[0] == 0
    assert name_of(open_at(terminal.home / "realms"), "p1") is None


def test_an_erasure_renews_every_copy_and_names_what_it_could_not_reach(terminal: Terminal, backup: Path, tmp_path: Path) -> None:
    assert at(terminal, "backup", str(tmp_path / "disk" / "two"))[0] == 0
    assert at(terminal, "restore", str(backup), realm="again")[0] == 0, "the same keys under another name"
    (tmp_path / "disk").rename(tmp_path / "taken_off")
    (tmp_path / "disk").mkdir()  # where it was mounted
    code, said = at(terminal, "erase", "person:p1", "--yes")
    assert (code, str(tmp_path / "disk") in said, str(backup.parent) in said) == (1, True, False)
    assert list((tmp_path / "disk").iterdir()) == []
    (tmp_path / "disk").rmdir()
    (tmp_path / "taken_off").rename(tmp_path / "disk")
    assert at(terminal, "erase", "person:p1", "--yes")[0] == 0
    assert at(terminal, "erase", "person:p2", "--yes", realm="again")[0] == 0
    shutil.rmtree(terminal.home / "realms" / "realm")
    assert at(terminal, "restore", str(tmp_path / "disk" / "two"))[0] == 0
    assert name_of(open_at(terminal.home / "realms"), "p1") is None
    shutil.rmtree(terminal.home / "realms" / "realm")
    assert at(terminal, "restore", str(backup))[0] == 0
    assert name_of(open_at(terminal.home / "realms"), "p2") is None, "erased where it was restored under another name"


def test_keys_that_cannot_be_read_any_more_do_not_stop_a_restore(terminal: Terminal, backup: Path) -> None:
    (terminal.home / "realms" / "realm" / "vault.db").write_bytes(b"a damaged disk" * 1000)
    assert at(terminal, "restore", str(backup))[0] == 0
    assert name_of(open_at(terminal.home / "realms"), "p1") == "王1"


def test_a_restored_person_who_was_erased_is_neither_called_nor_signed_in(terminal: Terminal, backup: Path) -> None:
    """Nor after any other way in which an old registry comes back: the next opening sees to it."""
    assert at(terminal, "link", "person", "p1", "--login", "spare")[0] == 0
    assert at(terminal, "backup", str(backup.parent / "two"))[0] == 0
    assert at(terminal, "erase", "person:p1", "--yes")[0] == 0
    assert at(terminal, "restore", str(backup.parent / "two"))[0] == 0
    house = open_at(terminal.home / "realms")
    with house.registry.read() as session:
        assert (row := session.get(PersonRow, "p1")) is not None
        assert row.sealed is None
        left = [table for table in (AccountRow, InvitationRow) if session.scalar(select(table).where(table.subject == "p1"))]
        assert left == []
    assert "p1" not in house.catalogue.roster.people
    assert "p2" in house.catalogue.roster.people
    with pytest.raises(Refused, match=r"session\.wrong"):
        house.accounts.sign_in("leader1", PASSWORD, kind="person", now_ms=house.core.now_ms())
    assert house.accounts.sign_in("leader2", PASSWORD, kind="person", now_ms=house.core.now_ms())[1].subject == "p2"
    revision = house.registry.revision()
    asyncio.run(house.close())
    house = open_at(terminal.home / "realms")
    assert house.registry.revision() == revision, "once is enough"
    asyncio.run(house.close())


def test_a_backup_holds_the_base_map_and_no_half_written_file(terminal: Terminal, tmp_path: Path) -> None:
    realm = terminal.home / "realms" / "realm"
    for folder in ("layers", "blobs", "scripts"):
        (realm / folder).mkdir(exist_ok=True)
    (realm / "layers" / "water.geojson").write_text("{}")
    (realm / "scripts" / "fire-2.yaml").write_text("id: fire-2")
    (realm / "blobs" / "photo-1").write_bytes(b"sealed")
    (realm / "blobs" / "photo-2.x1.part").symlink_to("gone")  # a photo that is being written: put in its place meanwhile
    assert at(terminal, "backup", str(tmp_path / "backups" / "one"))[0] == 0
    shutil.rmtree(realm)
    assert at(terminal, "restore", str(tmp_path / "backups" / "one"))[0] == 0
    assert (realm / "layers" / "water.geojson").read_text() == "{}"
    assert (realm / "scripts" / "fire-2.yaml").read_text() == "id: fire-2"
    assert [path.name for path in (realm / "blobs").iterdir()] == ["photo-1"]
