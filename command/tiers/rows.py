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
    "row.no_post": Words("不是指挥岗位（市、县、乡镇）：{value}", "No command post (city, county, township): {value}"),
    "row.no_parent": Words("上级区划不存在：{value}", "The division above is missing: {value}"),
    "row.outside_city": Words("不属于本市：{value}", "Not in this city: {value}"),
    "row.off_city": Words("坐标不在本市范围", "The place is outside the city"),
    "row.swapped": Words("经纬度似乎填反了", "Longitude and latitude seem swapped"),
    "row.unknown_person": Words("没有这个人：{value}", "No such person: {value}"),
    "row.person_refused": Words("“{value}”自己的那一行被退回", "The own line of {value} is refused"),
    "row.team_refused": Words("“{value}”这支队伍的那一行被退回", "The line of the team {value} is refused"),
    "row.unknown_team": Words("本站没有这支队伍：{value}", "This station has no such team: {value}"),
    "row.rank": Words("“{column}”只写 队长、副队长 或 队员：{value}", "{column} is leader, deputy or member: {value}"),
    "row.two_leaders": Words("与第 {value} 行同为队长，一队只留一名队长", "Line {value} is the leader as well: a team has one"),
    "row.led_otherwise": Words("队伍表里“{value}”的队长是别人", "The sheet of teams names another leader of {value}"),
    "row.leads": Words("还任“{value}”队长：先在表里写明新队长", "Leads {value}: name another leader in the list first"),
    "row.unknown_speciality": Words("没有这个专业：{value}", "No such speciality: {value}"),
    "row.unknown_station": Words("没有这个站点：{value}", "No such station: {value}"),
    "row.unknown_node": Words("没有这个路口：{value}", "No such node: {value}"),
    "row.no_code": Words("没有区划代码（code、adcode 或 division）", "No division code (code, adcode or division)"),
    "row.no_geometry": Words("没有能读的图形：{value}", "No geometry that can be read: {value}"),
    "row.no_area": Words("图形没有面积：{value}", "The geometry has no area: {value}"),
    "row.no_place": Words("图形里有不是经纬度的数：{value}", "The geometry holds what is no longitude or latitude: {value}"),
    "row.too_many_corners": Words(
        "图形的拐点过多（一个图形最多 50 万个）：{value}", "Too many corners (at most 500,000 a feature): {value}"
    ),
    "row.too_long": Words("“{column}”过长：{value} 个字，最多 2000", "{column} is too long: {value} characters, at most 2,000"),
    "row.spoilt_identity": Words(
        "身份证号已被表格软件改坏（{value}），末几位已丢失：把该列设为文本后重新导出，或照证件重填",
        "The spreadsheet has spoilt this identity number ({value}): make the column text and export again",
    ),
    "row.spoilt_phone": Words(
        "手机号已被表格软件改坏（{value}）：把该列设为文本后重新导出，或重填",
        "The spreadsheet has spoilt this telephone number ({value}): make the column text and export again",
    ),
    "row.spoilt_code": Words(
        "“{column}”已被表格软件改坏（{value}）：把该列设为文本后重新导出",
        "The spreadsheet has spoilt {column} ({value}): make the column text and export again",
    ),
    "row.identity": Words("身份证号不对，请核对证件：{value}", "This identity number does not check: {value}"),
    "row.phone": Words("电话号码不对：{value}", "No telephone number: {value}"),
    "row.date": Words(
        "“{column}”不是完整日期：{value}；请写成 2024-05-01", "{column} is no full date: {value}; write 2024-05-01"
    ),
    "row.birth_differs": Words("出生日期与身份证号不一致：{value}", "The birth date differs from the identity number: {value}"),
    "row.twice_in_file": Words("与第 {value} 行重复", "The same as line {value}"),
    "row.two_people": Words(
        "有几个人叫“{value}”，请在姓名后写手机号", "Several are called {value}: put the telephone number behind the name"
    ),
    "row.other_station": Words("属于其他站点，本站无权改动：{value}", "Of another station, not yours to change: {value}"),
    "file.locked": Words("文件有密码，请去掉密码后再选；未读取", "The file has a password; remove it first. Nothing was read"),
    "file.old_excel": Words(
        "这是旧版 .xls，请另存为 .xlsx 后再选；未读取", "An old .xls; save it as .xlsx first. Nothing was read"
    ),
    "file.macro": Words(
        "文件含宏，请另存为不带宏的 .xlsx；未读取", "The file holds macros; save it as plain .xlsx. Nothing was read"
    ),
    "file.no_book": Words(
        "不是能读的 Excel（.xlsx）或 CSV 文件；未读取", "Not a readable Excel (.xlsx) or CSV file; nothing was read"
    ),
    "file.bomb": Words(
        "文件展开后过大，请只留名单另存；未读取", "The file unpacks to too much; save the list alone. Nothing was read"
    ),
    "file.too_large": Words("文件超过 {most} MB；未读取", "The file is larger than {most} MB; nothing was read", 413),
    "file.too_many": Words(
        "内容过多（{rows}），一次最多 {most}；未导入", "Too much at once ({rows}), at most {most}; nothing was imported"
    ),
    "file.empty": Words("文件里没有内容", "There is nothing in the file"),
    "file.datum": Words(
        "与已有位置相比，整个文件像是 {value}，不是所说的 {column}；未导入。请核对 --crs；如错的是已有位置，加 --sure",
        "Beside what is stored the whole file looks like {value}, not {column}; nothing was stored. Check --crs; say --sure if "
        "what is stored is wrong",
    ),
    "file.stored_datum": Words(
        "整个文件与已有位置不一致：已有的像是 {value}，当初没有换算就存下了；未导入。请核对；如错的确实是已有位置，加 --sure",
        "The whole file lies off what is stored, which looks like {value} that was stored unconverted; nothing was stored. Check, and "
        "say --sure if what is stored is wrong",
    ),
    "file.shifted": Words(
        "整个文件与已有位置相比朝同一方向偏 {value} 米；未导入。错的可能是文件，也可能是已有位置：请核对；确认文件无误就加 --sure",
        "The whole file lies {value} m off what is stored, all in one direction; nothing was stored. Either may be wrong: check, and "
        "say --sure if the file is right",
    ),
    "file.off_city": Words(
        "文件中的位置都不在本市范围，未导入：{value}", "No place in the file lies in the city; nothing was stored: {value}"
    ),
    "file.swapped": Words(
        "经纬度似乎填反了，未导入：{value}", "Longitude and latitude seem swapped; nothing was stored: {value}"
    ),
    "file.bad_rows": Words(
        "有 {value} 行有误；路网整体替换，缺一行就可能断路，所以整个未导入",
        "{value} rows are bad; roads are replaced whole, and one row less may cut a road: nothing was stored",
    ),
    "file.fewer_roads": Words(
        "新路网只有 {value} 个路段，不到现用路网（{column} 个）的一半；未导入。确实如此就加 --sure",
        "The new roads have {value} edges, fewer than half of those in force ({column}); nothing was stored. Say --sure if that is so",
    ),
    "file.no_rows": Words("没有一行可用，未导入：{value}", "Not one row is sound; nothing was stored: {value}"),
    "file.unreadable": Words(
        "文件内容与其类型不符，无法读取：{value}", "What is in the file is not of its kind, it cannot be read: {value}"
    ),
    "file.missing": Words("没有这个文件：{value}", "No such file: {value}"),
    "file.folder": Words("这是文件夹，不是文件：{value}", "A folder, not a file: {value}"),
    "file.forbidden": Words("没有读取此文件的权限，或磁盘出错：{value}", "This file may not be read, or the disk fails: {value}"),
    "file.blank": Words("文件是空的，未导入：{value}", "The file is empty; nothing was stored: {value}"),
    "file.packed": Words("压缩文件，请先解压再导入：{value}", "A packed file; unpack it first: {value}"),
    "file.no_text": Words(
        "不是 UTF-8 或 GB 18030 文字，可能不是表格：{value}", "Not text in UTF-8 or GB 18030, perhaps no table at all: {value}"
    ),
    "file.cut_short": Words(
        "文件不完整，后半部分缺失，请重新复制或下载；未导入：{value}",
        "The file is cut short; copy or download it again. Nothing was stored: {value}",
    ),
    "file.no_collection": Words(
        "不是 GeoJSON 要素集合（FeatureCollection），未导入：{value}",
        "Not a GeoJSON FeatureCollection; nothing was stored: {value}",
    ),
    "file.no_osm": Words(
        "不是 OpenStreetMap 文件（PBF 或 XML），未导入：{value}", "Not an OpenStreetMap file; nothing was stored: {value}"
    ),
    "file.no_package": Words("不是 GeoPackage 文件，未导入：{value}", "Not a GeoPackage; nothing was stored: {value}"),
    "file.no_roads": Words("文件里没有道路，未导入：{value}", "There are no roads in this file; nothing was stored: {value}"),
    "file.no_lines": Words(
        "文件里没有线图层，未导入：{value}", "There is no layer of lines in this file; nothing was stored: {value}"
    ),
    "file.no_datum": Words("文件没有写明坐标系，未导入：{value}", "The file does not say its datum; nothing was stored: {value}"),
    "file.no_place": Words(
        "有的点不是经纬度（{column}），未导入：{value}", "A place is none ({column}); nothing was stored: {value}"
    ),
    "file.way_twice": Words("道路 {column} 出现两次，未导入：{value}", "Way {column} comes twice; nothing was stored: {value}"),
}


class Bad(NamedTuple):
    """One thing wrong in one line (the heading is line 1; of GeoJSON the number of the feature). `file`: which one, where
    two were brought."""

    line: int
    code: str
    column: str = ""
    value: str = ""
    file: str = ""


class BadRow(Exception):
    """Raised while a row is read; its line is added by the reader."""

    def __init__(self, code: str, column: str = "", value: str = "") -> None:
        super().__init__(code, column, value)
        self.bad = Bad(0, code, column, value)


class BadRows(BadRow):
    """A file that is refused whole for its bad rows, every one of them named."""

    def __init__(self, code: str, rows: Sequence[Bad]) -> None:
        super().__init__(code, value=str(len(rows)))
        self.rows = rows


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
            check_row(row, needed)
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


def check_row(row: Row, needed: Sequence[str]) -> None:
    """Raises BadRow where a needed cell is empty or a cell holds what no cell should."""
    for column in needed:
        if not row.get(column):
            raise BadRow("row.missing", column)
    for column, cell in row.items():
        if len(cell) > CELL_MOST:
            raise BadRow("row.too_long", column, str(len(cell)))
        if cell.startswith(_FORMULA) or _CONTROL.search(cell):
            raise BadRow("row.formula", column)
