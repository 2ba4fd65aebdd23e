"""What tests of the feed share: a world of items, and a client that keeps the rules of docs/socket.md."""

import gzip
from collections.abc import Iterable
from typing import Any

import msgspec

TOPICS = ("board/1/duty", "board/2/duty", "me/p1")


class World:
    """Items that belong to topics; the truth the clients must come to see."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, int]] = {topic: {} for topic in TOPICS}
        self.position, self.epoch = 1, "e1"

    def items_of(self, topic: str) -> Iterable[str]:
        return list(self.items[topic])

    def show(self, topic: str, item: str) -> bytes | None:
        value = self.items[topic].get(item)
        return None if value is None else msgspec.json.encode({"v": value})


def opened(frame: str | bytes) -> dict[str, Any]:
    """A frame as a page takes it: text, or packed."""
    found: dict[str, Any] = msgspec.json.decode(gzip.decompress(frame) if isinstance(frame, bytes) else frame)
    return found


class Client:
    """The rules of docs/socket.md, and nothing else."""

    def __init__(self, topic: str) -> None:
        self.topic, self.items, self.position, self.epoch = topic, dict[str, Any](), -1, ""
        self.lost = False

    def take(self, frame: dict[str, Any]) -> None:
        if frame.get("topic") != self.topic:
            return
        if frame["type"] == "snapshot":
            self.items, self.position, self.epoch, self.lost = dict(frame["items"]), frame["position"], frame["epoch"], False
        elif frame["type"] == "diff":
            if frame["epoch"] != self.epoch or frame["from"] > self.position:
                self.lost = True
            elif frame["position"] > self.position:
                self.items = {k: v for k, v in {**self.items, **frame["put"]}.items() if k not in frame["drop"]}
                self.position = frame["position"]
