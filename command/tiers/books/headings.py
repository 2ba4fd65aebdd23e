"""Where the headings of a sheet stand: under a title, in one row or in two, which are joined."""

import hashlib
import re
from collections.abc import Callable, Sequence

from command.tiers.books.cells import BookSheet, Cell, at, width
from command.tiers.books.columns import plain

LOOKED_AT = 15
_VALUE = re.compile(r"\d{2}")


def guess_heading(sheet: BookSheet, known: Callable[[str], bool]) -> tuple[int, int]:
    """First and last line of the headings: those that name the most columns somebody knows; without any, the first line that
    has several words and no figures."""
    rows = sheet.rows[:LOOKED_AT]
    best, found = 0, (0, 0)
    for place, (line, cells) in enumerate(rows):
        lines = [(line, line)]
        if place + 1 < len(rows) and rows[place + 1][0] == line + 1 and _goes_on(cells, rows[place + 1][1]):
            lines.append((line, line + 1))
        for first, last in lines:
            named = {plain(label) for label in labels_of(sheet, first, last) if known(label)}
            if len(named) > best:
                best, found = len(named), (first, last)
    if best:
        return found
    wordy = (line for line, cells in rows if len(_words(cells)) > 1 and not any(_VALUE.search(word) for word in _words(cells)))
    line = next(wordy, rows[0][0] if rows else 1)
    return line, line


def labels_of(sheet: BookSheet, first: int, last: int) -> list[str]:
    """The heading of each column: over two rows 联系方式/手机. An empty place in the upper row goes on from its left, as merged
    headings do once a file was saved as CSV."""
    rows = sheet.lines(first, last)
    count = width([(0, cells) for cells in rows])
    labels = []
    upper = ""
    for column in range(count):
        texts = [" ".join(at(cells, column).text.split()) for cells in rows]
        if len(texts) > 1:
            upper = texts[0] or (upper if texts[-1] else "")
            texts[0] = upper
        labels.append("/".join(dict.fromkeys(text for text in texts if text)))
    return labels


def fingerprint(kind: str, labels: Sequence[str]) -> str:
    """By which a keeper's headings are known again."""
    return hashlib.sha256("\n".join((kind, *(plain(label) for label in labels))).encode()).hexdigest()[:32]


def _goes_on(upper: list[Cell], lower: list[Cell]) -> bool:
    """Whether the second row may be headings too: words only, and not all under one title."""
    words = _words(lower)
    return bool(words) and not any(_VALUE.search(word) for word in words) and len(set(_words(upper))) > 1


def _words(cells: list[Cell]) -> list[str]:
    return [cell.text for cell in cells if cell.text]
