"""Lines of totals (合计, 总计, 小计, 共 8 人), which spreadsheets carry among the people.

The shape of a line decides, not a word alone: some cell says a total, and every cell that would tell who it is (name, telephone,
identity, …) is empty, a total too, or a figure too short for a telephone. So a line that calls somebody 合计 and gives a telephone
is read as any other, and nobody is passed over for a remark.
"""

import re
from collections.abc import Sequence

from command.tiers.books.cells import Cell, at
from command.tiers.books.columns import Kind, plain

_TOTAL = re.compile(
    r"(?:本[页表站队组]|全[站队表]|以上)?(?:人员|人数|队员|队伍|志愿者|男|女)?"
    r"(?:(?:合计|总计|小计|共计|总共|累计|总数|总人数)(?:人数|人员)?(?:\d.*)?|共\d.*)"
    r"|(?:sub|grand)?total(?:\d.*)?",
    re.DOTALL,
)
"""With its figure inside, anything may follow: 共8人，其中男5人. Nobody's name holds a figure."""
_COUNT = re.compile(r"\d{1,6}(?:\.\d+)?(?:人次?|名|个|支|队|行|条|%)?|=(?:sum|subtotal|counta?)")


def is_total(cells: list[Cell], columns: Sequence[str], kind: Kind) -> bool:
    """`columns`: for each column of the sheet the name of ours, or ""."""
    told = [at(cells, place).text for place, name in enumerate(columns) if name in kind.telling]
    return any(_says_total(cell.text) for cell in cells) and all(not text or _counts(text) for text in told)


def words_of_total(cells: Sequence[Cell]) -> str:
    """What such a line says, as it stands there; a merged cell says it once."""
    return " ".join(dict.fromkeys(cell.text for cell in cells if cell.text))


def _says_total(text: str) -> bool:
    return _TOTAL.fullmatch(plain(text)) is not None


def _counts(text: str) -> bool:
    return _says_total(text) or _COUNT.fullmatch(plain(text)) is not None
