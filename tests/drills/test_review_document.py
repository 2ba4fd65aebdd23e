"""The review as a document: read back with python-docx, nothing is missing; Word and WPS show Chinese; the same bytes again."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Read
from docx.oxml.ns import qn

from drills.review.docx import as_docx
from drills.review.words import MARKING, Lang
from tests.drills import reviews
from tests.drills.review_words import LANGS, elsewhere, everything_said, positions_named, squeezed


def read(document: bytes) -> Read:
    return Document(BytesIO(document))


def words_of(document: Read) -> Iterator[str]:
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            yield from (each.text for row in part.rows for cell in row.cells for each in cell.paragraphs)
        else:
            yield part.text


def edges(document: Read) -> tuple[str, str]:
    sheet = document.sections[0]
    head, foot = ("\n".join(each.text for each in of.paragraphs) for of in (sheet.header, sheet.footer))
    return head, foot


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_figure_and_event_is_there(lang: Lang) -> None:
    document = read(as_docx(reviews.rich(), lang))
    text = squeezed("".join(words_of(document)))
    assert [each for each in everything_said(reviews.rich(), lang) if squeezed(each) not in text] == []
    assert all(
        each in text for each in ("0:18/1:14", "12:22/20:03", {"zh": "1:03/1小时36分", "en": "1:03/1h36m"}[lang], "T+0:15:25")
    )


def test_references_lead_to_their_events() -> None:
    body = read(as_docx(reviews.rich(), "zh")).element.body
    links = {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))}
    starts = [(each.get(qn("w:id")), each.get(qn("w:name"))) for each in body.iter(qn("w:bookmarkStart"))]
    assert links == {f"e{position}" for position in positions_named(reviews.rich())}
    assert links <= {name for _, name in starts}
    assert len({no for no, _ in starts}) == len(starts)
    assert [no for no, _ in starts] == [each.get(qn("w:id")) for each in body.iter(qn("w:bookmarkEnd"))]


@pytest.mark.parametrize(
    ("style", "font"), [("Normal", "SimSun"), ("Heading 1", "SimHei"), ("Heading 2", "SimHei"), ("Title", "SimHei")]
)
def test_chinese_has_a_font_of_its_own_that_no_theme_overrules(style: str, font: str) -> None:
    fonts = read(as_docx(reviews.rich(), "zh")).styles[style].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert not [name for name in fonts.attrib if "Theme" in str(name)]


@pytest.mark.parametrize(("lang", "tag", "heading"), [("zh", "zh-CN", "一、计划了什么"), ("en", "en-GB", "1. What was planned")])
def test_it_has_real_headings_and_says_its_language(lang: Lang, tag: str, heading: str) -> None:
    document = read(as_docx(reviews.rich(), lang))
    assert next(each.text for each in document.paragraphs if each.style is not None and each.style.name == "Heading 1") == heading
    spoken = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert spoken is not None
    assert (spoken.get(qn("w:val")), spoken.get(qn("w:eastAsia"))) == (tag, "zh-CN")


def test_tables_repeat_their_heads_and_keep_rows_whole() -> None:
    tables = [
        each for each in read(as_docx(reviews.rich(), "zh")).tables if each.style is None or each.style.name != "Table Grid"
    ]
    assert len(tables) == 8
    for table in tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_pictures_are_named_for_those_who_do_not_see_them() -> None:
    named = [each._inline.docPr.get("descr") for each in read(as_docx(reviews.rich(), "zh")).inline_shapes]
    assert len(named) == 2
    assert "已到位" in named[0]
    assert "堤防一队" in named[1]


@pytest.mark.parametrize("lang", LANGS)
def test_only_an_exercise_is_marked_at_head_and_foot(lang: Lang) -> None:
    marked, real = (edges(read(as_docx(reviews.rich(is_exercise=each), lang))) for each in (True, False))
    assert all(MARKING in each for each in marked)
    assert not any("EXERCISE" in each or "演练 演练" in each for each in real)


def test_the_foot_says_which_sheet_of_how_many_up_to_where_and_when() -> None:
    document = read(as_docx(reviews.rich(), "zh"))
    fields = [each.get(qn("w:instr")) for each in document.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "日志校验通过，位置 1–412，根 7f3a…c21e" in edges(document)[1]
    assert "数据截至 2026-07-15 00:29:00" in edges(document)[1]


def test_a_log_that_does_not_hold_is_said_so() -> None:
    text = "".join(words_of(read(as_docx(reviews.rich()._replace(verified=False), "zh"))))
    assert "日志校验未通过" in text


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_review_has_no_empty_part(lang: Lang) -> None:
    document = read(as_docx(reviews.empty(), lang))
    assert not document.tables
    assert not document.inline_shapes
    assert not [each for each in document.paragraphs if each.style is not None and str(each.style.name).startswith("Heading")]


def test_a_long_review_has_every_event_once() -> None:
    document = read(as_docx(reviews.long(), "en"))
    events = [row.cells[0].text for row in document.tables[-1].rows]
    assert events == ["Position", *(f"#{no}" for no in range(1, 301))]
    assert "…" in edges(document)[0]


def test_letters_no_file_can_hold_are_dropped() -> None:
    odd = "前\x00后\ud800\ufffe\x1b[31m"
    review = reviews.rich()._replace(title=reviews.both(odd, odd))
    assert "前后[31m" in "".join(words_of(read(as_docx(review, "zh"))))


def test_the_same_review_is_the_same_bytes_under_any_hash_seed_and_in_any_zone() -> None:
    here = as_docx(reviews.rich(), "zh") + as_docx(reviews.rich(is_exercise=False), "en")
    assert {elsewhere("drills.review.docx", "as_docx", hash_seed=seed) for seed in ("1", "2")} == {here}


def test_no_time_of_writing_is_in_it() -> None:
    written = as_docx(reviews.rich(), "zh")
    with ZipFile(BytesIO(written)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = read(written).core_properties
    assert told.title == "云江超警戒防汛应急志愿服务功能演练 复盘报告"
    assert told.created == told.modified
    assert f"{told.created:%Y-%m-%d %H:%M}" == "2026-07-14 16:29"  # UTC
