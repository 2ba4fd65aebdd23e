"""Where a review lands: three forms in two languages, each what its name says."""

from pathlib import Path

from tests.drills import reviews
from web_console.reviewing import write_review


def test_a_review_is_three_files_in_each_language(tmp_path: Path) -> None:
    written = write_review(reviews.rich(), tmp_path / "new" / "review")
    assert [each.name for each in written] == [
        f"review.{lang}.{kind}" for lang in ("zh", "en") for kind in ("html", "docx", "pdf")
    ]
    begins = {".html": b"<!doctype html>", ".docx": b"PK", ".pdf": b"%PDF"}
    assert all(each.read_bytes().startswith(begins[each.suffix]) for each in written)
