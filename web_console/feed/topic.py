"""One topic: items in the order of their last change. A stretch of changes is encoded once for all who stand at its start."""

import msgspec

DROPS_REMEMBERED = 2_000
_encode = msgspec.json.Encoder().encode


class Topic:
    """Items are encoded JSON. `position` is the log position the topic shows; versions of subscribers are such positions."""

    def __init__(self, name: str, *, epoch: str, position: int) -> None:
        self.name = name
        self.epoch = epoch
        self.position = position
        self._items: dict[str, tuple[int, bytes]] = {}
        self._drops: dict[str, int] = {}
        self._resumable_from = position
        self._encoded: dict[int | None, bytes] = {}

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: str, encoded: bytes, position: int) -> bool:
        """Show an item as it is at `position`; False when it looks the same as before."""
        held = self._items.get(item)
        if held is not None and held[1] == encoded:
            return False
        self._items.pop(item, None)
        self._drops.pop(item, None)
        self._items[item] = (position, encoded)
        self._moved(position)
        return True

    def drop(self, item: str, position: int) -> bool:
        if self._items.pop(item, None) is None:
            return False
        self._drops.pop(item, None)
        self._drops[item] = position
        while len(self._drops) > DROPS_REMEMBERED:
            self._resumable_from = max(self._resumable_from, self._drops.pop(next(iter(self._drops))))
        self._moved(position)
        return True

    def can_resume(self, after: int) -> bool:
        return self._resumable_from <= after <= self.position

    def snapshot(self) -> bytes:
        """All items, in one frame."""
        if None not in self._encoded:
            items = {item: msgspec.Raw(encoded) for item, (_, encoded) in self._items.items()}
            frame = {"type": "snapshot", "topic": self.name, "epoch": self.epoch, "position": self.position, "items": items}
            self._encoded[None] = _encode(frame)
        return self._encoded[None]

    def since(self, after: int) -> bytes:
        """What changed behind `after`, in one frame; a snapshot when that is no longer known."""
        if not self.can_resume(after):
            return self.snapshot()
        if after not in self._encoded:
            self._encoded[after] = _encode({
                "type": "diff", "topic": self.name, "epoch": self.epoch, "from": after, "position": self.position,
                "put": {item: msgspec.Raw(encoded) for item, (at, encoded) in self._items.items() if at > after},
                "drop": [item for item, at in self._drops.items() if at > after],
            })  # fmt: skip
        return self._encoded[after]

    def _moved(self, position: int) -> None:
        self.position = position
        self._encoded.clear()
