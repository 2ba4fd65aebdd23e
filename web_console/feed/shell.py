"""The one file of the feed that awaits: a WebSocket's reader and writer around a session."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from starlette.websockets import WebSocket, WebSocketDisconnect

from web_console.feed.frames import QUIET, TOO_SLOW, Answer, ClientBeat, Seen, bye
from web_console.feed.limits import Bucket
from web_console.feed.session import Bye, Effect, Session
from web_console.feed.topic import Packed

_log = logging.getLogger(__name__)

BEAT_S = 5.0
CHECK_S = 5.0
SEND_MOST_S = 20.0
CLOSE_MOST_S = 5.0
REPLIES_MOST = 64
FRAMES_PER_S, FRAMES_AT_ONCE = 20, 40
QUIET_MOST_S = 60.0
_LEFT, _FAULT = 1000, 1011


class Asked(NamedTuple):
    """What a socket asks of the house: the first frame, beats, what an effect leads to (the frame to answer with, if any),
    `heard` when a lit page spoke, and now and then `check`: None, or the code to close with."""

    hello: bytes
    beat: Callable[[], bytes]
    act: Callable[[Seen | Answer], Awaitable[bytes | None]]
    heard: Callable[[], None] = lambda: None
    check: Callable[[], int | None] = lambda: None


async def serve_socket(socket: WebSocket, session: Session, asked: Asked) -> None:
    """Until the client leaves, is too slow, or talks nonsense. Each socket has its own writer: a slow one delays nobody."""
    await socket.accept()
    line = _Line(socket, session, asked)
    session.wake = line.wake.set
    tasks = (asyncio.create_task(line.read()), asyncio.create_task(line.write()))
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        code = _code(next(iter(done)))
        await _stopped(tasks)
        if code != _LEFT:
            await say_bye(socket, code, before=session.notes())
    finally:
        await _stopped(tasks)
        session.close()


async def say_bye(socket: WebSocket, code: int, *, before: list[bytes] | None = None) -> None:
    """The last frames, then the close; a stuck socket must not hold its topics."""
    with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
        async with asyncio.timeout(CLOSE_MOST_S):
            for frame in (*(before or ()), bye(code)):
                await socket.send_text(frame.decode())
    with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
        async with asyncio.timeout(CLOSE_MOST_S):
            await socket.close(code)


class _Line:
    """One socket: what waits to be written, and the two loops."""

    def __init__(self, socket: WebSocket, session: Session, asked: Asked) -> None:
        self._socket, self._session, self._asked = socket, session, asked
        self._replies: list[bytes] = [asked.hello]
        self.wake = asyncio.Event()
        self.wake.set()
        self._drained = asyncio.Event()
        self._now_s = asyncio.get_running_loop().time
        self._heard_s = self._now_s()
        self._bucket = Bucket(per_s=FRAMES_PER_S, most=FRAMES_AT_ONCE, now_s=self._heard_s)

    async def read(self) -> int:
        """A client that reads none of its replies is not read either, until the writer gives it up."""
        while True:
            while len(self._replies) >= REPLIES_MOST:
                self._drained.clear()
                await self._drained.wait()
            try:
                text = await self._socket.receive_text()
            except WebSocketDisconnect:
                return _LEFT
            except KeyError:  # bytes: no frame of ours
                text = ""
            self._heard_s = self._now_s()
            effect: Effect | None = self._session.receive(text) if self._bucket.take(self._heard_s) else self._session.flooded()
            if isinstance(effect, Bye):
                return effect.code
            if isinstance(effect, Seen | ClientBeat):
                self._asked.heard()
            if isinstance(effect, Seen | Answer) and (reply := await self._asked.act(effect)) is not None:
                self._replies.append(reply)
            self.wake.set()

    async def write(self) -> int:
        next_beat, next_check = self._now_s() + BEAT_S, self._now_s() + CHECK_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(next_beat):
                    await self.wake.wait()
            if self._now_s() >= next_beat:  # also when others' changes wake this socket all the time
                if self._now_s() - self._heard_s > QUIET_MOST_S:
                    return QUIET
                self._replies.append(self._asked.beat())
                next_beat = self._now_s() + BEAT_S
            if self._now_s() >= next_check or self._session.is_doubted:
                self._session.is_doubted = False
                if (code := self._asked.check()) is not None:
                    return code
                next_check = self._now_s() + CHECK_S
            self.wake.clear()
            if (code := await self._send()) is not None:
                return code

    async def _send(self) -> int | None:
        """All that waits; the code to close with when it cannot be sent."""
        frames = self._replies + self._session.pull()
        self._replies.clear()
        self._drained.set()
        for frame in frames:
            try:
                async with asyncio.timeout(SEND_MOST_S):  # not wait_for: it may swallow a cancellation
                    await (
                        self._socket.send_bytes(frame) if isinstance(frame, Packed) else self._socket.send_text(frame.decode())
                    )
            except TimeoutError:
                return TOO_SLOW
            except (WebSocketDisconnect, RuntimeError):
                return _LEFT
        return None


def _code(ended: asyncio.Task[int]) -> int:
    if (error := ended.exception()) is not None:
        _log.error("a socket ended by a fault", exc_info=error)
        return _FAULT
    return ended.result()


async def _stopped(tasks: tuple[asyncio.Task[int], ...]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
