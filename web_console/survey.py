"""A survey of the ground: what of each division the service circles cover, where the gaps are; and what is wrong with the fences. As plain
values, for screens and files."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import CIRCLE, Disc, Key, Reach, Zones, seconds_from
from geo.coverage import Demand, Gap, gaps, shares
from geo.quality import Fault, Site, faults_of_areas, faults_of_sites, lacking_tiers
from geo.travel import SNAP_MOST_M
from web_console.catalogue import Travel
from web_console.demand import Ground
from web_console.directory import Directory, StationName

IN_TIME_S = 15 * 60
CIRCLE_M = 1_000.0
TIERS = ("centre", "office", "station", "post")
GAPS_MOST = 50
MOSTLY = 0.5
COUNTY_DIGITS = 6
Counts = np.ndarray[Any, np.dtype[np.int64]]


def coverage(ground: Ground) -> dict[str, Any]:
    """Shares by division of what lies within a circle, and within 15 minutes of a station by the roads as they are open now; None where
    roads are not known. Gaps, the heaviest first. Weights are people, buildings or square kilometres, as the basis is."""
    stations = list(ground.names.stations.values())
    demand = ground.demand()
    near = circles_over(stations, demand) > 0
    in_time = _in_time(ground.travel, stations, demand)
    known = _knows_roads(ground.travel, demand)
    found = shares(demand, near=near, in_time=near if in_time is None else in_time)
    lost = gaps(demand, near)[:GAPS_MOST]
    return {
        "basis": ground.basis, "bases": ground.bases, "minutes": IN_TIME_S // 60, "by_road": in_time is not None,
        "divisions": [
            {"code": each.division, "name": ground.names.division(each.division), "weight": round(each.weight, 2),
             "near": round(each.near, 4), "in_time": round(each.in_time, 4) if each.division in known else None} for each in found
        ],
        "gaps": [_gap(ground.names, gap) for gap in lost],
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


def circles_over(stations: Iterable[StationName], demand: Demand) -> Counts:
    """By how many service circles each point is held."""
    circles = Zones({Key(CIRCLE, s.id): Disc(s.lon, s.lat, s.radius_m) for s in stations})
    return np.diff(circles.at_many(demand.points).starts).astype(np.int64)


def _in_time(
    travel: Travel, stations: Sequence[StationName], demand: Demand
) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
    """None where no roads are known."""
    if not isinstance(travel, Reach):
        return None
    return seconds_from(travel, [(s.lon, s.lat) for s in stations], demand.points) <= IN_TIME_S


def _knows_roads(travel: Travel, demand: Demand) -> frozenset[str]:
    """The divisions most of which lies near a road that is known: of the others nobody can say what is reached in time."""
    if not isinstance(travel, Reach) or not len(demand.points):
        return frozenset()
    beside = travel.network.snap(demand.points).off_m <= SNAP_MOST_M
    found = shares(demand, near=beside, in_time=beside)
    return frozenset(each.division for each in found if each.near >= MOSTLY)


def _gap(names: Directory, gap: Gap) -> dict[str, Any]:
    return {
        "lon": round(gap.lon, 6), "lat": round(gap.lat, 6), "weight": round(gap.weight, 2), "division": gap.division,
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
