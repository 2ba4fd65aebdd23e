"""The example of the demo: a list as stations keep them, with everything that goes wrong in one. All of it is made up."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from command.tiers.books.identity import check_character

_FILL = PatternFill("solid", fgColor="DDE6EA")


def identity(born: str, order: int) -> str:
    """A number that checks and belongs to nobody: 990101 is no division."""
    body = f"990101{born}{order:03d}"
    return body + check_character(body)


def messy_example() -> bytes:
    """Title and double headings, merged cells, wide figures, text dates, spoilt numbers, a line of totals, a second sheet of teams, notes."""
    book = Workbook()
    people = book.worksheets[0]
    people.title = "志愿者名单"
    people.append(["示例·志愿服务站志愿者信息登记表（虚构）"])
    people.append(
        ["序号", "姓名", "联系方式", None, "身份证号", "出生日期", "保险到期", "所属队伍", "队内职务", "备注", "入会日期"]
    )
    people.append([None, None, "手机", "微信", *[None] * 7])
    people.append(
        [
            1,
            "林　晓燕",
            "１５４９０００００１１",
            "lin",
            identity("19880315", 12),
            "1988.3.15",
            "2027年6月30日",
            None,
            None,
            "组长",
            "2021.4.1",
        ]
    )
    people.append([2, "周 大山", "154 9000 0012", None, None, "1979年5月1日", 46568, "示例急救队", "副队长", None])
    people.append([3, "方志远", 15490000013, None, 420502199001011000, None, date(2027, 3, 1), None, None, "号码粘贴自系统"])
    people.append([4, "罗春梅", "1.55E+10", None, None, "1992/7/8", *[None] * 4])
    people.append([5, "杨·建国", "+86-15490000015", None, None, "19850102", "2027-01-31", "示例急救队", None, None])
    people.append([6, "徐安", "15490000016", None, identity("19900606", 7)[:-1] + "?", *[None] * 4, "待核对"])
    people.append([7, "林晓燕", "15490000011", *[None] * 6, "重复"])
    people.append([8, "何小雨", None, None, None, "2001.9.9", None, None, None, "没有电话"])
    people.append(["合　计", "8人"])
    for area in ("A1:K1", "A2:A3", "B2:B3", "C2:D2", *(f"{column}2:{column}3" for column in "EFGHIJK")):
        people.merge_cells(area)
    people["A1"].font, people["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for column in "ABCDEFGHIJK":
        people[f"{column}2"].fill = _FILL
    people.column_dimensions["E"].width = 22
    teams = book.create_sheet("队伍")
    teams.append(["队名", "专业", "队长", "队员", "人数"])
    teams.append(["示例急救队", "急救", "林晓燕", "周大山、杨·建国", "３人"])
    teams.append(["示例巡堤队", "巡堤查险", "罗春梅", "", "5"])
    notes = book.create_sheet("填表说明")
    notes.append(["以上人员、号码均为虚构，仅供试用"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()
