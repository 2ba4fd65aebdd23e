"""One demo server and two browsers for all tests of a worker: one that draws the map, one that cannot."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.seats import chromium, demo_server, need_chromium, without_webgl


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser") / "home"


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    need_chromium()
    with demo_server(home) as found:
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed with the last test of this folder: while Playwright lives, its event loop keeps every other from running."""
    need_chromium()
    with chromium() as found:
        yield found


@pytest.fixture(scope="package")
def plain(browser: Browser) -> Iterator[Browser]:
    with without_webgl(browser) as found:
        yield found


@pytest.fixture(autouse=True)
def _cleared(request: pytest.FixtureRequest) -> Iterator[None]:
    """No desk of one test goes on drawing beside the next."""
    yield
    for name in {"browser", "plain"} & set(request.fixturenames):
        for context in request.getfixturevalue(name).contexts:
            context.close()
