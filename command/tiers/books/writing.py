"""Values put into a workbook, in such a way that nothing in it can act."""

from typing import Any

from openpyxl.cell.cell import Cell, MergedCell

TEXT = "@"
CELL_HOLDS = 32_767
"""Characters; a spreadsheet cuts off what is longer."""


def say(cell: Cell | MergedCell, value: Any) -> None:
    """Put a value there; words stay words, whatever they begin with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = TEXT
