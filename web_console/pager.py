"""Messages outside the house: recorded before they are sent, never sent twice.

A start without an end after a restart is `unknown`: nobody knows whether it went out, so the next channel is used.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

import httpx2

from command.core.facts import Command, Event
from mobilization import AttemptEnded, AttemptStarted, EndAttempt

_log = logging.getLogger(__name__)

SENDS_AT_ONCE = 16


class Channel(Protocol):
    """One way to reach a telephone. Returns when the gateway has taken the message; raises when it has not."""

    name: str

    async def send(self, *, phone: str, text: str, reference: str) -> None: ...


class Pager:
    """Follows attempts. `text` words the message of a call; `phone` finds a number (None: erased or missing); `is_wanted`:
    whether it still makes sense to send."""

    name = "sender"

    def __init__(
        self, channels: tuple[Channel, ...], *, phone: Callable[[str], str | None], text: Callable[[AttemptStarted], str],
        is_wanted: Callable[[AttemptStarted], bool], ask: Callable[[Command, str], Awaitable[object]], probe: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._channels = {channel.name: channel for channel in channels}
        self._phone, self._text, self._is_wanted, self._ask, self._probe = phone, text, is_wanted, ask, probe
        self._waiting: dict[str, AttemptStarted] = {}
        self._begun_at: dict[str, int] = {}
        self._results: dict[str, str] = {}
        self._lines = asyncio.Semaphore(SENDS_AT_ONCE)

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
        started = list(self._waiting.values())
        done = await asyncio.gather(*map(self._see_through, started), return_exceptions=True)
        for fault in done:
            if isinstance(fault, BaseException):
                raise fault
        return len(started)

    async def _see_through(self, attempt: AttemptStarted) -> None:
        if attempt.attempt not in self._results:
            async with self._lines:
                self._probe("after attempt started")
                self._results[attempt.attempt] = await self._send(attempt)
                self._probe("after send")
        result = self._results[attempt.attempt]
        await self._ask(EndAttempt(call=attempt.call, attempt=attempt.attempt, result=result), f"{attempt.attempt}/{result}")
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
        try:
            await channel.send(phone=phone, text=self._text(attempt), reference=attempt.attempt)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.HTTPStatusError):
            return "failed"
        except Exception as error:  # it may have gone out all the same
            _log.warning("%s: %s", channel.name, type(error).__name__)
            return "unknown"
        return "sent"
