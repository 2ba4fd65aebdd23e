"""Virtual time: a realm in which everyone is simulated, as fast as the machine goes. Synchronous: nothing here waits.

Of one instant: controllers, then what falls due, then simulated people, each by id. Time jumps from one to the next.
"""

import heapq
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from command.core.asks import Ask, Outcome, Receipt
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.errors import MusterError, Refused
from command.core.facts import Event, Fact
from command.core.followers import Policy
from command.core.log import Log

READ_AT_ONCE = 4_096


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
        self._policies, self._casts, self._seen = policies, casts, seen
        self._agenda: list[tuple[int, str, int]] = []
        self._position = self._settled()
        self.refused: dict[str, int] = {}
        for cast in casts:
            self._plan(cast.resume(), casts.index(cast))

    def run(self, until_ms: int) -> None:
        """Play up to and including `until_ms`. Raises Stopped."""
        self._follow()
        while True:
            due_ms = self._core.world.next_due_ms()  # only a turn changes it
            is_due = due_ms is not None and due_ms <= until_ms
            at_ms, asks = self._act(due_ms if due_ms is not None and is_due else until_ms)
            if not asks and not is_due:
                break
            self._turn_to(max(at_ms, self._clock.wall_ms()), asks)
        self._turn_clock(until_ms)

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

    def _act(self, until_ms: int) -> tuple[int, list[Ask]]:
        """Everyone in turn, each at their time, up to the first instant at which something is asked for, and all of that instant; else up
        to `until_ms`. What was only put off is no reason for a turn."""
        agenda, casts, push, pop = self._agenda, self._casts, heapq.heappush, heapq.heappop
        now_ms, asks = self._clock.wall_ms(), list[Ask]()
        while agenda and agenda[0][0] <= until_ms:
            if agenda[0][0] > now_ms:
                if asks:
                    return now_ms, asks
                now_ms = agenda[0][0]
            _, key, cast = pop(agenda)
            for each in casts[cast].act(key, now_ms):
                if isinstance(each, Plan):
                    push(agenda, (each[0], each[1], cast))
                else:
                    asks.append(each)
        return (now_ms if asks else until_ms), asks

    def _plan(self, plans: Iterable[Plan], cast: int) -> None:
        for at_ms, key in plans:
            heapq.heappush(self._agenda, (at_ms, key, cast))

    def _turn_to(self, now_ms: int, asks: Sequence[Ask]) -> None:
        self._turn_clock(now_ms)
        self._turn(asks)
        self._follow()

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
        for n, cast in enumerate(self._casts):
            if isinstance(event.fact, cast.heeds):
                self._plan(cast.heard(event), n)
        asks = (policy.follow(event) for policy in self._policies if isinstance(event.fact, policy.heeds))
        return [ask for ask in asks if ask is not None]
