"""Messages outside the house: recorded before they are sent, never sent twice, the most urgent first.

A start without an end after a restart is `unknown`: nobody knows whether it went out, so the next channel is used.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

import httpx2
import msgspec

from command.core.facts import Command, Event
from mobilization import AttemptEnded, AttemptStarted, EndAttempt

_log = logging.getLogger(__name__)

SENDS_AT_ONCE = 16


class NotSent(Exception):
    """The message certainly did not go out."""


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """How a channel is. `state`: ok, failing (its last message failed), starting, unplugged, no_sim, no_signal. `signal`: good,
    weak, or "" where there is none to speak of."""

    state: str = "ok"
    signal: str = ""


class Channel(Protocol):
    """One way to reach a telephone. `send` returns when it has taken the message; raises when it has not, NotSent when it surely
    did not go out. `answers`: whether replies come back; `lines`: messages at once."""

    name: str
    answers: bool = False
    lines: int = SENDS_AT_ONCE

    async def send(self, *, phone: str, text: str, reference: str) -> None: ...

    def condition(self) -> Condition:
        return Condition()


class Pager:
    """Follows attempts. `text` words the message of a call; `phone` finds a number (None: erased or missing); `is_wanted`:
    whether it still makes sense to send; `urgency`: what goes first, the smaller the sooner."""

    name = "sender"

    def __init__(
        self, channels: tuple[Channel, ...], *, phone: Callable[[str], str | None], text: Callable[[AttemptStarted], str],
        is_wanted: Callable[[AttemptStarted], bool], ask: Callable[[Command, str], Awaitable[object]],
        urgency: Callable[[AttemptStarted], tuple[int, ...]] = lambda _: (), probe: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._channels = {channel.name: channel for channel in channels}
        self._phone, self._text, self._is_wanted, self._ask = phone, text, is_wanted, ask
        self._urgency, self._probe = urgency, probe
        self._waiting: dict[str, AttemptStarted] = {}
        self._begun_at: dict[str, int] = {}
        self._results: dict[str, str] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._faults: dict[str, BaseException] = {}
        self._last: dict[str, str] = {}

    def follow(self, event: Event) -> None:
        """A fold: what was started and has no end yet."""
        if isinstance(event.fact, AttemptStarted):
            self._waiting[event.fact.attempt] = event.fact
            self._begun_at[event.fact.attempt] = event.position
        elif isinstance(event.fact, AttemptEnded):
            self._forget(event.fact.attempt)

    def give_up_on_the_past(self, position: int) -> None:
        """Once after a start: what an earlier process began, up to `position`, and did not end is recorded as unknown. What this
        one began while it caught up with the log was never sent by anybody: it is sent."""
        self._results |= {attempt: "unknown" for attempt in self._waiting if self._begun_at[attempt] <= position}

    async def send_waiting(self) -> int:
        """Send everything that was started, and record how it went; how many. What cannot be recorded now stays known and
        is recorded the next time: it is never sent again. Raises the first MusterError met, after all were tried."""
        count = len(self._waiting)
        self._begin()
        while self._under_way:
            await asyncio.wait(self._under_way.values())
        self._raise_fault()
        return count

    async def keep_sending(self) -> None:
        """The same without waiting: what becomes urgent meanwhile overtakes what still waits for a line."""
        self._raise_fault()
        self._begin()

    async def stop(self) -> None:
        """What is under way stays without an end: after the restart it is unknown."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def conditions(self) -> Mapping[str, tuple[Condition, int]]:
        """Each channel, how it is, and how many messages wait for it."""
        waiting = Counter(attempt.channel for attempt in self._waiting.values())
        return {name: (self._condition(channel), waiting[name]) for name, channel in self._channels.items()}

    def _condition(self, channel: Channel) -> Condition:
        own = channel.condition()
        failing = own.state == "ok" and self._last.get(channel.name) in ("failed", "unknown")
        return msgspec.structs.replace(own, state="failing") if failing else own

    def _begin(self) -> None:
        """As many as there are lines, the most urgent first; what has its result needs none."""
        used = Counter(self._waiting[attempt].channel for attempt in self._under_way if attempt in self._waiting)
        idle = [each for each in self._waiting.values() if each.attempt not in self._under_way | self._faults]
        for each in sorted(idle, key=self._urgency):
            channel = self._channels.get(each.channel)
            if each.attempt in self._results or channel is None or used[each.channel] < channel.lines:
                used[each.channel] += 1
                self._under_way[each.attempt] = task = asyncio.create_task(self._see_through(each))
                task.add_done_callback(lambda done, name=each.attempt: self._done(name, done))  # type: ignore[misc]

    def _done(self, attempt: str, task: asyncio.Task[None]) -> None:
        del self._under_way[attempt]
        if task.cancelled():
            return
        fault = task.exception()
        if fault is not None:
            self._faults[attempt] = fault
        self._begin()

    def _raise_fault(self) -> None:
        faults, self._faults = self._faults, {}
        for fault in faults.values():
            raise fault

    async def _see_through(self, attempt: AttemptStarted) -> None:
        if attempt.attempt not in self._results:
            self._probe("after attempt started")
            self._results[attempt.attempt] = await self._send(attempt)
            self._probe("after send")
        result = self._results[attempt.attempt]
        end = EndAttempt(call=attempt.call, attempt=attempt.attempt, result=result, about=attempt.about, of=attempt.of)
        await self._ask(end, f"{attempt.attempt}/{result}")
        self._forget(attempt.attempt)

    def _forget(self, attempt: str) -> None:
        for known in (self._waiting, self._begun_at, self._results):
            known.pop(attempt, None)

    async def _send(self, attempt: AttemptStarted) -> str:
        if not self._is_wanted(attempt):
            return "not_needed"
        channel, phone = self._channels.get(attempt.channel), self._phone(attempt.person)
        if channel is None or phone is None:
            return "failed"
        result = await said(channel, phone=phone, text=self._text(attempt), reference=attempt.attempt)
        self._last[channel.name] = result
        return result


async def said(channel: Channel, *, phone: str, text: str, reference: str) -> str:
    """Send it: sent, failed (surely not), or unknown (it may have gone out all the same)."""
    try:
        await channel.send(phone=phone, text=text, reference=reference)
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.HTTPStatusError, NotSent):
        return "failed"
    except Exception as error:
        _log.warning("%s: %s", channel.name, type(error).__name__)
        return "unknown"
    return "sent"
