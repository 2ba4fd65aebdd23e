"""The wheel carries all that serves: pages built, tables, migrations; whoever installs it needs no Node."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "web_console" / "built"


def test_the_wheel_carries_pages_tables_and_migrations(tmp_path: Path) -> None:
    assert (BUILT / "index.html").exists(), "make test builds the pages first"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    pages = {
        f"web_console/built/{path.relative_to(BUILT)}" for path in BUILT.rglob("*") if path.is_file() and path.name[0] != "."
    }
    data = {str(path.relative_to(ROOT)) for path in ROOT.glob("*/**/data/*.toml") if ".venv" not in path.parts} | {
        "drills/review/review.css"
    }
    assert len(pages) > 5
    assert len(data) >= 5
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert pages | data | {"web_console/migrations/versions/0001_the_first_tables.py"} <= names
    assert not any("front/" in name or "node_modules" in name or name.startswith("tests") for name in names)
    assert wheel.stat().st_size < 3_000_000
