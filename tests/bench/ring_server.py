"""A real server of a made-up city with many leaders, for the bench: prints its port and its sessions' tokens, then serves.

`python -m tests.bench.ring_server FOLDER LEADERS full|nosync`
"""

import json
import sys
from pathlib import Path

from argon2 import PasswordHasher

from command.core.chance import SeededChance
from command.core.clock import SystemClock
from drills.city import CityPlan
from web_console.app import make_app
from web_console.bringing import bring_city
from web_console.house import House
from web_console.serving import serve

PASSWORD = "of-the-bench"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # a thousand sign-ins are not what is measured


def main(folder: Path, leaders: int, *, full_sync: bool, port: int) -> None:
    house = House(
        folder / "realm", city="9901", kind="demo", clock=SystemClock(), chance=SeededChance(1), master=b"b" * 32, hasher=QUICK,
        full_sync=full_sync,
    )  # fmt: skip
    bring_city(house, CityPlan(people=leaders * 10, teams=leaders, specialists={"FIRST_AID": leaders * 5}))
    found = sorted({team.leader for team in house.names.teams.values()})[:leaders]
    now_ms = house.core.now_ms()
    tokens = {}
    for person in found:
        house.accounts.add(person, kind="person", subject=person, password=PASSWORD)
        tokens[person] = house.accounts.sign_in(person, PASSWORD, kind="person", now_ms=now_ms)[0]
    officer = next(o for o in sorted(house.names.officers.values(), key=lambda o: o.id) if o.post == house.city)
    house.accounts.add("desk", kind="officer", subject=officer.id, password=PASSWORD)
    desk = house.accounts.sign_in("desk", PASSWORD, kind="officer", now_ms=now_ms)[0]
    places = [[t.lon, t.lat] for t in house.names.teams.values() if t.speciality == "FIRST_AID"]
    told = {"desk": desk, "leaders": tokens, "places": places}
    (folder / "told.json").write_text(json.dumps(told), "utf-8")
    serve(make_app(house, live=True), host="127.0.0.1", port=port)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), full_sync=sys.argv[3] == "full", port=int(sys.argv[4]))
