"""A missed conversion is found out by its offset, and nothing else is taken for one."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import (
    Crs,
    distance_m,
    doubt_by_home,
    doubt_by_junctions,
    doubt_by_roadside,
    doubt_by_shift,
    from_wgs84,
    moved_as_one,
    point_to_wgs84,
)
from geo.datum import Degrees
from geo.doubt import SHIFTED_M

CITIES = st.tuples(st.floats(85.0, 125.0), st.floats(22.0, 48.0))
DATUMS = st.sampled_from(["wgs84", "gcj02", "bd09"])
JITTER = st.lists(st.tuples(st.floats(-2e-4, 2e-4), st.floats(-2e-4, 2e-4)), min_size=5, max_size=30)


def around(city: tuple[float, float], jitter: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(city[0] + 0.01 * n, city[1] + 40 * dy) for n, (_, dy) in enumerate(jitter)]


def misread(point: tuple[float, float], truth: Crs, said: Crs) -> tuple[float, float]:
    """A true place written in datum `truth` and read as `said`."""
    lon, lat = from_wgs84(point[0], point[1], truth)
    return point_to_wgs84(float(lon), float(lat), said)


@given(CITIES, JITTER, DATUMS, DATUMS)
def test_the_datum_is_named_whichever_was_said(
    city: tuple[float, float], jitter: list[tuple[float, float]], truth: Crs, said: Crs
) -> None:
    """Known places are some 20 m off at random, as two sources always are. Far in the west the offset of a datum can be too small to tell."""
    places = around(city, jitter)
    known = [(lon + dx, lat + dy) for (lon, lat), (dx, dy) in zip(places, jitter, strict=True)]
    read = [misread(place, truth, said) for place in places]
    doubt = doubt_by_shift(read, known, said=said)
    if truth == said or np.median([distance_m(*a, *b) for a, b in zip(read, known, strict=True)]) < SHIFTED_M:
        assert doubt is None
    else:
        assert doubt is not None
        assert doubt.fits == truth
        assert 100 < doubt.metres < 2_500


@given(CITIES, st.floats(0, 2 * math.pi), st.floats(300, 700))
def test_a_real_move_in_another_direction_is_no_doubt(city: tuple[float, float], turn: float, metres: float) -> None:
    places = around(city, [(0.0, 0.0)] * 6)
    there = misread(city, "gcj02", "wgs84")
    offset = math.atan2(there[1] - city[1], (there[0] - city[0]) * math.cos(math.radians(city[1])))
    step = metres / 111_195
    squeeze = math.cos(math.radians(city[1]))
    read = [(lon + step * math.cos(turn) / squeeze, lat + step * math.sin(turn)) for lon, lat in places]
    doubt = doubt_by_shift(read, places, said="wgs84")
    assert moved_as_one(read, places) == pytest.approx(metres, rel=0.02), "but the whole of it moved"
    away = abs((turn - offset + math.pi) % (2 * math.pi) - math.pi)
    if away > math.radians(20):
        assert doubt is None


def test_outside_china_nothing_is_shifted_so_nothing_is_doubted() -> None:
    known = [(-72.3, 18.5), (-72.4, 18.6), (-72.5, 18.5)]
    assert doubt_by_shift([(lon + 0.005, lat) for lon, lat in known], known, said="gcj02") is None
    assert doubt_by_shift([], [], said="wgs84") is None


@pytest.mark.parametrize("truth", ["gcj02", "bd09"])
def test_places_beside_the_border_of_their_division_give_it_away(truth: Crs) -> None:
    places = [(111.3 - 0.003, 30.6 + 0.01 * n) for n in range(20)]

    def strangers(lon: Degrees, _lat: Degrees) -> int:
        return int(np.sum(lon > 111.3))

    read = [misread(place, truth, "wgs84") for place in places]
    doubt = doubt_by_home(read, said="wgs84", strangers=strangers)
    assert doubt is not None
    assert doubt_by_home(places, said="wgs84", strangers=strangers) is None
    assert doubt_by_home(read, said=truth, strangers=lambda lon, _: len(lon)) is None, "wrong whichever way it is read"


def streets(seed: int, *, count: int = 600, around: tuple[float, float] = (111.3, 30.7)) -> Degrees:
    """Junctions of a dense town: on average one in a hundred metres, so that the next is never far."""
    chance = np.random.default_rng(seed)
    return np.asarray(around + chance.random((count, 2)) * (0.026, 0.022))


def misread_all(points: Degrees, truth: Crs, said: Crs) -> Degrees:
    return np.array([misread((float(lon), float(lat)), truth, said) for lon, lat in points])


@pytest.mark.parametrize("said", ["wgs84", "cgcs2000", "gcj02", "bd09"])
@pytest.mark.parametrize("truth", ["wgs84", "gcj02", "bd09"])
def test_roads_are_known_by_how_many_junctions_come_to_lie_upon_known_ones(truth: Crs, said: Crs) -> None:
    """Two surveys some 7 m apart; of each a fifth is not in the other."""
    town, chance = streets(1), np.random.default_rng(2)
    known, again = town[:480], town[120:] + chance.normal(0, 6e-5, (480, 2))
    doubt = doubt_by_junctions(misread_all(again, truth, said), known, said=said)
    if truth == {"cgcs2000": "wgs84"}.get(said, said):
        assert doubt is None
    else:
        assert doubt is not None
        assert doubt.fits == truth
        assert 300 <= doubt.metres <= 1_400


def test_other_roads_are_no_doubt() -> None:
    """New roads of the same town, roads of another, and too few to tell."""
    assert doubt_by_junctions(streets(1), streets(2), said="wgs84") is None
    assert doubt_by_junctions(streets(1), streets(1, around=(112.3, 30.7)), said="wgs84") is None
    few = streets(1)[:15]
    assert doubt_by_junctions(misread_all(few, "gcj02", "wgs84"), few, said="wgs84") is None
    assert doubt_by_junctions(np.empty((0, 2)), few, said="wgs84") is None


def test_roads_that_pass_by_no_station_but_would_in_another_datum() -> None:
    """Sparse roads, stations within 30 m of them."""
    lines = [[(111.0 + n / 50, 30.0), (111.0 + n / 50, 30.6)] for n in range(12)]
    stations = np.array([(111.0 + n / 50 + 3e-4, 30.05 + n / 25) for n in range(12)])

    def read_as(truth: Crs, said: Crs) -> list[shapely.LineString]:
        return [shapely.LineString([misread(at, truth, said) for at in line]) for line in lines]

    wrong: tuple[tuple[Crs, Crs], ...] = (("gcj02", "wgs84"), ("bd09", "wgs84"), ("wgs84", "gcj02"))
    for truth, said in wrong:
        doubt = doubt_by_roadside(read_as(truth, said), stations, said=said)
        assert doubt is not None
        assert doubt.fits == truth
    assert doubt_by_roadside(read_as("gcj02", "gcj02"), stations, said="gcj02") is None
    assert doubt_by_roadside(read_as("gcj02", "wgs84"), stations + np.array((0.009, 0)), said="wgs84") is None, (
        "far from any road anyhow"
    )
    assert doubt_by_roadside(read_as("gcj02", "wgs84"), stations[:9], said="wgs84") is None, "too few to tell"


def test_places_that_move_each_its_own_way_do_not_move_as_one() -> None:
    places = around((111.3, 30.7), [(0.0, 0.0)] * 8)
    turns = [(lon + 0.005 * math.cos(n), lat + 0.005 * math.sin(n)) for n, (lon, lat) in enumerate(places)]
    assert moved_as_one(turns, places) is None
    half = [(lon + 0.005 * (n < 5), lat) for n, (lon, lat) in enumerate(places)]
    assert moved_as_one(half, places) is None, "five of eight moved, three stayed"
    assert moved_as_one([(lon + 0.005, lat) for lon, lat in places[:2]], places[:2]) is None, "two may move for good"
    assert moved_as_one([(lon + 0.0005, lat) for lon, lat in places], places) is None, "less than 100 m"
