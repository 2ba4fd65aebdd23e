"""What a review is once it is laid out in one language, before it is HTML, DOCX or PDF: headings, paragraphs, tables, pictures. All
three show the same parts in the same order, so that none says less than another.
"""

from typing import NamedTuple

from drills.review.drawing import Drawing
from drills.review.words import Lang


class Cell(NamedTuple):
    """Words, then the events they rest on. `is_event`: this is where links to that position lead."""

    text: str
    at: tuple[int, ...] = ()
    is_strong: bool = False
    is_event: int | None = None


class Column(NamedTuple):
    """`share` of the width; `is_figure`: to the right, under each other."""

    head: str
    share: float
    is_figure: bool = False


class Heading(NamedTuple):
    """Of a part of a section."""

    text: str


class Text(NamedTuple):
    cell: Cell
    is_quiet: bool = False


class Points(NamedTuple):
    items: tuple[Cell, ...]


class Table(NamedTuple):
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Figure(NamedTuple):
    """`title`: above it, and its name for those who do not see it; `legend`: all that the drawing says, as words."""

    title: str
    drawing: Drawing
    legend: tuple[str, ...]


Block = Heading | Text | Points | Table | Figure


class Section(NamedTuple):
    heading: str
    blocks: tuple[Block, ...]


class Box(NamedTuple):
    """One figure above all: `lines` under it, then how it came out."""

    what: str
    value: str
    lines: tuple[str, ...]
    verdict: str
    is_missed: bool


class Paper(NamedTuple):
    """`marking`: at head and foot of every page, "" for real events; `page`: with {page} and {pages}; `log`: up to where, and whether
    its chain holds; `as_of`: the time of the picture; `known`: positions that links can lead to."""

    lang: Lang
    title: str
    kind: str
    marking: str
    drafted: str
    facts: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    sections: tuple[Section, ...]
    log: str
    as_of: str
    page: str
    began_ms: int
    ended_ms: int
    known: frozenset[int]

    @property
    def heading(self) -> str:
        return f"{self.title} {self.kind}"


def references(at: tuple[int, ...]) -> str:
    """[#44, #52]"""
    return f"[{', '.join(f'#{position}' for position in at)}]" if at else ""
