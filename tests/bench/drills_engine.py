"""Figures of drills: the virtual clock alone, the engine with real deciders and policies, a flood of three days, forks of a live realm."""

import resource
import statistics
from collections.abc import Generator
from functools import partial

import simpy

from command.core.asks import Ask
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.facts import Event, Fact
from command.core.log_memory import MemoryLog
from command.core.vault import Vault
from drills.agenda import Plan
from drills.forks import Parent, branch
from drills.stage import Stage
from mobilization import Call, Mobilization
from tests.bench.drills_flood import HOUR_MS, HOURS, START_MS, City, Played, flooded, make
from tests.bench.figures import Figure, seconds
from tests.rules import HOUSE

CLOCK_EVENTS = 300_000
FORKS, FORK_EVENTS, OPEN_INCIDENTS = 200, 5_000, 50
INCIDENTS, MOST_MIN = 1_200, 720
SAMPLE = 10
"""Forks that are timed; the figure is for all of them, each as long as these on average."""


class _Ticks:
    """Plans its next act in each act, and asks for nothing: what the loop itself costs."""

    name = "ticks"
    heeds: tuple[type[Fact], ...] = ()

    def __init__(self) -> None:
        self.done = 0

    def resume(self) -> list[Plan]:
        return [Plan(START_MS + n, f"{n}") for n in range(1_000)]

    def heard(self, event: Event) -> tuple[Plan, ...]:
        return ()

    def act(self, key: str, now_ms: int) -> tuple[Ask | Plan, ...]:
        self.done += 1
        return (Plan(now_ms + 1_000, key),)


def run() -> list[Figure]:
    city = make(100_000, 10_000)
    return [*_clock(), *_flood(city), *_forks(city)]


def _clock() -> list[Figure]:
    ticks, clock = _Ticks(), ManualClock(START_MS)
    core = Core(log=(log := MemoryLog()), rules=HOUSE, vault=Vault(None, master=b"b" * 32, chance=SeededChance(1)), clock=clock)
    stage = Stage(core=core, log=log, clock=clock, policies=(), casts=[ticks])
    ours_s, _ = seconds(lambda: stage.run(START_MS + CLOCK_EVENTS))
    peers_s, _ = seconds(_simpy)
    return [Figure("clock_events_per_s", ticks.done / ours_s, "events/s", "simpy", CLOCK_EVENTS / peers_s, "1,000,000")]


def _simpy() -> None:
    env = simpy.Environment()

    def tick(start: int) -> Generator[simpy.events.Event, None, None]:
        yield env.timeout(start)
        while True:
            yield env.timeout(1_000)

    for n in range(1_000):
        env.process(tick(n))
    env.run(until=CLOCK_EVENTS)


def _flood(city: City) -> list[Figure]:
    """Everything a real call-out does, on one core; the disk is not in it, as in a drill that is only rehearsed."""
    played = flooded(city, incidents=INCIDENTS)
    took_s, _ = seconds(lambda: played.stage.run(START_MS + HOURS * HOUR_MS))
    look = played.core.world.look
    called = {call.person for key in played.core.world.keys("call") if isinstance(call := look(key), Call)}
    events = played.core.position
    print(  # noqa: T201 -- a command
        f"{HOURS} h of flood, {INCIDENTS} incidents, {events:,} events, {len(called):,} simulated leaders called of {len(city.roster.people):,}; "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most, of this whole process"
    )  # fmt: skip
    return [
        Figure("domain_events_per_s", events / took_s, "events/s", "events", events, "30,000"),
        Figure("drill_speedup", HOURS * 3600 / took_s, "times", "real time", 1, "5,000"),
    ]


def parent_of(played: Played, city: City) -> Parent:
    """The moment as it stands, as a branch begins from it."""
    look, world = played.core.world.look, played.core.world
    position, hash_ = played.log.head()
    running = [m for key in world.keys("mobilization") if isinstance(m := look(key), Mobilization) and not m.over]
    return Parent(
        world=world, log=played.log, position=position, hash=hash_, now_ms=played.clock.wall_ms(), rules=HOUSE, roster=city.roster,
        travel=lambda _zones: city.reach, picture=played.picture, mobilizations=[m.id for m in running],
        calls=[call for m in running for call in m.parts],
    )  # fmt: skip


def _forks(city: City) -> list[Figure]:
    """Of a realm with fifty open incidents. Some are timed, each until so many events have happened in it."""
    played = flooded(city, incidents=OPEN_INCIDENTS, hours=1.0, people=200)
    played.stage.run(START_MS + HOUR_MS * 55 // 60)
    parent = parent_of(played, city)
    horizon_ms = _until_enough(parent)
    took, events = [], []
    for seed in range(SAMPLE):
        grown = branch(parent, seed=seed)
        spent_s, _ = seconds(partial(grown.stage.run, parent.now_ms + horizon_ms))
        took.append(spent_s)
        events.append(grown.core.position - parent.position)
    print(  # noqa: T201 -- a command
        f"forks: {len(parent.mobilizations)} call-outs under way, {statistics.mean(events):,.0f} events a branch over {horizon_ms / 60_000:.0f} min"
    )
    copied_s, _ = seconds(parent.world.fork)
    return [
        Figure(
            "forks_200_s",
            statistics.mean(took) * FORKS,
            "s",
            "events a branch",
            statistics.mean(events),
            f"60 at {FORK_EVENTS:,}",
        ),
        Figure("fork_copy_ms", copied_s * 1000, "ms", "call-outs", len(parent.mobilizations), "1.4"),
    ]


def _until_enough(parent: Parent) -> int:
    """How long a branch must be played until so many events have happened."""
    grown = branch(parent, seed=99)
    minutes = 5
    while grown.core.position - parent.position < FORK_EVENTS and minutes < MOST_MIN:
        minutes += 5
        grown.stage.run(parent.now_ms + minutes * 60_000)
    return minutes * 60_000
