"""The shell around a session: beats come however busy the city is, a stuck socket ends, and every end is said."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import msgspec
import pytest
from starlette.websockets import WebSocket, WebSocketDisconnect

from command.tiers.tables import OfficerRow
from tests.stories.told import told
from web_console.feed import shell
from web_console.feed.hub import Hub
from web_console.feed.limits import Bucket
from web_console.feed.session import Session


class Nothing:
    def items_of(self, topic: str) -> Iterable[str]:
        return ()

    def show(self, topic: str, item: str) -> bytes | None:
        return None


class FakeSocket:
    """A socket whose client says `says` and then nothing. `stuck`: how many sends never end, from the first (-1: all, and
    neither does closing)."""

    def __init__(self, *says: str, stuck: int = 0) -> None:
        self.sent: list[str] = []
        self.code = 0
        self._says, self._stuck = list(says), stuck
        self._never = asyncio.Event()

    async def accept(self) -> None:
        pass

    async def receive_text(self) -> str:
        if not self._says:
            await self._never.wait()
        return self._says.pop(0)

    async def send_text(self, text: str) -> None:
        if self._stuck:
            self._stuck -= 1
            await self._never.wait()
        self.sent.append(text)

    async def close(self, code: int) -> None:
        if self._stuck:
            await self._never.wait()
        self.code = code

    @property
    def frames(self) -> list[dict[str, object]]:
        return [msgspec.json.decode(text) for text in self.sent]


async def nothing(_effect: object) -> bytes | None:
    return None


async def _serve(
    socket: FakeSocket, hub: Hub, *, check: Callable[[], int | None] = lambda: None,
    act: Callable[[object], Awaitable[bytes | None]] = nothing,
) -> None:  # fmt: skip
    session = Session(hub, may_follow=lambda _: True)
    session.receive('{"type":"follow","topic":"board/1/duty"}')
    asked = shell.Asked(hello=b'{"type":"hello"}', beat=lambda: b'{"type":"beat"}', act=act, check=check)
    await asyncio.wait_for(shell.serve_socket(socket, session, asked), 10)  # type: ignore[arg-type]


def hub() -> Hub:
    return Hub(Nothing(), epoch=lambda: "e", position=lambda: 1)


async def test_beats_come_although_others_changes_wake_the_socket_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "BEAT_S", 0.02)
    socket, city = FakeSocket(), hub()
    serving = asyncio.create_task(_serve(socket, city))
    while socket.sent.count('{"type":"beat"}') < 3:
        for follower in list(city._followers.get("board/1/duty", ())):
            follower.wake()
        await asyncio.sleep(0)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    assert socket.frames[0] == {"type": "hello"}


async def test_a_stuck_socket_ends_and_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "SEND_MOST_S", 0.01)
    monkeypatch.setattr(shell, "CLOSE_MOST_S", 0.01)
    city = hub()
    await _serve(FakeSocket(stuck=-1), city)
    assert city._followers == {}


async def test_a_client_that_reads_no_replies_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "SEND_MOST_S", 0.05)
    monkeypatch.setattr(shell, "FRAMES_AT_ONCE", 1_000)
    socket, acted = FakeSocket(*['{"type":"seen","ids":[]}'] * 1_000, stuck=1), list[object]()

    async def act(effect: object) -> bytes | None:
        acted.append(effect)
        return b'{"type":"receipt"}'

    await _serve(socket, hub(), act=act)
    assert len(acted) < 2 * shell.REPLIES_MOST, "those before the socket stuck, and those that wait"
    assert socket.code == 4408


async def test_a_flood_is_refused_by_name_and_ends_the_socket() -> None:
    socket, acted = FakeSocket(*['{"type":"seen","ids":[]}'] * 1_000), list[object]()

    async def act(effect: object) -> bytes | None:
        acted.append(effect)
        return None

    await _serve(socket, hub(), act=act)
    codes = [frame["code"] for frame in socket.frames if "code" in frame]
    assert (codes, socket.code) == (["frame.too_fast", 4429], 4429)
    assert len(acted) < 2 * shell.FRAMES_AT_ONCE


def test_a_bucket_refills_by_the_second_up_to_its_brim() -> None:
    bucket = Bucket(per_s=20, most=40, now_s=0.0)
    assert [bucket.take(0.0) for _ in range(41)].count(True) == 40
    assert [bucket.take(1.0) for _ in range(30)].count(True) == 20
    assert [bucket.take(1_000.0) for _ in range(50)].count(True) == 40


async def test_a_socket_that_says_nothing_for_long_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "BEAT_S", 0.01)
    monkeypatch.setattr(shell, "QUIET_MOST_S", 0.5)
    socket = FakeSocket('{"type":"beat"}')
    await _serve(socket, hub())
    assert socket.frames.count({"type": "beat"}) >= 2, "it stayed as long as it may"
    assert (socket.frames[-1], socket.code) == ({"type": "bye", "code": 4410}, 4410)


@pytest.mark.parametrize(
    ("code", "socket", "check"),
    [
        (4400, FakeSocket(*["x"] * 21), None),
        (4413, FakeSocket("x" * 20_000), None),
        (4408, FakeSocket(stuck=1), None),
        (4401, FakeSocket(), 4401),
        (4403, FakeSocket(), 4403),
    ],
)
async def test_every_end_is_said_before_it_comes(
    code: int, socket: FakeSocket, check: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "SEND_MOST_S", 0.01)
    monkeypatch.setattr(shell, "BEAT_S", 0.01)
    monkeypatch.setattr(shell, "CHECK_S", 0.0)
    await _serve(socket, hub(), check=lambda: check)
    assert (socket.frames[-1], socket.code) == ({"type": "bye", "code": code}, code)


def test_feed_who_is_not_signed_in_or_signs_out_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "BEAT_S", 0.02)
    monkeypatch.setattr(shell, "CHECK_S", 0.02)
    with told(tmp_path) as story:
        with story.client.websocket_connect("/api/v1/me/feed") as stranger:
            assert stranger.receive_json() == {"type": "bye", "code": 4401}
        with story.socket("leader1") as phone:
            assert phone.receive_json()["type"] == "hello"
            story.call("leader1", "DELETE", "/me/session")
            while (frame := phone.receive_json())["type"] != "bye":
                assert frame["type"] == "beat"
            with pytest.raises(WebSocketDisconnect) as closed:
                phone.receive_json()
        assert (frame["code"], closed.value.code) == (4401, 4401)


def test_feed_a_post_that_is_taken_away_takes_its_topics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "BEAT_S", 0.02)
    monkeypatch.setattr(shell, "CHECK_S", 0.02)
    with told(tmp_path) as story, story.socket("bo") as desk:
        desk.receive_json()
        desk.send_json({"type": "follow", "topic": "board/990101/duty"})
        while desk.receive_json()["type"] != "snapshot":
            pass
        with story.house.registry.write("officer", "bo") as writing:
            writing.put(OfficerRow, "bo", {"post": "990102"})
        story.settle()
        while (frame := desk.receive_json())["type"] != "bye":
            assert frame["type"] in ("beat", "diff")
        assert frame["code"] == 4403


async def test_bytes_are_refused_like_any_garbage_and_end_nothing() -> None:
    sent: list[dict[str, object]] = []
    inbox: asyncio.Queue[dict[str, object]] = asyncio.Queue()
    said: tuple[dict[str, object], ...] = (
        {"type": "websocket.connect"}, {"type": "websocket.receive", "bytes": b"\x00\xff"},
        {"type": "websocket.disconnect", "code": 1000},
    )  # fmt: skip
    for message in said:
        inbox.put_nowait(message)

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    socket = WebSocket({"type": "websocket", "path": "/", "headers": []}, inbox.get, send)  # type: ignore[arg-type]
    session = Session(hub(), may_follow=lambda _: True)
    asked = shell.Asked(hello=b"{}", beat=lambda: b"{}", act=nothing)
    await asyncio.wait_for(shell.serve_socket(socket, session, asked), 10)
    assert session.notes() or any("frame.malformed" in str(each) for each in sent)
