"""Duplicates: within reach in place and time, of the same category, of what is open; the nearest, ties to the earlier."""

from hypothesis import given
from hypothesis import strategies as st

from drills.duplicates import DUPLICATE_MS, Standing, duplicate_of, still_near
from geo import distance_m

METRE = 1 / 111_195
SPOTS = st.builds(
    Standing,
    incident=st.uuids().map(str), category=st.sampled_from(["a", "b"]), lead=st.just("990101"), lon=st.just(-72.33),
    lat=st.integers(-700, 700).map(lambda metres: 18.54 + metres * METRE), at_ms=st.integers(0, 2 * DUPLICATE_MS),
)  # fmt: skip


@given(SPOTS, st.lists(SPOTS, unique_by=lambda each: each.incident), st.data())
def test_the_nearest_that_fits_and_none_else(new: Standing, standing: list[Standing], data: st.DataObject) -> None:
    shut = set(data.draw(st.lists(st.sampled_from([each.incident for each in standing])))) if standing else set[str]()
    fit = [
        each for each in standing
        if each.category == new.category and abs(each.at_ms - new.at_ms) <= DUPLICATE_MS and each.incident not in shut
        and distance_m(new.lon, new.lat, each.lon, each.lat) <= 300
    ]  # fmt: skip
    found = duplicate_of(new, standing, is_open=lambda incident: incident not in shut)
    assert found == min(fit, key=lambda each: distance_m(new.lon, new.lat, each.lon, each.lat), default=None)


@given(SPOTS, st.lists(SPOTS))
def test_forgetting_what_is_long_past_changes_nothing(new: Standing, standing: list[Standing]) -> None:
    whole = duplicate_of(new, standing, is_open=lambda _: True)
    earlier = [each for each in standing if each.at_ms <= new.at_ms]
    if whole in earlier:
        assert duplicate_of(new, still_near(standing, new.at_ms), is_open=lambda _: True) == whole
