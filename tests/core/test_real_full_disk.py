"""A disk that is really full when a turn commits: the system refuses the bytes in the middle of it, in a process of its own."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from command.core.asks import Receipt
from command.core.errors import LogUnavailable
from command.core.records import first_break
from tests.core.test_inside_the_turn import ask, assert_world_is_its_refold
from tests.kit import Desk, raising

ROOM = 8_192
"""What is left: a few pages of the many a batch writes."""


def fill_the_disk(folder: Path) -> None:
    """Runs in the child: no file may grow beyond the log's present size and a little."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails instead of killing
    desk = Desk(folder)
    desk.ask(raising("i0"))
    before = desk.log.head()
    size = (folder / "log.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + ROOM, resource.RLIM_INFINITY))
    batch = [ask(raising(f"i{number}"), number) for number in range(1, 60)]
    for _ in range(2):
        outcomes = desk.core.turn(batch)
        assert {type(each) for each in outcomes} == {LogUnavailable}, outcomes[:3]
        assert (desk.log.head(), desk.core.world.keys("incident")) == (before, ["incident:i0"])
        assert_world_is_its_refold(desk)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert {type(each) for each in desk.core.turn(batch)} == {Receipt}
    assert len(desk.core.world.keys("incident")) == 60
    assert_world_is_its_refold(desk)
    desk.close()
    again = Desk(folder)
    assert first_break(again.log.after(0, 1_000)) is None
    assert_world_is_its_refold(again)
    again.close()


def test_inside_the_turn_a_disk_full_at_commit_refuses_the_whole_batch(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from tests.core.test_real_full_disk import fill_the_disk; fill_the_disk(Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
