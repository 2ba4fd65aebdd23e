"""`python -m web_console.replays.prepare FOLDER KIND`: makes the checkpoints of a realm that are wanted, in a process of its own, so that
a long history is folded beside the live realm and not in its time. It only reads the log."""

import os
import sys
from pathlib import Path

from command.core.log_sqlite import SqliteLog
from command.core.realm import Folder
from web_console.replays.past import opened

_POLITELY = 10


def prepare(folder: Path, kind: str) -> None:
    log = SqliteLog(Folder(folder).log, epoch="", read_only=True)
    shelf, seeker = opened(folder, log, kind=kind)
    try:
        seeker.build()
    finally:
        shelf.close()
        log.close()


if __name__ == "__main__":
    os.nice(_POLITELY)
    prepare(Path(sys.argv[1]), sys.argv[2])
