"""A drill as its trainers saw it at any moment of it."""

from collections.abc import Callable, Mapping

from drills.seeking import Seeker
from web_console.board.view import View
from web_console.directory import Directory
from web_console.feed.presence import Presence
from web_console.trainer.exercise import Exercise
from web_console.trainer.items import DrillItems

EVERY = 250
"""Events from one copy that is kept to the next: what going back folds at most."""


class PastDrill:
    """`exercise`: with nothing followed yet. Of who sat at a desk then no log knows."""

    def __init__(
        self, exercise: Exercise, *, names: Callable[[], Directory], posts: Callable[[], Mapping[str, str]], players: Callable[[], tuple[str, ...]]
    ) -> None:  # fmt: skip
        self._kept = [exercise]
        self._names, self._posts, self._players = names, posts, players

    def items(self, view: View, at_ms: int, *, seeker: Seeker[View]) -> DrillItems:
        """At the position where the view is; what time alone makes of it, at `at_ms`."""
        nobody = Presence(lambda: 0)
        return DrillItems(
            self._at(view.position, seeker), view=view, names=self._names, desks=nobody, phones=nobody, now_ms=lambda: at_ms,
            posts=self._posts, players=self._players,
        )  # fmt: skip

    def _at(self, until: int, seeker: Seeker[View]) -> Exercise:
        number = min(until // EVERY, len(self._kept) - 1)
        found, position = self._kept[number].fork(), number * EVERY
        while position < until:
            position = seeker.on(found, position, min(position - position % EVERY + EVERY, until))
            if position == len(self._kept) * EVERY:
                self._kept.append(found.fork())
        return found
