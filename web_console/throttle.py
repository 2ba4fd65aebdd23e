"""So many of one thing in a while, and no more: for doors that stand open to strangers."""

KEYS_WATCHED = 10_000


class Throttle:
    """At most `most` within `window_ms`, by key. What is watched longest is forgotten first, so that nobody fills the memory."""

    def __init__(self, most: int, window_ms: int) -> None:
        self._most, self._window_ms = most, window_ms
        self._times: dict[str, list[int]] = {}

    def allows(self, key: str, now_ms: int) -> bool:
        """Whether one more may be now; it then counts."""
        recent = [at for at in self._times.pop(key, []) if now_ms - at < self._window_ms]
        allowed = len(recent) < self._most
        self._times[key] = [*recent, now_ms] if allowed else recent
        while len(self._times) > KEYS_WATCHED:
            del self._times[next(iter(self._times))]
        return allowed
