"""Writes docs/events.md from the facts themselves: every name, its fields, its first sentence."""

import sys
from pathlib import Path

import msgspec

from web_console.rules import DRILL_RULES as RULES

HEAD = """# Events

Written by `python -m tools.write_events` from the code. Every event also carries position, three times (happened, learned, entered), actor, authority, cause,
command id and hash. A name and its schema are for ever; sealed parts are not listed.

| event | schema | fields | meaning |
|---|---|---|---|
"""


def text() -> str:
    """The page as it must be."""
    rows = []
    for fact in sorted(RULES.facts, key=lambda each: each.NAME):
        fields = ", ".join(field.name for field in msgspec.structs.fields(fact))
        meaning = (fact.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ") if "__doc__" in fact.__dict__ else ""
        rows.append(f"| `{fact.NAME}` | {fact.SCHEMA} | {fields} | {' '.join(meaning.split())} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    Path("docs/events.md").write_text(text(), "utf-8")
    sys.exit(0)
