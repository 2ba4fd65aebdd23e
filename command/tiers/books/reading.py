"""Bytes somebody chose -> a book, within bounds; whatever is no such file is refused in words, each kind with its own.

The work of a hostile file is done in a process of its own (`web_console/imports/worker.py`); the bounds here give the words.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from command.core.errors import Refused
from command.tiers.books.cells import EMPTY, Book, BookSheet, Cell, Merge
from command.tiers.sheets import csv_lines, decoded

UNPACKED_MOST = 48 * 1024 * 1024
PARTS_MOST = 2_000
MERGED_MOST = 200_000
ROWS_MOST = 5_000
COLUMNS_MOST = 200
SHEETS_MOST = 30
CELL_MOST = 2_000
_EXACT_BELOW = 1e15
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Za-z0-9:$]{1,40})"')
_Rows = dict[int, list[Cell]]


def read_book(raw: bytes) -> Book:
    """An XLSX workbook, or CSV in UTF-8, UTF-16 or GB 18030. Raises Refused(file.…)."""
    if raw.startswith(_OLE):
        raise Refused("file.locked" if _LOCKED in raw else "file.old_excel")
    if raw.startswith(b"PK"):
        return Book(form="xlsx", sheets=_xlsx(raw))
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("file.no_book")
    return Book(form="csv", sheets=[_csv(raw)])


def check_package(raw: bytes) -> None:
    """Whether it may be unpacked at all: what it holds, and how large that would become."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if len(parts) > PARTS_MOST or sum(part.file_size for part in parts) > UNPACKED_MOST:
                raise Refused("file.bomb")
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("file.locked")
            if "xl/workbook.xml" not in names:
                raise Refused("file.no_book")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Refused("file.macro")
            for name in names:
                if name.startswith("xl/worksheets/") and _merged_area(package.read(name)) > MERGED_MOST:
                    raise Refused("file.bomb")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("file.no_book") from error


def _merged_area(sheet: bytes) -> int:
    area = 0
    for found in _MERGED.finditer(sheet):
        left, top, right, bottom = (edge or 1 for edge in range_boundaries(found.group(1).decode()))
        area += (right - left + 1) * (bottom - top + 1)
    return area


def _xlsx(raw: bytes) -> list[BookSheet]:
    check_package(raw)
    try:
        book = load_workbook(BytesIO(raw), data_only=True)
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        SyntaxError,
    ) as error:
        raise Refused("file.no_book") from error
    if len(book.worksheets) > SHEETS_MOST:
        raise Refused("file.too_many", rows=len(book.worksheets), most=SHEETS_MOST)
    sheets = [_sheet(sheet) for sheet in book.worksheets]
    _check_size([sheet.rows for sheet in sheets])
    return sheets


def _sheet(sheet: Worksheet) -> BookSheet:
    rows: _Rows = {}
    held = sheet._cells  # noqa: SLF001 -- every public way makes a cell for each empty place up to the last styled one
    for (line, column), cell in sorted(held.items()):
        value = _cell(cell.value)
        if value.text and column <= COLUMNS_MOST:
            _put(rows, line, column - 1, value)
    merges: list[Merge] = [
        (area.min_row, area.min_col - 1, area.max_row, min(area.max_col, COLUMNS_MOST) - 1) for area in sheet.merged_cells.ranges
    ]
    for first, left, last, right in sorted(merges):
        value = rows[first][left] if first in rows and left < len(rows[first]) else EMPTY
        for line in range(first, last + 1) if value.text else ():
            for column in range(left, right + 1):
                _put(rows, line, column, value)
    return BookSheet(name=sheet.title, hidden=sheet.sheet_state != "visible", rows=sorted(rows.items()), merges=sorted(merges))


def _put(rows: _Rows, line: int, column: int, value: Cell) -> None:
    cells = rows.setdefault(line, [])
    cells.extend(EMPTY for _ in range(column + 1 - len(cells)))
    cells[column] = value


def _cell(value: object) -> Cell:  # noqa: PLR0911 -- one line for each kind of value
    match value:
        case None | False:
            return EMPTY
        case True:
            return Cell("1")
        case int() | float():
            return Cell(_figures(value), "number")
        case datetime():
            return Cell(value.date().isoformat(), "date")
        case date():
            return Cell(value.isoformat(), "date")
        case time():
            return Cell(value.isoformat())
        case _:
            return Cell(str(value).strip()[:CELL_MOST])


def _figures(value: float) -> str:
    """A number as its sheet shows it: beyond fifteen digits 4.20502199001011E+17, which is all that is left of it."""
    if abs(value) >= _EXACT_BELOW:
        return f"{value:.15G}"
    return str(int(value)) if float(value).is_integer() else repr(value)


def _csv(raw: bytes) -> BookSheet:
    try:
        rows = [(line, [Cell(cell.strip()[:CELL_MOST]) for cell in cells[:COLUMNS_MOST]]) for line, cells in _numbered(raw)]
    except ValueError as error:
        raise Refused("file.no_book") from error
    _check_size([rows])
    return BookSheet(name="", hidden=False, rows=rows, merges=[])


def _numbered(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(csv_lines(decoded(raw)), 1):
        if any(cell.strip() for cell in cells):
            yield line, cells


def _check_size(sheets: list[list[tuple[int, list[Cell]]]]) -> None:
    rows = sum(len(each) for each in sheets)
    if rows == 0:
        raise Refused("file.empty")
    if rows > ROWS_MOST:
        raise Refused("file.too_many", rows=rows, most=ROWS_MOST)
