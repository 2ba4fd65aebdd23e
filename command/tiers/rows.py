"""The rows people bring, each checked alone: every bad row is named by its line and left out, the sound ones are taken."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from command.core.errors import Words

CELL_MOST = 2_000
_FORMULA = ("=", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")

WORDS: Mapping[str, Words] = {
    "row.missing": Words("缺少“{column}”", "{column} is missing"),
    "row.value": Words("“{column}”的内容不对：{value}", "{column} does not fit: {value}"),
    "row.twice": Words("编号重复：{value}", "This id stands twice: {value}"),
    "row.formula": Words("“{column}”含公式或控制字符", "{column} holds a formula or control characters"),
    "row.unknown_division": Words("没有这个区划：{value}", "No such division: {value}"),
    "row.no_parent": Words("上级区划不存在：{value}", "The division above is missing: {value}"),
    "row.outside_city": Words("不属于本市：{value}", "Not in this city: {value}"),
    "row.off_city": Words("坐标不在本市范围", "The place is outside the city"),
    "row.swapped": Words("经纬度似乎填反了", "Longitude and latitude seem swapped"),
    "row.unknown_person": Words("没有这个人：{value}", "No such person: {value}"),
    "row.unknown_speciality": Words("没有这个专业：{value}", "No such speciality: {value}"),
    "row.unknown_station": Words("没有这个站点：{value}", "No such station: {value}"),
    "row.unknown_node": Words("没有这个路口：{value}", "No such node: {value}"),
    "row.boundary": Words("边界图形有误：{value}", "The boundary does not hold: {value}"),
    "file.datum": Words(
        "与已有位置相比，整个文件像是 {value}，不是所说的 {column}；未导入。请核对 --crs；如错的是已有位置，加 --sure",
        "Beside what is stored the whole file looks like {value}, not {column}; nothing was stored. Check --crs; say --sure if "
        "what is stored is wrong",
    ),
    "file.off_city": Words(
        "文件中的位置都不在本市范围，未导入：{value}", "No place in the file lies in the city; nothing was stored: {value}"
    ),
    "file.no_rows": Words("没有一行可用，未导入：{value}", "Not one row is sound; nothing was stored: {value}"),
    "file.unreadable": Words("文件无法读取：{value}", "The file cannot be read: {value}"),
}


class Bad(NamedTuple):
    """One thing wrong in one line (the heading is line 1; of GeoJSON the number of the feature)."""

    line: int
    code: str
    column: str = ""
    value: str = ""


class BadRow(Exception):
    """Raised while a row is read; its line is added by the reader."""

    def __init__(self, code: str, column: str = "", value: str = "") -> None:
        super().__init__(code, column, value)
        self.bad = Bad(0, code, column, value)


class Report(NamedTuple):
    """What an import did. `ignored`: columns nobody asked for."""

    counts: dict[str, int]
    bad: list[Bad]
    ignored: list[str]


Row = Mapping[str, str]


class Sheet(NamedTuple):
    """Numbered lines as column -> text; `ignored`: headings nobody asked for."""

    rows: list[tuple[int, dict[str, str]]]
    ignored: list[str]


def each_row(sheet: Sheet, needed: Sequence[str], take: Callable[[Row], None], *, key: str | None) -> list[Bad]:
    """Give every sound row to `take`; whatever it raises as BadRow is reported by line and the row left out.

    `key`: the column that may not hold the same twice, if any.
    """
    bad: list[Bad] = []
    seen: set[str] = set()
    for line, row in sheet.rows:
        try:
            _check(row, needed)
            if key is not None and row[key] in seen:
                raise BadRow("row.twice", key, row[key])
            take(row)
            if key is not None:
                seen.add(row[key])
        except BadRow as error:
            bad.append(error.bad._replace(line=line))
    return bad


def number(row: Row, column: str, *, default: float | None = None, lowest: float, highest: float) -> float:
    text = row.get(column, "")
    if not text and default is not None:
        return default
    try:
        value = float(text)
    except ValueError:
        raise BadRow("row.value", column, text[:40]) from None
    if not lowest <= value <= highest:
        raise BadRow("row.value", column, text[:40])
    return value


def split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]


def _check(row: Row, needed: Sequence[str]) -> None:
    for column in needed:
        if not row.get(column):
            raise BadRow("row.missing", column)
    for column, cell in row.items():
        if len(cell) > CELL_MOST or cell.startswith(_FORMULA) or _CONTROL.search(cell):
            raise BadRow("row.formula", column)
