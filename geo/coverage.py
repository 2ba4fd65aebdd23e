"""Who is within a service circle, and who within minutes by road; where the gaps are. Pure. WGS-84 degrees, metres.

Demand is points with a weight: people, buildings, or squares of ground, whichever the city knows; each in one division.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from scipy.ndimage import label
from scipy.sparse import csr_array
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from geo.metric import chord_m, spots
from geo.plane import Plane

GAP_CELL_M = 500.0
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Demand(NamedTuple):
    """`points` (n, 2), `weights` (n), `divisions`: the code each lies in."""

    points: Floats
    weights: Floats
    divisions: Sequence[str]


class Share(NamedTuple):
    """Of one division: its weight in all, and what of it is covered, as a share."""

    division: str
    weight: float
    near: float
    in_time: float


class Gap(NamedTuple):
    """Ground that is not covered and hangs together: its weight, the point (lon, lat) most in its middle, the division most of it is in, its area."""

    weight: float
    lon: float
    lat: float
    division: str
    area: BaseGeometry


def ground_of(shapes: Mapping[str, BaseGeometry], *, step_m: float = GAP_CELL_M) -> Demand:
    """Points over each division that share its square kilometres among them: for cities that know neither people nor buildings."""
    points, weights, divisions = [np.empty((0, 2))], [np.empty(0)], list[str]()
    for code in sorted(shapes):
        plane = Plane.over(shapes[code].bounds)
        flat = shapely.transform(shapes[code], plane.metres)
        west, south, east, north = flat.bounds
        x, y = np.meshgrid(np.arange(west, east, step_m) + step_m / 2, np.arange(south, north, step_m) + step_m / 2)
        inside = np.column_stack((x.ravel(), y.ravel()))[shapely.contains_xy(flat, x.ravel(), y.ravel())]
        if not len(inside):
            inside = shapely.get_coordinates(shapely.point_on_surface(flat))
        points.append(plane.degrees(inside))
        weights.append(np.full(len(inside), flat.area / 1e6 / len(inside)))
        divisions += [code] * len(inside)
    return Demand(np.vstack(points), np.concatenate(weights), divisions)


def gathered(demand: Demand, most: int) -> Demand:
    """Points of one division that share a square put together at their weighted middle, in squares so large that there are hardly more
    than `most`. Points without weight are left out."""
    kept = np.flatnonzero(demand.weights > 0)
    if len(kept) <= most:
        return Demand(demand.points[kept], demand.weights[kept], [demand.divisions[n] for n in kept.tolist()])
    plane = Plane.over((*demand.points[kept].min(0), *demand.points[kept].max(0)))
    flat, weights = plane.metres(demand.points[kept]), demand.weights[kept]
    corner, wide = flat.min(0), float(np.ptp(flat, axis=0).max())
    codes, of = np.unique(np.array(demand.divisions)[kept], return_inverse=True)
    step = float(np.sqrt(np.prod(np.ptp(flat, axis=0) + 1.0) / most))
    while True:
        cells = np.column_stack((of, np.floor((flat - corner) / step).astype(np.int64)))
        squares, names = np.unique(cells, axis=0, return_inverse=True)
        if len(squares) <= most or step > wide:
            break
        step *= 1.1 * float(np.sqrt(len(squares) / most))
    sums: Floats = np.bincount(names, weights).astype(np.float64)
    middles = np.column_stack([np.bincount(names, weights * flat[:, axis]) / sums for axis in (0, 1)])
    return Demand(plane.degrees(middles), sums, codes[squares[:, 0]].tolist())


def within(points: Floats, sites: Floats, metres: float) -> csr_array:
    """(points, sites): 1 where a site is no farther away."""
    if not len(points) or not len(sites):
        return csr_array((len(points), len(sites)))
    pairs = cKDTree(spots(points)).query_ball_tree(cKDTree(spots(sites)), chord_m(metres))
    rows = np.repeat(np.arange(len(pairs)), [len(each) for each in pairs])
    columns = np.array([site for each in pairs for site in sorted(each)], np.int64)
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(points), len(sites)))


def shares(demand: Demand, *, near: Flags, in_time: Flags) -> list[Share]:
    """By division, sorted by code; a division without weight has no share and is left out."""
    codes = np.array(demand.divisions)
    found = []
    for code in sorted(set(demand.divisions)):
        own = codes == code
        weight = float(demand.weights[own].sum())
        if weight > 0:
            found.append(Share(code, weight, *(float(demand.weights[own & flag].sum()) / weight for flag in (near, in_time))))
    return found


def gaps(demand: Demand, covered: Flags, *, cell_m: float = GAP_CELL_M) -> list[Gap]:
    """What is not covered, heaviest first, ties from the south-west; cells that touch hang together."""
    lost = ~covered & (demand.weights > 0)
    if not lost.any():
        return []
    points, weights = demand.points[lost], demand.weights[lost]
    plane = Plane.over((*demand.points.min(0), *demand.points.max(0)))
    flat = plane.metres(points)
    cells = np.floor(flat / cell_m).astype(np.int64)
    corner = cells.min(axis=0)
    columns, rows = (cells - corner).T
    filled = np.zeros((rows.max() + 1, columns.max() + 1), np.bool_)
    filled[rows, columns] = True
    names, count = label(filled, structure=np.ones((3, 3)))
    of = names[rows, columns]
    codes = np.array(demand.divisions)[lost]
    found = []
    for name in range(1, count + 1):
        own = of == name
        weight = float(weights[own].sum())
        apart = flat[own] - np.average(flat[own], axis=0, weights=weights[own])
        lon, lat = points[own][np.argmin((apart**2).sum(axis=1))].tolist()
        sums = {code: float(weights[own & (codes == code)].sum()) for code in sorted(set(codes[own].tolist()))}
        squares = np.unique(cells[own], axis=0)
        area = shapely.transform(
            shapely.union_all(shapely.box(*squares.T, *(squares + 1).T)), lambda at: plane.degrees(at * cell_m)
        )
        found.append(Gap(weight, lon, lat, max(sums, key=lambda code: sums[code]), area))
    return sorted(found, key=lambda gap: (-gap.weight, gap.lat, gap.lon))
