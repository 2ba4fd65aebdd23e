"""The review as a page: nothing left out, nothing that is not words taken for markup, nothing from outside, the same bytes again."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from drills.review.html import as_html
from drills.review.words import Lang
from tests.browser.seats import CHROMIUM, check_access, fits, need_chromium
from tests.drills import reviews
from tests.drills.review_words import LANGS, elsewhere, everything_said, positions_named, squeezed


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside != "style":
            self.words.append(data)


def read(page: bytes) -> _Read:
    reader = _Read()
    reader.feed(page.decode())
    return reader


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_figure_and_event_is_there(lang: Lang) -> None:
    found = read(as_html(reviews.rich(), lang))
    text = squeezed("".join(found.words))
    missing = [each for each in everything_said(reviews.rich(), lang) if squeezed(each) not in text]
    assert missing == []
    assert all(
        each in text for each in ("0:18/1:14", "12:22/20:03", {"zh": "1:03/1小时36分", "en": "1:03/1h36m"}[lang], "T+0:15:25")
    )
    links = {of["href"] for tag, of in found.tags if tag == "a"}
    anchors = {f"#{of['id']}" for _, of in found.tags if "id" in of}
    assert links == {f"#e{position}" for position in positions_named(reviews.rich())}
    assert links <= anchors


def test_an_event_that_is_not_in_the_list_is_named_without_a_link() -> None:
    review = reviews.rich()._replace(evidence={})
    assert "[#44, #52]" in "".join(read(as_html(review, "zh")).words)
    assert b"<a " not in as_html(review, "zh")


@pytest.mark.parametrize("lang", LANGS)
def test_words_are_never_markup(lang: Lang) -> None:
    sharp = reviews.both(reviews.SHARP, reviews.SHARP)
    review = reviews.rich()._replace(title=sharp, root=reviews.SHARP, form=sharp)
    found = read(as_html(review, lang))
    assert not {"script", "b", "img", "link"} & {tag for tag, _ in found.tags}
    assert [tag for tag, _ in found.tags].count("style") == 1
    assert reviews.SHARP in "".join(found.words)


def test_letters_no_xml_can_hold_are_dropped() -> None:
    odd = "前\x00后\ud800\ufffe\x1b[31m"
    page = as_html(reviews.rich()._replace(title=reviews.both(odd, odd)), "zh").decode()
    assert "前后[31m" in page


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_comes_from_outside(lang: Lang) -> None:
    page = as_html(reviews.rich(), lang).decode()
    assert not re.search(r"https?:|url\(|@import|<script|\son\w+=|\ssrc=", page.replace("&lt;script&gt;", ""))


@pytest.mark.parametrize(("lang", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_it_says_its_language_and_has_one_main_heading(lang: Lang, tag: str) -> None:
    tags = read(as_html(reviews.rich(), lang)).tags
    assert ("html", {"lang": tag}) in tags
    assert [name for name, _ in tags].count("h1") == 1
    heads = [of for name, of in tags if name == "th"]
    assert heads
    assert all(of["scope"] == "col" for of in heads)


@pytest.mark.parametrize("lang", LANGS)
def test_only_an_exercise_is_marked_at_head_and_foot_and_in_the_margins(lang: Lang) -> None:
    marked, real = as_html(reviews.rich(), lang).decode(), as_html(reviews.rich(is_exercise=False), lang).decode()
    assert [re.sub("<[^>]+>", "", each) for each in re.findall('<p class="marking">(.*?)</p>', marked)] == [
        "演练 演练 演练 EXERCISE"
    ] * 2
    assert marked.count('"演练\\20 演练\\20 演练\\20 EXERCISE"') == 2
    assert "EXERCISE" not in real
    assert '<p class="marking">' not in real


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_review_has_no_empty_part(lang: Lang) -> None:
    tags = {tag for tag, _ in read(as_html(reviews.empty(), lang)).tags}
    assert not {"table", "section", "h2", "figure", "svg", "li"} & tags


def test_the_same_review_is_the_same_bytes_under_any_hash_seed() -> None:
    here = as_html(reviews.rich(), "zh") + as_html(reviews.rich(is_exercise=False), "en")
    assert {elsewhere("drills.review.html", "as_html", hash_seed=seed) for seed in ("1", "2")} == {here}


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGS)
def test_it_is_read_by_everybody_at_a_desk_and_on_a_phone(lang: Lang, tmp_path: Path) -> None:
    need_chromium()
    for name, review in (("rich", reviews.rich()), ("empty", reviews.empty())):
        (tmp_path / f"{name}.html").write_bytes(as_html(review, lang))
    with sync_playwright() as play, play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser:
        for name in ("rich", "empty"):
            for width in (360, 1_000):
                page = browser.new_page(viewport={"width": width, "height": 800})
                page.goto(f"file://{tmp_path}/{name}.html")
                assert fits(page), f"{name} at {width}"
                check_access(page, f"{name} at {width}")
                page.close()
