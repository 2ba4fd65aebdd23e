"""What lies in a workbook: sheets of cells, as plain values."""

from typing import Literal

import msgspec

Merge = tuple[int, int, int, int]
"""First line, first column, last line, last column; columns count from 0."""


class Cell(msgspec.Struct, frozen=True, array_like=True):
    """`number`: held as a number, so that digits beyond the fifteenth are lost. `date`: `text` is YYYY-MM-DD."""

    text: str = ""
    kind: Literal["text", "number", "date"] = "text"


EMPTY = Cell()


class BookSheet(msgspec.Struct, frozen=True, kw_only=True):
    """`rows`: the lines that hold anything, by their number in the file; a merged value stands in every cell it covers."""

    name: str
    hidden: bool
    rows: list[tuple[int, list[Cell]]]
    merges: list[Merge]

    def lines(self, first: int, last: int) -> list[list[Cell]]:
        return [cells for line, cells in self.rows if first <= line <= last]


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """`form`: what kind of file it was."""

    form: Literal["xlsx", "csv"]
    sheets: list[BookSheet]


def width(rows: list[tuple[int, list[Cell]]]) -> int:
    return max((len(cells) for _, cells in rows), default=0)


def at(cells: list[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else EMPTY
