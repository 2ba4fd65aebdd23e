"""A drill as a workbook: the list of events, and the head on a second sheet. Nothing in it can act, nothing of the drill is left out."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.worksheet import Worksheet

from command.tiers.books.writing import CELL_HOLDS, say
from drills.scenario.checking import Fault
from drills.scenario.form import Inject, Objective, Scenario
from drills.scenario.msel.columns import (
    EVENTS,
    HEAD,
    HEAD_COLUMNS,
    HEAD_TITLE,
    LIST_TITLE,
    MACHINE_WIDE,
    MARKING,
    WIDTHS,
    YES_NO,
)
from drills.scenario.reading import ScenarioFault
from drills.scenario.wording import AIMS, FORMS, KINDS, MODES

_WRAP, _TOP = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
_GREY = PatternFill("solid", start_color="E8E8E8")


def write_msel(scenario: Scenario) -> bytes:
    """`read_msel` gives it back. Raises ScenarioFault for what no cell can hold."""
    book = Workbook()
    _list(book.worksheets[0], scenario)
    _head(book.create_sheet(HEAD_TITLE), scenario)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def objective_in_words(objective: str, among: Sequence[Objective]) -> str:
    """By its Chinese where that names it and no other, else by its id."""
    words = next((each.zh for each in among if each.id == objective), objective)
    told = [each for each in among if words in (each.id, each.zh, each.en)]
    return words if len(told) == 1 else objective


def lines_of(texts: Sequence[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)


def plain_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _list(sheet: Worksheet, scenario: Scenario) -> None:
    sheet.title = LIST_TITLE
    _put(sheet, 1, 1, f"{MARKING} · {scenario.zh} · {scenario.en}")
    sheet.cell(1, 1).font = Font(bold=True)
    for place, column in enumerate(EVENTS.columns, 1):
        _put(sheet, 2, place, f"{column.words.zh}\n{column.words.en}")
        sheet.cell(2, place).font, sheet.cell(2, place).alignment = Font(bold=True), _WRAP
        if column.name.endswith("_machine"):
            sheet.cell(2, place).fill = _GREY
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column.name, MACHINE_WIDE)
    for line, inject in enumerate(scenario.injects, 3):
        row = _row(inject, scenario)
        for place, column in enumerate(EVENTS.columns, 1):
            _put(sheet, line, place, row[column.name])
            sheet.cell(line, place).alignment = _TOP if column.name.endswith("_machine") else _WRAP
    sheet.freeze_panes = "C3"


def _row(inject: Inject, scenario: Scenario) -> Mapping[str, str | float | None]:
    cue = {name: value for name in ("only_if", "unless") if (value := getattr(inject.cue, name)) is not None}
    return {
        "number": inject.no,
        "at_min": inject.cue.at_min,
        "after": inject.cue.after,
        "after_min": inject.cue.after_min or None,
        "kind": KINDS[inject.kind][0],
        "mode": MODES[inject.mode][0],
        **{name: getattr(inject, name) for name in ("sender_zh", "sender_en", "zh", "en", "expect_zh", "expect_en", "note")},
        "to": "；".join(inject.to),
        "objective": objective_in_words(inject.objective, scenario.objectives),
        "measures_zh": lines_of([each.zh for each in inject.measures]),
        "measures_en": lines_of([each.en for each in inject.measures]),
        "cue_machine": plain_json(cue) if cue else None,
        "measures_machine": plain_json(inject.measures),
        "acts_machine": plain_json(inject.acts) if inject.acts else None,
    }


def _head(sheet: Worksheet, scenario: Scenario) -> None:
    for place, (zh, en) in enumerate(HEAD_COLUMNS, 1):
        _put(sheet, 1, place, f"{zh} {en}".strip())
        sheet.cell(1, place).font = Font(bold=True)
    for line, (key, value, en, exact) in enumerate(_head_rows(scenario), 2):
        name = HEAD[key.partition(":")[0]]
        for place, each in enumerate((f"{name[0]} {name[1]}", value, en, key, exact), 1):
            _put(sheet, line, place, each)
            sheet.cell(line, place).alignment = _WRAP if place <= 3 else _TOP  # noqa: PLR2004 -- the columns for people
            if place > 3:  # noqa: PLR2004
                sheet.cell(line, place).fill = _GREY
    for letter, width in zip("ABCDE", (26, 44, 44, MACHINE_WIDE, MACHINE_WIDE), strict=True):
        sheet.column_dimensions[letter].width = width


def _head_rows(scenario: Scenario) -> list[tuple[str, str | float, str, str]]:
    """Key, value, in English, the exact value for the system."""
    players = plain_json([scenario.players_zh, scenario.players_en])
    return [
        ("zh", scenario.zh, scenario.en, ""),
        ("id", scenario.id, "", ""),
        ("form", *FORMS[scenario.form], ""),
        ("aim", *AIMS[scenario.aim], ""),
        ("no_notice", YES_NO[scenario.no_notice], "", ""),
        ("begins", scenario.begins, "", ""),
        ("lasts_min", scenario.lasts_min, "", ""),
        ("plan", scenario.plan, "", ""),
        ("channels", lines_of(scenario.channels), "", ""),
        ("players", lines_of(scenario.players_zh), lines_of(scenario.players_en), players),
        *((f"objective:{each.id}", each.zh, each.en, "") for each in scenario.objectives),
        ("behaviour", scenario.behaviour, "", ""),
        ("seed", scenario.seed, "", ""),
        ("city", "", "", plain_json(scenario.city)),
        ("spots", "；".join(scenario.spots), "", plain_json(scenario.spots)),
        ("incidents", "；".join(each.zh for each in scenario.incidents.values()), "", plain_json(scenario.incidents)),
    ]


def _put(sheet: Worksheet, line: int, place: int, value: str | float | None) -> None:
    if value is None or value == "":
        return
    at = f"{sheet.title}!{get_column_letter(place)}{line}"
    if isinstance(value, str) and len(value) > CELL_HOLDS:
        raise ScenarioFault((Fault(at, "too_large", str(len(value))),))
    try:
        say(sheet.cell(line, place), value)
    except IllegalCharacterError:
        raise ScenarioFault((Fault(at, "form", repr(value)[:60]),)) from None
