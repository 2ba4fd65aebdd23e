"""What a spreadsheet did to a list is mended where it is sure, and named where it is not."""

import zipfile
from io import BytesIO

import pytest

from command.core.errors import Refused
from command.tiers.books.cells import Cell
from command.tiers.books.headings import guess_heading, labels_of
from command.tiers.books.identity import read_identity
from command.tiers.books.mending import mend
from command.tiers.books.reading import UNPACKED_MOST, read_book
from command.tiers.books.totals import is_total
from command.tiers.rows import BadRow
from tests.imports.books import GOOD, messy
from web_console.imports.drafts import KIND, guess_plan
from web_console.imports.example import identity


@pytest.mark.parametrize(
    ("sort", "cell", "text", "how"),
    [
        ("phone", Cell("１５４９０００００１１"), "15490000011", ("wide",)),
        ("phone", Cell("154 9000-0011"), "15490000011", ("spaces",)),
        ("phone", Cell("+86 15490000011"), "15490000011", ("spaces", "prefix")),
        ("phone", Cell("15490000011", "number"), "15490000011", ()),
        ("phone", Cell("1.5490000011E+10"), "15490000011", ("number",)),
        ("phone", Cell("0717-6221234"), "07176221234", ("spaces",)),
        ("date", Cell("2024.5.1"), "2024-05-01", ("date",)),
        ("date", Cell("2024年5月1日"), "2024-05-01", ("date",)),
        ("date", Cell("２０２４/05/01"), "2024-05-01", ("wide", "date")),
        ("date", Cell("20240501"), "2024-05-01", ("date",)),
        ("date", Cell("45413", "number"), "2024-05-01", ("serial",)),
        ("date", Cell("2024-05-01", "date"), "2024-05-01", ()),
        ("name", Cell("王　强"), "王强", ("spaces",)),
        ("name", Cell("古丽 • 江"), "古丽·江", ("spaces",)),
        ("name", Cell("Li  Hua"), "Li Hua", ("spaces",)),
        ("identity", Cell("11010519491231002x"), "11010519491231002X", ()),
        ("number", Cell("３人"), "3", ("wide", "unit")),
        ("list", Cell("王强、李 梅"), "王强;李梅", ("list",)),
    ],
)
def test_mended_for_sure(sort: str, cell: Cell, text: str, how: tuple[str, ...]) -> None:
    assert mend(cell, sort, "c") == (text, how)


@pytest.mark.parametrize(
    ("sort", "cell", "code"),
    [
        ("identity", Cell("4.2E+17"), "row.spoilt_identity"),
        ("identity", Cell("420502199001011000", "number"), "row.spoilt_identity"),
        ("identity", Cell("420502199001012000"), "row.spoilt_identity"),
        ("identity", Cell("110105194912310021"), "row.identity"),
        ("phone", Cell("1.55E+10"), "row.spoilt_phone"),
        ("phone", Cell("1549000001"), "row.phone"),
        ("date", Cell("1990年5月"), "row.date"),
        ("date", Cell("90.5.1"), "row.date"),
        ("date", Cell("2023-02-30"), "row.date"),
        ("name", Cell("=HYPERLINK(1)"), "row.formula"),
    ],
)
def test_never_guessed(sort: str, cell: Cell, code: str) -> None:
    with pytest.raises(BadRow) as caught:
        mend(cell, sort, "c")
    assert caught.value.bad.code == code


def test_an_old_identity_number_says_the_same() -> None:
    found = read_identity("110105491231002")
    assert found is not None
    assert (found.number, found.born.isoformat()) == ("11010519491231002X", "1949-12-31")
    assert read_identity(identity("19900230", 1)) is None


def test_title_double_headings_and_merged_cells() -> None:
    sheet = read_book(messy(GOOD)).sheets[0]
    plan = guess_plan(sheet, lambda _: None)
    assert (plan.kind, plan.first, plan.last) == ("people", 2, 3)
    assert labels_of(sheet, 2, 3) == ["姓名", "联系方式/手机", "联系方式/QQ", "身份证号", "出生日期", "证书"]
    assert plan.columns == ["name", "phone", "", "identity", "birth_date", "credentials"]


def test_headings_of_a_csv_that_lost_its_merged_cells_and_columns_by_their_content() -> None:
    text = "名单\n姓名,联系方式,,紧急联系人电话,备注\n,手机,微信,,\n王强,15490000011,w,15490000012,\n"
    sheet = read_book(text.encode("gb18030")).sheets[0]
    plan = guess_plan(sheet, lambda _: None)
    assert (plan.first, plan.last, plan.columns) == (2, 3, ["name", "phone", "", "", ""])
    bare = read_book("姓名\t号\n王强\t15490000011\n李梅\t15490000012\n".encode("utf-16")).sheets[0]
    assert guess_heading(bare, lambda label: label == "姓名") == (1, 1)
    assert guess_plan(bare, lambda _: None).kind == ""


@pytest.mark.parametrize(
    "cells",
    [
        ["合　计", "8人"], ["合计", "", "８"], ["", "小计", "", "", "3"], ["本页小计：5人"], ["", "共 12 人"], ["合计（人）", "8"],
        ["共8人，其中男5人、女3人"], ["合计：8人 填表人：张三"], ["巡堤组", "小计", "4"], ["总计", "总计", "总计", "", "24"],
        ["Total", "8"], ["合计", "=SUM(B2:B9)"], ["9", "合计", "", "8"], ["制表：张三", "", "", "合计", "8"],
    ],
)  # fmt: skip
def test_a_line_of_totals_is_known_by_its_shape(cells: list[str]) -> None:
    assert is_total([Cell(text) for text in cells], ["", "name", "phone", "", ""], KIND["people"])


@pytest.mark.parametrize(
    "cells",
    [
        ["9", "合计", "15490000011"], ["9", "共青", "15490000011"], ["9", "王合计", ""],
        ["9", "王强", "", "合计", "8"], ["9", "何小雨", "", "共5人", ""], ["9", "王强", "15490000011", "", "小计"], ["", "", "021-61234567"],
    ],
)  # fmt: skip
def test_whoever_can_be_told_from_the_line_is_no_total(cells: list[str]) -> None:
    assert not is_total([Cell(text) for text in cells], ["", "name", "phone", "", ""], KIND["people"])


def test_whatever_is_no_such_file_has_its_own_words() -> None:
    def package(**parts: str) -> bytes:
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
            for name, text in parts.items():
                into.writestr(name.replace("__", "/").replace("_", "."), text)
        return made.getvalue()

    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    merges = '<mergeCell ref="A1:XFD1048576"/>'
    for raw, code in (
        (ole + "EncryptedPackage".encode("utf-16-le"), "file.locked"),
        (ole + b"Workbook", "file.old_excel"),
        (package(xl__workbook_xml="x", xl__vbaProject_bin="x"), "file.macro"),
        (package(word__document_xml="x"), "file.no_book"),
        (package(xl__workbook_xml="not xml"), "file.no_book"),
        (package(xl__workbook_xml="x", xl__worksheets__sheet1_xml=merges), "file.bomb"),
        (package(xl__workbook_xml="x", xl__worksheets__sheet1_xml=" " * (UNPACKED_MOST + 1)), "file.bomb"),
        (b"PK\x03\x04 cut short", "file.no_book"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.no_book"),
        (b"", "file.empty"),
        ("姓名\n".encode() + "王强\n".encode() * 5001, "file.too_many"),
    ):
        with pytest.raises(Refused) as caught:
            read_book(raw)
        assert caught.value.code == code, raw[:40]
