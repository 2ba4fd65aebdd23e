"""kill -9 around a message that leaves the house: a gateway's own ledger shows at most one per call, and nobody is forgotten."""

import asyncio
import os
import random
from pathlib import Path

import pytest

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.facts import Authority
from incidents import default_lead, place_for
from mobilization import Call, CallState, RaiseAndOrder
from tests.kit import need, raising
from tests.test_kill import ROUNDS, Killer
from tests.town import INSIDE, MASTER, open_town
from web_console.house import House

POINTS = ("after attempt started", "after send", "before cursor", "after commit", "before lock")
COUNTY = Authority(post="990101", role="duty_officer")


class Ledger:
    """A gateway that writes what it took into a file of its own, at once."""

    name = "sms"

    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        file = os.open(self._path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        os.write(file, f"{reference}\n".encode())
        os.close(file)

    def read(self) -> list[str]:
        return self._path.read_text().split() if self._path.exists() else []


def open_house(folder: Path, seed: int, clock: ManualClock, killer: Killer | None = None) -> House:
    return House(
        folder / "realm", city="9901", kind="live", clock=clock, chance=SeededChance(seed), master=MASTER,
        channels=(Ledger(folder / "ledger"),), probe=killer or (lambda _: None),
    )  # fmt: skip


async def call_out(house: House, incident: str) -> None:
    await house.open()
    await house.settle()
    place = place_for(house.ground, *INSIDE, township=None, private_home=False)
    one = raising(incident, needs=(need(minimum=1, maximum=4),))
    plain = {name: getattr(one, name) for name in one.__struct_fields__} | {"place": place, "lead": default_lead(place.path)}
    order = RaiseAndOrder(raising=type(one)(**plain), mobilization=f"m-{incident}", channels=house.channels)
    await house.ask(order, actor="officer:bo", command_id=f"{incident}-order", authority=COUNTY)
    await house.settle()


def die_while_calling(folder: Path, round_: int, point: str, passing: int, now_ms: int) -> None:
    child = os.fork()
    if child == 0:
        try:
            house = open_house(folder, 1000 + round_, ManualClock(now_ms), Killer(point, passing))
            asyncio.run(call_out(house, f"i{round_:04d}"))
        finally:
            os._exit(0)  # a point that was not passed so often is no fault
    os.waitpid(child, 0)


async def live_on(house: House, incident: str) -> None:
    """After the crash: the order is sent again by the desk, and the house settles."""
    await call_out(house, incident)
    for key in house.view.world.keys("call"):
        call = house.view.call(key.partition(":")[2])
        assert isinstance(call, Call)
        if call.state is CallState.OPEN:
            assert call.attempt is not None, "a sleeping phone was sent its message"
            assert house.view.world.due_at(key, "lapse") is not None, "and the call will lapse if it stays silent"
    await house.close()


@pytest.mark.parametrize("point", POINTS)
def test_kill_around_a_send(tmp_path: Path, point: str) -> None:
    chance = random.Random(f"sending {point}")
    clock = ManualClock()
    town = open_town(tmp_path, clock=clock)
    town.realm.close()
    ledger = Ledger(tmp_path / "ledger")
    for round_ in range(max(ROUNDS // len(POINTS) // 2, 1)):
        clock.advance(seconds=200)
        die_while_calling(tmp_path, round_, point, chance.randint(1, 4), clock.wall_ms())
        asyncio.run(live_on(open_house(tmp_path, 5000 + round_, clock), f"i{round_:04d}"))
        sent = ledger.read()
        assert sent
        assert len(sent) == len(set(sent)), "no message twice"
