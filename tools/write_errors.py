"""Writes docs/errors.md from the tables of words."""

import sys
from pathlib import Path

from web_console.problems import ALL_WORDS

HEAD = """# Errors

Written by `python -m tools.write_errors` from the code. One shape (RFC 9457); a code is stable, its words may improve.

| code | status | 中文 | English |
|---|---|---|---|
"""


def text() -> str:
    """The page as it must be."""
    rows = [f"| `{code}` | {words.status} | {words.zh} | {words.en} |" for code, words in sorted(ALL_WORDS.items())]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    Path("docs/errors.md").write_text(text(), "utf-8")
    sys.exit(0)
