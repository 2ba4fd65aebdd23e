"""The nearest of many who move, against looking at everyone."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import Moving, distance_m

BOUNDS = (111.0, 30.0, 111.2, 30.2)


@settings(deadline=None, max_examples=120)
@given(st.integers(0, 100_000), st.sampled_from((1, 5, 40)), st.sampled_from((500.0, 5_000.0, float("inf"))))
def test_they_are_those_that_looking_at_everyone_finds(seed: int, most: int, within_m: float) -> None:
    chance = random.Random(seed)
    count = chance.choice((1, 7, 60, 300))
    crowd = Moving(count, BOUNDS, eligible=chance.choice((1, 20, 300)))
    places: dict[int, tuple[float, float]] = {}
    may: set[int] = set()
    for _ in range(6):
        ones = chance.sample(range(count), chance.randint(1, count))
        wide = chance.choice((0.02, 0.2, 3.0))
        points = [(111.1 + (chance.random() - 0.5) * wide, 30.1 + (chance.random() - 0.5) * wide) for _ in ones]
        crowd.move(np.array(ones, np.int32), np.array(points))
        places |= dict(zip(ones, points, strict=True))
        some, eligible = chance.sample(sorted(places), chance.randint(1, len(places))), chance.random() < 0.7
        crowd.mark(np.array(some, np.int32), eligible=eligible)
        may = may | set(some) if eligible else may - set(some)
        lon, lat = 111.1 + (chance.random() - 0.5) * wide, 30.1 + (chance.random() - 0.5) * wide
        metres = sorted((distance_m(lon, lat, *places[one]), one) for one in may)
        expected = [one for far, one in metres if far <= within_m][:most]
        assert [one for one, _ in crowd.nearest(lon, lat, most, within_m=within_m)] == expected


def test_ties_go_by_number_and_nobody_eligible_is_nobody() -> None:
    crowd = Moving(5, BOUNDS, eligible=5)
    everyone = np.arange(5, dtype=np.int32)
    crowd.move(everyone, np.array([(111.1, 30.1)] * 5))
    assert crowd.nearest(111.1, 30.1, 3) == []
    crowd.mark(everyone[::-1].copy(), eligible=True)
    assert crowd.nearest(111.1, 30.1, 3) == [(0, 0.0), (1, 0.0), (2, 0.0)]
