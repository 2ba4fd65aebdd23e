"""The land of a made-up city: divisions that tile it, a river, places. Borders run along small cells, so they look grown."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from drills.city import names
from drills.city.plan import CityPlan

KM_PER_DEGREE = 111.195
CELLS_PER_TOWNSHIP = 60
Points = npt.NDArray[np.float64]


class Division(NamedTuple):
    code: str
    name: str
    name_en: str
    seat: tuple[float, float]
    """Kilometres east and north of the city's centre."""


class Land(NamedTuple):
    """All in kilometres from the centre; `project` gives degrees."""

    divisions: list[Division]
    shapes: dict[str, BaseGeometry]
    river: BaseGeometry
    urban: BaseGeometry


def to_degrees(plan: CityPlan, km: Points) -> Points:
    """Kilometres from the centre -> (lon, lat), good to metres over a prefecture."""
    squeeze = np.cos(np.radians(plan.centre[1]))
    return np.column_stack((plan.centre[0] + km[:, 0] / (KM_PER_DEGREE * squeeze), plan.centre[1] + km[:, 1] / KM_PER_DEGREE))


def make_land(plan: CityPlan, chance: np.random.Generator) -> Land:
    outline = _outline(plan, chance)
    seats = _seats(plan, outline, chance)
    cells = _cells(plan, outline, chance)
    middles = shapely.get_coordinates([cell.centroid for cell in cells])
    owner = np.asarray(cKDTree(seats).query(middles)[1], np.int64).tolist()
    townships = [_union([cell for cell, own in zip(cells, owner, strict=True) if own == n]) for n in range(len(seats))]
    county_of = _counties(plan, seats)
    divisions, shapes = _named(plan, seats, townships, county_of, chance)
    villages = _villages(plan, divisions, shapes, chance)
    urban = Point(*seats[0]).buffer(min(plan.half_km) * 0.28).intersection(outline)
    return Land(divisions + villages, shapes, _river(plan, chance).intersection(shapes[plan.code]), urban)


def _outline(plan: CityPlan, chance: np.random.Generator) -> Polygon:
    """A rounded, uneven shape within the half widths."""
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    waves = sum(chance.normal(0, 0.06 / k) * np.cos(k * angles + chance.uniform(0, 2 * np.pi)) for k in range(2, 9))
    radius = np.clip(0.9 + waves, 0.7, 1.0)
    square = 1 / np.maximum(np.abs(np.cos(angles)), np.abs(np.sin(angles))) ** 0.55
    x, y = np.cos(angles) * radius * square, np.sin(angles) * radius * square
    return Polygon(np.column_stack((np.clip(x, -1, 1) * plan.half_km[0], np.clip(y, -1, 1) * plan.half_km[1]))).buffer(0)


def _seats(plan: CityPlan, outline: Polygon, chance: np.random.Generator) -> Points:
    """Township seats: the first in the middle, more of them near it than far out, none on top of another."""
    seats = [np.array([0.0, -0.12 * plan.half_km[1]])]
    while len(seats) < plan.townships:
        tries = chance.normal(0, 0.5, (60, 2)) * plan.half_km
        inside = tries[shapely.contains_xy(outline.buffer(-min(plan.half_km) * 0.06), tries)]
        if len(inside):
            gaps = cKDTree(np.array(seats)).query(inside)[0] / (0.25 + np.hypot(*(inside / plan.half_km).T))
            seats.append(inside[int(np.argmax(gaps))])
    return np.array(seats)


def _cells(plan: CityPlan, outline: Polygon, chance: np.random.Generator) -> list[BaseGeometry]:
    """Small cells that tile; those whose middle lies within the outline are the city, so that its border is grown too."""
    count = plan.townships * CELLS_PER_TOWNSHIP
    west, south, east, north = outline.bounds
    points = chance.uniform((west - 2, south - 2), (east + 2, north + 2), (count, 2))
    raw = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(points), extend_to=outline.buffer(5)))
    return [cell for cell in raw if outline.contains(cell.centroid)]


def _union(cells: list[BaseGeometry]) -> BaseGeometry:
    return shapely.set_precision(shapely.union_all(cells), 1e-6)


def _counties(plan: CityPlan, seats: Points) -> npt.NDArray[np.int64]:
    """Which county a seat belongs to: the town itself first, the others by direction."""
    angles = np.pi / 2 + np.arange(max(plan.counties - 1, 1)) * 2 * np.pi / max(plan.counties - 1, 1)
    far = np.column_stack((np.cos(angles), np.sin(angles))) * np.array(plan.half_km) * 0.62
    centres = np.vstack((seats[:1], far))[: plan.counties]
    return np.asarray(cKDTree(centres).query(seats)[1], np.int64)


def _named(
    plan: CityPlan, seats: Points, townships: list[BaseGeometry], county_of: npt.NDArray[np.int64], chance: np.random.Generator
) -> tuple[list[Division], dict[str, BaseGeometry]]:
    words = names.places(len(seats), chance)
    divisions = [Division(plan.code, plan.name, plan.name_en, (0.0, 0.0))]
    shapes: dict[str, BaseGeometry] = {}
    for county in range(plan.counties):
        zh, en = names.COUNTIES[county] if county < len(names.COUNTIES) else (f"第{county + 1}县", f"County {county + 1}")
        code = f"{plan.code}{county + 1 if county == 0 else county + 20:02d}"
        members = [n for n in range(len(seats)) if county_of[n] == county]
        if not members:
            continue
        divisions.append(Division(code, zh, en, _pair(seats[members[0]])))
        shapes[code] = shapely.union_all([townships[n] for n in members])
        for order, n in enumerate(members, 1):
            street = county == 0
            below = f"{code}{order if street else order + 99:03d}"
            divisions.append(Division(below, words[n] + ("街道" if street else "镇"), "", _pair(seats[n])))
            shapes[below] = townships[n]
    shapes[plan.code] = shapely.union_all(townships)
    return divisions, shapes


def _villages(
    plan: CityPlan, divisions: list[Division], shapes: dict[str, BaseGeometry], chance: np.random.Generator
) -> list[Division]:
    made = []
    for township in [d for d in divisions if len(d.code) == 9]:  # noqa: PLR2004 -- digits of a township
        shape = shapes[township.code]
        words = names.places(plan.villages_per_township, chance)
        for order, word in enumerate(words, 1):
            seat = _inside(shape, chance)
            urban = township.name.endswith("街道")
            code = f"{township.code}{order if urban else order + 199:03d}"
            made.append(Division(code, word + ("社区" if urban else "村"), "", seat))
    return made


def _inside(shape: BaseGeometry, chance: np.random.Generator) -> tuple[float, float]:
    west, south, east, north = shape.bounds
    for point in chance.uniform((west, south), (east, north), (200, 2)):
        if shapely.contains_xy(shape, point[0], point[1]):
            return _pair(point)
    found = shape.representative_point()
    return float(found.x), float(found.y)


def _river(plan: CityPlan, chance: np.random.Generator) -> BaseGeometry:
    """A broad river from west to east, south of the town."""
    x = np.linspace(-1.1, 1.1, 160) * plan.half_km[0]
    sway = sum(
        chance.normal(0, 0.14 / k) * np.sin(k * np.pi * x / plan.half_km[0] + chance.uniform(0, 6.28)) for k in range(1, 5)
    )
    y = (-0.34 + sway) * plan.half_km[1]
    return LineString(np.column_stack((x, y))).buffer(0.45)


def _pair(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])
