"""Where ids, keys, epochs and seeds come from: one port, so that a test may seed it."""

import hashlib
import os
from typing import Protocol

_SUFFIX_BYTES = 10


class Chance(Protocol):
    """A source of bytes nobody can foresee (or, in a test, everybody)."""

    def bytes(self, count: int) -> bytes: ...


class SystemChance:
    """The operating system's randomness."""

    def bytes(self, count: int) -> bytes:
        return os.urandom(count)


class SeededChance:
    """The same bytes for the same seed, in any process and under any hash seed. For tests, drills and forks."""

    def __init__(self, seed: int) -> None:
        self._seed = seed.to_bytes(16, "big", signed=True)
        self._drawn = 0

    def bytes(self, count: int) -> bytes:
        out = b""
        while len(out) < count:
            out += hashlib.blake2b(self._seed + self._drawn.to_bytes(8, "big")).digest()
            self._drawn += 1
        return out[:count]


def time_ordered_id(now_ms: int, chance: Chance) -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance. Ordered ids keep the log's index fast."""
    tail = bytearray(chance.bytes(_SUFFIX_BYTES))
    tail[0] = 0x70 | (tail[0] & 0x0F)
    tail[2] = 0x80 | (tail[2] & 0x3F)
    digits = (now_ms & (1 << 48) - 1).to_bytes(6, "big").hex() + tail.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
