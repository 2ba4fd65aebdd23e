"""The vault opens with its own master key and with no other."""

import sqlite3
from pathlib import Path

import pytest

from command.core.chance import SeededChance
from command.core.errors import Refused, WrongKey
from command.core.vault import Vault

MASTER, OTHER = b"m" * 32, b"n" * 32


def vault(path: Path | None, *, master: bytes = MASTER) -> Vault:
    return Vault(path, master=master, chance=SeededChance(1))


@pytest.mark.parametrize("master", [b"", b"12", b"m" * 16, b"m" * 33])
def test_a_master_key_of_another_length_is_refused_at_once(master: bytes) -> None:
    with pytest.raises(WrongKey):
        vault(None, master=master)


def test_another_master_key_is_refused_also_before_any_key_was_made(tmp_path: Path) -> None:
    path = tmp_path / "vault.db"
    vault(path).close()
    with pytest.raises(WrongKey):
        vault(path, master=OTHER)
    vault(path).close()


def test_a_vault_without_the_known_text_is_opened_by_a_key_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "vault.db"
    first = vault(path)
    first.prepare(["incident:1"])
    first.close()
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM about")
    db.close()
    with pytest.raises(WrongKey):
        vault(path, master=OTHER)
    again = vault(path)
    assert again.seal("incident:1", {"a": 1}, context="x") is not None
    again.close()


def test_an_erased_key_stays_nowhere_not_even_where_somebody_reads_on(tmp_path: Path) -> None:
    path = tmp_path / "vault.db"
    one = vault(path)
    one.prepare(["person:1", "person:2"])
    wrapped = one._db.execute("SELECT wrapped FROM keys WHERE subject = 'person:1'").fetchone()[0]
    one._db.execute("PRAGMA busy_timeout = 1")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM keys").fetchone() == (2,)
    with pytest.raises(Refused, match=r"erase\.unfinished"):
        one.erase("person:1")
    assert one.seal("person:1", {"a": 1}, context="x") is None, "erased all the same"
    reader.close()
    one.erase("person:1")
    assert not [each.name for each in tmp_path.iterdir() if wrapped in each.read_bytes()]
    assert one.erased() == ["person:1"]
    one.close()
