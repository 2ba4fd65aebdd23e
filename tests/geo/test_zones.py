"""Zones: which hold a point, decided the same for ever."""

import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import CIRCLE, DIVISION, Disc, Key, Zones, cell_of, distance_m

SQUARES = {
    "9901": shapely.box(0, 0, 2, 1), "990101": shapely.box(0, 0, 1, 1), "990102": shapely.box(1, 0, 2, 1),
    "990101001": shapely.box(0, 0, 1, 0.5),
}  # fmt: skip
CIRCLES = {"b": Disc(0.5, 0.5, 1000), "a": Disc(0.5, 0.5, 1000), "c": Disc(0.6, 0.5, 1000)}
INDEX = Zones(
    {Key(DIVISION, code): shape for code, shape in SQUARES.items()} | {Key(CIRCLE, name): disc for name, disc in CIRCLES.items()}
)


def test_a_point_has_one_path_from_the_city_down() -> None:
    assert INDEX.path_at(0.5, 0.25) == ("9901", "990101", "990101001")
    assert INDEX.path_at(0.5, 0.75) == ("9901", "990101")
    assert INDEX.path_at(5, 5) == ()


def test_a_shared_border_belongs_to_the_lowest_code() -> None:
    assert INDEX.path_at(1.0, 0.75) == ("9901", "990101")


def test_circles_nearest_first_ties_by_id() -> None:
    assert [near.id for near in INDEX.circles_at(0.5, 0.5)] == ["a", "b"]
    assert INDEX.circles_at(0.55, 0.5) == []
    nearest = INDEX.nearest_circle(0.59, 0.5)
    assert nearest is not None
    assert (nearest.id, nearest.inside) == ("c", False)


@given(lon=st.floats(0.48, 0.52), lat=st.floats(0.48, 0.52))
def test_circles_agree_with_plain_distance(lon: float, lat: float) -> None:
    found = {near.id for near in INDEX.circles_at(lon, lat)}
    assert found == {name for name, c in CIRCLES.items() if distance_m(c.lon, c.lat, lon, lat) <= c.radius_m}


@given(lon=st.floats(-179, 179), lat=st.floats(-80, 80))
def test_a_cell_hides_the_point_within_its_size(lon: float, lat: float) -> None:
    name, centre_lon, centre_lat = cell_of(lon, lat)
    assert distance_m(lon, lat, centre_lon, centre_lat) <= 250
    assert cell_of(centre_lon, centre_lat)[0] == name
