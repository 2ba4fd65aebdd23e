"""One topic: items in the order of their last change. A stretch of changes is encoded once for all who stand at its start."""

import gzip
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

DROPS_REMEMBERED = 2_000
PACKED_FROM = 4_096
"""Bytes from which a frame is worth packing."""
_encode = msgspec.json.Encoder().encode


class Packed(bytes):
    """A frame as gzip: it goes out as bytes, not as text. Packed once for all; a socket of its own compressor costs each phone memory."""


class Mark(NamedTuple):
    """Where a client stands: a log position, and how often the topic had changed `again` at a position already sent."""

    position: int
    again: int = 0


class Topic:
    """Items are encoded JSON. `mark.position` is the log position the topic shows; subscribers stand at such marks."""

    def __init__(self, name: str, *, epoch: str, position: int) -> None:
        self.name = name
        self.epoch = epoch
        self.mark = Mark(position)
        self._items: dict[str, tuple[Mark, bytes]] = {}
        self._drops: dict[str, Mark] = {}
        self._resumable_from = self.mark
        self._encoded: dict[tuple[Mark | None, bool], bytes] = {}
        self._stood_on = False

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: str, encoded: bytes, position: int) -> bool:
        """Show an item as it is at `position`; False when it looks the same as before."""
        held = self._items.get(item)
        if held is not None and held[1] == encoded:
            return False
        self._items.pop(item, None)
        self._drops.pop(item, None)
        self._move(position)
        self._items[item] = (self.mark, encoded)
        return True

    def drop(self, item: str, position: int) -> bool:
        if self._items.pop(item, None) is None:
            return False
        self._drops.pop(item, None)
        self._move(position)
        self._drops[item] = self.mark
        while len(self._drops) > DROPS_REMEMBERED:
            self._resumable_from = max(self._resumable_from, self._drops.pop(next(iter(self._drops))))
        return True

    def rest(self) -> None:
        """Nobody follows for now: what was encoded for them goes."""
        self._encoded.clear()

    def resumed(self, position: int) -> Mark | None:
        """Where a client stands that comes back with this position; None when it has to begin with a snapshot."""
        after = Mark(position)
        if not self._knows(after):
            return None
        self._stood_on = True
        return after

    def snapshot(self, *, packed: bool = False) -> bytes:
        """All items, in one frame."""

        def made() -> dict[str, object]:
            items = {item: msgspec.Raw(encoded) for item, (_, encoded) in self._items.items()}
            return {"type": "snapshot", "topic": self.name, "epoch": self.epoch, "position": self.mark.position, "items": items}

        return self._frame(None, made, packed=packed)

    def since(self, after: Mark, *, packed: bool = False) -> bytes:
        """What changed behind `after`, in one frame; a snapshot when that is no longer known, or the position did not move:
        clients pass over a diff that brings them nowhere."""
        if not self._knows(after) or after.position == self.mark.position:
            return self.snapshot(packed=packed)

        def made() -> dict[str, object]:
            return {
                "type": "diff", "topic": self.name, "epoch": self.epoch, "from": after.position, "position": self.mark.position,
                "put": {item: msgspec.Raw(encoded) for item, (at, encoded) in self._items.items() if at > after},
                "drop": [item for item, at in self._drops.items() if at > after],
            }  # fmt: skip

        return self._frame(after, made, packed=packed)

    def _frame(self, after: Mark | None, made: Callable[[], dict[str, object]], *, packed: bool) -> bytes:
        """Encoded once, and packed once, for all who stand at `after`."""
        self._stood_on = True
        if (after, packed) not in self._encoded:
            plain = self._frame(after, made, packed=False) if packed else _encode(made())
            is_large = packed and len(plain) >= PACKED_FROM
            self._encoded[after, packed] = Packed(gzip.compress(plain, 6, mtime=0)) if is_large else plain
        return self._encoded[after, packed]

    def _knows(self, after: Mark) -> bool:
        return self._resumable_from <= after <= self.mark

    def _move(self, position: int) -> None:
        """A change at a mark somebody stands on gets a mark behind it; where nobody stands, changes share one."""
        if position > self.mark.position:
            self.mark = Mark(position)
        elif self._stood_on:
            self.mark = Mark(self.mark.position, self.mark.again + 1)
        self._stood_on = False
        self._encoded.clear()
