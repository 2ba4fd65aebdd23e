"""The shell around a session: beats come however busy the city is, and a stuck socket ends."""

import asyncio
from collections.abc import Iterable

import pytest

from web_console.feed import shell
from web_console.feed.hub import Hub
from web_console.feed.session import Session


class Nothing:
    def items_of(self, topic: str) -> Iterable[str]:
        return ()

    def show(self, topic: str, item: str) -> bytes | None:
        return None


class FakeSocket:
    """A socket whose client never talks; `stuck`: neither sending nor closing ever ends."""

    def __init__(self, *, stuck: bool = False) -> None:
        self.sent: list[str] = []
        self.stuck = stuck
        self._never = asyncio.Event()

    async def accept(self) -> None:
        pass

    async def receive_text(self) -> str:
        await self._never.wait()
        return ""

    async def send_text(self, text: str) -> None:
        if self.stuck:
            await self._never.wait()
        self.sent.append(text)

    async def close(self, code: int) -> None:
        if self.stuck:
            await self._never.wait()


async def _serve(socket: FakeSocket, hub: Hub) -> None:
    session = Session(hub, may_follow=lambda _: True)
    session.receive('{"type":"follow","topic":"board/1/duty"}')

    async def act(_effect: object) -> bytes | None:
        return None

    await shell.serve_socket(socket, session, hello=b"hello", beat=lambda: b"beat", act=act, heard=lambda: None)  # type: ignore[arg-type]


def hub() -> Hub:
    return Hub(Nothing(), epoch=lambda: "e", position=lambda: 1)


async def test_beats_come_although_others_changes_wake_the_socket_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "BEAT_S", 0.02)
    socket, city = FakeSocket(), hub()
    serving = asyncio.create_task(_serve(socket, city))
    while socket.sent.count("beat") < 3:
        for follower in list(city._followers.get("board/1/duty", ())):
            follower.wake()
        await asyncio.sleep(0)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    assert socket.sent[0] == "hello"


async def test_a_stuck_socket_ends_and_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "SEND_MOST_S", 0.01)
    monkeypatch.setattr(shell, "CLOSE_MOST_S", 0.01)
    city = hub()
    await asyncio.wait_for(_serve(FakeSocket(stuck=True), city), 10)
    assert city._followers == {}
