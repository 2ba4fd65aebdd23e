"""Built-up areas: the city's grid of streets, and small grids in county towns and townships."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from drills.city.ground import Ground
from drills.city.plan import CityPlan, Floats
from drills.city.shapes import blob, waves

RESIDENTIAL, TERTIARY, SECONDARY, PRIMARY, TRUNK = range(5)
NEVER = 0
FEWEST_CORNERS, GAPS = 3, 0.14


@dataclass(frozen=True)
class Streets:
    """Grid nodes in km, edges (u, v, class) by node number, and the built-up area they fill."""

    xy: Floats
    edges: list[tuple[int, int, int]]
    area: BaseGeometry


def all_streets(plan: CityPlan, ground: Ground) -> list[Streets]:
    """The city first, then towns by code."""
    chance = plan.chance(6)
    a, b = plan.town_km
    dry = ground.water.blocked.buffer(0.05 * b)
    tilt = float(np.arctan2(*np.flip(_along(ground))))
    city = blob(chance, centre=(0.0, 0.0), half=(a, b), turn=tilt, wobble=0.13)
    made = [_grid(chance, city, turn=tilt, spacing=0.08 * b, classes=(8, 4, 2), dry=dry)]
    county_towns = {tuple(place.seat) for place in ground.tier(6)}
    for place in ground.tier(9):
        large = tuple(place.seat) in county_towns
        half = b * (0.46 if large else 0.15 * float(chance.uniform(0.75, 1.5)))
        if shapely.distance(city, shapely.Point(*place.seat)) < 1.5 * half:
            continue
        turn = float(chance.uniform(-0.7, 0.7))
        shape = blob(chance, centre=tuple(place.seat.tolist()), half=(1.3 * half, half), turn=turn, wobble=0.2)
        made.append(
            _grid(chance, shape, turn=turn, spacing=0.065 * b, classes=(NEVER, 6, 3) if large else (NEVER, NEVER, 3), dry=dry)
        )
    return [streets for streets in made if len(streets.xy) >= FEWEST_CORNERS]


def _along(ground: Ground) -> Floats:
    y = ground.water.river.y(np.array([-2.5, 2.5]))
    return np.array([5.0, float(y[1] - y[0])])


def _grid(
    chance: np.random.Generator, area: Polygon, *, turn: float, spacing: float, classes: tuple[int, int, int], dry: BaseGeometry
) -> Streets:
    """A bent grid clipped to the area and to dry land; its main lines are wider, some small streets are missing."""
    west, south, east, north = area.bounds
    reach = int(np.hypot(east - west, north - south) / 2 / spacing) + 2
    i, j = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1), indexing="ij")
    c, s = np.cos(turn), np.sin(turn)
    flat = np.stack([i.ravel(), j.ravel()], axis=1) * spacing @ np.array([[c, s], [-s, c]])
    flat += np.array([area.centroid.x, area.centroid.y])
    for axis in (0, 1):
        flat[:, axis] += 0.9 * spacing * waves(chance, length_km=12 * spacing)(flat)
    flat += chance.uniform(-0.1, 0.1, flat.shape) * spacing
    land = area.difference(dry)
    shapely.prepare(land)
    kept = shapely.contains_xy(land, flat[:, 0], flat[:, 1]).reshape(i.shape)
    number = (np.cumsum(kept.ravel()) - 1).reshape(i.shape)
    edges: list[tuple[int, int, int]] = []
    for di, dj, line in ((1, 0, j), (0, 1, i)):
        here, there = kept[: kept.shape[0] - di, : kept.shape[1] - dj], kept[di:, dj:]
        for x, y in np.argwhere(here & there).tolist():
            level = _level(int(line[x, y]), classes)
            if level > RESIDENTIAL or chance.uniform() > GAPS:
                edges.append((int(number[x, y]), int(number[x + di, y + dj]), level))
    return Streets(flat[kept.ravel()], edges, land)


def _level(line: int, classes: tuple[int, int, int]) -> int:
    primary, secondary, tertiary = classes
    if primary and line % primary == 0:
        return PRIMARY
    if secondary and line % secondary == 0:
        return SECONDARY
    return TERTIARY if line % tertiary == 0 else RESIDENTIAL
