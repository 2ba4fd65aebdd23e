"""The review as a PDF: its streams inflated and read, nothing is missing; sheets counted and marked; the same bytes again."""

import re

import pytest

from drills.review.pdf import as_pdf
from drills.review.words import MARKING, Lang
from tests.drills import reviews
from tests.drills.pdf_text import sheets
from tests.drills.review_words import LANGS, elsewhere, everything_said, resting, squeezed


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_figure_and_event_is_there(lang: Lang) -> None:
    review = reviews.rich()
    text = squeezed("".join(_without_edges(each) for each in sheets(as_pdf(review, lang))))
    assert [each for each in everything_said(review, lang) if squeezed(each) not in text] == []
    assert all(
        each in text for each in ("0:18/1:14", "12:22/20:03", {"zh": "1:03/1小时36分", "en": "1:03/1h36m"}[lang], "T+0:15:25")
    )


def test_references_lead_to_their_events() -> None:
    """As many links as references, each to a place on a sheet."""
    review = reviews.rich()
    written = as_pdf(review, "zh")
    assert written.count(b"/Subtype /Link") == sum(len(row.at) for row in resting(review))
    assert b"/URI" not in written
    bare = as_pdf(review._replace(evidence={}), "zh")
    assert b"/Subtype /Link" not in bare
    assert "[#44,#52]" in squeezed("".join(sheets(bare)))


@pytest.mark.parametrize(("lang", "first"), [("zh", "第 1 页，共 {} 页"), ("en", "Page 1 of {}")])
def test_every_sheet_says_which_it_is_of_how_many(lang: Lang, first: str) -> None:
    found = sheets(as_pdf(reviews.rich(), lang))
    assert len(found) > 1
    assert all(first.format(len(found)).replace("1", str(no), 1) in each for no, each in enumerate(found, 1))


@pytest.mark.parametrize("lang", LANGS)
def test_only_an_exercise_is_marked_at_head_and_foot_of_every_sheet(lang: Lang) -> None:
    assert all(each.count(MARKING) == 2 for each in sheets(as_pdf(reviews.rich(), lang)))
    real = "".join(sheets(as_pdf(reviews.rich(is_exercise=False), lang)))
    assert "EXERCISE" not in real
    assert "演练 演练" not in real


@pytest.mark.parametrize(("lang", "tag"), [("zh", b"zh-CN"), ("en", b"en")])
def test_it_says_its_language_and_title_and_has_an_outline(lang: Lang, tag: bytes) -> None:
    written = as_pdf(reviews.rich(), lang)
    assert b"/Lang (" + tag + b")" in written
    assert b"/DisplayDocTitle true" in written
    assert b"/Outlines" in written
    assert b"/CreationDate (D:20260715002900+08'00')" in written
    assert written.count(b"/Title (") >= 9  # its own, and one for each section


def test_it_is_black_on_white_vectors_without_a_font_of_the_machine() -> None:
    written = as_pdf(reviews.rich(), "zh")
    assert b"/Subtype /Image" not in written
    assert b"/FontFile" not in written
    assert set(re.findall(rb"/BaseFont /([\w-]+)", written)) <= {
        b"Helvetica",
        b"Helvetica-Bold",
        b"STSong-Light",
        b"STSong-Light-UniGB-UCS2-H",
    }


@pytest.mark.parametrize("lang", LANGS)
def test_words_are_never_markup(lang: Lang) -> None:
    sharp = reviews.both(reviews.SHARP, reviews.SHARP)
    text = squeezed("".join(sheets(as_pdf(reviews.rich()._replace(title=sharp, form=sharp), lang))))
    assert text.count(squeezed(reviews.SHARP)) >= 3


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_review_is_one_sheet(lang: Lang) -> None:
    written = as_pdf(reviews.empty(), lang)
    assert len(sheets(written)) == 1
    assert written.count(b"/Title (") == 1


def test_a_long_review_has_every_event_and_its_heads_on_every_sheet() -> None:
    found = sheets(as_pdf(reviews.long(), "en"))
    last = found[-3]
    assert "Position" in last
    text = "".join(found)
    assert all(f"#{no}" in text for no in range(1, 301))


def test_a_row_higher_than_a_sheet_is_parted() -> None:
    review = reviews.rich()
    row = review.objectives[0]._replace(at=tuple(range(1, 2_000)))
    assert "#1999" in "".join(sheets(as_pdf(review._replace(objectives=(row,)), "zh")))


def test_letters_no_file_can_hold_are_dropped() -> None:
    odd = "前\x00后\ud800\ufffe\x1b[31m"
    review = reviews.rich()._replace(title=reviews.both(odd, odd))
    assert "前后[31m" in "".join(sheets(as_pdf(review, "zh")))


def test_the_same_review_is_the_same_bytes_under_any_hash_seed_and_in_any_zone() -> None:
    here = as_pdf(reviews.rich(), "zh") + as_pdf(reviews.rich(is_exercise=False), "en")
    assert {elsewhere("drills.review.pdf", "as_pdf", hash_seed=seed) for seed in ("1", "2")} == {here}


def _without_edges(sheet: str) -> str:
    """What stands between head and foot is drawn after both: words that go on over two sheets are whole again."""
    return re.split(r"第 \d+ 页，共 \d+ 页|Page \d+ of \d+", sheet, maxsplit=1)[1]
