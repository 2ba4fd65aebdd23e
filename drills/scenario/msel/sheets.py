"""The sheets of a workbook that somebody brings, within bounds; a formula is never worked out, it is named where it stands."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from command.core.errors import Refused
from command.tiers.books.cells import EMPTY, BookSheet, Cell
from command.tiers.books.reading import SHEETS_MOST, check_package
from drills.scenario.checking import MOST_INJECTS, Fault

LARGEST = 1 << 20
_ROWS_MOST, _COLUMNS_MOST = MOST_INJECTS + 100, 200


def sheets_of(raw: bytes, faults: list[Fault]) -> list[BookSheet]:
    """Raises Refused(file.…)."""
    if len(raw) > LARGEST:
        faults.append(Fault("$", "too_large", str(len(raw))))
        return []
    check_package(raw)
    try:
        book = load_workbook(BytesIO(raw))
    except (
        zipfile.BadZipFile, InvalidFileException, OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError,
    ) as error:  # fmt: skip
        raise Refused("file.no_book") from error
    return [_sheet(sheet, faults) for sheet in book.worksheets[:SHEETS_MOST]]


def place(sheet: BookSheet, line: int, column: int) -> str:
    """`column` counts from 0."""
    return f"{sheet.name}!{get_column_letter(column + 1)}{line}"


def _sheet(sheet: Worksheet, faults: list[Fault]) -> BookSheet:
    rows: dict[int, list[Cell]] = {}
    for (line, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001 -- only the cells there are, as the house reads
        if column > _COLUMNS_MOST or cell.value is None:
            continue
        if cell.data_type == "f":
            faults.append(Fault(f"{sheet.title}!{cell.coordinate}", "formula", str(cell.value)[:60]))
            continue
        held = rows.setdefault(line, [])
        held.extend(EMPTY for _ in range(column - len(held)))
        held[column - 1] = _cell(cell.value)
    found = [(line, cells) for line, cells in sorted(rows.items()) if any(cell.text.strip() for cell in cells)]
    if len(found) > _ROWS_MOST:
        faults.append(Fault(sheet.title, "how_many", str(len(found))))
    return BookSheet(name=sheet.title, hidden=sheet.sheet_state != "visible", rows=found[:_ROWS_MOST], merges=[])


def _cell(value: object) -> Cell:
    match value:
        case bool():
            return Cell(str(value).lower())
        case int() | float():
            return Cell(str(int(value)) if float(value).is_integer() else repr(value), "number")
        case datetime() | date() | time():
            return Cell(value.isoformat(), "date")
        case _:
            return Cell(str(value))
