"""The nearest who may be called of very many who move, while their positions come in."""

import time
from collections.abc import Callable

import numpy as np
from scipy.spatial import cKDTree

from geo import Moving
from tests.bench.figures import Figure, seconds
from tests.bench.ground_servers import by_postgis, by_redis

BOUNDS = (110.25, 29.95, 112.05, 31.55)
SQUARE_M2 = 172_000.0 * 177_500.0
"""Of these bounds, roughly."""
ELIGIBLE, NEAREST = 0.05, 50
ROUNDS, UPDATES_A_ROUND = 1_000, 200
"""200 positions between two questions: at a thousand questions a second, 200,000 positions a second."""


def moving(people: int, done: Callable[[], None]) -> list[Figure]:
    chance = np.random.default_rng(1)
    places = chance.uniform(BOUNDS[:2], BOUNDS[2:], (people, 2))
    may = chance.permutation(people)[: int(people * ELIGIBLE)].astype(np.int32)
    crowd = Moving(people, BOUNDS, eligible=len(may))
    crowd.move(np.arange(people, dtype=np.int32), places)
    crowd.mark(may, eligible=True)
    asked = chance.uniform(BOUNDS[:2], BOUNDS[2:], (ROUNDS, 2)).tolist()
    crowd.nearest(asked[0][0], asked[0][1], NEAREST)
    took = []
    for lon, lat in asked:
        ones = chance.integers(0, people, UPDATES_A_ROUND).astype(np.int32)
        crowd.move(ones, places[ones] + chance.normal(0, 0.0005, (UPDATES_A_ROUND, 2)))
        began = time.perf_counter()
        crowd.nearest(lon, lat, NEAREST)
        took.append(time.perf_counter() - began)
    batches = [chance.integers(0, people, 10_000).astype(np.int32) for _ in range(20)]

    def update() -> None:
        for ones in batches:
            crowd.move(ones, places[ones])

    updating, _ = seconds(update)
    done()
    made, tree = seconds(lambda: cKDTree(places[may]))
    peer = [seconds(lambda at=at: tree.query(at, NEAREST))[0] for at in asked[:200]]  # type: ignore[misc]
    p99, rate = _p99(took), 200_000 / updating
    found = [
        Figure("nearest_p99_ms", p99 * 1000, "ms", "cKDTree, standing still", _p99(peer) * 1000, "0.3"),
        Figure("position_updates_per_s", rate, "positions/s", "cKDTree made anew, of those eligible", len(may) / made, "200,000"),
    ]
    around_m = float(np.sqrt(2 * NEAREST / len(may) * SQUARE_M2 / np.pi))  # some hundred people, were they spread evenly
    if (of_redis := by_redis(places[may], asked[:200], NEAREST, around_m)) is not None:
        redis_ms, redis_rate = of_redis
        found += [
            Figure("nearest_p99_ms_beside_redis", p99 * 1000, "ms", "GEOSEARCH, standing still", _p99(redis_ms), "less"),
            Figure("position_updates_per_s_beside_redis", rate, "positions/s", "GEOADD by tens of thousands", redis_rate, "more"),
        ]
    if (postgis_ms := by_postgis(places[may], asked[:200], NEAREST)) is not None:
        found.append(Figure("nearest_p99_ms_beside_postgis", p99 * 1000, "ms", "KNN, standing still", _p99(postgis_ms), "less"))
    return found


def _p99(took: list[float]) -> float:
    return float(np.percentile(took, 99))
