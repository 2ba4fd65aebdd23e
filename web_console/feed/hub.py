"""All topics somebody follows, kept up by a projection. Items are shown once a topic, never once a session."""

from collections.abc import Callable, Iterable
from typing import Protocol

from web_console.feed.resting import Resting
from web_console.feed.topic import Topic

LOOK_MOST = 200
"""Items looked through again with one flush."""


class Follower(Protocol):
    """Who follows: woken when a topic of its own changed."""

    @property
    def wake(self) -> Callable[[], None]: ...


class Source(Protocol):
    """Where items come from. What a topic may see is decided here, by the topic's name."""

    def items_of(self, topic: str) -> Iterable[str]:
        """The ids of everything the topic may now show."""
        ...

    def show(self, topic: str, item: str) -> bytes | None:
        """The item as this topic sees it, encoded; None when it is not for this topic."""
        ...


class Hub:
    """Topics by name, each with its own followers: a change costs the topics and sockets it concerns, and no others.

    `position` is the committed position the source shows.
    """

    def __init__(self, source: Source, *, epoch: Callable[[], str], position: Callable[[], int]) -> None:
        self._source = source
        self._epoch = epoch
        self._position = position
        self._topics: dict[str, Topic] = {}
        self._dirty: dict[str, dict[str, None]] = {}
        self._followers: dict[str, dict[Follower, None]] = {}
        self._resting = Resting()
        self._stale: dict[str, None] = {}

    def follow(self, name: str, *, who: Follower) -> Topic:
        """The topic as it stands; made from the source unless others follow it, or did not long ago."""
        self._followers.setdefault(name, {})[who] = None
        rested = self._resting.take(name)
        if rested is not None:
            self._topics[name], self._dirty[name] = rested
        topic = self._topics.get(name)
        if topic is None or topic.epoch != self._epoch():
            topic = self._topics[name] = self._made(name)
        if rested is not None:
            self._shown(name)
        return topic

    def is_current(self, topic: Topic) -> bool:
        """False once history was replaced: everyone then starts from a snapshot."""
        return self._topics.get(topic.name) is topic and topic.epoch == self._epoch()

    def leave(self, name: str, *, who: Follower) -> None:
        """One follower less; a topic nobody follows rests, unless it waits to be looked through."""
        followers = self._followers.get(name, {})
        if followers.pop(who, self) is None and not followers:
            del self._followers[name]
            topic, dirty = self._topics.pop(name), self._dirty.pop(name, {})
            if self._stale.pop(name, self) is self:
                self._resting.keep(topic, dirty)

    def held(self, prefix: str) -> list[str]:
        """The topics that begin so, in order of name. Looks at all topics: for rare changes only."""
        return sorted(name for name in (*self._topics, *self._resting.names()) if name.startswith(prefix))

    def touch(self, items: Iterable[str], *, topics: Iterable[str]) -> None:
        """These items changed, for the topics named; those nobody follows take note."""
        touched = dict.fromkeys(items)
        for name in topics:
            if name in self._topics:
                self._dirty.setdefault(name, {}).update(touched)
            else:
                self._resting.touch(name, touched)

    def renew(self, prefix: str) -> None:
        """Names or places changed beside the log: the topics that begin so are looked through again, some with each flush."""
        self._stale |= dict.fromkeys(name for name in self._topics if name.startswith(prefix))
        self._resting.clear()

    @property
    def is_stale(self) -> bool:
        return bool(self._stale)

    def flush(self, *, topics: Iterable[str] | None = None) -> bool:
        """Show what was touched, in all topics or those named, and wake their followers; True when any topic changed."""
        if topics is None:
            self._look_through_some()
        changed = [name for name in (list(self._dirty) if topics is None else topics) if self._shown(name)]
        for name in changed:
            for follower in list(self._followers[name]):
                follower.wake()
        return bool(changed)

    def _look_through_some(self) -> None:
        """One large topic, or many small ones."""
        looked = 0
        while self._stale and looked < LOOK_MOST:
            name = next(iter(self._stale))
            del self._stale[name]
            if (topic := self._topics.get(name)) is not None:
                items = dict.fromkeys((*topic, *self._source.items_of(name)))
                self._dirty.setdefault(name, {}).update(items)
                looked += len(items)

    def _made(self, name: str) -> Topic:
        topic = Topic(name, epoch=self._epoch(), position=self._position())
        for item in self._source.items_of(name):
            self._show(topic, item, topic.mark.position)
        self._dirty.pop(name, None)
        return topic

    def _shown(self, name: str) -> bool:
        """What fails to be shown stays to be shown."""
        position, dirty, changed = self._position(), self._dirty.get(name, {}), False
        while dirty:
            item = next(iter(dirty))
            changed |= self._show(self._topics[name], item, position)
            del dirty[item]
        self._dirty.pop(name, None)
        return changed

    def _show(self, topic: Topic, item: str, position: int) -> bool:
        encoded = self._source.show(topic.name, item)
        return topic.drop(item, position) if encoded is None else topic.put(item, encoded, position)
