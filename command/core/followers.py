"""Followers: what happens by itself. They read the committed log, never events from memory, and come back in
through the door with a new command.

A follower that raises is tried three times; then the event is parked, visibly, and it goes on.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from command.core.asks import Ask
from command.core.core import Core
from command.core.door import Door, Lane
from command.core.errors import Busy, LogUnavailable, MusterError, Refused
from command.core.facts import Event, Fact
from command.core.log import Log
from command.core.realm_facts import FollowerParked, Note

_log = logging.getLogger(__name__)

READ_AT_ONCE = 1_000
TRIES = 3
POLL_S = 0.5


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
        self._at = {each.name: 0 for each in projections} | {each.name: cursors.load(each.name) for each in policies}
        self.position = 0
        self.refused = 0

    async def live(self) -> None:
        """Drain, then wait for the bell or the poll: what a server does again and again.

        Raises LogUnavailable while the log cannot be read.
        """
        await self.drain()
        await self._bell.wait(POLL_S)

    async def drain(self) -> None:
        """Until every follower has seen the whole log as it now stands."""
        while records := await asyncio.to_thread(self._log.after, self.position, READ_AT_ONCE):
            for event in map(self._core.event, records):
                for each in self._projections:
                    await self._show(each, event)
                self.position = event.position
                for policy in self._policies:
                    if event.position > self._at[policy.name]:
                        if isinstance(event.fact, policy.heeds):
                            await self._let_follow(policy, event)
                        self._at[policy.name] = event.position
            self._probe("before cursor")
            self._cursors.save({policy.name: self._at[policy.name] for policy in self._policies})

    async def _show(self, follower: Projection, event: Event) -> None:
        try:
            follower.follow(event)
        except Exception as error:
            await self._park(follower.name, event, error)

    async def _let_follow(self, follower: Policy, event: Event) -> None:
        tries = 0
        while tries < TRIES:
            try:
                ask = await asyncio.to_thread(follower.follow, event)
                if ask is not None:
                    await self._door.handle(ask, Lane.POLICIES)
                break
            except (LogUnavailable, Busy):
                await asyncio.sleep(POLL_S)  # neither its fault nor the event's: wait until the log can be written
            except Refused as refusal:
                self.refused += 1
                _log.info("%s on %d refused: %s", follower.name, event.position, refusal.code)
                break
            except Exception as error:
                tries += 1
                if tries == TRIES:
                    await self._park(follower.name, event, error)

    async def _park(self, follower: str, event: Event, error: Exception) -> None:
        _log.error("%s parked event %d", follower, event.position, exc_info=error)
        fact = FollowerParked(follower=follower, event=event.position, fault=type(error).__name__)
        ask = Ask(command=Note(fact=fact), actor="core", command_id=f"{event.position:012d}/parked/{follower}")
        try:
            await self._door.handle(ask, Lane.POLICIES)
        except MusterError:
            _log.exception("parking could not be recorded")
