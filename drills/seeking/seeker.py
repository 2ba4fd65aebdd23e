"""The picture of a realm at any position of its log, or at any time: the checkpoint before it, and the events between."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from command.core.facts import Event
from command.core.log import Log
from command.core.records import Codec
from drills.seeking.layers import Layers
from drills.seeking.shelf import Shelf
from drills.seeking.values import Values

EVERY = 500
"""Events from one checkpoint to the next: what a seek folds at most."""


class Picture(Protocol):
    """What is folded."""

    def follow(self, event: Event) -> None: ...


P = TypeVar("P", bound=Picture)


class Seeker(Generic[P]):
    """Only reads the log. `made`: a picture over what is held, as it was at the position given.

    `build` belongs to one thread of one process at a time; `at` may be asked from any, while it builds too.
    """

    def __init__(self, *, log: Log, codec: Codec, shelf: Shelf, made: Callable[[Layers, int], P], every: int = EVERY) -> None:
        self._log, self._codec, self._shelf, self._made, self._every = log, codec, shelf, made, every
        self._values = Values(self.event)

    def event(self, position: int) -> Event:
        """Raises LookupError when the log has none there."""
        found = self._log.after(position - 1, 1)
        if not found or found[0].position != position:
            raise LookupError(position)
        return self._codec.event(found[0])

    def head(self) -> int:
        return self._log.head()[0]

    def behind(self) -> int:
        """Checkpoints that are wanted and not made yet."""
        return (self.head() - self._shelf.last()) // self._every

    def folds(self, position: int) -> int:
        """How many events a seek to this position folds."""
        return position - self._shelf.last(position)

    def at(self, position: int) -> P:
        """What was known once this position was recorded; one of its own, that may be followed on."""
        begin = self._shelf.last(position)
        picture = self._made(Layers(self._shelf, self._values, begin), begin)
        self.on(picture, begin, position)
        return picture

    def on(self, picture: Picture, position: int, until: int) -> int:
        """Whatever folds follows on from a position to another, or the end of the log; where it came to."""
        while position < until and (records := self._log.after(position, min(self._every, until - position))):
            for record in records:
                picture.follow(self._codec.event(record))
            position = records[-1].position
        return position

    def position_at(self, at_ms: int) -> int:
        """The last position recorded at or before a time; 0 before the first."""
        return position_at(self._log, self.head(), at_ms)

    def build(self, *, checkpoints: int = 1 << 62) -> int:
        """Make the checkpoints that are wanted, in order, at most so many; how many were made."""
        position, made = self._shelf.last(), 0
        layers = Layers(self._shelf, self._values, position)
        picture = self._made(layers, position)
        wanted = min(self.behind(), checkpoints)
        while made < wanted:
            position = self.on(picture, position, position + self._every)
            layers.keep(position)
            made += 1
        return made


def position_at(log: Log, head: int, at_ms: int) -> int:
    """The last position, up to `head`, recorded at or before a time; 0 before the first."""
    low, high = 0, head
    while low < high:
        middle = (low + high + 1) // 2
        if log.after(middle - 1, 1)[0].at_ms <= at_ms:
            low = middle
        else:
            high = middle - 1
    return low
