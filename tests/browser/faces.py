"""The faces a page has: sizes, themes, languages; and what it says in each, from its own catalogue."""

import re
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.seats import DESK, PHONE, on_one_bar, open_page

CATALOGUE = Path(__file__).parents[2] / "web_console" / "front" / "src" / "lib" / "words"
CHOSEN = "try {{ localStorage['muster.theme'] = '{theme}'; localStorage['muster.lang'] = '{lang}' }} catch {{}}"
_WORD = re.compile(r"^  '([\w.]+)': \['(.*)', ['\"](.*)['\"]\],$", re.MULTILINE)
WALL_SIZED = (1920, 1080)


class Face(NamedTuple):
    """A screen in pixels, what a seat chose, and whether its line is one bar of signal where a story opens it."""

    name: str
    width: int
    height: int
    theme: str
    lang: str
    is_slow: bool = False

    def page(self, browser: Browser, faults: list[str]) -> Page:
        """A seat of this face on its line; see `open_page`."""
        page = open_page(self.context(browser), faults)
        if self.is_slow:
            on_one_bar(page)
        return page

    def context(self, browser: Browser) -> BrowserContext:
        """A seat of this face, where nothing moves."""
        context = browser.new_context(viewport={"width": self.width, "height": self.height}, reduced_motion="reduce")
        context.add_init_script(CHOSEN.format(theme=self.theme, lang=self.lang))
        return context

    def say(self, word: str, **facts: object) -> str:
        """As the page says it."""
        return _words()[word][0 if self.lang == "zh" else 1].format(**facts)


FACES = [
    Face("desk-day-en", DESK["width"], DESK["height"], "day", "en"),
    Face("large-night-zh", *WALL_SIZED, "night", "zh"),
    Face("narrow-day-zh", PHONE["width"], PHONE["height"], "day", "zh"),
    Face("narrow-night-en", PHONE["width"], PHONE["height"], "night", "en", is_slow=True),
]
NAMES = [face.name for face in FACES]


def _words() -> dict[str, tuple[str, str]]:
    return {word: (zh, en) for path in sorted(CATALOGUE.glob("*.ts")) for word, zh, en in _WORD.findall(path.read_text("utf-8"))}
