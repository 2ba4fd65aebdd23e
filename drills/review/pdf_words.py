"""Words in a PDF: two fonts by turns, styles, headings that stand in the outline, lines at the edge of a sheet."""

from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from drills.review.paper import Cell
from drills.review.words import Lang

HAN, LATIN = "STSong-Light", "Helvetica"
QUIET = Color(0.26, 0.3, 0.33)
_WIDE = "“”‘’…—"
_STRONG_LINE = 0.022
"""A line around each letter, as part of its size: neither font is there twice as bold, and this needs none."""

registerFont(UnicodeCIDFont(HAN))


def styles(lang: Lang) -> dict[str, ParagraphStyle]:
    """Chinese breaks between any two letters that may be parted, English between words."""

    def style(name: str, size: float, leading: float, *, above: float = 0, below: float = 0, indent: float = 0) -> ParagraphStyle:
        return ParagraphStyle(
            name, fontName=HAN, fontSize=size, leading=leading, textColor=black, wordWrap="CJK" if lang == "zh" else None,
            spaceBefore=above, spaceAfter=below, leftIndent=indent, bulletFontName=HAN, bulletFontSize=size,
            alignment=TA_RIGHT if name == "figure" else TA_LEFT,
        )  # fmt: skip

    made = (
        style("title", 19, 26, below=4), style("section", 13, 18, above=14), style("part", 10.5, 15, above=8, below=3),
        style("body", 10, 15.5, below=2), style("point", 10, 15.5, below=2, indent=14), style("cell", 9, 13), style("figure", 9, 13),
        style("quiet", 8.5, 12.5, below=2), style("value", 15, 20),
    )  # fmt: skip
    return {each.name: each for each in made}


class Strong(Paragraph):
    def draw(self) -> None:
        self.canv.saveState()
        self.canv.addLiteral(f"2 Tr {self.style.fontSize * _STRONG_LINE:.3f} w")
        super().draw()
        self.canv.restoreState()


class Outlined(Strong):
    """A heading. `entry`: its words, its key and its level in the outline; what is left of it on a next sheet has none."""

    entry: tuple[str, str, int] | None = None

    def draw(self) -> None:
        if self.entry is not None:
            words, key, level = self.entry
            self.canv.bookmarkHorizontal(key, 0, self.height)
            self.canv.addOutlineEntry(words, key, level, closed=False)
        super().draw()


def heading(words: str, style: ParagraphStyle, lang: Lang, *, key: str, level: int) -> Outlined:
    made = Outlined(marked_up(words, lang), style)
    made.entry = (words, key, level)
    return made


def marked_up(words: str, lang: Lang) -> str:
    return "".join(
        f'<font name="{LATIN}">{escape(run)}</font>' if is_latin else escape(run) for is_latin, run in _runs(words, lang)
    )


def cell_words(cell: Cell, known: frozenset[int], lang: Lang) -> str:
    """With its references, those that are in the list as links."""
    parts = [marked_up(cell.text, lang)] if cell.text else []
    if cell.is_event is not None:
        parts[0] = f'<a name="e{cell.is_event}"/>{parts[0]}'
    if cell.at:
        links = ", ".join(f'<a href="#e{at}">#{at}</a>' if at in known else f"#{at}" for at in cell.at)
        parts.append(f'<font name="{LATIN}" size="8" color="#424c53">[{links}]</font>')
    return " ".join(parts)


def write(
    canvas: Canvas, x: float, y: float, words: str, *, size: float, lang: Lang, side: str = "start", is_strong: bool = False
) -> float:
    """One line at the edge of a sheet, from x, around it or up to it. Its width."""
    runs = [(LATIN if is_latin else HAN, run) for is_latin, run in _runs(words, lang)]
    widths = [stringWidth(run, font, size) for font, run in runs]
    whole = sum(widths)
    x -= {"start": 0.0, "middle": whole / 2, "end": whole}[side]
    canvas.setLineWidth(size * _STRONG_LINE)
    for (font, run), width in zip(runs, widths, strict=True):
        canvas.setFont(font, size)
        canvas.drawString(x, y, run, mode=2 if is_strong else None)
        x += width
    return whole


def fitting(words: str, *, size: float, lang: Lang, room: float) -> str:
    """As much of it as there is room for."""
    short = words
    while sum(stringWidth(run, LATIN if is_latin else HAN, size) for is_latin, run in _runs(short, lang)) > room:
        short = short.rstrip("…")[:-1] + "…"
    return short


def _runs(words: str, lang: Lang) -> list[tuple[bool, str]]:
    return [(is_latin, "".join(run)) for is_latin, run in groupby(words, lambda each: _is_latin(each, lang))]


def _is_latin(letter: str, lang: Lang) -> bool:
    """In Chinese, quotation marks, dots and dashes are as wide as its letters; in English they are Latin's."""
    return bool(letter.encode("cp1252", "ignore")) and not (lang == "zh" and letter in _WIDE)
