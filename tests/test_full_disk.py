"""A disk that is full for a moment while a wave is planned: nobody is parked, and the leaders are called when there is room."""

import errno
import os
from pathlib import Path

import pytest

from command.core.blobs import Blobs
from command.core.errors import LogUnavailable
from command.core.followers import Tail
from tests.kit import Desk
from tests.stories.told import told


def no_room(*_args: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_blob_that_finds_no_room_leaves_no_half_and_may_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    photos = Blobs(tmp_path / "blobs", desk.vault)
    with monkeypatch.context() as full:
        full.setattr("command.core.files.os.fsync", no_room)
        with pytest.raises(LogUnavailable):
            photos.put("photo-1", "incident:i1", b"bytes")
    assert list((tmp_path / "blobs").glob("*")) == []
    photos.put("photo-1", "incident:i1", b"bytes")
    assert photos.get("photo-1", "incident:i1") == b"bytes"


def test_a_wave_planned_on_a_full_disk_is_called_when_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with told(tmp_path) as story:
        with monkeypatch.context() as full:
            full.setattr("command.core.blobs.write_whole", no_room)
            incident = story.raise_fire()
            story.fast_forward(5)
            tail: Tail = story.house.tail
            assert isinstance(tail.waiting["waves"], LogUnavailable)
            assert story.board(incident)["incident"]["stage"] == "acting", "screens go on"
            assert story.board(incident)["calls"] == []
        story.settle()
        assert [call["state"] for call in story.board(incident)["calls"]] == ["open"] * 4
        assert story.house.view.look("realm").parked == ()
