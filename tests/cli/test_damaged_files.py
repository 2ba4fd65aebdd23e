"""What a power cut or a disk has spoiled: what may be lost is made anew, and of everything else a person is told in words."""

from pathlib import Path

import pytest

from tests.cli.spoken import Terminal


def spoil(terminal: Terminal, name: str, content: bytes = b"garbage!" * 4096) -> None:
    folder = terminal.home / "realms" / "realm"
    for each in folder.glob(f"{name}*"):
        each.unlink()
    (folder / name).write_bytes(content)


def test_a_spoiled_cache_is_begun_anew(terminal: Terminal) -> None:
    spoil(terminal, "cache.db")
    assert terminal.muster("--realm", "realm", "serve")[0] == 0
    assert terminal.served


@pytest.mark.parametrize(("name", "content"), [("registry.db", b"garbage!" * 4096), ("realm.json", b"")])
def test_a_spoiled_file_is_told_in_words(terminal: Terminal, name: str, content: bytes) -> None:
    spoil(terminal, name, content)
    code, said = terminal.muster("--realm", "realm", "serve")
    assert (code, "从备份恢复" in said, "restore a backup" in said) == (1, True, True)
    assert "Traceback" not in said


def test_a_backup_into_a_folder_that_is_not_empty_says_so(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    code, said = terminal.muster("--realm", "realm", "backup", str(tmp_path / "full"))
    assert (code, "不是空的" in said) == (1, True)
