"""A WebSocket client of a few lines, made for a thousand of them in one process: it notes when each position came, no more."""

import asyncio
import base64
import json
import os
import re
import time

_POSITION = re.compile(rb'"position":(\d+)')
_TEXT, _LENGTH_16, _LENGTH_64 = 0x1, 126, 127


def upgrade(path: str, host: str, cookie: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = (
        f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13", f"Origin: http://{host}", f"Cookie: {cookie}", "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def text_frame(body: object) -> bytes:
    """One masked text frame under 64 kB; the mask is zero, which is as good as any."""
    data = json.dumps(body).encode()
    length = bytes([0x80 | len(data)]) if len(data) < _LENGTH_16 else bytes([0x80 | _LENGTH_16]) + len(data).to_bytes(2, "big")
    return bytes([0x80 | _TEXT]) + length + bytes(4) + data


class Crowd:
    """Readers who wait for one position: when each had it, and when all have."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.expect(0)

    def expect(self, position: int) -> None:
        self.position = position
        self.at: dict[object, float] = {}
        self.all_there = asyncio.Event()

    def arrived(self, reader: object, position: int) -> None:
        if position >= self.position and reader not in self.at:
            self.at[reader] = time.perf_counter()
            if len(self.at) == self._count:
                self.all_there.set()


class Reader(asyncio.Protocol):
    """Follows one topic, and tells the crowd of each position that came whole."""

    def __init__(self, hello: bytes, topic: str, crowd: Crowd) -> None:
        self._hello, self._topic, self._crowd = hello, topic, crowd
        self._data = bytearray()
        self._upgraded = False
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        transport.write(self._hello)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._upgraded and (end := self._data.find(b"\r\n\r\n")) >= 0:
            assert self._data.startswith(b"HTTP/1.1 101"), bytes(self._data[:80])
            del self._data[: end + 4]
            self._upgraded = True
            self.transport.write(text_frame({"type": "follow", "topic": self._topic}))
        while self._upgraded and (frame := self._frame()) is not None:
            if b'"type":"beat"' in frame[:40]:
                self.transport.write(text_frame({"type": "beat"}))
            elif frame.startswith((b'{"type":"diff"', b'{"type":"snapshot"')) and (found := _POSITION.search(frame)):
                self._crowd.arrived(self, int(found[1]))

    def _frame(self) -> bytes | None:
        if len(self._data) < 2:
            return None
        length, start = self._data[1] & 0x7F, 2
        if length in (_LENGTH_16, _LENGTH_64):
            start += 2 if length == _LENGTH_16 else 8
            length = int.from_bytes(self._data[2:start], "big")
        if len(self._data) < start + length:
            return None
        frame = bytes(self._data[start : start + length])
        del self._data[: start + length]
        return frame
