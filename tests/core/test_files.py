"""Small files are whole at every moment, whoever writes, and whatever cuts a writer off."""

import stat
import threading
from pathlib import Path

import pytest

from command.core.anchors import SignOfLife
from command.core.files import write_whole


class Cut(BaseException):
    """The process is gone here."""


@pytest.mark.parametrize("step", ["fdopen", "fchmod", "fsync"])
def test_a_writer_cut_off_leaves_the_old_file(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key"
    write_whole(path, b"old", mode=0o600)

    def cut(*_args: object) -> None:
        raise Cut

    with monkeypatch.context() as power:
        power.setattr(f"command.core.files.os.{step}", cut)
        with pytest.raises(Cut):
            write_whole(path, b"new and longer", mode=0o600)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"old", 0o600)


def test_no_room_leaves_the_old_file_and_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key"
    write_whole(path, b"old")

    def no_room(_descriptor: int) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as full:
        full.setattr("command.core.files.os.fsync", no_room)
        with pytest.raises(OSError, match="no space"):
            write_whole(path, b"new")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"key": b"old"}


def test_the_sign_of_life_is_never_seen_empty(tmp_path: Path) -> None:
    """A server and a command beside it write it at once; whoever reads finds a time."""
    sign, over = SignOfLife(tmp_path / "alive"), threading.Event()
    sign.write(1)

    def write() -> None:
        while not over.is_set():
            sign.write(1_790_000_000_000)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    seen = {sign.read_ms() for _ in range(2_000)}
    over.set()
    for writer in writers:
        writer.join()
    assert seen <= {1, 1_790_000_000_000}
    assert [each.name for each in tmp_path.iterdir()] == ["alive"]


def test_a_sign_of_life_cut_off_while_written_is_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = SignOfLife(tmp_path / "alive")
    sign.write(5)

    def cut(*_args: object) -> None:
        raise Cut

    with monkeypatch.context() as power:
        power.setattr("command.core.files.Path.replace", cut)
        with pytest.raises(Cut):
            sign.write(6)
    assert sign.read_ms() == 5
