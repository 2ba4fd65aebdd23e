"""The documents say what the code says."""

from pathlib import Path

from tools import write_errors, write_events
from web_console.app import ROUTES

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_events_is_the_code() -> None:
    assert (DOCS / "events.md").read_text("utf-8") == write_events.text()


def test_the_page_of_errors_is_the_code() -> None:
    assert (DOCS / "errors.md").read_text("utf-8") == write_errors.text()


def test_every_route_is_in_the_page_of_the_interface() -> None:
    text = (DOCS / "api.md").read_text("utf-8")
    for _method, path, _handler in ROUTES:
        named = (
            path.replace("{incident}", "{id}")
            .replace("{mobilization}", "{id}")
            .replace("{call}", "{id}")
            .replace("{person}", "{id}")
            .replace("{response}", "{id}")
            .replace("{order}", "{id}")
            .replace("{danger}", "{id}")
            .replace("{warning}", "{id}")
            .replace("{zone}", "{id}")
            .replace("//", "/")
        )
        assert named in text, path
