"""The master key: made once for a new data folder, whole and for its owner's eyes; never another one in its place."""

import stat
from pathlib import Path

import pytest

from command.core.errors import WrongKey
from tests.cli.spoken import Terminal
from web_console.master_key import master_key


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.delenv("MUSTER_MASTER_KEY", raising=False)
    return Terminal(tmp_path / "home", monkeypatch, capsys)


def init(terminal: Terminal, realm: str = "live") -> tuple[int, str]:
    return terminal.muster("--realm", realm, "init", "--city", "9901", "--name", "云江市")


def test_a_new_data_folder_gets_a_key_that_only_its_owner_reads(terminal: Terminal, tmp_path: Path) -> None:
    assert init(terminal)[0] == 0
    path = tmp_path / "home.master-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(bytes.fromhex(path.read_text("ascii"))) == 32
    assert not list(tmp_path.glob("*.part"))
    assert master_key(tmp_path / "home") == bytes.fromhex(path.read_text("ascii"))


def test_where_vaults_hold_keys_no_other_master_is_made_up(terminal: Terminal, tmp_path: Path) -> None:
    init(terminal)
    (tmp_path / "home.master-key").rename(tmp_path / "mislaid")
    for words in (("serve",), ("backup", str(tmp_path / "b")), ("--realm", "second", "init", "--city", "9901", "--name", "x")):
        code, said = terminal.muster(*words)
        assert (code, "vault.key_missing" in said, "主密钥文件不见了" in said) == (1, True, True)
    assert not (tmp_path / "home.master-key").exists()
    (tmp_path / "mislaid").rename(tmp_path / "home.master-key")
    assert terminal.muster("serve")[0] == 0


@pytest.mark.parametrize("text", ["", "zz", "00" * 16, "00" * 33])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.delenv("MUSTER_MASTER_KEY", raising=False)
    (tmp_path / "home.master-key").write_text(text, "ascii")
    with pytest.raises(WrongKey):
        master_key(tmp_path / "home")


def test_another_key_opens_nothing_and_says_so(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    init(terminal)
    monkeypatch.setenv("MUSTER_MASTER_KEY", "ab" * 32)
    code, said = terminal.muster("serve")
    assert (code, "vault.key" in said, terminal.served) == (1, True, [])
    monkeypatch.setenv("MUSTER_MASTER_KEY", "ab")
    assert terminal.muster("serve")[0] == 1
