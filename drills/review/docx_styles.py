"""How a review looks in Word and WPS: a sheet of A4, black on white, the fonts that Chinese offices have."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from drills.review.words import Lang

MARGIN_MM, BODY_MM = 20, 170
_BODY, _HEADS = "SimSun", "SimHei"
"""The songti and the heiti of Chinese offices, by the names every edition of Word and WPS knows them."""
_LATIN, _LATIN_HEADS = "Times New Roman", "Arial"
_SIZES = {
    "Normal": 10.5,
    "Title": 20,
    "Heading 1": 14,
    "Heading 2": 11,
    "Header": 9,
    "Footer": 8,
    "List Bullet": 10.5,
    "No Spacing": 10.5,
    "Small": 9,
}


def dress(document: Document, lang: Lang) -> None:
    document.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = Mm(MARGIN_MM)
    for name, size in _SIZES.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101 -- of the template python-docx brings
        is_head = name.startswith(("Title", "Heading"))
        _fonts(style, _LATIN_HEADS if is_head else _LATIN, _HEADS if is_head else _BODY)
        for what in ("w:tabs", "w:pBdr"):  # tabs of another sheet, a coloured line
            for each in style.element.iter(qn(what)):
                each.getparent().remove(each)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        if is_head:
            style.font.bold = True
            style.paragraph_format.keep_with_next = True
    _spaces(document)
    _language(document, lang)


def _fonts(style: ParagraphStyle, latin: str, east_asian: str) -> None:
    """By name, and no longer by the theme, which knows of no Chinese."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{script}"), name)


def _spaces(document: Document) -> None:
    for name, before, after in (
        ("Normal", 0, 4),
        ("Heading 1", 14, 4),
        ("Heading 2", 8, 3),
        ("List Bullet", 0, 2),
        ("Title", 0, 6),
        ("Small", 1, 1),
    ):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _language(document: Document, lang: Lang) -> None:
    """So that each script is spelled and read out as what it is."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults is not None  # noqa: S101 -- of the same template
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "zh-CN" if lang == "zh" else "en-GB")
    spoken.set(qn("w:eastAsia"), "zh-CN")
    defaults.append(spoken)


def small(paragraph: Paragraph) -> Paragraph:
    """Set by its style, so that runs added later are small, too."""
    paragraph.style = "Small"
    return paragraph


def rule(table: Table) -> None:
    """Lines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side, shade in (("top", "000000"), ("bottom", "000000"), ("insideH", "B4BCBE")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", shade)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    about = table._tbl.tblPr  # noqa: SLF001 -- python-docx has no borders
    about.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
