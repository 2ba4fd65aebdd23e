"""A point and all its zones, exact: circles, irregular polygons of 150 corners, hazards."""

from collections.abc import Callable

import geopandas
import numpy as np
import numpy.typing as npt
import shapely

from geo import Disc, Key, Shape, Zones, distances_m
from tests.bench.figures import Figure, seconds

WEST, SOUTH, EAST, NORTH = 110.25, 29.95, 112.05, 31.55
"""A prefecture, some 170 by 180 km."""
POINTS, SINGLE, PEER_POINTS = 1_000_000, 100_000, 50_000
CORNERS, POLYGONS, HAZARDS = 150, 130 / 3_000, 200 / 3_000
CIRCLE_M = 1_000.0


def fences(circles: int, done: Callable[[], None]) -> list[Figure]:
    chance = np.random.default_rng(1)
    zones = made(circles, chance)
    points = chance.uniform((WEST, SOUTH), (EAST, NORTH), (POINTS, 2))
    spent_making, index = seconds(lambda: Zones(zones))
    index.at_many(points[:10])  # what is compiled comes from the disk
    batch, held = seconds(lambda: index.at_many(points))
    few = points[:SINGLE].tolist()
    single, _ = seconds(lambda: [index.at(lon, lat) for lon, lat in few])
    moved, _ = seconds(lambda: index.changed(put={Key("hazard", "h0"): Disc(111.0, 30.5, 800.0)}))
    done()
    tree, sjoin = peers(zones, points[:PEER_POINTS], held.numbers[: held.starts[PEER_POINTS]], index.keys)
    return [
        Figure("fence_batch_points_per_s", POINTS / batch, "points/s", "geopandas.sjoin and circles", sjoin, "1,000,000"),
        Figure("fence_single_per_s", SINGLE / single, "points/s", "STRtree and circles", tree, "150,000"),
        Figure("fence_make_ms", spent_making * 1000, "ms", "one zone changed", moved * 1000, "known"),
    ]


def made(circles: int, chance: np.random.Generator) -> dict[Key, Shape]:
    found: dict[Key, Shape] = {}
    for n, (lon, lat) in enumerate(chance.uniform((WEST, SOUTH), (EAST, NORTH), (circles, 2)).tolist()):
        found[Key("circle", f"s{n}")] = Disc(lon, lat, CIRCLE_M)
    for kind, count, wide in (("division", round(circles * POLYGONS), 0.12), ("hazard", round(circles * HAZARDS), 0.03)):
        for n in range(count):
            found[Key(kind, f"{kind[0]}{n}")] = _irregular(chance, wide)
    return found


def _irregular(chance: np.random.Generator, wide: float) -> shapely.Polygon:
    turn = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    far = wide * chance.uniform(0.6, 1.0, CORNERS)
    lon, lat = chance.uniform((WEST + wide, SOUTH + wide), (EAST - wide, NORTH - wide))
    return shapely.Polygon(np.stack((lon + far * np.cos(turn), lat + far * np.sin(turn)), axis=1))


def peers(
    zones: dict[Key, Shape], points: npt.NDArray[np.float64], ours: npt.NDArray[np.int32], keys: list[Key]
) -> tuple[float, float]:
    """Points/s of an STRtree asked point by point, and of geopandas.sjoin at once; both for polygons, circles by the boxes around
    them and the distance. They must find what we found."""
    polygons = {key: shape for key, shape in zones.items() if not isinstance(shape, Disc)}
    discs = [(key, shape) for key, shape in zones.items() if isinstance(shape, Disc)]
    tree, boxes = shapely.STRtree(list(polygons.values())), shapely.STRtree([shapely.box(*disc.bounds) for _, disc in discs])
    frame = geopandas.GeoDataFrame(geometry=list(polygons.values()), crs="EPSG:4326")
    spots = geopandas.GeoDataFrame(geometry=shapely.points(points), crs="EPSG:4326")
    one_by_one = points[: len(points) // 10]

    def asked() -> int:
        found = 0
        for lon, lat in one_by_one.tolist():
            point = shapely.Point(lon, lat)
            found += len(tree.query(point, predicate="intersects"))
            found += sum(_holds(discs[n][1], lon, lat) for n in boxes.query(point))
        return found

    def joined() -> int:
        pairs = boxes.query(spots.geometry.to_numpy())
        inside = 0
        for point, disc in pairs.T.tolist():
            inside += _holds(discs[disc][1], *points[point])
        return len(geopandas.sjoin(spots, frame, predicate="intersects")) + inside

    tree_s, _ = seconds(asked)
    sjoin_s, found = seconds(joined)
    assert found == len(ours), "both find the same"
    assert len(keys) == len(zones)
    return len(one_by_one) / tree_s, len(points) / sjoin_s


def _holds(disc: Disc, lon: float, lat: float) -> bool:
    return bool(distances_m([(lon, lat)], disc.lon, disc.lat)[0] <= disc.radius_m)
