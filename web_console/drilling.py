"""A drill in a realm of its own: made, played in virtual time, resumed. Only assembly may do this."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from command.core.asks import Ask
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.errors import MusterError
from command.core.log_sqlite import SqliteLog
from drills.agenda import Cast
from drills.city import CityPlan
from drills.conduct import BindPolicy, Drill, OpenDrill, StopPolicy
from drills.conduct.facts import KEY
from drills.disturbed import Disturbed
from drills.leaders import Gateway, Leaders, way_of
from drills.picture import Picture
from drills.players import Officers
from drills.responders import Responders, usual_profile
from drills.scenario import Scenario, dump
from drills.stage import Seen, Stage
from drills.staging import Staged, opening, stage
from mobilization.planning import Outlook
from mobilization.policies import OrdersPolicy, PagerPolicy, WavePolicy
from web_console.about import About, make_realm, read_about
from web_console.bringing import bring_city
from web_console.drill_files import SCENARIO_FILE, read_drill
from web_console.house import House
from web_console.open_roads import OpenRoads

DAY = date(2026, 7, 14)
"""The day a simulated drill plays on, in the middle of the rains; a file says the hour."""
_BEIJING = timezone(timedelta(hours=8))
_PREPARED_MS = 60_000
KIND = "drill"


class Played(NamedTuple):
    """A drill that was played to its end. `refused`: commands of simulated people that came too late, by code."""

    folder: Path
    scenario: Scenario
    events: int
    simulated_ms: int
    refused: dict[str, int]


def make_drill(folder: Path, scenario: Scenario, *, master: bytes, way: str = "simulated") -> None:
    """A new realm of kind drill with a made-up city, and the drill opened in it; nothing is played yet. `way`: how it is played, as it
    is recorded. Raises FileExistsError,
    ScenarioFault, ValueError where the file brings no city."""
    if scenario.city is None:
        raise ValueError(f"{scenario.id}: 方案没有写城市，只能在已有名册上实施 · names no city, so it plays on a registry only")
    begin_ms = begin_of(scenario)
    plan = plan_of(scenario)
    make_realm(folder, About(city=plan.code, name=f"{plan.name}（虚构）", kind=KIND))
    text = dump(scenario)
    (folder / SCENARIO_FILE).write_bytes(text)
    house = _house(folder, plan.code, ManualClock(begin_ms - _PREPARED_MS), scenario.seed, master)
    bring_city(house, plan)
    staged = staged_in(house, scenario)
    command = OpenDrill(opening=opening(staged, text=hashlib.sha256(text).hexdigest(), way=way, begin_ms=begin_ms))
    outcome = house.core.turn([Ask(command=command, actor="simulated:controller", command_id="drill-opened")])[0]
    if isinstance(outcome, MusterError):
        raise outcome
    asyncio.run(house.close())


def play(folder: Path, *, master: bytes, until_ms: int | None = None) -> Played:
    """Play it on from where it stands, to its end or `until_ms`; a run that was killed goes on as if it had not been."""
    scenario = read_drill(folder)
    about = read_about(folder, kind=KIND)
    clock = ManualClock(_last_ms(folder))
    (folder / "alive").unlink(missing_ok=True)  # virtual time knows no outage
    house = _house(folder, about.city, clock, scenario.seed, master)
    try:
        acting = simulated(house, clock, staged_in(house, scenario))
        drill = house.core.world.look(KEY)
        if not isinstance(drill, Drill):
            raise FileNotFoundError(f"{folder}: 没有开始的演练 · no drill was opened here")
        start_ms = clock.wall_ms()
        acting.run(drill.opened.end_ms if until_ms is None else until_ms)
        return Played(folder, scenario, house.core.position, clock.wall_ms() - start_ms, acting.refused)
    finally:
        asyncio.run(house.close())


def simulated(house: House, clock: ManualClock, staged: Staged) -> Stage:
    """Everyone in it is simulated: the desks by the file, the leaders by their behaviour."""
    officers = Officers(staged, look=house.core.world.look, ground=house.ground, channels=staged.scenario.channels)
    return stage_of(house, clock, desks=officers, seed=staged.scenario.seed, staged=staged)


def stage_of(
    house: House, clock: ManualClock, *, desks: Cast, seed: int, staged: Staged | None = None, seen: Sequence[Seen] = ()
) -> Stage:  # fmt: skip
    """The whole house in virtual time, with these desks. `staged`: of a drill, whose file says how leaders behave and what fails."""
    look = house.core.world.look
    picture = Picture(look)
    roads = OpenRoads(picture.standing_zones)
    catalogue = house.catalogue

    disturbed = Disturbed(staged, look)
    behaviour = staged.scenario.behaviour if staged is not None else ""
    responders = Responders(
        seed=seed, profile_of=(lambda _: behaviour) if behaviour else usual_profile,
        travel=lambda call: way_of(call, look, roads(catalogue.travel), lambda: catalogue.travel),
    )  # fmt: skip

    def is_awake(_person: str) -> bool:
        return not disturbed.pages_fail(clock.wall_ms())

    def outlook() -> Outlook:
        return Outlook(roster=catalogue.roster, travel=roads(catalogue.travel), is_awake=is_awake)

    for record in house.realm.log.after(0, 1 << 62):
        picture.follow(house.core.event(record))
    return Stage(
        core=house.core, log=house.realm.log, clock=clock, seen=[picture, *seen],
        policies=[
            WavePolicy(look=look, outlook=outlook, keep=house.keep_reasons),
            PagerPolicy(look=look, is_awake=is_awake),
            OrdersPolicy(look=look, orders_of=picture.orders_of),
            BindPolicy(look=look),
            StopPolicy(running=lambda: [key.partition(":")[2] for key in house.core.world.keys("mobilization")]),
        ],
        casts=[
            desks,
            Leaders(responders, look=look, calls=list(picture.calls), orders_of=picture.orders_of, disturbed=disturbed),
            Gateway(list(picture.sending.values())),
        ],
    )  # fmt: skip


def staged_in(house: House, scenario: Scenario) -> Staged:
    return stage(scenario, city=house.city, divisions=list(house.names.divisions), ground=house.ground)


def begin_of(scenario: Scenario) -> int:
    hours, minutes = (int(part) for part in scenario.begins.split(":"))
    begin = datetime(DAY.year, DAY.month, DAY.day, hours, minutes, tzinfo=_BEIJING)
    return round(begin.timestamp() * 1000)


def plan_of(scenario: Scenario) -> CityPlan:
    """The made-up city of a file."""
    assert scenario.city is not None  # noqa: S101 -- callers have looked
    return CityPlan(
        seed=scenario.city.seed, today=DAY, people=scenario.city.people, teams=scenario.city.teams, specialists=scenario.city.specialists
    )  # fmt: skip


def _house(folder: Path, city: str, clock: ManualClock, seed: int, master: bytes) -> House:
    """The disk is not waited for: a drill that a power cut shortens is played again."""
    return House(folder, city=city, kind=KIND, clock=clock, chance=SeededChance(seed), master=master, full_sync=False)


def _last_ms(folder: Path) -> int:
    """When the last event of the log was recorded: there virtual time goes on."""
    log = SqliteLog(folder / "log.db", epoch="", read_only=True)
    try:
        position, _ = log.head()
        return log.after(position - 1, 1)[0].at_ms
    finally:
        log.close()
