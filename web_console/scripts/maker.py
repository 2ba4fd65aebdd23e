"""A process of its own that makes the ground of a made-up city: some seconds of reckoning that no emergency waits behind.

A seed goes in, the ground comes out as MessagePack; nothing touches the disk.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from drills.city import CityPlan, make_land
from drills.city.write import NOTICE
from web_console.directory import StationName

SECONDS_MOST = 60


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """`names` by code; `shapes`: boundaries as GeoJSON, by code; `layers`: as they are drawn."""

    city: str
    names: dict[str, str]
    shapes: dict[str, bytes]
    stations: list[StationName]
    layers: dict[str, bytes]


def ask_maker(seed: int) -> Made:
    """Blocks until it is done. Raises OSError, subprocess.SubprocessError."""
    room = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT")}
    ended = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-m", __name__, str(seed)], capture_output=True, timeout=SECONDS_MOST, check=True,
        env={**room, "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    return msgspec.msgpack.decode(ended.stdout, type=Made)


def _make(seed: int) -> Made:
    plan = CityPlan(seed=seed)
    land = make_land(plan)
    return Made(
        city=plan.code, names={row["code"]: row["name"] for row in land.divisions.dicts()},
        shapes={each["properties"]["code"]: msgspec.json.encode(each["geometry"]) for each in land.boundaries},
        stations=[_station(row) for row in land.stations.dicts()],
        layers={name: _features(features) for name, features in land.layers.items()},
    )  # fmt: skip


def _station(row: Mapping[str, Any]) -> StationName:
    return StationName(
        id=row["id"], name=row["name"], tier=row["tier"], division=row["division"], lon=row["lon"], lat=row["lat"],
        radius_m=row["radius_m"],
    )  # fmt: skip


def _features(features: Iterable[Mapping[str, Any]]) -> bytes:
    return msgspec.json.encode({"type": "FeatureCollection", "notice": NOTICE, "features": list(features)})


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.msgpack.encode(_make(int(sys.argv[1]))))
