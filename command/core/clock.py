"""Time: two clocks behind one port, and the rule that recorded time never falls.

The only module of Muster that reads a clock.
"""

import time
from typing import NamedTuple, Protocol

TOLERANCE_MS = 2_000
"""A wall clock that jumps by more than this against the monotonic clock has been set by somebody."""


class Clock(Protocol):
    """Milliseconds: `wall_ms` since 1970 UTC (may jump), `mono_ms` from anywhere (never falls)."""

    def wall_ms(self) -> int: ...

    def mono_ms(self) -> int: ...


class SystemClock:
    """The machine's clocks."""

    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000


class ManualClock:
    """A clock that a test, a drill or a replay turns by hand."""

    def __init__(self, start_ms: int = 1_790_000_000_000) -> None:
        self._wall = start_ms
        self._mono = 0

    def wall_ms(self) -> int:
        return self._wall

    def mono_ms(self) -> int:
        return self._mono

    def advance(self, *, ms: int = 0, seconds: float = 0) -> None:
        """Let time pass: both clocks move."""
        step = ms + round(seconds * 1000)
        self._wall += step
        self._mono += step

    def set_wall(self, *, by_ms: int) -> None:
        """Somebody sets the wall clock; no time passes."""
        self._wall += by_ms


class Reading(NamedTuple):
    """One `now` for one turn. `stepped_ms`: the wall clock was moved by that much (0: it was not)."""

    now_ms: int
    stepped_ms: int


class Timekeeper:
    """Turns two clocks into one time that never falls.

    Behind (the wall clock was set back): time goes on by the monotonic clock until the wall has caught up.
    Ahead (set forward): time follows, and says by how much, so that deadlines that wait for people move along.
    """

    def __init__(self, clock: Clock, *, recorded_ms: int = 0) -> None:
        self._clock = clock
        self._known = max(clock.wall_ms(), recorded_ms), clock.mono_ms()  # one value: others peek while it is replaced
        self._behind = clock.wall_ms() < recorded_ms - TOLERANCE_MS
        self._started_behind = self._behind

    def read(self) -> Reading:
        wall, mono = self._clock.wall_ms(), self._clock.mono_ms()
        last_ms, at_mono = self._known
        expected = last_ms + (mono - at_mono)
        gap = wall - expected
        stepped = 0
        if gap > TOLERANCE_MS or (gap < -TOLERANCE_MS and not self._behind):
            stepped = gap
        elif self._started_behind:
            stepped, self._started_behind = gap, False
        self._behind = gap < -TOLERANCE_MS
        self._known = max(wall, expected), mono
        return Reading(max(wall, expected), stepped)

    def peek(self) -> int:
        """What `read` would say, without taking note: for showing and for waking, never for deciding."""
        return max(self._clock.wall_ms(), self._expected())

    def saw(self, at_ms: int) -> None:
        """Another process recorded this time: ours may not be less."""
        if at_ms > self._expected():
            self._known = at_ms, self._clock.mono_ms()

    def _expected(self) -> int:
        last_ms, at_mono = self._known
        return last_ms + (self._clock.mono_ms() - at_mono)
