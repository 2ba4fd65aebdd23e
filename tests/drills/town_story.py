"""A small call-out driven to its end by virtual time alone: a wave, a roll call, an order, a road that is shut, the stand-down.

An officer does what stands in `ACTS`; sixty simulated leaders do the rest. `python -m tests.drills.town_story SEED` prints the log's
length and last hash.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from command.core.asks import Ask
from command.core.facts import Command
from drills.behaviour import BEHAVIOUR, Behaviour
from drills.disturbed import Disturbed
from drills.leaders import Leaders, way_of
from drills.responders import Responders
from drills.stage import Stage
from geo import SPEEDS, Edge, Network, Reach, Roads, Trip, road_graph
from mobilization import GiveOrder, OpenRoll, PlannedCall, StandDown
from tests.kit import COUNTY, Desk, need, ordered, planned, wave

PLACE, BASE, DETOUR = (111.3, 30.7), (111.32, 30.7), (111.31, 30.75)
SPOTS = (PLACE, BASE, DETOUR)
METRES = {(0, 1): 2_000.0, (0, 2): 6_000.0, (2, 1): 6_000.0}
COUNT, END_S = 60, 100_000
ACTS: tuple[tuple[int, Command], ...] = (
    (1_800, OpenRoll(incident="i1", due_min=10)),
    (2_700, GiveOrder(order="o1", incident="i1", kind="move", due_min=3)),
    (7_200, StandDown(mobilization="m-i1")),
)


def roads(*, shut: bool = False) -> Reach:
    """A short road from the base to the place, and a long way round."""
    both = [(a, b, m) for (a, b), m in METRES.items()] + [(b, a, m) for (a, b), m in METRES.items()]
    edges = [Edge(a, b, m, "primary", f"{min(a, b)}-{max(a, b)}") for a, b, m in both if not (shut and {a, b} == {0, 1})]
    return Reach(Network(road_graph(Roads(list(SPOTS), edges)), SPEEDS["car"]))


class Town:
    """One core, and its simulated people on a stage. `shut_after_s`: when the short road is shut; `breaks_s`: when everything but the
    log is lost and begun anew."""

    def __init__(
        self, *, seed: int, behaviour: Behaviour = BEHAVIOUR, shut_after_s: float = 400, breaks_s: Sequence[int] = ()
    ) -> None:
        self.desk = Desk()
        self._start_ms, self._shut_after_s = self.desk.clock.wall_ms(), shut_after_s
        self._seed, self._behaviour = seed, behaviour
        self._ways = {shut: roads(shut=shut) for shut in (False, True)}
        self._breaks = [(after_s, None) for after_s in breaks_s]

    def _travel(self, origins: Sequence[tuple[float, float]], place: tuple[float, float]) -> list[Trip]:
        return self._ways[self.desk.clock.wall_ms() - self._start_ms >= self._shut_after_s * 1000](origins, place)

    def _stage(self) -> Stage:
        look = self.desk.core.world.look
        people = Responders(
            seed=self._seed, behaviour=self._behaviour, travel=lambda call: way_of(call, look, self._travel)
        )  # fmt: skip
        calls = [key.partition(":")[2] for key in self.desk.core.world.keys("call")]
        orders = [key.partition(":")[2] for key in self.desk.core.world.keys("order")]
        leaders = Leaders(people, look=look, calls=calls, orders_of=lambda _: orders, disturbed=Disturbed(None, look))
        return Stage(core=self.desk.core, log=self.desk.log, clock=self.desk.clock, policies=(), casts=(leaders,))

    def play(self) -> "Town":
        self.desk.ask(ordered(needs=(need(minimum=40, maximum=60),)), authority=COUNTY)
        self.desk.ask(wave(tuple(_calls(COUNT))), authority=COUNTY)
        stage = self._stage()
        for after_s, command in sorted([*ACTS, *self._breaks], key=lambda act: act[0]):
            stage.run(self._start_ms + after_s * 1000)
            if command is None:
                stage = self._stage()
            else:
                stage.ask([Ask(command=command, actor="officer:1", command_id=f"act-{after_s:06d}", authority=COUNTY)])
        stage.run(self._start_ms + END_S * 1000)
        return self

    def facts(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        """(milliseconds after the start, fact) of every record of that name."""
        return [
            (r.at_ms - self._start_ms, msgspec.json.decode(r.data)) for r in self.desk.log.after(0, 100_000) if r.name == name
        ]  # fmt: skip

    def signature(self) -> str:
        *_, last = self.desk.log.after(0, 100_000)
        return f"{last.position} {last.hash.hex()}"


def _calls(count: int) -> Iterator[PlannedCall]:
    trip = roads()([BASE], PLACE)[0]
    crews = np.random.default_rng(1).integers(2, 5, count).tolist()
    for number, crew in enumerate(crews, 1):
        yield msgspec.structs.replace(
            planned(number, crew=crew), from_lon=BASE[0], from_lat=BASE[1], simulated=True, seconds_to=trip.seconds,
            distance_m=trip.metres,
        )  # fmt: skip


if __name__ == "__main__":
    print(Town(seed=int(sys.argv[1])).play().signature())  # noqa: T201 -- for another process
