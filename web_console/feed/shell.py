"""The one file of the feed that awaits: a WebSocket's reader and writer around a session."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from web_console.feed.session import Answer, Bye, ClientBeat, Effect, Seen, Session

BEAT_S = 5.0
SEND_MOST_S = 20.0
CLOSE_MOST_S = 5.0

Act = Callable[[Seen | Answer], Awaitable[bytes | None]]
"""What an effect asks of the house; the frame to answer with, if any."""


async def serve_socket(
    socket: WebSocket, session: Session, *, hello: bytes, beat: Callable[[], bytes], act: Act, heard: Callable[[], None]
) -> None:
    """Until the client leaves, is too slow, or talks nonsense. `heard`: a lit page spoke. Each socket has its own writer: a slow one delays nobody."""
    await socket.accept()
    wake = asyncio.Event()
    replies: list[bytes] = [hello]
    wake.set()
    session.wake = wake.set
    reader = asyncio.create_task(_read(socket, session, replies, wake, act, heard))
    writer = asyncio.create_task(_write(socket, session, replies, wake, beat))
    try:
        done, _ = await asyncio.wait({reader, writer}, return_when=asyncio.FIRST_COMPLETED)
        code = next((task.result() for task in done if not task.cancelled() and task.exception() is None), 1011)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
            async with asyncio.timeout(CLOSE_MOST_S):  # a stuck socket must not hold its topics
                await socket.close(code)
    finally:
        for task in (reader, writer):
            task.cancel()
        await asyncio.gather(reader, writer, return_exceptions=True)
        session.close()


async def _read(
    socket: WebSocket, session: Session, replies: list[bytes], wake: asyncio.Event, act: Act, heard: Callable[[], None]
) -> int:
    while True:
        try:
            text = await socket.receive_text()
        except (WebSocketDisconnect, KeyError):
            return 1000
        effect: Effect | None = session.receive(text)
        if isinstance(effect, Bye):
            return effect.code
        if isinstance(effect, Seen | ClientBeat):
            heard()
        if isinstance(effect, Seen | Answer) and (reply := await act(effect)) is not None:
            replies.append(reply)
        wake.set()


async def _write(
    socket: WebSocket, session: Session, replies: list[bytes], wake: asyncio.Event, beat: Callable[[], bytes]
) -> int:
    loop = asyncio.get_running_loop()
    next_beat = loop.time() + BEAT_S
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(next_beat):
                await wake.wait()
        if loop.time() >= next_beat:  # also when others' changes wake this socket all the time
            replies.append(beat())
            next_beat = loop.time() + BEAT_S
        wake.clear()
        frames = replies + session.pull()
        replies.clear()
        for frame in frames:
            try:
                async with asyncio.timeout(SEND_MOST_S):  # not wait_for: it may swallow a cancellation
                    await socket.send_text(frame.decode())
            except TimeoutError:
                return 4408
            except (WebSocketDisconnect, RuntimeError):
                return 1000


def encode(frame: dict[str, object]) -> bytes:
    return msgspec.json.encode(frame)
