"""Real data lies outside the repository, in the folder `MUSTER_SHARED` (default ../shared)."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("MUSTER_SHARED", str(Path(__file__).parent.parent.parent / "shared"))) / "data"


def real(name: str) -> Path:
    """A file of real data; the test skips, and says so, where the whole folder is absent."""
    if not FOLDER.exists():
        pytest.skip(f"no real data at {FOLDER}: set MUSTER_SHARED")
    path = FOLDER / name
    assert path.exists(), path
    return path
