"""The lines of a sheet as rows of our columns, mended; what was mended stays visible beside them."""

import msgspec

from command.tiers.books.cells import BookSheet, Cell, at
from command.tiers.books.columns import Kind
from command.tiers.books.identity import read_identity
from command.tiers.books.mending import mend
from command.tiers.books.totals import is_total
from command.tiers.rows import Bad, BadRow


class Mend(msgspec.Struct, frozen=True):
    """What a cell said and what it was taken for. `how`: wide, spaces, date, …"""

    column: str
    was: str
    now: str
    how: tuple[str, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """`row` holds what could be read, also of a line that is refused."""

    sheet: int
    line: int
    row: dict[str, str]
    mended: tuple[Mend, ...] = ()
    bads: tuple[Bad, ...] = ()


def read_lines(sheet: BookSheet, number: int, *, below: int, columns: list[str], kind: Kind) -> list[Line]:
    """Every line under the headings but those of totals. `columns`: for each column of the sheet the name of ours, or ""."""
    return [
        _line(number, line, cells, columns, kind)
        for line, cells in sheet.rows
        if line > below and not is_total(cells, columns, kind)
    ]


def _line(number: int, line: int, cells: list[Cell], columns: list[str], kind: Kind) -> Line:
    row: dict[str, str] = {}
    mended: list[Mend] = []
    bads: list[Bad] = []
    for place, name in enumerate(columns):
        if not name:
            continue
        cell = at(cells, place)
        try:
            found = mend(cell, kind.column(name).sort, name)
        except BadRow as error:
            bads.append(error.bad._replace(line=line))
            continue
        if found.text:
            row[name] = found.text
        if found.how:
            mended.append(Mend(name, cell.text, found.text, found.how))
    if "identity" in row and (differs := _birth_from(row, mended)) is not None:
        bads.append(differs._replace(line=line))
    return Line(sheet=number, line=line, row=row, mended=tuple(mended), bads=tuple(bads))


def _birth_from(row: dict[str, str], mended: list[Mend]) -> Bad | None:
    """The birth date that an identity number tells; the number itself goes no further."""
    known = read_identity(row.pop("identity"))
    if known is None:
        return None
    born = known.born.isoformat()
    if row.get("birth_date", born) != born:
        return Bad(0, "row.birth_differs", "birth_date", row["birth_date"])
    if "birth_date" not in row:
        mended.append(Mend("birth_date", "", born, ("from_identity",)))
    row["birth_date"] = born
    return None
