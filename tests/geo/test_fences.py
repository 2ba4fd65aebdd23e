"""Every zone that holds a point, against brute force: discs, polygons with holes, borders, points on the line, many and one."""

import itertools
import math
import threading
import time

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import Disc, Key, Zones, distance_m
from geo.raster import Shape

WEST, SOUTH = 111.0, 30.0
SPAN = 0.06
ON_GRID = st.integers(0, 12).map(lambda n: n / 200)
"""Places on a lattice, so that corners, borders and points fall together often."""
ANYWHERE = st.floats(0, SPAN, allow_subnormal=False)


@st.composite
def polygons(draw: st.DrawFn) -> shapely.geometry.base.BaseGeometry:
    kind = draw(st.sampled_from(("box", "star", "ring", "two")))
    x, y = draw(ON_GRID), draw(ON_GRID)
    if kind == "star":
        corners = draw(st.lists(st.tuples(ON_GRID | ANYWHERE, ON_GRID | ANYWHERE), min_size=3, max_size=9, unique=True))
        made = shapely.make_valid(shapely.Polygon([(WEST + a, SOUTH + b) for a, b in corners]))
        parts = [part for part in shapely.get_parts(made) if part.geom_type in ("Polygon", "MultiPolygon")]
        return shapely.unary_union(parts) if parts else shapely.box(WEST, SOUTH, WEST + 0.01, SOUTH + 0.01)
    box = shapely.box(WEST + x, SOUTH + y, WEST + x + 0.02, SOUTH + y + 0.015)
    if kind == "ring":
        return box.difference(shapely.box(WEST + x + 0.005, SOUTH + y + 0.005, WEST + x + 0.01, SOUTH + y + 0.01))
    return (
        box if kind == "box" else shapely.union(box, shapely.box(WEST + x + 0.03, SOUTH + y, WEST + x + 0.04, SOUTH + y + 0.02))
    )


@st.composite
def discs(draw: st.DrawFn) -> Disc:
    return Disc(
        WEST + draw(ON_GRID | ANYWHERE),
        SOUTH + draw(ON_GRID | ANYWHERE),
        draw(st.sampled_from((0.0, 1.0, 250.0, 1000.0, 4000.0))),
    )


ZONES = st.lists(polygons() | discs(), max_size=12)
POINTS = st.lists(
    st.tuples(ON_GRID | ANYWHERE, ON_GRID | ANYWHERE).map(lambda p: (WEST + p[0], SOUTH + p[1])), min_size=1, max_size=40
)  # fmt: skip


def holds(shape: Shape, lon: float, lat: float) -> bool:
    if isinstance(shape, Disc):
        return distance_m(shape.lon, shape.lat, lon, lat) <= shape.radius_m
    return bool(shapely.intersects(shape, shapely.Point(lon, lat)))


def named(shapes: list[Shape]) -> dict[Key, Shape]:
    return {Key("disc" if isinstance(shape, Disc) else "fence", f"{n:02d}"): shape for n, shape in enumerate(shapes)}


@settings(deadline=None, max_examples=300)
@given(ZONES, POINTS)
def test_one_and_many_agree_with_brute_force(shapes: list[Shape], points: list[tuple[float, float]]) -> None:
    zones = named(shapes)
    index = Zones(zones)
    held = index.at_many(np.array(points))
    for n, (lon, lat) in enumerate(points):
        expected = sorted(key for key, shape in zones.items() if holds(shape, lon, lat))
        assert list(index.at(lon, lat)) == expected
        assert [index.keys[number] for number in held.numbers[held.starts[n] : held.starts[n + 1]]] == expected


@settings(deadline=None, max_examples=100)
@given(ZONES, ZONES, POINTS)
def test_an_index_that_was_changed_is_one_made_anew(
    before: list[Shape], after: list[Shape], points: list[tuple[float, float]]
) -> None:
    old, new = Zones(named(before)), named(after)
    moved = old.changed(put=new, drop=set(old.keys) - set(new))
    made = Zones(new)
    assert moved.keys == made.keys
    for lon, lat in points:
        assert moved.at(lon, lat) == made.at(lon, lat)


@settings(deadline=None, max_examples=150)
@given(st.lists(polygons(), max_size=10), polygons())
def test_an_area_touches_what_it_shares_ground_with(
    shapes: list[shapely.geometry.base.BaseGeometry], area: shapely.geometry.base.BaseGeometry
) -> None:
    zones = {Key("fence", f"{n:02d}"): shape for n, shape in enumerate(shapes)}
    expected = tuple(sorted(key for key, shape in zones.items() if shapely.relate_pattern(area, shape, "T********")))
    assert Zones(dict[Key, Shape](zones)).touching(area) == expected


def test_corners_edges_and_holes_belong_to_the_zone() -> None:
    hole = shapely.box(111.01, 30.01, 111.02, 30.02)
    index = Zones({Key("fence", "a"): shapely.box(111.0, 30.0, 111.03, 30.03).difference(hole)})
    on_it = [(111.0, 30.0), (111.03, 30.03), (111.015, 30.0), (111.0, 30.0125), (111.01, 30.015), (111.02, 30.02)]
    assert all(index.at(*point) == (Key("fence", "a"),) for point in on_it)
    assert index.at(111.015, 30.015) == ()
    assert len(index.at_many(np.array(on_it)).numbers) == len(on_it)


@pytest.mark.parametrize("point", [(math.nan, 30.0), (111.0, math.nan), (math.inf, 30.0), (200.0, 95.0), (-180.0, -90.0)])
def test_what_is_no_place_is_in_no_zone(point: tuple[float, float]) -> None:
    index = Zones({Key("fence", "a"): shapely.box(111.0, 30.0, 111.03, 30.03)})
    assert index.at(*point) == ()
    assert index.at_many(np.array([point])).numbers.tolist() == []


def test_no_zones_at_all() -> None:
    index = Zones({})
    assert index.at(111.0, 30.0) == ()
    assert index.nearest_circle(111.0, 30.0) is None
    assert index.touching(shapely.box(0, 0, 1, 1)) == ()


def test_queries_that_run_go_on_with_the_zones_as_they_were() -> None:
    key = Key("hazard", "h1")
    before = Zones({key: Disc(111.0, 30.0, 500.0)})
    after = before.changed(drop=[key])
    assert before.at(111.0, 30.0) == (key,)
    assert after.at(111.0, 30.0) == ()


def test_zones_come_move_and_go_while_others_ask() -> None:
    """Two hazards are always moved together: whoever asks finds both in one place or both in the other, never one, and never an error."""
    here, there = (111.0, 30.0), (111.05, 30.05)
    fixed = {Key("fence", f"f{n}"): shapely.box(110.9, 29.9, 111.1 + n / 100, 30.1) for n in range(20)}
    pair = [Key("hazard", "a"), Key("hazard", "b")]
    held = [Zones({**fixed, **dict.fromkeys(pair, Disc(*here, 500.0))})]
    stop, asked, odd = threading.Event(), [0], list[object]()

    def ask() -> None:
        both = np.array([here, there])
        while not stop.is_set():
            zones = held[0]
            found = zones.at_many(both)
            many = [[zones.keys[n] for n in found.numbers[a:b]] for a, b in itertools.pairwise(found.starts)]
            single = [list(zones.at(*point)) for point in (here, there)]
            hazards = [[key for key in keys if key.kind == "hazard"] for keys in many]
            if many != single or sorted(hazards) not in ([[], []], [[], pair]) or any(len(keys) < len(fixed) for keys in many):
                odd.append((many, single))
            asked[0] += 1

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for turn in range(200):
        place = (here, there)[turn % 2]
        put = {} if turn % 5 == 4 else dict.fromkeys(pair, Disc(*place, 500.0))
        held[0] = held[0].changed(put=put, drop=[] if put else [key for key in pair if key in held[0].keys])
    while asked[0] < 50:
        time.sleep(0.001)
    stop.set()
    for thread in threads:
        thread.join()
    assert odd == []


def test_a_zone_far_away_makes_a_wider_raster() -> None:
    near, far = Key("fence", "a"), Key("fence", "b")
    index = Zones({near: shapely.box(111.0, 30.0, 111.03, 30.03)}).changed(put={far: shapely.box(113.0, 31.0, 113.1, 31.1)})
    assert (index.at(111.01, 30.01), index.at(113.05, 31.05)) == ((near,), (far,))
