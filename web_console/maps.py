"""Putting another map in force: boundary sets and road networks, immutable and named by their hash."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from command.core.realm_facts import AreasChanged, RoadsChanged
from command.tiers.divisions import normalise
from command.tiers.imports import Placed
from command.tiers.rows import Bad, BadRow, Report
from geo import Boundaries, Crs, Reach, Roads, is_stored_as, read_road_set, write_boundary_set, write_road_set
from web_console.datums import check_roads, check_shapes
from web_console.house import House

_WRONG = {
    "no_code": "row.no_code", "no_geometry": "row.no_geometry", "no_area": "row.no_area", "no_place": "row.no_place",
    "swapped": "row.swapped", "too_many_corners": "row.too_many_corners", "twice": "row.twice",
}  # fmt: skip
"""What the reader of shapes found, as a code of rows."""


def import_boundaries(house: House, found: Boundaries, *, said: Crs | None = None) -> Report:
    """Put these boundaries in force beside those of other divisions that are there already.

    Raises BadRow when they look like another datum than was `said`, beside those that are known.
    """
    house.catalogue.renew()
    before = house.catalogue.shapes
    known = house.names.divisions
    shapes: dict[str, BaseGeometry] = {}
    bad = [Bad(each.feature, _WRONG[each.what], "geometry", each.code) for each in found.repairs if not each.mended]
    for raw, shape in found.shapes.items():
        code = _code(raw)
        if code not in known or code in shapes:
            bad.append(Bad(found.numbers.get(raw, 0), "row.twice" if code in shapes else "row.unknown_division", "code", raw))
        else:
            shapes[code] = shape
    if said is not None:
        stations = [Placed((s.lon, s.lat), s.division, None) for s in house.names.stations.values()]
        check_shapes(shapes, before, stations=stations, said=said)
    fresh = shapes.keys() - before.keys()
    same = {code for code in shapes.keys() & before.keys() if is_stored_as(shapes[code], before[code])}
    counts = {"new": len(fresh), "changed": len(shapes) - len(fresh) - len(same), "same": len(same)}
    if len(same) < len(shapes):
        house.note(AreasChanged(version=write_boundary_set(house.realm.folder.areas, {**before, **shapes})))
    return Report({**counts, "mended": sum(each.mended for each in found.repairs)}, sorted(bad), [])


def _code(raw: str) -> str:
    """Empty where the digits are no code."""
    try:
        return normalise(raw)
    except ValueError:
        return ""


def import_roads(house: House, roads: Roads, *, said: Crs | None) -> None:
    """Put a road network in force; travel is by road from here on.

    Raises BadRow when it looks like another datum than was `said`, beside what is known, or has fewer than half of the edges in force.
    """
    if said is not None:
        _must_not_shrink(house, roads)
        shapes, travel = house.catalogue.shapes, house.catalogue.travel
        check_roads(
            roads, travel.network.lonlat if isinstance(travel, Reach) else np.empty((0, 2)), said=said,
            stations=np.array([(s.lon, s.lat) for s in house.names.stations.values()]).reshape(-1, 2),
            outline=shapes.get(house.city) or (shapely.union_all(list(shapes.values())) if shapes else None),
        )  # fmt: skip
    house.note(RoadsChanged(version=write_road_set(house.realm.folder.roads, roads)))


def _must_not_shrink(house: House, roads: Roads) -> None:
    before = len(read_road_set(house.realm.folder.roads, house.roads).edges) if house.roads else 0
    if len(roads.edges) * 2 < before:
        raise BadRow("file.fewer_roads", column=str(before), value=str(len(roads.edges)))


def in_city(house: House, lon: float, lat: float) -> bool:
    return house.ground.locate(lon, lat) is not None
