"""How much one socket may say."""


class Bucket:
    """Tokens that refill at `per_s` up to `most`: short bursts pass, a flood does not. Times in seconds of any steady clock."""

    def __init__(self, *, per_s: float, most: float, now_s: float) -> None:
        self._per_s, self._most = per_s, most
        self._tokens, self._at_s = most, now_s

    def take(self, now_s: float) -> bool:
        """One token; False when there is none."""
        self._tokens = min(self._most, self._tokens + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
