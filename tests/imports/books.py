"""A workbook as a keeper keeps it, with all that goes wrong in one; everybody in it is made up."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from web_console.imports.example import identity

HEAD = [["姓名", "联系方式", None, "身份证号", "出生日期", "证书"], [None, "手机", "QQ", None, None, None]]
GOOD = ["林　晓燕", "１５４９０００００１１", "9", identity("19880315", 12), "1988.3.15", None]
NUMBERED = ["周 大山", 15490000012, None, None, "1979年5月1日", None]
SPOILT = ["方志远", "154-9000-0013", None, 420502199001011000, None, None]
SPOILT_TEXT = ["罗春梅", "1.55E+10", None, "4.2E+17", 45413, None]
NO_PHONE = ["何小雨", None, None, None, None, None]


def messy(*people: Sequence[Any], teams: Sequence[Sequence[Any]] = ()) -> bytes:
    """Title, double heading with merged cells, a second sheet of teams, a third of remarks."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    sheet.append(["江滨站志愿者登记表"])
    for row in (*HEAD, *people):
        sheet.append(list(row))
    for area in ("A1:F1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3"):
        sheet.merge_cells(area)
    sheet.row_dimensions[1].height = 40
    if teams:
        crews = book.create_sheet("队伍")
        for row in (("队名", "专业", "队长", "队员", "人数"), *teams):
            crews.append(list(row))
    book.create_sheet("说明").append(["填表人：某某", "=1+1"])
    return saved(book)


def saved(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def opened(raw: bytes) -> Workbook:
    return load_workbook(BytesIO(raw))
