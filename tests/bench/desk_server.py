"""A real server of a large made-up city where fifty incidents were left unanswered for ten minutes, for the bench: leaves what is
needed to look at it, then serves.

`python -m tests.bench.desk_server FOLDER PORT`
"""

import asyncio
import json
import sys
from pathlib import Path

from command.core.chance import SeededChance
from command.core.clock import Clock, ManualClock, SystemClock
from drills.city import CityPlan
from tests.bench.ring_server import PASSWORD, QUICK
from web_console.app import make_app
from web_console.bringing import bring_city
from web_console.demo import open_incident
from web_console.house import House
from web_console.serving import serve

INCIDENTS, TEAMS = 50, 5_000
LEFT_MIN, STEP_S = 10, 15
CITY = CityPlan(
    teams=TEAMS, people=30_000, townships=74, villages_per_township=40, village_station_share=1.0, post_spacing_km=0.62
)


async def fill(house: House) -> None:
    """Fifty incidents beside stations all over the city, each with a call-out."""
    stations = sorted(station.id for station in house.names.stations.values())
    for station in stations[:: max(len(stations) // INCIDENTS, 1)][:INCIDENTS]:
        await open_incident(house, at=station)


async def leave_alone(house: House, clock: ManualClock) -> None:
    """Nobody answers: waves run out, the next ones are called, until the time is over."""
    await house.open()
    await fill(house)
    for _ in range(LEFT_MIN * 60 // STEP_S):
        await house.settle()
        clock.advance(seconds=STEP_S)
    await house.close()


def opened(folder: Path, clock: Clock) -> House:
    return House(
        folder / "realm", city=CITY.code, kind="demo", clock=clock, chance=SeededChance(1), master=b"b" * 32, hasher=QUICK
    )


def main(folder: Path, port: int) -> None:
    clock = ManualClock(SystemClock().wall_ms() - LEFT_MIN * 60_000)
    house = opened(folder, clock)
    bring_city(house, CITY)
    now_ms = house.core.now_ms()
    officer = next(o for o in sorted(house.names.officers.values(), key=lambda o: o.id) if o.post == house.city)
    leader = min(team.leader for team in house.names.teams.values())
    tokens = {}
    for kind, subject in (("officer", officer.id), ("person", leader)):
        house.accounts.add(subject, kind=kind, subject=subject, password=PASSWORD)
        tokens[kind] = house.accounts.sign_in(subject, PASSWORD, kind=kind, now_ms=now_ms)[0]
    told = {**tokens, "stations": len(house.names.stations), "teams": len(house.names.teams), "topic": f"board/{house.city}/duty"}
    (folder / "told.json").write_text(json.dumps(told), "utf-8")
    asyncio.run(leave_alone(house, clock))
    serve(make_app(opened(folder, SystemClock()), live=True), host="127.0.0.1", port=port)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
