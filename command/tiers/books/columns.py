"""Which column of a file is which of ours: by the names people give them, by what stands in them, else by hand."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from command.core.errors import Words
from command.tiers.books.cells import Cell, at
from command.tiers.books.identity import read_identity

_NOT_ITSELF = re.compile(r"紧急|监护|家属|家长|推荐|填表|单位|emergency|guardian")
_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]|[\s*＊:：_\-]")
_SAID = 0.7
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_LIKE_IDENTITY = re.compile(r"\d{17}[\dXx]|\d(?:\.\d+)?E\+17", re.IGNORECASE)


class Column(NamedTuple):
    """One column of ours. `sort`: how its cells are mended. `names`: what else people call it, exact."""

    name: str
    sort: str
    words: Words
    names: tuple[str, ...] = ()
    needed: bool = False


class Kind(NamedTuple):
    """What a sheet may hold. `telling`: columns that give it away."""

    name: str
    columns: tuple[Column, ...]
    telling: frozenset[str]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def aliases(self) -> Mapping[str, str]:
        return {
            plain(alias): column.name
            for column in self.columns
            for alias in (column.name, column.words.zh, column.words.en, *column.names)
        }


def plain(label: str) -> str:
    """A heading without what people add to it: brackets, stars, colons, spaces."""
    narrow = "".join(chr(ord(sign) - 0xFEE0) if 0xFF01 <= ord(sign) < 0xFF5F else sign for sign in label)  # noqa: PLR2004 -- wide forms
    return _ASIDE.sub("", narrow).lower() or narrow.strip().lower()


def meaning(label: str, aliases: Mapping[str, str]) -> str:
    """The column a heading names: as a whole, else by its lowest part, else by the longest name within. "" for none."""
    parts = [plain(part) for part in label.split("/")]
    for part in ("".join(parts), *reversed(parts)):
        if part in aliases:
            return aliases[part]
    last = parts[-1]
    if _NOT_ITSELF.search(label.lower()):
        return ""
    within = [alias for alias in aliases if len(alias) > 1 and not alias.isascii() and alias in last]
    return aliases[max(within, key=lambda alias: (len(alias), alias))] if within else ""


def guess_columns(labels: Sequence[str], rows: Sequence[list[Cell]], kind: Kind) -> list[str]:
    """For every column of the file the name of ours, or "". No name twice: the first whose heading says it whole wins."""
    aliases = kind.aliases()
    found = [""] * len(labels)
    for place, label in sorted(enumerate(labels), key=lambda each: (plain(each[1]) not in aliases, each[0])):
        name = meaning(label, aliases)
        if name and name not in found:
            found[place] = name
    for name, looks in (("identity", _LIKE_IDENTITY), ("phone", _MOBILE)):
        if name in found or not any(column.name == name for column in kind.columns):
            continue
        said = [
            (_share(rows, place, looks), -place)
            for place, taken in enumerate(found)
            if not taken and not _NOT_ITSELF.search(labels[place])
        ]
        best, place = max(said, default=(0.0, 0))
        if best >= _SAID:
            found[-place] = name
    return found


def guess_kind(labels: Sequence[str], kinds: Sequence[Kind]) -> str:
    """The kind whose telling columns are named, more of them and first; "" when none is."""
    scores = [
        (len({meaning(label, kind.aliases()) for label in labels} & kind.telling), -place) for place, kind in enumerate(kinds)
    ]
    best, place = max(scores, default=(0, 0))
    return kinds[-place].name if best > 1 else ""


def _share(rows: Sequence[list[Cell]], place: int, looks: re.Pattern[str]) -> float:
    cells = [at(cells, place).text.replace(" ", "") for cells in rows if at(cells, place).text]
    if not cells:
        return 0.0
    return sum(
        bool(looks.fullmatch(text)) or (looks is _LIKE_IDENTITY and read_identity(text) is not None) for text in cells
    ) / len(cells)
