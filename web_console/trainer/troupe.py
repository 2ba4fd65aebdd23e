"""Those who are simulated in a drill that is served: what they plan to do, by what the log says, beside people who play in it."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence

from command.core.asks import Ask
from command.core.facts import Event, Fact
from drills.stage import Cast, Plan

AGAIN_MS = 30_000


class Troupe:
    """All casts and their one agenda, in order of time, what, and who. Told of every event; asked what is due."""

    def __init__(self, casts: Sequence[Cast]) -> None:
        self._casts = casts
        self._agenda: list[tuple[int, str, int]] = []

    def resume(self) -> None:
        """Everything still to be done, from the states alone: at the start, and after a crash."""
        for n, cast in enumerate(self._casts):
            self._plan(cast.resume(), n)

    def follow(self, event: Event) -> None:
        for n, cast in enumerate(self._casts):
            if isinstance(event.fact, cast.heeds):
                self._plan(cast.heard(event), n)

    @property
    def next_ms(self) -> int | None:
        return self._agenda[0][0] if self._agenda else None

    def due(self, now_ms: int) -> Iterator[Ask]:
        """What is asked for now; what is put off is planned anew."""
        while self._agenda and self._agenda[0][0] <= now_ms:
            _, key, n = heapq.heappop(self._agenda)
            for each in self._casts[n].act(key, now_ms):
                if isinstance(each, Plan):
                    self._plan([each], n)
                else:
                    yield each

    def _plan(self, plans: Iterable[Plan], n: int) -> None:
        for at_ms, key in plans:
            heapq.heappush(self._agenda, (at_ms, key, n))


class LeftToPeople:
    """A cast in which people who play act alone: what `is_left` says is for one of them is not asked for. `waits`: it is looked at
    again, in case they leave."""

    def __init__(self, cast: Cast, *, is_left: Callable[[Ask], bool], waits: bool) -> None:
        self._cast, self._is_left, self._waits = cast, is_left, waits
        self.name = cast.name
        self.heeds: tuple[type[Fact], ...] = cast.heeds

    def resume(self) -> Iterable[Plan]:
        return self._cast.resume()

    def heard(self, event: Event) -> Iterable[Plan]:
        return self._cast.heard(event)

    def act(self, key: str, now_ms: int) -> Iterator[Ask | Plan]:
        for each in self._cast.act(key, now_ms):
            if isinstance(each, Plan) or not self._is_left(each):
                yield each
            elif self._waits:
                yield Plan(now_ms + AGAIN_MS, key)
                return
