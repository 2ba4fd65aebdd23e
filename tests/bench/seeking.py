"""Figures of replay: any moment of a million events, as the bytes that a desk is shown of it.

The log is made by the real deciders: incidents of a city of 2,000 teams, each called out, answered, gone to, stood down and closed.
"""

import random
import resource
import statistics
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from command.core.asks import Ask
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.facts import Authority, Command
from command.core.log_sqlite import SqliteLog
from command.core.vault import Vault
from drills.seeking import Seeker, Shelf
from incidents import Need, Place, RaiseIncident
from mobilization import AnswerCall, CallWave, CloseIncident, PlannedCall, RaiseAndOrder, ReportProgress, SeeCalls, StandDown
from tests.bench.figures import Figure, seconds
from web_console.board.teams import TeamLists
from web_console.board.view import View
from web_console.directory import Directory, PersonName, TeamName
from web_console.replays.boards import PastBoards
from web_console.replays.past import code, seeker
from web_console.rules import RULES

EVENTS, TEAMS, CREW, AT_ONCE, SEEKS = 1_000_000, 2_000, 12, 20, 200
CITY, COUNTIES = "9901", ("990101", "990102", "990103", "990104", "990105")
POST = Authority(post=CITY, role="duty_officer")


class Town:
    """Asks a core of its own, many commands a turn. Incidents overlap: `AT_ONCE` are open at any time."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.log = SqliteLog(folder / "log.db", epoch="bench", full_sync=False)
        self.vault = Vault(None, master=b"b" * 32, chance=SeededChance(1))
        self.core = Core(log=self.log, rules=RULES, vault=self.vault, clock=self.clock)
        self._asked = 0

    def ask(self, commands: list[tuple[Command, str]]) -> None:
        asks = []
        for command, by in commands:
            self._asked += 1
            asks.append(Ask(command=command, actor=by, command_id=f"{self._asked:012d}", authority=POST))
        self.core.turn(asks)

    def live(self, events: int) -> None:
        number, steps = 0, (self._called, self._heard, self._gone, self._there, self._over)
        while self.core.position < events:
            rounds = [(number - age, step) for age, step in zip((0, 3, 6, 12, AT_ONCE), steps, strict=True) if number >= age]
            self.ask([each for incident, step in rounds for each in step(incident)])
            self.clock.advance(seconds=60)
            number += 1

    def _called(self, number: int) -> list[tuple[Command, str]]:
        county = COUNTIES[number % len(COUNTIES)]
        raising = RaiseIncident(
            incident=f"i{number:06d}", category="20700", severity=1 + number % 4, name="火灾", place=_place(county), source="phone",
            mode="EMERGENCY", lead=county, needs=(Need(speciality="FIRST_AID", minimum=6, maximum=9),), verify=True, report=None,
        )  # fmt: skip
        calls = tuple(_planned(number, each) for each in range(CREW))
        wave = CallWave(mobilization=f"m-i{number:06d}", calls=calls, registry_rev=1, why_not={}, why_blob="", gates={}, short={})
        order = RaiseAndOrder(raising=raising, mobilization=f"m-i{number:06d}", channels=())
        return [(order, "officer:o1"), (wave, "policy:waves")]

    @staticmethod
    def _heard(number: int) -> list[tuple[Command, str]]:
        seen: list[tuple[Command, str]] = [
            (SeeCalls(calls=(_call(number, each),)), f"person:{_person(number, each)}") for each in range(CREW)
        ]
        said = ("accept", "accept", "decline", "accept")
        return seen + [
            (AnswerCall(call=_call(number, each), answer=said[each % 4], heads=1), f"person:{_person(number, each)}")
            for each in range(CREW - 2)
        ]

    @staticmethod
    def _gone(number: int) -> list[tuple[Command, str]]:
        return _steps(number, "set_out")

    @staticmethod
    def _there(number: int) -> list[tuple[Command, str]]:
        return _steps(number, "arrived")

    @staticmethod
    def _over(number: int) -> list[tuple[Command, str]]:
        down = StandDown(mobilization=f"m-i{number:06d}", why="over")
        return [*_steps(number, "released"), (down, "officer:o1"), (CloseIncident(incident=f"i{number:06d}"), "officer:o1")]


def _steps(number: int, did: str) -> list[tuple[Command, str]]:
    return [
        (ReportProgress(call=_call(number, each), did=did, heads=1), f"person:{_person(number, each)}") for each in range(CREW)
    ]


def _team(number: int, each: int) -> str:
    return f"t{(number * CREW + each) % TEAMS}"


def _person(number: int, each: int) -> str:
    return f"p{(number * CREW + each) % TEAMS}"


def _call(number: int, each: int) -> str:
    return f"c{number:06d}-{each}"


def _place(county: str) -> Place:
    return Place(
        lon=111.3, lat=30.7, exact=True, cell="250/1/1", path=(CITY, county, f"{county}001"), township="by_fence", stations=(),
        outside_circles=True, areas="a",
    )  # fmt: skip


def _planned(number: int, each: int) -> PlannedCall:
    person = _person(number, each)
    return PlannedCall(
        call=_call(number, each), team=_team(number, each), person=person, role="leader", speciality="FIRST_AID", ladder=(person,),
        crew_max=4, minimum_crew=1, distance_m=900 + each, seconds_to=300, travel_source="straight_line", chance=0.5,
        chance_source="assumed", awake=each % 3 > 0, from_lon=111.3, from_lat=30.7, simulated=False,
    )  # fmt: skip


def names() -> Directory:
    teams = {
        f"t{n}": TeamName(
            id=f"t{n}", name=f"急救{n}队", speciality="FIRST_AID", division=f"{COUNTIES[n % 5]}001", station="", lon=111.3, lat=30.7, size=4,
            leader=f"p{n}", deputies=(), simulated=False,
        )
        for n in range(TEAMS)
    }  # fmt: skip
    people = {
        f"p{n}": PersonName(id=f"p{n}", name="王明", phone="19900000000", division=COUNTIES[0], simulated=False)
        for n in range(TEAMS)
    }
    return Directory(
        divisions={CITY: "云江市"}, stations={}, stations_in={}, teams=teams, teams_of={f"p{n}": (f"t{n}",) for n in range(TEAMS)},
        people=people, officers={}, duty_numbers={},
    )  # fmt: skip


def run() -> list[Figure]:
    with TemporaryDirectory() as folder:
        return _measured(Path(folder))


def _measured(folder: Path) -> list[Figure]:
    town = Town(folder)
    town.live(EVENTS)
    shelf, known = Shelf(folder / "replay.db", epoch=town.log.epoch(), code=code("live")), names()
    past = seeker(town.log, shelf, rules=RULES)
    building, checkpoints = seconds(past.build)
    spent = sorted(_seeks(past, town.core.position, known))
    lists = TeamLists(lambda: known)
    before_mb = _mb()
    view = past.at(town.core.position // 2)
    PastBoards(view, names=lambda: known, lists=lists).picture(f"board/{CITY}/duty")
    folding, _ = seconds(lambda: past.on(View(RULES.kinds), 0, town.core.position // 10))
    on_disk_mb = (folder / "replay.db").stat().st_size / 1e6
    log_mb = (folder / "log.db").stat().st_size / 1e6
    return [
        Figure("seek_1m_p99_ms", spent[int(len(spent) * 0.99)], "ms", "p50 of the same run", statistics.median(spent), "200"),
        Figure("seek_1m_build_s", building, "s", "folding alone, by a tenth", folding * 10, f"{checkpoints} checkpoints"),
        Figure("seek_1m_disk_mb", on_disk_mb, "MB", "the log itself", log_mb, "that of the log"),
        Figure("seek_1m_state_mb", _mb() - before_mb, "MB", "peak before", before_mb, "a seek's own"),
    ]


def _seeks(past: Seeker[View], head: int, known: Directory) -> list[float]:
    """Milliseconds each, to the bytes of the city's whole board, anywhere in the log."""
    chance, lists = random.Random(7), TeamLists(lambda: known)
    lists.under(CITY)

    def one(position: int) -> int:
        return len(PastBoards(past.at(position), names=lambda: known, lists=lists).picture(f"board/{CITY}/duty"))

    return [seconds(partial(one, chance.randrange(1, head)))[0] * 1000 for _ in range(SEEKS)]


def _mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
