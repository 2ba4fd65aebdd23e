"""What a page weighs before it is of use: on a bad line each 50 kB is a second more. Bounds above what it is, `make bench ONLY=desk` says how much."""

import gzip
import re
from pathlib import Path

from web_console.pages import BUILT

PHONE_MOST, DESK_MOST = 60_000, 180_000
FILES_MOST = 5
"""What a browser asks for at once on HTTP/1.1 is six: the page's files, and who it is."""


def files(page: str) -> list[Path]:
    """A page and all that it loads at once."""
    html = (BUILT / page).read_text("utf-8")
    named = {BUILT / "assets" / name for name in re.findall(r'(?:src|href)="/assets/([\w.-]+\.(?:js|css))"', html)}
    assert named
    return [BUILT / page, *named]


def weight(page: str) -> int:
    return sum(len(gzip.compress(each.read_bytes())) for each in files(page))


def test_a_phone_waits_for_no_word_and_no_code_of_the_desk() -> None:
    assert weight("phone.html") < PHONE_MOST
    assert weight("link.html") < PHONE_MOST
    assert len(files("phone.html")) - 1 < FILES_MOST, "each waits its turn"


def test_a_desk_comes_before_its_map() -> None:
    assert weight("index.html") < DESK_MOST
