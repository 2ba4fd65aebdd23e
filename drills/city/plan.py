"""What a made-up city is asked to be, and the shape of what comes back. Everything in it is fictional, and every file says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bounds = tuple[float, float, float, float]
Feature = dict[str, Any]
Value = str | int | float

KM_PER_DEGREE_LON = 111.32
KM_PER_DEGREE_LAT = 110.57
STANDING_TEAMS = 8
TOWNSHIP_DIGITS = 9
IN_TOWN = 1.2
"""Within this many times the half axes of the built-up area a place counts as in town."""
COUNTIES_AT_MOST, TOWNSHIPS_A_COUNTY, VILLAGES_AT_LEAST = 30, 60, 3


@dataclass(frozen=True, kw_only=True)
class CityPlan:
    """A city by figures. `bounds` (west, south, east, north) overrides `centre` and `extent_km`: the city then covers that box.

    `centre` is (lon, lat) in WGS-84; `code` from 99: no real place. `specialists` are heads by speciality; left out, those of
    the scale city, fewer or more as `teams` are. Insurance and certificates run out around `today`.
    """

    seed: int = 1
    today: date = date(2026, 11, 1)
    code: str = "9901"
    name: str = "云江市"
    name_en: str = "Yunjiang"
    centre: tuple[float, float] = (112.0, 30.4)
    extent_km: tuple[float, float] = (64.0, 48.0)
    bounds: Bounds | None = None
    counties: int = 3
    townships: int = 30
    villages_per_township: int = 10
    village_boundaries: bool = False
    village_station_share: float = 0.6
    post_spacing_km: float = 0.65
    people: int = 5_000
    teams: int = 143
    specialists: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.counties <= self.townships or self.villages_per_township < VILLAGES_AT_LEAST or self.people < 1:
            raise ValueError("a city needs counties <= townships, three villages or more in each, and people")
        if self.teams < STANDING_TEAMS * self.counties:
            raise ValueError("each county has its eight standing teams")
        if self.counties > COUNTIES_AT_MOST or self.townships > TOWNSHIPS_A_COUNTY * self.counties:
            raise ValueError("the codes hold 30 counties of about 60 townships")

    @property
    def villages(self) -> int:
        return self.townships * self.villages_per_township

    @property
    def plane(self) -> "Plane":
        if self.bounds is None:
            return Plane(*self.centre)
        west, south, east, north = self.bounds
        return Plane((west + east) / 2, (south + north) / 2)

    @property
    def half_km(self) -> tuple[float, float]:
        """Half the width and half the height of what must be covered."""
        if self.bounds is None:
            return self.extent_km[0] / 2, self.extent_km[1] / 2
        _, _, east, north = self.bounds
        plane = self.plane
        return (east - plane.lon) * KM_PER_DEGREE_LON * cos(radians(plane.lat)), (north - plane.lat) * KM_PER_DEGREE_LAT

    @property
    def town_km(self) -> tuple[float, float]:
        """Half the length and half the depth of the built-up area: the usual one, or less in a small place."""
        half = self.half_km
        scale = min(1.0, half[0] / 14, half[1] / 10)
        return 4.9 * scale, 2.7 * scale

    def chance(self, room: int) -> np.random.Generator:
        """A stream of chance for one room of the generator, so that one room's change leaves the others as they are."""
        return np.random.default_rng([self.seed, room])


class Plane(NamedTuple):
    """Kilometres east and north of a middle, flat: good enough to draw a city (the sixth decimal of a degree is 0.1 m)."""

    lon: float
    lat: float

    def lonlat(self, xy: Floats) -> Floats:
        degrees: Floats = np.round(xy / self._km_per_degree() + np.array([self.lon, self.lat]), 6)
        return degrees

    def xy(self, lonlat: Floats) -> Floats:
        km: Floats = (lonlat - np.array([self.lon, self.lat])) * self._km_per_degree()
        return km

    def _km_per_degree(self) -> Floats:
        return np.array([KM_PER_DEGREE_LON * cos(radians(self.lat)), KM_PER_DEGREE_LAT])


class Table(NamedTuple):
    """Rows under a heading, ready for a CSV file."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def dicts(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> list[Any]:
        at = self.columns.index(name)
        return [row[at] for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class City:
    """A made-up city, whole: tables as docs/rows.md has them, boundaries and layers as GeoJSON features, roads."""

    plan: CityPlan
    divisions: Table
    boundaries: list[Feature]
    stations: Table
    places: Table
    counts: Table
    people: Table
    teams: Table
    posts: Table
    officers: Table
    road_nodes: Table
    road_edges: Table
    layers: dict[str, list[Feature]]


def feature(geometry: Mapping[str, Any], **properties: Value | None) -> Feature:
    """A GeoJSON feature that says it is invented."""
    return {"type": "Feature", "properties": {**properties, "fictional": True}, "geometry": dict(geometry)}
