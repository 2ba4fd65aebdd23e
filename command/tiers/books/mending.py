"""A cell as somebody typed it, or as a spreadsheet left it -> what was meant, and what had to be mended for it.

What cannot be mended for sure is refused with the words what to do; nothing is guessed.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from command.tiers.books.cells import Cell
from command.tiers.books.identity import LENGTH, OLD_LENGTH, read_identity
from command.tiers.rows import BadRow

_WIDE = MappingProxyType({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20})
_WIDE_SIGN = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f]")
_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]"
_GAP_IN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_DOTS = re.compile(r"[•‧・∙⋅．]")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E\+?(\d{1,2})", re.IGNORECASE)
_MOBILE, _LANDLINE = re.compile(r"1[3-9]\d{9}"), re.compile(r"0\d{2,3}\d{7,8}")
_DAY = re.compile(r"(\d{4})\s*[年./\-\\]\s*(\d{1,2})\s*[月./\-\\]\s*(\d{1,2})\s*[日号]?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_PACKED_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_SERIAL_ZERO = date(1899, 12, 30)
_FOREIGN = re.compile(r"[A-Z]{1,2}\d{6,9}")
_COUNTED = re.compile(r"(\d+(?:\.\d+)?)\s*(?:人|名|个|people)?")
_EXACT = 15
"""Digits a spreadsheet keeps of a number."""


class Mended(NamedTuple):
    """`how`: what was done, in the order it was done; empty when the cell was fine."""

    text: str
    how: tuple[str, ...] = ()


def mend(cell: Cell, sort: str, column: str) -> Mended:
    """Raises BadRow(row.…) for what cannot be mended."""
    if not cell.text:
        return Mended("")
    if cell.text.startswith(("=", "@")):
        raise BadRow("row.formula", column)
    text, how = _plain(cell.text)
    found = _SORTS.get(sort, _text)(Cell(text, cell.kind), column)
    return Mended(found.text, (*how, *found.how))


def _plain(text: str) -> tuple[str, tuple[str, ...]]:
    seen = _UNSEEN.sub("", text).strip()
    narrow = seen.translate(_WIDE).strip()
    hows = (
        ("unseen", seen != text.strip()),
        ("wide", _WIDE_SIGN.search(seen) is not None),
    )
    return narrow, tuple(how for how, was in hows if was)


def _text(cell: Cell, _column: str) -> Mended:
    return Mended(cell.text)


def _name(cell: Cell, _column: str) -> Mended:
    """王　强 and 王 强 are 王强; the point inside a name has many forms and one meaning."""
    closed = _GAP_IN_HAN.sub("", " ".join(cell.text.split()))
    dotted = _DOTS.sub("·", closed) if re.search(_HAN, closed) else closed
    dotted = dotted.replace(" ·", "·").replace("· ", "·")
    return Mended(dotted, ("spaces",) if dotted != cell.text else ())


def _phone(cell: Cell, column: str) -> Mended:
    text, how = _whole(cell, column, "row.spoilt_phone")
    digits = re.sub(r"[\s\-()._—–]", "", text)
    if digits != text:
        how = (*how, "spaces")
    bare = re.sub(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))", "", digits)
    if bare != digits:
        how = (*how, "prefix")
    if not (_MOBILE.fullmatch(bare) or _LANDLINE.fullmatch(bare)):
        raise BadRow("row.phone", column, cell.text[:40])
    return Mended(bare, how)


def _identity(cell: Cell, column: str) -> Mended:
    number = re.sub(r"\s", "", cell.text).upper()
    if _SCIENTIFIC.fullmatch(number) or (cell.kind == "number" and len(number) > _EXACT):
        raise BadRow("row.spoilt_identity", column, cell.text[:40])
    how = ("spaces",) if re.search(r"\s", cell.text) else ()
    found = read_identity(number)
    if found is not None:
        return Mended(found.number, (*how, "old_identity") if len(number) == OLD_LENGTH else how)
    if len(number) == LENGTH and number.endswith("000"):
        raise BadRow("row.spoilt_identity", column, cell.text[:40])
    if _FOREIGN.fullmatch(number):
        return Mended(number, how)
    raise BadRow("row.identity", column, cell.text[:40])


def _date(cell: Cell, column: str) -> Mended:
    if cell.kind == "date":
        return Mended(cell.text)
    try:
        if found := _SERIAL.fullmatch(cell.text):
            return Mended((_SERIAL_ZERO + timedelta(days=int(found[1]))).isoformat(), ("serial",))
        if found := _DAY.fullmatch(cell.text) or _PACKED_DAY.fullmatch(cell.text):
            day = date(int(found[1]), int(found[2]), int(found[3])).isoformat()
            return Mended(day, () if day == cell.text else ("date",))
    except ValueError:  # no such day: 2023-02-30
        raise BadRow("row.date", column, cell.text[:40]) from None
    raise BadRow("row.date", column, cell.text[:40])


def _number(cell: Cell, column: str) -> Mended:
    found = _COUNTED.fullmatch(cell.text)
    if found is None:
        raise BadRow("row.value", column, cell.text[:40])
    return Mended(found[1], () if found[1] == cell.text else ("unit",))


def _code(cell: Cell, column: str) -> Mended:
    """An id or a division code: held as a number it may have lost its end."""
    text, how = _whole(cell, column, "row.spoilt_code")
    return Mended(re.sub(r"\s", "", text), how)


def _list(cell: Cell, _column: str) -> Mended:
    """Several in one cell, however they are parted."""
    parts = [part.strip() for part in re.split(r"[;；,，、\n/|]+", cell.text) if part.strip()]
    text = ";".join(_name(Cell(part), "").text for part in parts)
    return Mended(text, ("list",) if text != cell.text else ())


def _whole(cell: Cell, column: str, spoilt: str) -> tuple[str, tuple[str, ...]]:
    """The digits of a number that a spreadsheet may have shortened: all of them, or refused."""
    found = _SCIENTIFIC.fullmatch(cell.text)
    if found is not None:
        mantissa = cell.text.upper().partition("E")[0].lstrip("+").replace(".", "")
        if len(mantissa) != int(found[1]) + 1:
            raise BadRow(spoilt, column, cell.text[:40])
        return mantissa, ("number",)
    if cell.kind == "number" and len(cell.text) > _EXACT:
        raise BadRow(spoilt, column, cell.text[:40])
    text = cell.text.removesuffix(".0")
    return text, ("number",) if text != cell.text else ()


_SORTS: Mapping[str, Callable[[Cell, str], Mended]] = {
    "name": _name, "phone": _phone, "identity": _identity, "date": _date, "number": _number, "code": _code, "list": _list,
}  # fmt: skip
