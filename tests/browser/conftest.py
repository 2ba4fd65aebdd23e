"""A demo server for each test, so that none leans on what another left; two browsers for all: one that draws the map, one that cannot."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser

from tests.browser.seats import chromium, demo_server, need_chromium, without_webgl


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder where the demo's city is made already; its master key lies beside it."""
    need_chromium()
    folder = tmp_path_factory.mktemp("seed")
    with demo_server(folder / "home"):
        return folder


@pytest.fixture
def home(seed: Path, tmp_path: Path) -> Path:
    copytree(seed, tmp_path / "browser")
    return tmp_path / "browser" / "home"


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    with demo_server(home) as found:
        yield found


@pytest.fixture
def quiet(home: Path) -> Iterator[str]:
    """Where no leader answers by itself."""
    with demo_server(home, program="tests.browser.quiet") as found:
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
