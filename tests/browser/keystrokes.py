"""How long a practised person takes for what a test does, by the keystroke-level model (Card, Moran & Newell 1980): every press and key
is counted, and before each field they think."""

import re

from playwright.sync_api import Locator, Page

KEY_S, POINT_S, HOME_S, THINK_S = 0.28, 1.1, 0.4, 1.35
"""A key of an average typist, pointing with the mouse, a hand from mouse to keys or back, thinking what comes next."""
HAN_KEYS = 4
"""A character is three letters of pinyin and a choice, on average."""
_HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")


class Hand:
    """`presses`, `keys`: so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seconds = 0.0
        self.presses = self.keys = 0
        self._at = "mouse"

    def presses_on(self, what: Locator, *, at: tuple[float, float] = (0.5, 0.5)) -> None:
        """`at`: shares of its width and height."""
        what.wait_for()
        box = what.bounding_box()
        assert box is not None
        self._turns_to("mouse")
        self.seconds += THINK_S + POINT_S + KEY_S
        self.presses += 1
        self.page.mouse.click(box["x"] + box["width"] * at[0], box["y"] + box["height"] * at[1])

    def drags(self, what: Locator, *, by: tuple[float, float]) -> None:
        """In pixels."""
        box = what.bounding_box()
        assert box is not None
        self._turns_to("mouse")
        self.seconds += THINK_S + 2 * POINT_S + KEY_S
        self.presses += 1
        x, y = box["x"] + 20, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by[0] / 2, y + by[1] / 2, steps=3)
        self.page.mouse.move(x + by[0], y + by[1], steps=3)
        self.page.mouse.up()

    def types(self, text: str) -> None:
        """Where the cursor stands."""
        self._turns_to("keys")
        keys = sum(HAN_KEYS if _HAN.match(each) else 1 for each in text)
        self.seconds += THINK_S + keys * KEY_S
        self.keys += keys
        self.page.keyboard.type(text)

    def picks(self, select: Locator, value: str) -> None:
        """Open a list, find it, press it."""
        self._turns_to("mouse")
        self.seconds += 2 * (THINK_S + POINT_S + KEY_S)
        self.presses += 2
        select.select_option(value)

    def _turns_to(self, device: str) -> None:
        if device != self._at:
            self.seconds += HOME_S
        self._at = device
