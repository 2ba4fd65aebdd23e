"""All topics somebody follows, kept up by a projection. Items are shown once a topic, never once a session."""

from collections.abc import Callable, Iterable
from typing import Protocol

from web_console.feed.topic import Topic


class Source(Protocol):
    """Where items come from. What a topic may see is decided here, by the topic's name."""

    def items_of(self, topic: str) -> Iterable[str]:
        """The ids of everything the topic may now show."""
        ...

    def show(self, topic: str, item: str) -> bytes | None:
        """The item as this topic sees it, encoded; None when it is not for this topic."""
        ...


class Hub:
    """Topics by name. `position` is the committed position the source shows. `wake` is rung when something changed."""

    def __init__(self, source: Source, *, epoch: Callable[[], str], position: Callable[[], int]) -> None:
        self._source = source
        self._epoch = epoch
        self._position = position
        self._topics: dict[str, Topic] = {}
        self._dirty: dict[str, dict[str, None]] = {}
        self._followers: dict[str, int] = {}
        self._wakes: dict[object, Callable[[], None]] = {}

    def follow(self, name: str) -> Topic:
        """The topic, made from the source when nobody follows it yet."""
        self._followers[name] = self._followers.get(name, 0) + 1
        topic = self._topics.get(name)
        if topic is None or topic.epoch != self._epoch():
            topic = Topic(name, epoch=self._epoch(), position=self._position())
            for item in self._source.items_of(name):
                self._show(topic, item, topic.position)
            self._topics[name] = topic
            self._dirty[name] = {}
        return topic

    def is_current(self, topic: Topic) -> bool:
        """False once history was replaced: everyone then starts from a snapshot."""
        return self._topics.get(topic.name) is topic and topic.epoch == self._epoch()

    def leave(self, name: str) -> None:
        """One follower less; a topic nobody follows is forgotten."""
        self._followers[name] = self._followers.get(name, 0) - 1
        if self._followers[name] <= 0:
            self._followers.pop(name, None)
            self._topics.pop(name, None)
            self._dirty.pop(name, None)

    def touch(self, items: Iterable[str], *, topics: Callable[[str], bool]) -> None:
        """These items changed, for the topics chosen."""
        chosen = [name for name in self._topics if topics(name)]
        for item in items:
            for name in chosen:
                self._dirty[name][item] = None

    def flush(self, *, topics: Callable[[str], bool] = lambda _: True) -> bool:
        """Show what was touched; True when any topic changed. Sessions are then woken."""
        changed = False
        position = self._position()
        for name, topic in self._topics.items():
            if topics(name) and self._dirty[name]:
                items, self._dirty[name] = self._dirty[name], {}
                changed |= sum(self._show(topic, item, position) for item in items) > 0
        if changed:
            for wake in list(self._wakes.values()):
                wake()
        return changed

    def on_change(self, who: object, wake: Callable[[], None]) -> None:
        self._wakes[who] = wake

    def off_change(self, who: object) -> None:
        self._wakes.pop(who, None)

    def _show(self, topic: Topic, item: str, position: int) -> bool:
        encoded = self._source.show(topic.name, item)
        return topic.drop(item, position) if encoded is None else topic.put(item, encoded, position)
