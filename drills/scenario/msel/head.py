"""The head of a drill, from whichever other sheet of the workbook holds it: a label on the left, what is said beside it."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from command.tiers.books.cells import BookSheet, Cell, at
from command.tiers.books.columns import plain
from drills.scenario.checking import Fault
from drills.scenario.msel.columns import HEAD, NO, YES
from drills.scenario.msel.sheets import place
from drills.scenario.msel.values import lines, machine, minutes, number, parts
from drills.scenario.wording import AIMS, FORMS, Both

_LABEL, _VALUE, _ENGLISH, _KEY, _EXACT = range(5)
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?::\d{2}(?:\.\d+)?)?")
_OBJECTIVE = "objective:"
_FOR_THE_SYSTEM = frozenset({"players", "city", "spots", "incidents"})


class Head(NamedTuple):
    """`values`: fields of a scenario, those that were told; `places`: the cell of each."""

    values: dict[str, Any]
    objectives: list[dict[str, str]]
    places: dict[str, str]


class _Row(NamedTuple):
    key: str
    zh: str
    en: str
    exact: str
    where: str
    exact_where: str


def read_head(sheets: Sequence[BookSheet], faults: list[Fault]) -> Head:
    """Of all sheets the one that names most of it."""
    head = Head({}, [], {})
    for row in max(([*_rows(sheet)] for sheet in sheets), key=len, default=[]):
        _take(head, row, faults)
    return head


def _rows(sheet: BookSheet) -> list[_Row]:
    found = []
    for line, cells in sheet.rows:
        key = at(cells, _KEY).text.strip() or _key_of(at(cells, _LABEL).text)
        if key in HEAD or key.startswith(_OBJECTIVE):
            zh = _text(at(cells, _VALUE))
            found.append(
                _Row(
                    key,
                    zh,
                    at(cells, _ENGLISH).text,
                    at(cells, _EXACT).text,
                    place(sheet, line, _VALUE),
                    place(sheet, line, _EXACT),
                )
            )
    return found


def _text(cell: Cell) -> str:
    """A time of day is shown as one, whatever the spreadsheet made of it."""
    return cell.text[:5] if cell.kind == "date" and _TIME.fullmatch(cell.text) else cell.text


def _key_of(label: str) -> str:
    return _ALIASES.get(plain(label)) or _ALIASES.get(plain(label.strip().split(" ")[0]).rstrip("0123456789"), "")


_ALIASES: Mapping[str, str] = {plain(alias): key for key, (zh, en, names) in HEAD.items() for alias in (key, zh, en, *names)}


def _take(head: Head, row: _Row, faults: list[Fault]) -> None:
    key, _, id_ = row.key.partition(":")
    if key == "objective":
        if row.zh.strip():
            head.places.setdefault("objectives", row.where)
            head.objectives.append({"id": id_ or f"o{len(head.objectives) + 1}", "zh": row.zh, "en": row.en or row.zh})
        return
    head.places[key] = row.where
    if key in _FOR_THE_SYSTEM and row.exact.strip():
        exact = machine(row.exact, list if key == "players" else dict, row.exact_where, faults)
        if key != "players":
            head.values[key] = exact
        elif exact is not None and len(exact) == 2 and _says(exact[0], row.zh) and _says(exact[1], row.en):  # noqa: PLR2004 -- both languages
            head.values.update(players_zh=exact[0], players_en=exact[1])
            return
    if key == "players":
        head.values.update(players_zh=list(lines(row.zh)), players_en=list(lines(row.en)))
    elif key in _READERS and row.zh.strip():
        value = _READERS[key](row.zh.strip())
        if value is None:
            faults.append(Fault(row.where, "unknown" if key in ("form", "aim") else "form", row.zh[:60]))
        else:
            head.values[key] = value
    elif key in ("zh", "plan", "behaviour") and row.zh:
        head.values[key] = row.zh
        if key == "zh" and row.en:
            head.values["en"] = row.en


def _says(exact: object, said: str) -> bool:
    return isinstance(exact, list) and lines("\n".join(" ".join(str(each).split()) for each in exact)) == lines(said)


def _coded(table: Mapping[str, Both]) -> Callable[[str], str | None]:
    def read(said: str) -> str | None:
        return next((code for code, words in table.items() if said.lower() in (code, words[0].lower(), words[1].lower())), None)

    return read


def _yes(said: str) -> bool | None:
    return True if said.lower() in YES else False if said.lower() in NO else None


def _time(said: str) -> str:
    found = _TIME.fullmatch(said)
    return f"{int(found[1]):02d}:{found[2]}" if found is not None else said


_READERS: Mapping[str, Callable[[str], Any]] = {
    "id": str, "form": _coded(FORMS), "aim": _coded(AIMS), "no_notice": _yes, "begins": _time, "lasts_min": minutes, "seed": number,
    "channels": parts,
}  # fmt: skip
