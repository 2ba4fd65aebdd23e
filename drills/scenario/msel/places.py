"""From the place of a fault in a drill to the cell of the workbook where it stands."""

import re
from collections.abc import Mapping, Sequence

from command.tiers.books.cells import BookSheet
from drills.scenario.msel.head import Head
from drills.scenario.msel.sheets import place

_INJECT = re.compile(r"(?:\$\.)?injects\[(\d+)\](?:\.(\w+))?(.*)")
_COLUMN: Mapping[str, tuple[str, ...]] = {
    "cue": ("at_min", "cue_machine"), "measures": ("measures_machine", "measures_zh"), "acts": ("acts_machine",),
}  # fmt: skip
_CONDITIONS = ("only_if", "unless")


def cell_of(where: str, sheet: BookSheet, columns: Mapping[str, int], lines: Sequence[int], head: Head) -> str:
    """What names a cell already, or has none, stays as it is."""
    if "!" in where:
        return where
    found = _INJECT.match(where)
    if found is None:
        return head.places.get(re.split(r"[.\[]", where.removeprefix("$."))[0], where)
    field, rest = found[2] or "number", found[3]
    wanted = ("cue_machine",) if any(each in rest for each in _CONDITIONS) else _COLUMN.get(field, (field,))
    if field == "cue" and rest.startswith(".after"):
        wanted = ("after", *wanted)
    column = next((columns[name] for name in wanted if name in columns), 0)
    return place(sheet, lines[int(found[1])], column)
