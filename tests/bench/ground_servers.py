"""Redis and PostGIS beside our own search for the nearest, where this machine has them: each on a socket in a folder that goes with it."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt
import redis

Points = npt.NDArray[np.float64]
DEADLINE_S = 20
_TIME = re.compile(r"^Time: ([\d.]+) ms", re.MULTILINE)
_KEY = "people"


class Peer(Exception):
    """A server that is installed and does not work: a fault of this bench, never to be passed over."""


def by_redis(places: Points, asked: list[list[float]], most: int, around_m: float) -> tuple[list[float], float] | None:
    """Milliseconds of each GEOSEARCH for the nearest `most`, of those around, wider where too few are; places/s that are set anew.

    `places`: those who may be called alone, as Redis asks no one whether they may. None: it is not installed.
    """
    if shutil.which("redis-server") is None:
        return None
    with _redis() as server:
        spent = time.perf_counter()
        for first in range(0, len(places), 10_000):
            named = ((lon, lat, f"p{first + n}") for n, (lon, lat) in enumerate(places[first : first + 10_000].tolist()))
            server.geoadd(_KEY, [part for one in named for part in one])
        spent = time.perf_counter() - spent
        return [_nearest_ms(server, at, most, around_m) for at in asked], len(places) / spent


def _nearest_ms(server: "redis.Redis", at: list[float], most: int, around_m: float) -> float:
    began, found = time.perf_counter(), 0
    while found < most:
        found = len(
            server.geosearch(
                _KEY, longitude=at[0], latitude=at[1], unit="m", radius=around_m, sort="ASC", count=most, withdist=True
            )
        )
        around_m *= 2
    return (time.perf_counter() - began) * 1000


@contextmanager
def _redis() -> Iterator["redis.Redis"]:
    with tempfile.TemporaryDirectory() as folder:
        socket = f"{folder}/redis.sock"
        command = ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", folder]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            server = redis.Redis(unix_socket_path=socket)
            _wait(lambda: bool(server.ping()), redis.ConnectionError)
            yield server
            server.close()
        finally:
            running.terminate()
            running.wait(DEADLINE_S)


def by_postgis(places: Points, asked: list[list[float]], most: int) -> list[float] | None:
    """Milliseconds of each search by the index for the nearest, as psql times them; distances over the ellipsoid. None: not installed."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not homes or not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        return None
    with _postgres(homes[-1]) as psql:
        rows = "\n".join(f"{n}\tPOINT({lon!r} {lat!r})" for n, (lon, lat) in enumerate(places.tolist()))
        psql(
            "CREATE EXTENSION postgis;\nCREATE TABLE people (id int, at geography(Point));\n"
            f"COPY people FROM stdin;\n{rows}\n\\.\nCREATE INDEX ON people USING gist (at);\nVACUUM ANALYZE people;\n"
        )
        search = "SELECT id FROM people ORDER BY at <-> ST_MakePoint({!r}, {!r})::geography LIMIT {};"
        said = psql("\\timing on\n" + "\n".join(search.format(*at, most) for at in asked) + "\n")
    took = [float(each) for each in _TIME.findall(said)]
    if len(took) != len(asked):
        raise Peer(said[:500])
    return took


@contextmanager
def _postgres(home: Path) -> Iterator[Callable[[str], str]]:
    """What asks psql: from what it is told to what it says."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL does not run as root
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        if user is not None:
            shutil.chown(folder, user)
            shutil.chown(data, user)
        subprocess.run(
            [home / "initdb", "-D", data, "-U", "muster", "-A", "trust", "--no-sync"],
            check=True,
            user=user,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        command = [
            str(home / "postgres"),
            "-D",
            str(data),
            "-k",
            folder,
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
            "-c",
            "jit=off",
        ]
        running = subprocess.Popen(command, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)

        def psql(told: str) -> str:
            asking = [str(home / "psql"), "-h", folder, "-U", "muster", "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1"]
            return str(subprocess.run(asking, input=told, capture_output=True, text=True, check=True, cwd="/").stdout)

        try:
            _wait(lambda: bool(psql("SELECT 1;")), subprocess.CalledProcessError)
            yield psql
        finally:
            running.terminate()
            running.wait(DEADLINE_S)


def _wait(answers: Callable[[], bool], fault: type[Exception]) -> None:
    for _ in range(DEADLINE_S * 10):
        with suppress(fault):
            if answers():
                return
        time.sleep(0.1)
    raise Peer("a server does not answer")
