"""Refused lines go back as the same workbook: its headings, these lines, and why each was refused. Nothing in it can act."""

from collections.abc import Mapping
from copy import copy
from io import BytesIO

import msgspec
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from command.tiers.books.writing import TEXT, say
from command.tiers.sheets import csv_lines, decoded

REASON_WIDE = 48
_ACTS = ("=", "+", "-", "@", "\t", "\r")


class SheetBack(msgspec.Struct, frozen=True, kw_only=True):
    """`last`: the last line of the headings. `reasons`: by line. `text_columns`: those a spreadsheet would spoil again."""

    last: int
    reasons: dict[int, str]
    text_columns: list[int]


def give_back(raw: bytes, form: str, sheets: Mapping[int, SheetBack], title: str) -> bytes:
    """A workbook with only the refused lines of these sheets; other sheets stay as they are, their formulas as values.
    `title`: the heading above the reasons."""
    book = load_workbook(BytesIO(raw)) if form == "xlsx" else _from_csv(raw)
    values = load_workbook(BytesIO(raw), data_only=True) if form == "xlsx" else book
    for number, sheet in enumerate(book.worksheets):
        _disarm(sheet, values.worksheets[number])
        if number in sheets:
            _keep(sheet, sheets[number], title)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _from_csv(raw: bytes) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    for line, cells in enumerate(csv_lines(decoded(raw)), 1):
        for column, text in enumerate(cells, 1):
            if text:
                say(sheet.cell(line, column), text)
    return book


def _disarm(sheet: Worksheet, values: Worksheet) -> None:
    """What would be worked out when somebody opens the file stands there as text or as its last value."""
    for (line, column), cell in list(sheet._cells.items()):  # noqa: SLF001 -- as in reading: only the cells there are
        if not isinstance(cell, Cell):
            continue
        if cell.data_type == "f":
            held = values.cell(line, column).value
            say(cell, str(cell.value) if held is None else held)
        elif isinstance(cell.value, str) and cell.value.startswith(_ACTS):
            say(cell, cell.value)
        cell.hyperlink = None


def _keep(sheet: Worksheet, back: SheetBack, title: str) -> None:
    merged = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(area.coord)
    lines = sorted({line for line, _ in sheet._cells} | set(back.reasons))  # noqa: SLF001
    kept = [line for line in lines if line <= back.last or line in back.reasons]
    for top, left, bottom, _ in merged:
        first = next((line for line in kept if top <= line <= bottom), None)
        if first is not None and first != top:
            sheet.cell(first, left).value = sheet.cell(top, left).value
    place = _reason_column(sheet, back.last, title)
    head = sheet.cell(back.last, place)
    if place > 1:
        left = sheet.cell(back.last, place - 1)
        head.fill = copy(left.fill)  # type: ignore[assignment]
    head.value, head.font = title, Font(bold=True)
    for line, reason in back.reasons.items():
        say(sheet.cell(line, place), reason)
        sheet.cell(line, place).alignment = Alignment(wrap_text=True, vertical="top")
        for column in back.text_columns:
            sheet.cell(line, column + 1).number_format = TEXT
    sheet.column_dimensions[get_column_letter(place)].width = REASON_WIDE
    moved = _close_up(sheet, kept, last=max(lines, default=0))
    for top, left, bottom, right in merged:
        inside = [moved[line] for line in kept if top <= line <= bottom]
        if inside and (len(inside) > 1 or right > left):
            sheet.merge_cells(start_row=inside[0], start_column=left, end_row=inside[-1], end_column=right)


def _reason_column(sheet: Worksheet, line: int, title: str) -> int:
    """That of an earlier return, else the first free one."""
    used = [column for (at, column), cell in sheet._cells.items() if cell.value is not None]  # noqa: SLF001
    again = [column for column in used if sheet.cell(line, column).value == title]
    return again[0] if again else max(used, default=0) + 1


def _close_up(sheet: Worksheet, kept: list[int], *, last: int) -> dict[int, int]:
    """Take the other lines out from below upwards; where each kept line stands now."""
    heights = {line: sheet.row_dimensions[line].height for line in kept if line in sheet.row_dimensions}
    end = last
    for line in [*reversed(kept), 0]:
        if end > line:
            sheet.delete_rows(line + 1, end - line)
        end = line - 1
    moved = {line: place for place, line in enumerate(kept, 1)}
    for line in list(sheet.row_dimensions):
        if line > 0:
            sheet.row_dimensions[line].height = None
    for line, height in heights.items():
        sheet.row_dimensions[moved[line]].height = height
    return moved
