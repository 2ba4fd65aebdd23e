"""A review as a PDF: A4, black on white, curves and map as vectors, an outline, references that lead to their events.

Chinese is set in STSong-Light and Latin in Helvetica, two fonts every reader knows by name: none is embedded, so the viewer supplies
the glyphs (Acrobat, browsers, WPS and the readers of phones do; poppler wants its poppler-data). What is embedded would have to come
from the machine: the free Chinese fonts are CFF collections, which reportlab cannot embed, and the same review would be another file
elsewhere. Letters beyond the basic plane of Unicode are not in that font. It has no tags: who listens to a review takes the page.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO

from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)  # fmt: skip
from reportlab.platypus import Table as Grid
from reportlab.platypus.doctemplate import LayoutError

from drills.review.composing import compose
from drills.review.paper import Block, Box, Cell, Figure, Heading, Paper, Points, Section, Table, Text
from drills.review.pdf_words import QUIET, Strong, cell_words, fitting, heading, marked_up, styles, write
from drills.review.saying import moment
from drills.review.shape import Review
from drills.review.vectors import as_vectors
from drills.review.words import STOP, TAGS, Lang, word

_MARGIN, _TOP, _BOTTOM = 18 * mm, 24 * mm, 26 * mm
_BODY = A4[0] - 2 * _MARGIN
_LINE, _FAINT = Color(0.7, 0.74, 0.75), Color(0.86, 0.88, 0.87)
_MOST_BOXES, _LABELS = 5, 60
_EDGE, _SMALL, _MARKING, _BESIDE = 8, 7.5, 10, 4


def as_pdf(review: Review, lang: Lang) -> bytes:
    """Laid out twice: the first time to count the sheets."""
    paper = compose(review, lang)
    try:
        return _written(_Paper(paper, may_part_rows=False))
    except LayoutError:  # a row that is higher than a sheet
        return _written(_Paper(paper, may_part_rows=True))


def _written(paper: "_Paper") -> bytes:
    _, pages = paper.written(pages=0)
    return paper.written(pages=pages)[0]


class _Paper:
    def __init__(self, paper: Paper, *, may_part_rows: bool) -> None:
        self._may_part_rows = may_part_rows
        self._paper, self._lang, self._styles = paper, paper.lang, styles(paper.lang)

    def written(self, *, pages: int) -> tuple[bytes, int]:
        paper, into = self._paper, BytesIO()
        document = BaseDocTemplate(
            into, pagesize=A4, invariant=1, lang=TAGS[paper.lang], displayDocTitle=1, title=paper.heading, subject=paper.kind,
            author="Muster", creator="Muster", keywords=[paper.marking],
        )  # fmt: skip
        frame = Frame(
            _MARGIN, _BOTTOM, _BODY, A4[1] - _TOP - _BOTTOM, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
        )
        document.addPageTemplates([PageTemplate("sheet", [frame], onPage=partial(self._edges, pages))])
        document.build([*self._head(), *(part for no, each in enumerate(paper.sections) for part in self._section(no, each))])
        return into.getvalue(), document.page

    def _edges(self, pages: int, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Head and foot of every sheet."""
        paper, right, high = self._paper, A4[0] - _MARGIN, A4[1] - 15 * mm
        canvas.setDateFormatter(lambda *_: f"D:{moment(paper.ended_ms):%Y%m%d%H%M%S}+08'00'")
        canvas.saveState()
        say = partial(write, canvas, lang=self._lang)
        wide = 0.0
        if paper.marking:
            wide = say(_MARGIN + 6, high, paper.marking, size=_MARKING, is_strong=True) + 12
            canvas.setLineWidth(1)
            canvas.rect(_MARGIN, high - 4, wide, 15)
            say(A4[0] / 2, 16 * mm, paper.marking, size=_MARKING, side="middle", is_strong=True)
        say(right, high, fitting(paper.title, size=_EDGE, lang=self._lang, room=_BODY - wide - 12), size=_EDGE, side="end")
        canvas.setStrokeColor(_LINE)
        canvas.setLineWidth(0.5)
        canvas.line(_MARGIN, 14 * mm, right, 14 * mm)
        say(_MARGIN, 10.5 * mm, paper.log, size=_SMALL)
        say(_MARGIN, 7.5 * mm, paper.as_of, size=_SMALL)
        say(right, 10.5 * mm, paper.page.format(page=document.page, pages=pages), size=_SMALL, side="end")
        canvas.restoreState()

    def _words(self, words: str, style: str) -> Paragraph:
        return Paragraph(marked_up(words, self._lang), self._styles[style])

    def _strong(self, words: str, style: str) -> Paragraph:
        return Strong(marked_up(words, self._lang), self._styles[style])

    def _cell(self, cell: Cell, style: str) -> Paragraph:
        kind = Strong if cell.is_strong else Paragraph
        return kind(cell_words(cell, self._paper.known, self._lang), self._styles[style])

    def _head(self) -> Iterator[Flowable]:
        paper = self._paper
        yield self._strong(paper.heading, "title")
        yield self._words(paper.drafted, "quiet")
        facts = [[self._words(label, "quiet"), self._words(fact, "cell")] for label, fact in paper.facts]
        plain = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_tight(1), ("LEFTPADDING", (0, 0), (0, -1), 0)])
        yield Grid(facts, colWidths=[_LABELS, _BODY - _LABELS], style=plain)
        for start in range(0, len(paper.boxes), _MOST_BOXES):
            yield Spacer(0, 6)
            yield self._boxes(paper.boxes[start : start + _MOST_BOXES])

    def _boxes(self, boxes: Sequence[Box]) -> Flowable:
        cells = [
            [
                self._words(box.what, "quiet"),
                self._strong(box.value, "value"),
                *(self._words(each, "quiet") for each in box.lines),
                *([(self._strong if box.is_missed else self._words)(box.verdict, "quiet")] if box.verdict else []),
            ]
            for box in boxes
        ]
        ruled = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("GRID", (0, 0), (-1, -1), 0.6, _LINE), *_tight(4)])
        return Grid([cells], colWidths=[_BODY / len(boxes)] * len(boxes), style=ruled)

    def _section(self, no: int, section: Section) -> Iterator[Flowable]:
        yield CondPageBreak(32 * mm)
        yield heading(section.heading, self._styles["section"], self._lang, key=f"s{no}", level=0)
        yield HRFlowable(width="100%", thickness=0.8, color=black, spaceBefore=2, spaceAfter=5)
        for part, block in enumerate(section.blocks):
            yield from self._block(f"s{no}.{part}", block)

    def _block(self, key: str, block: Block) -> Iterator[Flowable]:
        match block:
            case Heading(text):
                yield CondPageBreak(25 * mm)
                yield heading(text, self._styles["part"], self._lang, key=key, level=1)
            case Text(cell, is_quiet):
                yield self._cell(cell, "quiet" if is_quiet else "body")
            case Points(items):
                for item in items:
                    yield Paragraph(cell_words(item, self._paper.known, self._lang), self._styles["point"], bulletText="—")
            case Table():
                yield self._table(block)
            case Figure(title, drawing, legend):
                above = heading(title, self._styles["part"], self._lang, key=key, level=1)
                told = self._words(word(STOP, self._lang).join(legend), "quiet")
                yield KeepTogether([above, as_vectors(drawing, _BODY), Spacer(0, 3), told])

    def _table(self, table: Table) -> Flowable:
        whole = sum(each.share for each in table.columns)
        kinds = ["figure" if each.is_figure else "cell" for each in table.columns]
        heads = [self._words(each.head, kind) for each, kind in zip(table.columns, kinds, strict=True)]
        rows = [[self._cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows]
        ruled = TableStyle([
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("VALIGN", (0, 0), (-1, 0), "BOTTOM"), ("LINEBELOW", (0, 0), (-1, 0), 0.6, QUIET),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, _FAINT), *_tight(2),
        ])  # fmt: skip
        widths = [_BODY * each.share / whole for each in table.columns]
        return Grid([heads, *rows], colWidths=widths, style=ruled, repeatRows=1, splitInRow=int(self._may_part_rows))


def _tight(padding: float) -> list[tuple[str, tuple[int, int], tuple[int, int], float]]:
    padded = [(f"{side}PADDING", (0, 0), (-1, -1), padding) for side in ("TOP", "BOTTOM")]
    return [*padded, *((f"{side}PADDING", (0, 0), (-1, -1), _BESIDE) for side in ("LEFT", "RIGHT"))]
