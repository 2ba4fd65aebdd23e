"""First true at, held for, before, how many: over any log, cut at any moment."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from drills.measures.temporal import Holds, Moment, Sample, first_true, held_for, how_many, spread, was_before


def at_least(bound: float) -> Holds:
    return lambda value: value >= bound


FIVE = at_least(5)
TRACK = [Sample(0, 1, 0), Sample(10, 2, 5), Sample(30, 3, 2), Sample(50, 4, 7)]
tracks = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), max_size=12).map(
    lambda steps: [Sample(sum(gap for gap, _ in steps[: n + 1]), n + 1, value) for n, (_, value) in enumerate(steps)]
)


def test_first_true_is_the_moment_it_became_so() -> None:
    assert first_true(TRACK, FIVE, after_ms=0, until_ms=99) == Moment(10, 2)


def test_what_is_true_already_is_true_from_the_start() -> None:
    assert first_true(TRACK, FIVE, after_ms=20, until_ms=99) == Moment(20, 2)


def test_what_lies_behind_the_moment_asked_for_is_not_looked_at() -> None:
    assert first_true(TRACK, FIVE, after_ms=31, until_ms=49) is None


def test_held_for_is_the_longest_stretch_on_end() -> None:
    assert held_for(TRACK, FIVE, after_ms=0, until_ms=60) == 20
    assert held_for(TRACK, FIVE, after_ms=20, until_ms=90) == 40


def test_nothing_is_before_what_never_happened_and_all_is_before_nothing() -> None:
    assert was_before(Moment(1, 1), None)
    assert not was_before(None, Moment(1, 1))
    assert not was_before(None, None)


def test_a_spread_is_median_and_ninetieth_percentile() -> None:
    found = spread([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    assert found is not None
    assert (found.median_ms, found.p90_ms) == (55, 90)
    assert spread([]) is None


def naive(track: list[Sample], at_ms: int) -> float | None:
    known = [sample.value for sample in track if sample.at_ms <= at_ms]
    return known[-1] if known else None


@given(tracks, st.integers(0, 9), st.integers(0, 60), st.integers(0, 120))
def test_first_true_is_what_looking_at_every_millisecond_finds(
    track: list[Sample], least: int, after_ms: int, until_ms: int
) -> None:
    found = first_true(track, at_least(least), after_ms=after_ms, until_ms=until_ms)
    looked = (ms for ms in range(after_ms, until_ms + 1) if (value := naive(track, ms)) is not None and value >= least)
    first = next(looked, None)
    # between two samples of one millisecond it may have been true for no time at all
    assert (found is None) == (first is None) or any(a.at_ms == b.at_ms for a, b in itertools.pairwise(track))
    if found is not None and first is not None:
        assert found.at_ms <= first


@given(tracks, st.integers(0, 9), st.integers(0, 60), st.integers(0, 120), st.integers(0, 50))
def test_a_later_moment_never_takes_back_what_was_true_first(
    track: list[Sample], least: int, after_ms: int, until_ms: int, more: int
) -> None:
    early = first_true(track, at_least(least), after_ms=after_ms, until_ms=until_ms)
    late = first_true(track, at_least(least), after_ms=after_ms, until_ms=until_ms + more)
    assert early is None or early == late
    assert held_for(track, at_least(least), after_ms=after_ms, until_ms=until_ms) <= max(until_ms - after_ms, 0)
    assert how_many([Moment(s.at_ms, s.position) for s in track], after_ms=after_ms, until_ms=until_ms) <= len(track)
