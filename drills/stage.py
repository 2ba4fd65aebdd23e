"""Virtual time: a realm in which everyone is simulated, as fast as the machine goes. Synchronous: nothing here waits.

Of one instant: controllers, then what falls due, then simulated people, each by id. Time jumps from one to the next.
"""

from collections.abc import Sequence
from typing import Protocol

from command.core.asks import Ask, Outcome, Receipt
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.errors import MusterError, Refused
from command.core.facts import Event
from command.core.followers import Policy
from command.core.log import Log
from drills.agenda import Agenda, Cast

READ_AT_ONCE = 4_096
NEVER_MS = 1 << 62


class Seen(Protocol):
    """A projection that is kept up while the drill runs."""

    def follow(self, event: Event) -> None: ...


class Stopped(MusterError):
    """The realm decides nothing any more: its log is broken, full, or newer than this program."""

    code = "drill.stopped_by_log"


class Stage:
    """One realm, its clock, and everyone in it. `refused`: commands of simulated people that came too late, by code."""

    def __init__(
        self, *, core: Core, log: Log, clock: ManualClock, policies: Sequence[Policy], casts: Sequence[Cast], seen: Sequence[Seen] = ()
    ) -> None:  # fmt: skip
        self._core, self._log, self._clock = core, log, clock
        self._policies, self._seen = policies, seen
        self._position = self._settled()
        self.refused: dict[str, int] = {}
        self._agenda = Agenda(casts)

    def run(self, until_ms: int) -> None:
        """Play up to and including `until_ms`. Raises Stopped."""
        self._play(until_ms)
        self._turn_clock(until_ms)

    def run_out(self) -> None:
        """Play until nobody plans anything and nothing falls due. Raises Stopped."""
        self._play(NEVER_MS)

    def _play(self, until_ms: int) -> None:
        self._follow()
        while True:
            due_ms = self._core.world.next_due_ms()  # only a turn changes it
            is_due = due_ms is not None and due_ms <= until_ms
            at_ms, asks = self._agenda.act(self._clock.wall_ms(), due_ms if due_ms is not None and is_due else until_ms)
            if not asks and not is_due:
                return
            self._turn_clock(at_ms)
            self._turn(asks)
            self._follow()

    def ask(self, asks: Sequence[Ask]) -> list[Outcome]:
        """Somebody who is not simulated: a trainer, a test. At this moment, before anything else of it."""
        outcomes = self._core.turn(asks)
        self._follow()
        return outcomes

    def _settled(self) -> int:
        """Up to where all that follows had surely followed: before the last instant of the log. Whoever goes on after a crash may have
        died between an event and what follows from it; following it again changes nothing."""
        head, _ = self._log.head()
        while head > 0 and (records := self._log.after(max(head - READ_AT_ONCE, 0), READ_AT_ONCE)):
            last_ms = records[-1].at_ms
            earlier = [record.position for record in records if record.at_ms < last_ms]
            if earlier or records[0].position == 1:
                return earlier[-1] if earlier else 0
            head = records[0].position
        return 0

    def _turn_clock(self, to_ms: int) -> None:
        self._clock.advance(ms=max(to_ms - self._clock.wall_ms(), 0))

    def _turn(self, asks: Sequence[Ask]) -> None:
        for outcome in self._core.turn(asks):
            if isinstance(outcome, Refused):
                self.refused[outcome.code] = self.refused.get(outcome.code, 0) + 1
            elif not isinstance(outcome, Receipt):
                raise Stopped(code_=outcome.code) from outcome
        if self._core.stopped_by is not None:
            raise Stopped(code_=self._core.stopped_by.code)

    def _follow(self) -> None:
        """Until nothing more follows by itself at this moment: policies answer, and what they answer is followed too."""
        while True:
            records = self._log.after(self._position, READ_AT_ONCE)
            asks = [ask for record in records for ask in self._heard(self._core.event(record))]
            if asks:
                self._turn(asks)
            elif not records:
                if not self._core.is_due():
                    return
                self._turn([])

    def _heard(self, event: Event) -> list[Ask]:
        self._position = event.position
        for seen in self._seen:
            seen.follow(event)
        self._agenda.follow(event)
        asks = (policy.follow(event) for policy in self._policies if isinstance(event.fact, policy.heeds))
        return [ask for ask in asks if ask is not None]
