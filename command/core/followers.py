"""Followers: what happens by itself. They read the committed log, never events from memory, and come back in
through the door with a new command.

A follower that raises is tried three times; then the event is parked, visibly, and it goes on. One that cannot be heard,
because the log cannot be written, waits: nothing is parked for a full disk.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from command.core.asks import Ask
from command.core.core import Core
from command.core.door import Door, Lane
from command.core.errors import Busy, LogBroken, LogUnavailable, MusterError, ReadOnly, Refused
from command.core.facts import Event, Fact
from command.core.log import Log
from command.core.realm_facts import FollowerParked, Note
from command.core.records import Record

_log = logging.getLogger(__name__)

READ_AT_ONCE = 1_000
FRESH = 200
TRIES = 3
POLL_S = 0.5
_PASSES = (LogUnavailable, Busy, ReadOnly, LogBroken)
"""What is to be waited for, however long it takes."""


class Projection(Protocol):
    """A fold of the log, from its start each time the process starts: quick, and never asking for anything."""

    name: str

    def follow(self, event: Event) -> None: ...


class Policy(Protocol):
    """What happens by itself. `follow` is called, in a thread, once per event of a fact it `heeds`, in order, and again
    after a crash: repeating must not harm."""

    name: str
    heeds: tuple[type[Fact], ...]

    def follow(self, event: Event) -> Ask | None: ...


class Cursors(Protocol):
    """How far each follower has come. May be lost: then it repeats."""

    def load(self, follower: str) -> int: ...

    def save(self, at: Mapping[str, int]) -> None: ...


class MemoryCursors:
    """Cursors of followers that fold from the start each time the process starts."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}

    def load(self, follower: str) -> int:
        return self._at.get(follower, 0)

    def save(self, at: Mapping[str, int]) -> None:
        self._at.update(at)


class Bell:
    """Rung with the newest position; may be missed, so everyone also polls."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.position = 0

    def ring(self, position: int) -> None:
        self.position = max(self.position, position)
        self._rung.set()

    async def wait(self, timeout_s: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._rung.wait()
        self._rung.clear()


class Tail:
    """The one tail reader of a process: reads each stretch of the log once and hands it to all followers in turn."""

    def __init__(
        self, *, core: Core, log: Log, door: Door, bell: Bell, projections: Sequence[Projection], policies: Sequence[Policy],
        cursors: Cursors, probe: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._core, self._log, self._door, self._bell = core, log, door, bell
        self._projections, self._policies = projections, policies
        self._cursors, self._probe = cursors, probe
        self._at = {each.name: cursors.load(each.name) for each in policies}
        self._unparked: list[_Fault] = []
        self.waiting: dict[str, MusterError] = {}
        self.position = 0
        self.refused = 0
        self._draining = asyncio.Lock()

    @property
    def followed(self) -> int:
        """How far all have come: what follows from anything before this was asked for already."""
        return min([self.position, *self._at.values()])

    async def live(self) -> None:
        """Drain, then wait for the bell or the poll: what a server does again and again.

        Raises LogUnavailable while the log cannot be read, and what a follower waits for while it cannot be written.
        """
        await self.drain()
        for error in self.waiting.values():
            raise error.with_traceback(None)
        await self._bell.wait(POLL_S)

    async def drain(self) -> None:
        """Until every follower has seen the whole log as it now stands, or waits (`waiting`, by name and for what) until the
        log can be written: that is neither its fault nor the event's. Others go on meanwhile."""
        async with self._draining:
            await self._drain()

    async def _drain(self) -> None:
        self.waiting = {}
        self._unparked = [each for each in self._unparked if not await self._is_parked(each)]
        position = min([self.position, *self._at.values()])
        while records := await self._read(position):
            for event in map(self._core.event, records):
                position = event.position
                if position > self.position:
                    await self._show(event)
                for policy in self._policies:
                    if policy.name not in self.waiting and await self._has_followed(policy, event):
                        self._at[policy.name] = max(position, self._at[policy.name])
            self._probe("before cursor")
            self._cursors.save(self._at)

    async def _read(self, position: int) -> list[Record]:
        """What was recorded a moment ago lies in memory still, and is read here and now: a thread would cost more than it saves."""
        if 0 <= self._bell.position - position <= FRESH:
            return self._log.after(position, READ_AT_ONCE)
        return await asyncio.to_thread(self._log.after, position, READ_AT_ONCE)

    async def _show(self, event: Event) -> None:
        self.position = event.position
        for each in self._projections:
            try:
                each.follow(event)
            except Exception as error:
                fault = _Fault(each.name, event.position, error)
                if not await self._is_parked(fault):
                    self._unparked.append(fault)

    async def _has_followed(self, policy: Policy, event: Event) -> bool:
        """False: it waits, and comes back to this event."""
        if event.position <= self._at[policy.name] or not isinstance(event.fact, policy.heeds):
            return True
        try:
            await self._let_follow(policy, event)
        except _PASSES as error:
            self.waiting[policy.name] = error
            return False
        except Exception as error:
            return await self._is_parked(_Fault(policy.name, event.position, error))
        return True

    async def _let_follow(self, policy: Policy, event: Event) -> None:
        """Raises what it met at the last of its tries, or what is to be waited for."""
        for tries_left in reversed(range(TRIES)):
            if self._core.stopped_by is not None:
                raise self._core.stopped_by.with_traceback(None)
            try:
                ask = await asyncio.to_thread(policy.follow, event)
                if ask is not None:
                    await self._door.handle(ask, Lane.POLICIES)
                return
            except _PASSES:
                raise
            except Refused as refusal:
                self.refused += 1
                _log.info("%s on %d refused: %s", policy.name, event.position, refusal.code)
                return
            except Exception:
                if not tries_left:
                    raise

    async def _is_parked(self, fault: "_Fault") -> bool:
        """Set aside, visibly; False, and waiting, when that could not be recorded: nothing is passed over in silence."""
        _log.error("%s parks event %d", fault.follower, fault.position, exc_info=fault.error)
        fact = FollowerParked(follower=fault.follower, event=fault.position, fault=type(fault.error).__name__)
        ask = Ask(command=Note(fact=fact), actor="core", command_id=f"{fault.position:012d}/parked/{fault.follower}")
        try:
            await self._door.handle(ask, Lane.POLICIES)
        except MusterError as error:
            self.waiting[fault.follower] = error
            return False
        return True


class _Fault(NamedTuple):
    """A follower failed on the event at this position."""

    follower: str
    position: int
    error: Exception
