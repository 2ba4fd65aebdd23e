"""What the linters cannot say: clocks read in one room, no hidden imports, no addresses in lock files, no long files, and
no words of a screen in the middle of code."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

OURS = frozenset({"command", "geo", "incidents", "mobilization", "drills", "web_console"})
CLOCKS = frozenset({"utcnow", "now", "today", "time", "time_ns", "monotonic", "monotonic_ns", "perf_counter"})
CLOCK_ROOMS = ("command/core/clock.py", "tests/", "tools/")
LONGEST = 400
HAN = re.compile("[\u3400-\u9fff]")
# Where Python holds Chinese: words beside codes of refusals, columns of imports, what is printed or sent, made-up cities.
WORD_ROOMS = (
    "tests/", "tools/", "drills/city/", "drills/reports.py", "drills/duty.py", "drills/abilities.py", "drills/scenario/wording.py", "drills/scenario/msel/columns.py", "drills/measures/figures.py", "drills/review/words.py", "drills/review/sentences.py", "drills/review/drafting.py", "drills/review/rows.py", "drills/review/figures.py",
    "command/core/errors.py", "command/tiers/authority.py",
    "command/tiers/books/", "mobilization/roster_columns.py", "mobilization/rosters.py", "mobilization/joining.py", "web_console/imports/example.py", "web_console/imports/shown.py",
    "command/tiers/rows.py", "command/tiers/imports.py", "mobilization/imports.py", "web_console/problems.py", "web_console/sms.py", "web_console/marking.py", "web_console/exercises/words.py", "web_console/exercises/filing.py",
    "web_console/cli", "web_console/drilling.py", "web_console/drill_files.py", "web_console/served_drill.py", "web_console/reviewing.py", "web_console/comparing.py", "web_console/lan/words.py", "web_console/demo.py", "web_console/replay.py", "web_console/bringing.py", "web_console/road_rows.py", "web_console/counts.py", "web_console/about.py",
    "web_console/replying.py", "web_console/links.py", "web_console/routes/gateway.py", "web_console/pages.py", "web_console/app.py", "web_console/house.py", "command/core/backup.py",
)  # fmt: skip


def main() -> int:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split()  # noqa: S607 -- git
    faults = [fault for name in tracked if Path(name).is_file() for fault in _faults(name)]
    print("\n".join(faults) or "house: ok")  # noqa: T201 -- a command
    return 1 if faults else 0


def _faults(name: str) -> Iterator[str]:
    if name.endswith("uv.lock"):
        yield f"{name}: lock files with addresses stay out"
    if name.endswith("package-lock.json") and '"resolved"' in Path(name).read_text("utf-8"):
        yield f"{name}: has resolved addresses"
    if name.endswith(".py"):
        text = Path(name).read_text("utf-8")
        if text.count("\n") > LONGEST:
            yield f"{name}: longer than {LONGEST} lines"
        yield from (f"{name}:{line}: {what}" for line, what in _in_tree(ast.parse(text), name))


def _in_tree(tree: ast.Module, name: str) -> Iterator[tuple[int, str]]:
    may_read_clocks = name.startswith(CLOCK_ROOMS)
    may_hold_words = name.startswith(WORD_ROOMS) or name.endswith("refusals.py")
    _forget_docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and name.split("/", 1)[0] in OURS:
            yield from ((inner.lineno, "own import hidden in a function") for inner in ast.walk(node) if _imports_ours(inner))
        if not may_hold_words and isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value):
            yield (
                node.lineno,
                f"“{node.value[:20]}” in code: put it beside its code in a table of words, named in WORD_ROOMS of tools/check_house.py",
            )
        if not may_read_clocks and _reads_clock(node):
            yield node.lineno, "reads a clock outside command/core/clock.py"


def _forget_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]


def _reads_clock(node: ast.AST) -> TypeGuard[ast.Attribute]:
    if not (isinstance(node, ast.Attribute) and node.attr in CLOCKS and isinstance(node.value, ast.Name)):
        return False
    return node.value.id in {"time", "datetime", "date"}


def _imports_ours(node: ast.AST) -> TypeGuard[ast.Import | ast.ImportFrom]:
    if isinstance(node, ast.ImportFrom):
        return bool(node.module) and str(node.module).split(".", maxsplit=1)[0] in OURS
    return isinstance(node, ast.Import) and any(alias.name.split(".")[0] in OURS for alias in node.names)


if __name__ == "__main__":
    sys.exit(main())
