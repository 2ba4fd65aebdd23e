"""The whole city, put together."""

from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import MultiLineString, mapping

from drills.city.ground import Ground, boundary_features, division_table, make_ground, place_features
from drills.city.officers import make_officers
from drills.city.people import counts_table, people_table, settle
from drills.city.places import make_places
from drills.city.plan import City, CityPlan, Feature, Table, feature
from drills.city.posts import make_posts
from drills.city.roads import make_roads
from drills.city.stations import make_stations
from drills.city.streets import Streets, all_streets
from drills.city.teams import make_crews, team_table
from drills.city.water import water_features


class Land(NamedTuple):
    """A made-up city without its people: what a map of it needs."""

    ground: Ground
    divisions: Table
    boundaries: list[Feature]
    stations: Table
    road_nodes: Table
    road_edges: Table
    layers: dict[str, list[Feature]]


def make_land(plan: CityPlan) -> Land:
    """By the seed alone: cities of one seed lie on the same ground, however many people they have."""
    ground = make_ground(plan)
    streets = all_streets(plan, ground)
    nodes, edges = make_roads(plan, ground, streets)
    layers = {
        "water": water_features(plan, ground.water, ground.shape[plan.code]),
        "urban": _urban(plan, streets),
        "places": place_features(plan, ground),
        "roads": _drawn(nodes, edges),
    }
    stations = make_stations(plan, ground, streets)
    return Land(ground, division_table(ground), boundary_features(plan, ground), stations, nodes, edges, layers)


def make_city(plan: CityPlan) -> City:
    """The same plan gives the same city, in any process and under any hash seed."""
    land = make_land(plan)
    ground, stations, nodes, edges, layers = land.ground, land.stations, land.road_nodes, land.road_edges, land.layers
    homes = settle(plan, ground)
    crews = make_crews(plan, ground, stations, homes.village)
    return City(
        plan=plan, divisions=land.divisions, boundaries=land.boundaries, stations=stations,
        places=make_places(plan, ground),
        counts=counts_table(plan, ground, homes), people=people_table(plan, ground, homes, crews), teams=team_table(crews, ground, stations),
        posts=make_posts(plan, ground), officers=make_officers(plan, ground, stations), road_nodes=nodes, road_edges=edges, layers=layers,
    )  # fmt: skip


def _urban(plan: CityPlan, streets: list[Streets]) -> list[Feature]:
    return [
        feature(mapping(shapely.transform(each.area, plan.plane.lonlat)), kind="city" if n == 0 else "town")
        for n, each in enumerate(streets)
    ]


def _drawn(nodes: Table, edges: Table) -> list[Feature]:
    """Roads as lines, one feature a class, the small ones first, so that the large ones are drawn above them."""
    spots = np.array([row[1:] for row in nodes.rows], dtype=np.float64)
    found = []
    for kind in ("residential", "tertiary", "secondary", "primary", "trunk"):
        pairs = {(min(row[2:4]), max(row[2:4])) for row in edges.rows if row[4] == kind}
        if not pairs:
            continue
        lines = shapely.line_merge(MultiLineString(list(spots[np.array(sorted(pairs), dtype=np.int64)])))
        found.append(feature(mapping(lines), kind=kind))
    return found
