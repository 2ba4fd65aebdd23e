"""A survey of the ground: what of each division the service circles cover, where the gaps are, where the next stations cover most; and
what is wrong with the fences. As plain values, for screens and files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import CIRCLE, Disc, Key, Reach, Zones, seconds_from
from geo.coverage import GAP_CELL_M, Demand, Gap, gaps, ground_of, shares, within
from geo.quality import Fault, Site, faults_of_areas, faults_of_sites, lacking_tiers
from geo.siting import cover_most
from web_console.catalogue import Travel
from web_console.directory import Directory, SavedPlace, StationName

IN_TIME_S = 15 * 60
CIRCLE_M = 1_000.0
TIERS = ("centre", "office", "station", "post")
GAPS_MOST, CANDIDATES_MOST = 50, 2_000
COUNTY_DIGITS = 6
BY_BUILT, BY_GROUND = "built", "ground"


class Ground(NamedTuple):
    """What is surveyed. `built`: built-up land, where the city brought it: what people live on, else all ground counts alike."""

    names: Directory
    shapes: Mapping[str, BaseGeometry]
    built: BaseGeometry | None
    travel: Travel
    places: Sequence[SavedPlace] = ()

    def under(self, post: str) -> "Ground":
        """What a post looks after. Stations stay: a neighbour's circle reaches over the border."""
        shapes = {code: shape for code, shape in self.shapes.items() if code.startswith(post)}
        return self._replace(shapes=shapes, places=[each for each in self.places if each.division.startswith(post)])


def coverage(ground: Ground, *, more: int) -> dict[str, Any]:
    """Shares by division of what lies within a circle, and within 15 minutes by road of a station; gaps, the largest first; where
    `more` stations would cover most of them."""
    stations = list(ground.names.stations.values())
    basis, demand = _demand(ground)
    near = _in_circles(stations, demand)
    in_time = _in_time(ground.travel, stations, demand)
    found = shares(demand, near=near, in_time=near if in_time is None else in_time)
    lost = gaps(demand, near)[:GAPS_MOST]
    return {
        "basis": basis, "minutes": IN_TIME_S // 60, "by_road": in_time is not None,
        "divisions": [
            {"code": each.division, "name": ground.names.division(each.division), "km2": round(each.weight, 2),
             "near": round(each.near, 4), "in_time": round(each.in_time, 4) if in_time is not None else None} for each in found
        ],
        "gaps": [_gap(ground.names, gap) for gap in lost], "next": _next(ground.names, demand, near, lost, more),
    }  # fmt: skip


def faults(ground: Ground, *, post: str) -> list[Fault]:
    """All that is wrong with the divisions under a post and with their stations, in a steady order."""
    shapes, names = ground.shapes, ground.names
    counties = {code: shape for code, shape in shapes.items() if len(code) == COUNTY_DIGITS}
    found = faults_of_areas(counties, whole=shapes.get(post)) if len(counties) > 1 else []
    for county in sorted(counties):
        towns = {code: shape for code, shape in shapes.items() if len(code) > COUNTY_DIGITS and code.startswith(county)}
        found += faults_of_areas(towns, whole=counties[county]) if towns else []
    stations = [each for each in names.stations.values() if each.division.startswith(post)]
    sites = [Site(s.id, s.lon, s.lat, s.division, s.tier, float(s.radius_m)) for s in stations]
    found += faults_of_sites(sites, shapes, has_road=_roads_in(ground.travel))
    found += _uncovered(ground)
    lacking = [code for code in names.divisions if len(code) == COUNTY_DIGITS and code.startswith(post)]
    return found + lacking_tiers(sites, lacking, shapes, tiers=TIERS)


def fault_row(names: Directory, fault: Fault) -> dict[str, Any]:
    return {
        "what": fault.what, "names": [_name(names, each) for each in fault.ids], "m2": round(fault.m2), "metres": round(fault.metres),
        "why": fault.why,
    }  # fmt: skip


def as_geojson(names: Directory, found: Iterable[Fault]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": fault_row(names, fault) | {"ids": fault.ids}, "geometry": _geometry(fault.where)}
        for fault in found
    ]
    return {"type": "FeatureCollection", "features": features}


def _demand(ground: Ground) -> tuple[str, Demand]:
    """Of the narrowest divisions that are known."""
    codes = set(ground.shapes)
    leaves = {
        code: shape
        for code, shape in ground.shapes.items()
        if not any(other != code and other.startswith(code) for other in codes)
    }
    if ground.built is None:
        return BY_GROUND, ground_of(leaves)
    built = {code: shapely.intersection(shape, ground.built) for code, shape in leaves.items()}
    return BY_BUILT, ground_of({code: shape for code, shape in built.items() if not shape.is_empty}, step_m=GAP_CELL_M / 2)


def _in_circles(stations: Sequence[StationName], demand: Demand) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    circles = Zones({Key(CIRCLE, s.id): Disc(s.lon, s.lat, s.radius_m) for s in stations})
    return np.diff(circles.at_many(demand.points).starts) > 0


def _in_time(
    travel: Travel, stations: Sequence[StationName], demand: Demand
) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
    """None where no roads are known."""
    if not isinstance(travel, Reach):
        return None
    return seconds_from(travel, [(s.lon, s.lat) for s in stations], demand.points) <= IN_TIME_S


def _next(
    names: Directory, demand: Demand, near: np.ndarray[tuple[int], np.dtype[np.bool_]], lost: Sequence[Gap], more: int
) -> dict[str, Any]:
    """Among places in the largest gaps, evenly thinned where they are very many."""
    open_ = np.flatnonzero(~near & (demand.weights > 0))
    if not more or not len(open_):
        return {"sites": [], "km2": 0.0, "best_km2": 0.0}
    inside = shapely.intersects_xy(shapely.union_all([gap.area for gap in lost]), *demand.points[open_].T)
    spots = open_[inside][:: max(1, int(inside.sum()) // CANDIDATES_MOST)]
    weights = demand.weights[open_]
    sited = cover_most(within(demand.points[open_], demand.points[spots], CIRCLE_M), weights, more, seconds=0)
    chosen = [int(spots[site]) for site in sited.sites]
    sites = [
        {"lon": round(float(demand.points[at][0]), 6), "lat": round(float(demand.points[at][1]), 6), "division": demand.divisions[at],
         "name": names.division(demand.divisions[at])} for at in chosen
    ]  # fmt: skip
    return {"sites": sites, "km2": round(sited.value, 2), "best_km2": round(sited.bound, 2)}


def _gap(names: Directory, gap: Gap) -> dict[str, Any]:
    return {
        "lon": round(gap.lon, 6), "lat": round(gap.lat, 6), "km2": round(gap.weight, 2), "division": gap.division,
        "name": names.division(gap.division), "area": _geometry(gap.area),
    }  # fmt: skip


def _roads_in(travel: Travel) -> Any:
    """Whether a road enters a station's circle; None where no roads are known."""
    if not isinstance(travel, Reach):
        return None
    return lambda site: bool(travel.snap([(site.lon, site.lat)]).off_m[0] <= site.radius_m)


def _uncovered(ground: Ground) -> list[Fault]:
    """Saved places that no circle holds; `why` is what the place is called."""
    circles = Zones({Key(CIRCLE, s.id): Disc(s.lon, s.lat, s.radius_m) for s in ground.names.stations.values()})
    return [
        Fault("uncovered", (place.division,), shapely.Point(place.lon, place.lat), why=place.name)
        for place in sorted(ground.places, key=lambda place: place.id)
        if not circles.at(place.lon, place.lat)
    ]


def _name(names: Directory, name: str) -> str:
    station = names.stations.get(name)
    return station.name if station is not None else names.division(name) if name in names.divisions else name


def _geometry(shape: BaseGeometry) -> Any:
    return json.loads(shapely.to_geojson(shape)) if not shape.is_empty else None
