"""Topics that nobody follows at present, kept for who comes back: it gets what changed, not everything."""

from collections.abc import Mapping
from typing import NamedTuple

from web_console.feed.topic import Topic

ITEMS_MOST = 50_000
"""Of all resting topics together, some 30 MB; the topic that rested longest goes first."""
TOUCHED_MOST = 500
"""A topic that changed more than this while it rested is not worth keeping."""


class Rested(NamedTuple):
    """A topic as it was left, and what changed since: shown when somebody comes back, not before."""

    topic: Topic
    touched: dict[str, None]


class Resting:
    """Bounded by number of items. A topic counts at least once."""

    def __init__(self) -> None:
        self._kept: dict[str, Rested] = {}
        self._items = 0

    def keep(self, topic: Topic, touched: dict[str, None]) -> None:
        topic.rest()
        self._kept[topic.name] = Rested(topic, touched)
        self._items += len(topic) + 1
        while self._items > ITEMS_MOST:
            self.take(next(iter(self._kept)))

    def take(self, name: str) -> Rested | None:
        """The topic, no longer resting; None when it is not kept any more."""
        found = self._kept.pop(name, None)
        if found is not None:
            self._items -= len(found.topic) + 1
        return found

    def clear(self) -> None:
        self._kept, self._items = {}, 0

    def names(self) -> list[str]:
        return list(self._kept)

    def touch(self, name: str, items: Mapping[str, None]) -> None:
        found = self._kept.get(name)
        if found is not None:
            found.touched.update(items)
            if len(found.touched) > TOUCHED_MOST:
                self.take(name)
