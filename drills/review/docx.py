"""A review as a document for Word and WPS, to be worked on further. Chinese in 宋体 and 黑体, which both bring along; other programs take
what stands for them. The same review gives the same bytes: no time of writing is in it.
"""

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from itertools import accumulate
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Written
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from drills.review.composing import compose
from drills.review.docx_styles import BODY_MM, dress, rule, small
from drills.review.paper import Block, Box, Cell, Figure, Heading, Paper, Points, Section, Table, Text
from drills.review.png import as_png
from drills.review.saying import moment
from drills.review.shape import Review
from drills.review.words import STOP, TAGS, Lang, word

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can tell."""
_MOST_BOXES, _ROOM = 5, 64


def as_docx(review: Review, lang: Lang) -> bytes:
    paper = compose(review, lang)
    document = Document()
    dress(document, lang)
    _properties(document, paper)
    _edges(document, paper)
    _head(document, paper)
    bookmarks = _Bookmarks(paper)
    for section in paper.sections:
        _section(document, bookmarks, section)
    document.add_paragraph(style="No Spacing")  # no document ends in a table
    into = BytesIO()
    document.save(into)
    return _timeless(into.getvalue())


def _properties(document: Written, paper: Paper) -> None:
    told = document.core_properties
    told.title, told.subject, told.author, told.last_modified_by = paper.heading, paper.kind, "Muster", "Muster"
    told.language, told.keywords, told.comments, told.revision = TAGS[paper.lang], paper.marking, paper.drafted, 1
    told.created = told.modified = moment(paper.ended_ms).astimezone(UTC)


def _edges(document: Written, paper: Paper) -> None:
    """Marking, log and page x of y on every sheet."""
    sheet = document.sections[0]
    head = sheet.header.paragraphs[0]
    _tabs(head)
    head.add_run(paper.marking).bold = True
    head.add_run(f"\t{_shortened(paper.title)}")
    foot = sheet.footer.paragraphs[0]
    if paper.marking:
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run(paper.marking).bold = True
        foot = sheet.footer.add_paragraph(style="Footer")
    _tabs(foot)
    foot.add_run(f"{paper.log}\t")
    before, rest = paper.page.split("{page}")
    between, after = rest.split("{pages}")
    foot.add_run(before)
    _field(foot, "PAGE")
    foot.add_run(between)
    _field(foot, "NUMPAGES")
    foot.add_run(after)
    sheet.footer.add_paragraph(paper.as_of, style="Footer")


def _shortened(title: str) -> str:
    """What fits on one line beside the marking, a Han letter as wide as two of Latin."""
    widths = accumulate(2 if east_asian_width(each) in "WF" else 1 for each in title)
    room = [no for no, width in enumerate(widths, 1) if width <= _ROOM]
    return title if len(room) == len(title) else f"{title[: len(room)]}…"


def _tabs(paragraph: Paragraph) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(BODY_MM), WD_TAB_ALIGNMENT.RIGHT)


def _field(paragraph: Paragraph, name: str) -> None:
    """Word fills it in when the document is opened or printed."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 -- python-docx has no fields


def _head(document: Written, paper: Paper) -> None:
    document.add_heading(paper.heading, level=0)
    small(document.add_paragraph(paper.drafted))
    for label, fact in paper.facts:
        line = document.add_paragraph(style="No Spacing")
        line.add_run(f"{label}  ").bold = True
        line.add_run(fact)
    for start in range(0, len(paper.boxes), _MOST_BOXES):
        _boxes(document, paper.boxes[start : start + _MOST_BOXES])


def _boxes(document: Written, boxes: Sequence[Box]) -> None:
    document.add_paragraph(style="No Spacing")
    row = document.add_table(rows=1, cols=len(boxes), style="Table Grid").rows[0]
    for cell, box in zip(row.cells, boxes, strict=True):
        small(cell.paragraphs[0]).add_run(box.what)
        run = cell.add_paragraph(style="No Spacing").add_run(box.value)
        run.bold, run.font.size = True, Pt(16)
        for line in box.lines:
            small(cell.add_paragraph(line, style="No Spacing"))
        if box.verdict:
            small(cell.add_paragraph(style="No Spacing")).add_run(box.verdict).bold = box.is_missed


class _Bookmarks:
    """Where links to events lead. Ids are counted, names are those of the positions."""

    def __init__(self, paper: Paper) -> None:
        self.known = paper.known
        self.lang = paper.lang
        self._last = 0

    def around(self, paragraph: Paragraph, text: str, position: int) -> None:
        self._last += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for each in (start, end):
            each.set(qn("w:id"), str(self._last))
        start.set(qn("w:name"), f"e{position}")
        paragraph._p.append(start)  # noqa: SLF001 -- python-docx has no bookmarks
        paragraph.add_run(text)
        paragraph._p.append(end)  # noqa: SLF001


def _section(document: Written, bookmarks: _Bookmarks, section: Section) -> None:
    document.add_heading(section.heading, level=1)
    for block in section.blocks:
        _block(document, bookmarks, block)


def _block(document: Written, bookmarks: _Bookmarks, block: Block) -> None:
    match block:
        case Heading(text):
            document.add_heading(text, level=2)
        case Text(cell, is_quiet):
            paragraph = document.add_paragraph()
            _fill(small(paragraph) if is_quiet else paragraph, bookmarks, cell)
        case Points(items):
            for item in items:
                _fill(document.add_paragraph(style="List Bullet"), bookmarks, item)
        case Table():
            _table(document, bookmarks, block)
        case Figure(title, drawing, legend):
            document.add_heading(title, level=2)
            inline = document.add_picture(BytesIO(as_png(drawing)), width=Mm(BODY_MM))._inline  # noqa: SLF001 -- python-docx cannot name a picture
            document.paragraphs[-1].paragraph_format.keep_with_next = True
            for side in ("distT", "distB", "distL", "distR"):
                inline.set(side, "0")  # python-docx leaves it to the reader, and LibreOffice moves it aside
            inline.docPr.set("descr", f"{title}: {' '.join(legend)}")
            small(document.add_paragraph(word(STOP, bookmarks.lang).join(legend)))


def _table(document: Written, bookmarks: _Bookmarks, table: Table) -> None:
    whole = sum(each.share for each in table.columns)
    widths = [Mm(BODY_MM * each.share / whole) for each in table.columns]
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    made.autofit = False
    rule(made)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    heads = tuple(Cell(each.head) for each in table.columns)
    for no, (row, cells) in enumerate(zip(made.rows, (heads, *table.rows), strict=True)):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 -- python-docx has no rows that repeat
        properties.append(OxmlElement("w:cantSplit"))
        if no == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for place, cell, column, width in zip(row.cells, cells, table.columns, widths, strict=True):
            place.width = width
            _place(place, bookmarks, cell, is_figure=column.is_figure, is_head=no == 0)


def _place(place: _Cell, bookmarks: _Bookmarks, cell: Cell, *, is_figure: bool, is_head: bool) -> None:
    paragraph = small(place.paragraphs[0])
    if is_figure:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _fill(paragraph, bookmarks, cell)
    if is_head:
        paragraph.paragraph_format.keep_with_next = True
        for run in paragraph.runs:
            run.bold = True


def _fill(paragraph: Paragraph, bookmarks: _Bookmarks, cell: Cell) -> None:
    if cell.is_event is not None:
        bookmarks.around(paragraph, cell.text, cell.is_event)
    elif cell.text:
        paragraph.add_run(cell.text).bold = cell.is_strong or None
    for no, position in enumerate(cell.at):
        paragraph.add_run(", " if no else " [" if cell.text else "[")
        _link(paragraph, position, is_known=position in bookmarks.known)
    if cell.at:
        paragraph.add_run("]")


def _link(paragraph: Paragraph, position: int, *, is_known: bool) -> None:
    run = paragraph.add_run(f"#{position}")
    if is_known:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"e{position}")
        link.set(qn("w:history"), "1")
        link.append(run._r)  # noqa: SLF001 -- python-docx only reads links
        paragraph._p.append(link)  # noqa: SLF001


def _timeless(document: bytes) -> bytes:
    """Its parts in the same order, each as of the same moment."""
    into = BytesIO()
    with ZipFile(BytesIO(document)) as old, ZipFile(into, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _WHEN)
            part.compress_type, part.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(name))
    return into.getvalue()
