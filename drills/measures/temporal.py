"""Temporal functions over a log: first true at, held for, before, how many. Pure, and computable for any moment: what lies behind
`until_ms` is not looked at.
"""

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import NamedTuple


class Sample(NamedTuple):
    """From `at_ms` on the figure is `value`; the event at `position` made it so."""

    at_ms: int
    position: int
    value: float


class Moment(NamedTuple):
    at_ms: int
    position: int


Track = Sequence[Sample]
"""Samples in order of position. Before the first nothing is known, and nothing is true."""
Holds = Callable[[float], bool]


def first_true(track: Track, holds: Holds, *, after_ms: int, until_ms: int) -> Moment | None:
    """The first moment from `after_ms` on at which it is true; at `after_ms` itself when it was true already."""
    standing: Sample | None = None
    for sample in track:
        if sample.at_ms > until_ms:
            break
        if sample.at_ms > after_ms:
            if standing is not None and holds(standing.value):
                return Moment(after_ms, standing.position)
            if holds(sample.value):
                return Moment(sample.at_ms, sample.position)
            standing = None
        else:
            standing = sample
    if standing is not None and after_ms <= until_ms and holds(standing.value):
        return Moment(after_ms, standing.position)
    return None


def held_for(track: Track, holds: Holds, *, after_ms: int, until_ms: int) -> int:
    """Milliseconds of the longest stretch on end for which it was true."""
    longest = 0
    since: int | None = None
    for sample in track:
        if sample.at_ms > until_ms:
            break
        at = max(sample.at_ms, after_ms)
        if since is not None:
            longest = max(longest, at - since)
        since = (since if since is not None else at) if holds(sample.value) else None
    return max(longest, until_ms - since) if since is not None and until_ms > since else longest


def first_of(moments: Iterable[Moment], *, after_ms: int, until_ms: int) -> Moment | None:
    return next((each for each in moments if after_ms <= each.at_ms <= until_ms), None)


def how_many(moments: Iterable[Moment], *, after_ms: int, until_ms: int) -> int:
    return sum(after_ms <= each.at_ms <= until_ms for each in moments)


def was_before(one: Moment | None, other: Moment | None) -> bool:
    """What never happened was before nothing."""
    return one is not None and (other is None or one.position < other.position)


class Spread(NamedTuple):
    """Of `counted` delays: median and ninetieth percentile (nearest rank), in milliseconds."""

    counted: int
    median_ms: int
    p90_ms: int


def spread(delays_ms: Iterable[int]) -> Spread | None:
    """None of none."""
    found = sorted(delays_ms)
    if not found:
        return None
    return Spread(len(found), round(median(found)), found[-(-len(found) * 9 // 10) - 1])
