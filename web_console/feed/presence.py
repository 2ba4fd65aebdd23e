"""Who has a phone page that is awake: told by sockets, asked by the planner."""

from collections.abc import Callable

AWAKE_MS = 12_000
"""A page beats every 5 s while it is lit; two lost beats are forgiven."""


class Presence:
    """By socket: a person with two pages is awake while one of them is. An open socket alone says nothing."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._heard: dict[str, dict[object, int]] = {}

    def heard(self, person: str, *, socket: object = None) -> None:
        """A beat, or calls shown on a lit screen."""
        self._heard.setdefault(person, {})[socket] = self._now_ms()

    def gone(self, person: str, *, socket: object = None) -> None:
        """This socket closed."""
        sockets = self._heard.get(person, {})
        sockets.pop(socket, None)
        if not sockets:
            self._heard.pop(person, None)

    def is_awake(self, person: str) -> bool:
        now_ms = self._now_ms()
        sockets = self._heard.get(person)
        return sockets is not None and any(now_ms - at < AWAKE_MS for at in list(sockets.values()))
