"""What a drill does to its simulated world: who keeps silent, whose pages wake nobody, whose radio is out; and until when.

Read from the drill's own state, so that a branch and a run that goes on after a crash know the same.
"""

from collections.abc import Iterator
from typing import NamedTuple

from command.core.facts import Look
from drills.conduct import Drill
from drills.conduct.facts import KEY
from drills.scenario import Scenario
from drills.scenario.acts import FailChannel, RadioOut, Silence
from drills.staging import Staged
from mobilization import Call

_MINUTE_MS = 60_000


class Window(NamedTuple):
    """`[from_ms, until_ms)`."""

    from_ms: int
    until_ms: int
    act: Silence | FailChannel | RadioOut

    def holds(self, at_ms: int) -> bool:
        return self.from_ms <= at_ms < self.until_ms


class Disturbed:
    """Asked for any moment. `staged` None: nothing is ever disturbed."""

    def __init__(self, staged: Staged | None, look: Look) -> None:
        self._staged, self._look = staged, look
        self._of: Drill | None = None
        self._windows: tuple[Window, ...] = ()

    def pages_fail(self, at_ms: int) -> bool:
        """Pages wake nobody: whatever is sent outside takes over."""
        return any(isinstance(each.act, FailChannel) and each.holds(at_ms) for each in self._now())

    def quiet_until_ms(self, call: Call, at_ms: int) -> int:
        """When a crew can send again what it would say at `at_ms`: at once, unless its radio is out."""
        ends = (each.until_ms for each in self._now() if self._is_out(each, call) and each.holds(at_ms))
        return max(ends, default=at_ms)

    def silent(self, call: Call, at_ms: int) -> int:
        """How many people of the crews out for this call's incident are not heard in a roll call, and until when: 0 for nobody."""
        found = (each for each in self._now() if isinstance(each.act, Silence) and each.holds(at_ms))
        return sum(
            each.act.people
            for each in found
            if isinstance(each.act, Silence) and self._incident(each.act.incident) == call.incident
        )

    def silent_until_ms(self, call: Call, at_ms: int) -> int:
        ends = (each.until_ms for each in self._now() if isinstance(each.act, Silence) and each.holds(at_ms))
        return max(ends, default=at_ms) if self.silent(call, at_ms) else at_ms

    def _is_out(self, window: Window, call: Call) -> bool:
        if not isinstance(window.act, RadioOut) or self._staged is None:
            return False
        return call.division.startswith(self._staged.posts[window.act.division])

    def _incident(self, name: str) -> str:
        return self._of.bound.get(name, "") if self._of is not None else ""

    def _now(self) -> tuple[Window, ...]:
        """Found anew whenever the drill's state is another."""
        drill = self._look(KEY) if self._staged is not None else None
        if self._staged is not None and isinstance(drill, Drill) and drill is not self._of:
            self._of, self._windows = drill, tuple(_windows(self._staged.scenario, drill))
        return self._windows


def _windows(scenario: Scenario, drill: Drill) -> Iterator[Window]:
    for inject in scenario.injects:
        line = drill.lines.get(inject.no)
        for act in inject.acts:
            if isinstance(act, Silence | FailChannel | RadioOut) and line is not None and line.reached_ms is not None:
                from_ms = line.reached_ms + round(act.after_s * 1000)
                yield Window(from_ms, from_ms + round(act.minutes * _MINUTE_MS), act)
