"""Files that are whole whatever happens: written beside their place, forced to disk, then put there."""

import os
from pathlib import Path
from tempfile import mkstemp


def write_whole(path: Path, content: bytes, *, mode: int = 0o644, to_disk: bool = True) -> None:
    """In the place of what was there: a reader, or a crash, sees the old file or the new one, never half of one.

    Raises OSError; then the old one stands and no half is left. `to_disk`: durable on return, against a power cut too.
    """
    descriptor, name = mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")  # several may write at once
    half = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            if to_disk:
                os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    if to_disk:
        sync_folder(path.parent)


def sync_tree(folder: Path) -> None:
    """Every file and folder below is durable."""
    for where, _, names in os.walk(folder):
        for name in names:
            with (Path(where) / name).open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(where))


def sync_folder(folder: Path) -> None:
    """What was put into this folder, moved or taken out of it is durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
