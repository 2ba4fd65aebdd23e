"""The ground a drill file is written over: that of this realm, or of the made-up city of a seed, built once and kept for a while."""

import logging
import subprocess
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import NamedTuple

import shapely

from command.core.errors import Refused
from command.tiers.divisions import tier_of
from drills.city.write import NOTICE
from drills.scenario import Scenario
from drills.staging import counted, stage
from web_console.ground import CityGround
from web_console.house import House
from web_console.layers import BUILT, DRAWN, bounds_of, built
from web_console.scripts.maker import ask_maker

_log = logging.getLogger(__name__)

KEPT = 3
"""So many cities are kept: each takes some ten megabytes."""


class Land(NamedTuple):
    """`layers`: of a made-up city; None: those of this realm, by their usual address."""

    city: str
    names: Mapping[str, str]
    ground: CityGround
    bounds: list[float] | None
    notice: str
    layers: Mapping[str, bytes] | None = None

    def shown(self) -> dict[str, object]:
        """As a page draws on it: each post a file may name, with its seat (WGS-84)."""
        posts = []
        for post, code in counted(self.city, self.names).items():
            seat = self.ground.seat(code)
            name = self.names.get(code, code)
            if seat is not None:
                posts.append(
                    {"post": post, "code": code, "name": name, "tier": tier_of(code).value, "lon": seat.lon, "lat": seat.lat}
                )
        return {
            "name": self.names.get(self.city, self.city), "city": self.city, "bounds": self.bounds, "layers": [*DRAWN, *BUILT],
            "notice": self.notice, "posts": posts,
        }  # fmt: skip

    def must_hold(self, scenario: Scenario) -> None:
        """Raises ScenarioFault where the file names what this ground has not."""
        stage(scenario, city=self.city, divisions=list(self.names), ground=self.ground)


class Lands:
    """Asked for in whichever thread comes first, made in a process of its own; whoever asks meanwhile waits for the same one."""

    def __init__(self) -> None:
        self._made: OrderedDict[int, Land] = OrderedDict()
        self._one = Lock()

    def made_up(self, seed: int) -> Land:
        """Not quick the first time: some seconds."""
        with self._one:
            if seed not in self._made:
                self._made[seed] = _made(seed)
                while len(self._made) > KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(seed)
            return self._made[seed]


def land_of(house: House) -> Land:
    """The realm's own."""
    names, shapes = house.names, house.catalogue.shapes
    known = {code: names.division(code) for code in names.divisions}
    return Land(house.city, known, house.ground, bounds_of(shapes, names.stations.values()), house.layers.notice)


def _made(seed: int) -> Land:
    """Raises Refused(script.no_city) where the process that makes it failed."""
    try:
        made = ask_maker(seed)
    except (OSError, subprocess.SubprocessError) as error:
        _log.warning("made-up city %d: %s", seed, type(error).__name__)
        raise Refused("script.no_city") from None
    shapes = {code: shapely.from_geojson(shape) for code, shape in made.shapes.items()}
    ground = CityGround(shapes, made.stations, city=made.city, areas=f"seed-{seed}", divisions=list(made.names))
    layers = {**made.layers, **built(shapes, made.names, made.stations)}
    return Land(made.city, made.names, ground, bounds_of(shapes, made.stations), NOTICE, layers)


def layer_of(land: Land, layer: str) -> bytes:
    """Raises Refused(map.unknown)."""
    if land.layers is None or layer not in land.layers:
        raise Refused("map.unknown", layer=layer[:40])
    return land.layers[layer]
