"""Figures of planning: a wave in the demo city by road, beside the same by the straight line."""

import asyncio
import statistics
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from drills.city import CityPlan
from geo import straight_line
from mobilization.planning import Asking, Outlook, plan_wave
from tests.bench.figures import Figure, seconds
from web_console.bringing import bring_city
from web_console.demo import open_incident
from web_console.house import House

ROUNDS = 50


def run() -> list[Figure]:
    with TemporaryDirectory() as folder:
        return asyncio.run(_plan(Path(folder)))


async def _plan(folder: Path) -> list[Figure]:
    house = House(folder / "realm", city="9901", kind="demo", clock=ManualClock(), chance=SeededChance(1), master=b"b" * 32)
    bring_city(house, CityPlan())
    await house.open()
    await open_incident(house)
    await house.settle()
    (incident,) = (state for name in house.view.incidents if (state := house.view.incident(name)) is not None)
    state = house.view.look(f"mobilization:m-{incident.id}")
    places = [(team.lon, team.lat) for team in house.names.teams.values()][:ROUNDS]
    by_road = house.outlook()
    by_line = by_road._replace(travel=straight_line)

    def planned(outlook: Outlook) -> float:
        """Median milliseconds, each round at a place of its own, so that no search is held from before."""
        spent = []
        for lon, lat in places:
            moved = msgspec.structs.replace(incident, place=msgspec.structs.replace(incident.place, lon=lon, lat=lat))
            asking = Asking(house.view.look, now_ms=house.core.now_ms(), wave_id="bench", more=3)
            work = partial(plan_wave, state, moved, outlook, asking)
            spent.append(seconds(work)[0])
        return statistics.median(spent) * 1000

    figure = Figure("plan_wave_by_road_ms", planned(by_road), "ms", "by the straight line", planned(by_line), "under 50")
    await house.close()
    return [figure]
