"""Who has a phone page that is awake: told by sockets, asked by the planner."""

from collections.abc import Callable

AWAKE_MS = 12_000
"""A page beats every 5 s while it is lit; two lost beats are forgiven."""


class Presence:
    """By socket: a person with two pages is awake while one of them is. An open socket alone says only that a page is open."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._heard: dict[str, dict[object, int | None]] = {}
        self._shown: frozenset[str] = frozenset()

    def came(self, person: str, *, socket: object) -> None:
        """A page was opened; whether anybody looks at it, its beats say."""
        self._heard.setdefault(person, {}).setdefault(socket, None)

    def heard(self, person: str, *, socket: object = None) -> None:
        """A beat, or calls shown on a lit screen."""
        self._heard.setdefault(person, {})[socket] = self._now_ms()

    def gone(self, person: str, *, socket: object = None) -> None:
        """This socket closed."""
        sockets = self._heard.get(person, {})
        sockets.pop(socket, None)
        if not sockets:
            self._heard.pop(person, None)

    def turned(self) -> list[str]:
        """Who fell asleep or woke since this was last asked."""
        awake = frozenset(person for person in self._heard if self.is_awake(person))
        changed, self._shown = awake ^ self._shown, awake
        return sorted(changed)

    def sockets(self) -> list[object]:
        """All that are open."""
        return [socket for sockets in self._heard.values() for socket in sockets]

    def is_here(self, person: str) -> bool:
        """Whether a page of this person is open, lit or not."""
        return person in self._heard

    def is_awake(self, person: str) -> bool:
        now_ms = self._now_ms()
        heard = list(self._heard.get(person, {}).values())
        return any(at is not None and now_ms - at < AWAKE_MS for at in heard)
