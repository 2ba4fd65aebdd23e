"""The newest lines of what was done: events by position, each with its incident."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Protocol

from command.core.facts import Event

LINES_HELD = 20_000


class Lines(Protocol):
    """The newest of the timeline, oldest first; those before are no longer known."""

    def __iter__(self) -> Iterator[tuple[Event, str]]: ...

    def add(self, event: Event, incident: str) -> None: ...

    def get(self, position: int) -> tuple[Event, str] | None: ...

    def newest(self, incidents: Collection[str], *, most: int) -> list[int]:
        """Where the newest lines of these incidents stand, oldest first."""
        ...


class HeldLines:
    """Held with their events."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Event, str]] = {}

    def __iter__(self) -> Iterator[tuple[Event, str]]:
        return iter(self._held.values())

    def add(self, event: Event, incident: str) -> None:
        self._held[event.position] = (event, incident)
        if len(self._held) > LINES_HELD:
            del self._held[next(iter(self._held))]

    def get(self, position: int) -> tuple[Event, str] | None:
        return self._held.get(position)

    def newest(self, incidents: Collection[str], *, most: int) -> list[int]:
        held = reversed(self._held.values())
        return list(islice((event.position for event, incident in held if incident in incidents), most))[::-1]
