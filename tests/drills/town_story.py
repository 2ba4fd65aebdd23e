"""A small call-out driven to its end by virtual time alone: a wave, a roll call, an order, a road that is shut, the stand-down.

An officer does what stands in `ACTS`; sixty simulated leaders do the rest. `python -m tests.drills.town_story SEED` prints the log's
length and last hash.
"""

import heapq
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import numpy as np

from command.core.asks import Ask
from command.core.facts import Command
from drills.behaviour import BEHAVIOUR, Behaviour
from drills.responders import Responders, Step, bundled, by_road
from geo import SPEEDS, Edge, Network, Reach, road_graph
from geo import Roads as RoadTable
from mobilization import Call, GiveOrder, OpenRoll, PlannedCall, StandDown
from tests.kit import COUNTY, Desk, need, ordered, planned, wave

BASE, PLACE, DETOUR = (111.30, 30.70), (111.32, 30.70), (111.31, 30.75)
SPOTS = (BASE, PLACE, DETOUR)
METRES = {(0, 1): 2_000.0, (0, 2): 6_000.0, (2, 1): 6_000.0}
ACTS: tuple[tuple[int, Command], ...] = (
    (1_800, OpenRoll(incident="i1", due_min=10)),
    (2_700, GiveOrder(order="o1", incident="i1", kind="move", due_min=3)),
    (7_200, StandDown(mobilization="m-i1")),
)
Turn = tuple[str, str, str]
"""call, roll or order; the call's id; whose roll call or which order."""


def roads(*, shut: bool = False) -> Reach:
    """A short road from the base to the place, and a long way round."""
    both = [(a, b, m) for (a, b), m in METRES.items()] + [(b, a, m) for (a, b), m in METRES.items()]
    edges = [Edge(a, b, m, "primary", f"{min(a, b)}-{max(a, b)}") for a, b, m in both if not (shut and {a, b} == {0, 1})]
    return Reach(Network(road_graph(RoadTable(list(SPOTS), edges)), SPEEDS["car"]))


class Town:
    """One core, its simulated people, and what is planned: looked at afresh when it is due, as everything may have changed."""

    def __init__(self, *, seed: int, behaviour: Behaviour = BEHAVIOUR, shut_after_s: float = 400) -> None:
        self.desk = Desk()
        self._start_ms, self._shut_after_s = self.desk.clock.wall_ms(), shut_after_s
        self._ways = {shut: roads(shut=shut) for shut in (False, True)}
        travel = by_road(self._open, lambda _: PLACE)
        self._crowd = Responders(seed=seed, behaviour=behaviour, travel=travel)
        self._plan: list[tuple[int, int, Turn]] = []
        self._planned = self._read = 0

    def _open(self) -> Reach:
        return self._ways[self.desk.clock.wall_ms() - self._start_ms >= self._shut_after_s * 1000]

    def play(self) -> "Town":
        self.desk.ask(ordered(needs=(need(minimum=40, maximum=60),)), authority=COUNTY)
        self.desk.ask(wave(tuple(_calls(60))))
        acts = [(self._start_ms + seconds * 1000, command) for seconds, command in ACTS]
        self._hear()
        while (at_ms := self._next_ms(acts)) is not None:
            self.desk.clock.advance(ms=max(at_ms - self.desk.clock.wall_ms(), 0))
            self.desk.core.turn([])
            while acts and acts[0][0] <= at_ms:
                self.desk.ask(acts.pop(0)[1])
            self._hear()
            self._act()
        return self

    def _next_ms(self, acts: list[tuple[int, Command]]) -> int | None:
        due = self.desk.core.world.next_due_ms() if acts or self._plan else None  # who is lost for good is never done
        times = [self._plan[0][0] if self._plan else None, acts[0][0] if acts else None, due]
        return min((each for each in times if each is not None), default=None)

    def _act(self) -> None:
        now_ms, due = self.desk.clock.wall_ms(), list[Step]()
        while self._plan and self._plan[0][0] <= now_ms:
            step = self._step(heapq.heappop(self._plan)[2])
            if step is not None and step.at_ms <= now_ms:
                due.append(step)
        steps = bundled(due)
        asks = [Ask(command=step.command, actor=step.actor, command_id=step.id) for step in steps]
        if asks:
            self.desk.core.turn(asks)
            self._hear()

    def _hear(self) -> None:
        for record in self.desk.log.after(self._read, 100_000):
            self._read = record.position
            for turn in self._touched(msgspec.json.decode(record.keys)):
                step = self._step(turn)
                if step is not None:
                    self._planned += 1
                    heapq.heappush(self._plan, (step.at_ms, self._planned, turn))

    def _touched(self, keys: Iterable[str]) -> Iterator[Turn]:
        for key in keys:
            kind, _, name = key.partition(":")
            if kind == "call":
                yield "call", name, ""
            elif kind == "roll":
                yield from (("roll", call, name) for call in self._look(key).rows)
            elif kind == "order":
                yield from (("order", call, name) for call in self._look(key).receipts)

    def _step(self, turn: Turn) -> Step | None:
        kind, name, of = turn
        call = self._look(f"call:{name}")
        if not isinstance(call, Call):
            return None
        if kind == "call":
            return self._crowd.next_step(call)
        state = self._look(f"{kind}:{of}")
        return self._crowd.roll_step(call, state) if kind == "roll" else self._crowd.order_step(call, state)

    def _look(self, key: str) -> Any:
        return self.desk.core.world.look(key)

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
