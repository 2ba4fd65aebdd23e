"""Shapes chance makes: smooth waves, blobs, points spread evenly by a local size, jagged lines between two fixed ends."""

from collections.abc import Callable

import numpy as np
from shapely.geometry import Polygon

from drills.city.plan import Flags, Floats, Ints

Field = Callable[[Floats], Floats]
"""Points (n, 2) in km -> a value at each."""


def waves(chance: np.random.Generator, *, length_km: float, count: int = 7) -> Field:
    """A smooth field of about -1..1 that changes over `length_km`."""
    turn = chance.uniform(0, 2 * np.pi, count)
    size = 2 * np.pi / (length_km * chance.uniform(0.7, 1.6, count))
    k = np.stack([np.cos(turn) * size, np.sin(turn) * size])
    phase = chance.uniform(0, 2 * np.pi, count)
    return lambda xy: np.asarray(np.sin(xy @ k + phase).sum(axis=1) / np.sqrt(count))


def rim(chance: np.random.Generator, *, wobble: float) -> Callable[[Floats], Floats]:
    """A closed rim by angle: 1 plus a wobble of a few soft waves."""
    orders = np.arange(2, 9)
    size = wobble * chance.uniform(0.4, 1, len(orders)) / orders**0.8
    phase = chance.uniform(0, 2 * np.pi, len(orders))
    return lambda angle: np.asarray(1 + (np.sin(np.multiply.outer(angle, orders) + phase) * size).sum(axis=-1))


def blob(
    chance: np.random.Generator, *, centre: tuple[float, float], half: tuple[float, float], turn: float, wobble: float
) -> Polygon:
    """A soft closed shape, as a lake or a built-up area has."""
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    around = rim(chance, wobble=wobble)(angle)
    flat = np.stack([np.cos(angle) * half[0] * around, np.sin(angle) * half[1] * around], axis=1)
    c, s = np.cos(turn), np.sin(turn)
    return Polygon(flat @ np.array([[c, s], [-s, c]]) + np.array(centre))


def spread(pool: Floats, size: Floats, inside: Flags, *, first: Floats, first_size: Floats, wanted: int) -> Ints:
    """Take points of `pool`, each the farthest (in local sizes) from all taken, until `wanted` of them lie inside."""
    far = np.full(len(pool), np.inf)
    for point, own in zip(first, first_size, strict=True):
        np.minimum(far, np.hypot(*(pool - point).T) / np.sqrt(size * own), out=far)
    taken: list[int] = []
    count = 0
    while count < wanted:
        best = int(np.argmax(far))
        taken.append(best)
        count += int(inside[best])
        np.minimum(far, np.hypot(*(pool - pool[best]).T) / size, out=far)
    return np.array(taken, dtype=np.int64)


def jagged(chance: np.random.Generator, start: Floats, end: Floats, *, rough: float, step_km: float) -> Floats:
    """A line between two fixed ends, bent by moving middles sideways; ends included."""
    line = np.stack([start, end])
    depth = min(6, max(0, int(np.ceil(np.log2(max(float(np.hypot(*(end - start))) / step_km, 1))))))
    for _ in range(depth):
        along = line[1:] - line[:-1]
        aside = np.stack([-along[:, 1], along[:, 0]], axis=1)
        middle = (line[1:] + line[:-1]) / 2 + aside * chance.uniform(-rough, rough, (len(along), 1))
        bent = np.empty((len(line) + len(middle), 2))
        bent[0::2], bent[1::2] = line, middle
        line = bent
    return line
