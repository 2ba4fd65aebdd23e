"""The ground in pieces: one cell a village, with shared natural borders, the river being one of them."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import Voronoi
from shapely.geometry import Polygon

from drills.city.plan import CityPlan, Flags, Floats, Ints
from drills.city.shapes import jagged, rim, spread
from drills.city.water import River

ROUGHNESS = 0.16
"""How far borders bend, as a share of their length; less where a cell would not be a sound polygon."""
TRIES = 6


@dataclass(frozen=True)
class Cells:
    """`seat` (n, 2) in km; `pairs` (m, 2) neighbours; `wet` (m): the river lies between; `shape` in degrees, edges shared to the digit."""

    seat: Floats
    pairs: Ints
    wet: Flags
    shape: list[Polygon]


def local_size(plan: CityPlan, towns: Floats, xy: Floats) -> Floats:
    """How large a village is there against one in the middle of the city: small in town, 4.2 times as wide far out."""
    a, b = plan.town_km
    w, h = plan.half_km
    far = np.clip((np.hypot(xy[:, 0] / a, xy[:, 1] / b) - 0.9) / max(1.2, 0.35 * min(w / a, h / b)), 0, 1)
    size = 1 + 3.2 * far
    for town in towns[1:]:
        near = np.hypot(*(xy - town).T) / b
        size = np.minimum(size, 1.5 + 2.7 * np.clip((near - 0.3) / 1.6, 0, 1))
    return np.asarray(size)


def make_cells(plan: CityPlan, river: River, towns: Floats) -> Cells:
    """Exactly `plan.villages` cells. With `bounds` they cover the whole box; else their outline is a soft oval."""
    chance = plan.chance(3)
    seats, inside = _seats(plan, river, towns, chance)
    w, h = plan.half_km
    far = 20 * max(w, h) * np.array([[1, 0], [0.7, 0.7], [0, 1], [-0.7, 0.7], [-1, 0], [-0.7, -0.7], [0, -1], [0.7, -0.7]])
    mesh = Voronoi(np.concatenate([seats, far]))
    inside = np.append(inside, np.zeros(len(far), dtype=bool))
    north = mesh.points[:, 1] > river.y(mesh.points[:, 0])
    ends = mesh.ridge_vertices
    used = [k for k, (p, q) in enumerate(mesh.ridge_points) if (inside[p] or inside[q]) and -1 not in ends[k]]
    wet = {k for k in used if north[mesh.ridge_points[k][0]] != north[mesh.ridge_points[k][1]]}
    corners = mesh.vertices.copy()
    on_river = np.array(sorted({v for k in sorted(wet) for v in ends[k]}), dtype=np.int64)
    corners[on_river] = river.nearest(corners[on_river])
    number = np.cumsum(inside) - 1
    rough = dict.fromkeys(used, ROUGHNESS)
    for _ in range(TRIES):
        shapes, edges_of = _shapes(plan, river, mesh, corners, used, wet, inside, rough)
        bad = ~shapely.is_valid(shapes) | ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
        if not bad.any():
            break
        for cell in np.flatnonzero(bad):
            rough.update((k, rough[k] * 0.4) for k in edges_of[cell])
    both = [k for k in used if inside[mesh.ridge_points[k][0]] and inside[mesh.ridge_points[k][1]]]
    pairs = number[mesh.ridge_points[both]].astype(np.int64)
    return Cells(mesh.points[inside], pairs, np.array([k in wet for k in both]), shapes)


def _seats(plan: CityPlan, river: River, towns: Floats, chance: np.random.Generator) -> tuple[Floats, Flags]:
    """Seats of the villages and of a belt around the city; along the river they come in pairs, so that it is their border."""
    w, h = plan.half_km
    edge = rim(chance, wobble=0.09)
    belt = 1.25 + 5 / np.sqrt(plan.villages)
    box = np.array([w, h]) * belt
    rough = chance.uniform(-1, 1, (200_000, 2)) * box
    size = local_size(plan, towns, rough)
    keep = chance.uniform(0, 1, len(rough)) < size**-2
    pool, size = rough[keep], size[keep]
    most = min(len(pool), 90 * plan.villages)
    pool, size = pool[:most], size[:most]

    def within(xy: Floats, unit: float) -> Flags:
        if plan.bounds is not None:
            pad = 1.2 * unit * 4.2
            return np.asarray((np.abs(xy[:, 0]) < w + pad) & (np.abs(xy[:, 1]) < h + pad))
        ring = edge(np.arctan2(xy[:, 1] / h, xy[:, 0] / w))
        return np.asarray(np.hypot(xy[:, 0] / w, xy[:, 1] / h) < ring)

    weight = local_size(plan, towns, rough) ** -2.0
    unit = float(np.sqrt(4 * box[0] * box[1] * weight[within(rough, 0.0)].sum() / len(rough) / (0.85 * plan.villages)))
    paired = _river_pairs(plan, river, towns, unit, box[0])
    paired_size = local_size(plan, towns, paired)
    dry = np.abs(pool[:, 1] - river.y(pool[:, 0])) > 0.7 * unit * size
    pool, size = pool[dry], size[dry]
    here = within(paired, unit)
    wanted = plan.villages - int(here.sum())
    taken = spread(pool, size, within(pool, unit), first=paired, first_size=paired_size, wanted=wanted)
    seats = np.concatenate([paired, pool[taken]])
    return seats, within(seats, unit)


def _river_pairs(plan: CityPlan, river: River, towns: Floats, unit: float, reach: float) -> Floats:
    found: list[Floats] = []
    x = -reach
    while x < reach:
        middle, north = river.across(x)
        size = unit * float(local_size(plan, towns, middle[None])[0])
        aside = max(0.42 * size, 0.8 * river.width) * north
        found += [middle + aside, middle - aside]
        x += 0.95 * size * float(north[1])
    return np.array(found)


def _shapes(
    plan: CityPlan,
    river: River,
    mesh: Voronoi,
    corners: Floats,
    used: list[int],
    wet: set[int],
    inside: Flags,
    rough: dict[int, float],
) -> tuple[list[Polygon], list[list[int]]]:
    step = min(0.25, plan.town_km[1] / 10)
    lines: dict[int, Floats] = {}
    edges_of: dict[int, list[int]] = defaultdict(list)
    for k in used:
        a, b = mesh.ridge_vertices[k]
        start, end = corners[a], corners[b]
        if k in wet:
            x = np.linspace(start[0], end[0], max(2, int(abs(end[0] - start[0]) / 0.15)))
            line = np.stack([x, river.y(x)], axis=1)
        else:
            line = jagged(plan.chance(1000 + k), start, end, rough=rough[k], step_km=step)
        lines[k] = plan.plane.lonlat(line)
        for cell in mesh.ridge_points[k]:
            edges_of[int(cell)].append(k)
    around = [edges_of[int(cell)] for cell in np.flatnonzero(inside)]
    return [_ring(mesh, lines, edges) for edges in around], around


def _ring(mesh: Voronoi, lines: dict[int, Floats], edges: list[int]) -> Polygon:
    """Walk the edges of a cell corner by corner."""
    at: dict[int, list[int]] = defaultdict(list)
    for k in edges:
        for corner in mesh.ridge_vertices[k]:
            at[corner].append(k)
    k = edges[0]
    corner = mesh.ridge_vertices[k][0]
    walked: list[Floats] = []
    for _ in edges:
        first, last = mesh.ridge_vertices[k]
        forward = corner == first
        walked.append(lines[k][:-1] if forward else lines[k][:0:-1])
        corner = last if forward else first
        k = next(other for other in at[corner] if other != k)
    return Polygon(np.concatenate(walked))
