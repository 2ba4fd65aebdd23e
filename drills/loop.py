"""Virtual time: what is planned happens in order of (time, order of planning), and the clock jumps from one to the next."""

import heapq
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from command.core.clock import ManualClock

Act = TypeVar("Act")


class Agenda(Generic[Act]):
    """Acts by time, in milliseconds since 1970 UTC. Acts are never compared: ties go to what was planned first."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Act]] = []
        self._planned = 0

    def plan(self, at_ms: int, act: Act) -> None:
        """What is planned for a time that has passed happens next, before what is due later."""
        heapq.heappush(self._heap, (at_ms, self._planned, act))
        self._planned += 1

    def next_ms(self) -> int | None:
        return self._heap[0][0] if self._heap else None

    def take(self, now_ms: int) -> Act | None:
        """The next act that is due, or None."""
        return heapq.heappop(self._heap)[2] if self._heap and self._heap[0][0] <= now_ms else None


async def run(
    agenda: Agenda[Act], *, clock: ManualClock, perform: Callable[[Act], Awaitable[None]], settle: Callable[[], Awaitable[None]],
    next_due_ms: Callable[[], int | None], until_ms: int | None = None,
) -> int:  # fmt: skip
    """Until nothing is planned and no deadline stands, or past `until_ms`; returns how many acts were done.

    `settle` lets everything follow that follows by itself at this moment, fallen deadlines first; it is awaited
    when a deadline has fallen and after each act. Either may plan more. Time never goes back.
    """
    done = 0
    while (at_ms := _sooner(agenda.next_ms(), next_due_ms())) is not None and (until_ms is None or at_ms <= until_ms):
        clock.advance(ms=max(at_ms - clock.wall_ms(), 0))
        if (due_ms := next_due_ms()) is not None and due_ms <= clock.wall_ms():
            await settle()
        while (act := agenda.take(clock.wall_ms())) is not None:
            await perform(act)
            await settle()
            done += 1
    return done


def _sooner(one: int | None, other: int | None) -> int | None:
    return min((each for each in (one, other) if each is not None), default=None)
