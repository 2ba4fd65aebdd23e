"""Messages outside the house: recorded before they are sent, never sent twice.

A start without an end after a restart is `unknown`: nobody knows whether it went out, so the next channel is used.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol

import httpx2

from command.core.asks import Ask
from command.core.facts import Command, Event
from mobilization import AttemptEnded, AttemptStarted, EndAttempt


class Channel(Protocol):
    """One way to reach a telephone. Returns when the gateway has taken the message; raises when it has not."""

    name: str

    async def send(self, *, phone: str, text: str, reference: str) -> None: ...


class SmsGateway:
    """Any gateway that takes `POST {to, text, reference}` as JSON with a bearer token and answers 2xx."""

    name = "sms"

    def __init__(self, url: str, *, token: str, client: httpx2.AsyncClient) -> None:
        self._url, self._token, self._client = url, token, client

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        body = {"to": phone, "text": text, "reference": reference}
        answer = await self._client.post(self._url, json=body, headers={"Authorization": f"Bearer {self._token}"}, timeout=10)
        answer.raise_for_status()


class Pager:
    """Follows attempts. `text` words the message of a call; `phone` finds a number (None: erased or missing)."""

    name = "sender"

    def __init__(
        self, channels: tuple[Channel, ...], *, phone: Callable[[str], str | None], text: Callable[[AttemptStarted], str],
        ask: Callable[[Command, str], Awaitable[object]], probe: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._channels = {channel.name: channel for channel in channels}
        self._phone, self._text, self._ask, self._probe = phone, text, ask, probe
        self._waiting: dict[str, AttemptStarted] = {}

    def follow(self, event: Event) -> Ask | None:
        """A fold: what was started and has no end yet."""
        if isinstance(event.fact, AttemptStarted):
            self._waiting[event.fact.attempt] = event.fact
        elif isinstance(event.fact, AttemptEnded):
            self._waiting.pop(event.fact.attempt, None)
        return None

    async def give_up_on_the_past(self) -> None:
        """Once after a start: what an earlier process began and did not end."""
        for attempt in list(self._waiting.values()):
            await self._end(attempt, "unknown")

    async def send_waiting(self) -> int:
        """Send everything that was started; how many."""
        started = list(self._waiting.values())
        for attempt in started:
            self._probe("after attempt started")
            result = await self._send(attempt)
            self._probe("after send")
            await self._end(attempt, result)
        return len(started)

    async def _send(self, attempt: AttemptStarted) -> str:
        channel, phone = self._channels.get(attempt.channel), self._phone(attempt.person)
        if channel is None or phone is None:
            return "failed"
        try:
            await channel.send(phone=phone, text=self._text(attempt), reference=attempt.attempt)
        except (httpx2.HTTPError, OSError):
            return "failed"
        return "sent"

    async def _end(self, attempt: AttemptStarted, result: str) -> None:
        self._waiting.pop(attempt.attempt, None)
        await self._ask(EndAttempt(call=attempt.call, attempt=attempt.attempt, result=result), f"{attempt.attempt}/{result}")
