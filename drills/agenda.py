"""Those who are simulated, and their one agenda: what they plan to do, by what the log says. Whoever turns the clock asks what is due."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from command.core.asks import Ask
from command.core.facts import Event, Fact

AGAIN_MS = 30_000


class Plan(NamedTuple):
    """Somebody will have something to do at that time. `key`: what, in the words of the cast that planned it; sorted by (time, key)."""

    at_ms: int
    key: str


class Cast(Protocol):
    """Some of those who are simulated. Pure but for what they remember; what was planned may have been overtaken when it comes."""

    name: str
    heeds: tuple[type[Fact], ...]

    def resume(self) -> Iterable[Plan]:
        """Everything still to be done, from the states alone: at the start, after a crash, in a fork."""
        ...

    def heard(self, event: Event) -> Iterable[Plan]: ...

    def act(self, key: str, now_ms: int) -> Iterable[Ask | Plan]:
        """What is asked for now, or put off."""
        ...


class Agenda:
    """All casts and what they plan, in order of time, what, and who. Told of every event; asked what is due."""

    def __init__(self, casts: Sequence[Cast]) -> None:
        self._casts = casts
        self._heap: list[tuple[int, str, int]] = []
        for n, cast in enumerate(casts):
            self._plan(cast.resume(), n)

    def follow(self, event: Event) -> None:
        for n, cast in enumerate(self._casts):
            if isinstance(event.fact, cast.heeds):
                self._plan(cast.heard(event), n)

    @property
    def next_ms(self) -> int | None:
        return self._heap[0][0] if self._heap else None

    def act(self, from_ms: int, until_ms: int) -> tuple[int, list[Ask]]:
        """Everyone in turn, each at their time but none before `from_ms`, up to the first instant at which something is asked for, and all
        of that instant; else up to `until_ms`. Returns that time. What was only put off is no reason to stop."""
        heap, casts, push, pop = self._heap, self._casts, heapq.heappush, heapq.heappop
        now_ms, asks = from_ms, list[Ask]()
        while heap and heap[0][0] <= until_ms:
            if heap[0][0] > now_ms:
                if asks:
                    return now_ms, asks
                now_ms = heap[0][0]
            _, key, cast = pop(heap)
            for each in casts[cast].act(key, now_ms):
                if isinstance(each, Plan):
                    push(heap, (each[0], each[1], cast))
                else:
                    asks.append(each)
        return (now_ms if asks else until_ms), asks

    def _plan(self, plans: Iterable[Plan], n: int) -> None:
        for at_ms, key in plans:
            heapq.heappush(self._heap, (at_ms, key, n))


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
