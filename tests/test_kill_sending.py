"""kill -9 around a message that leaves the house: a gateway's own ledger shows at most one per call, and nobody is forgotten."""

import asyncio
import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.facts import Authority
from command.core.log_sqlite import SqliteLog
from incidents import default_lead, place_for
from mobilization import AttemptStarted, Call, CallState, RaiseAndOrder
from tests.kit import need, raising
from tests.test_kill import ROUNDS, Killer
from tests.town import INSIDE, MASTER, open_town
from web_console.house import House
from web_console.pager import Channel

POINTS = ("after attempt started", "after send", "before cursor", "after commit", "before lock")
COUNTY = Authority(post="990101", role="duty_officer")
INCIDENT = "i1"


class Ledger(Channel):
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


class Passings:
    """Counts how often a point is passed."""

    def __init__(self, point: str) -> None:
        self._point, self.count = point, 0

    def __call__(self, point: str) -> None:
        self.count += point == self._point


def open_house(folder: Path, seed: int, clock: ManualClock, probe: Callable[[str], None] = lambda _: None) -> House:
    return House(
        folder / "realm", city="9901", kind="live", clock=clock, chance=SeededChance(seed), master=MASTER,
        channels=(Ledger(folder / "ledger"),), probe=probe,
    )  # fmt: skip


async def call_out(house: House) -> None:
    await house.open()
    await house.settle()
    place = place_for(house.ground, *INSIDE, township=None, private_home=False)
    fire = raising(INCIDENT, needs=(need(minimum=1, maximum=4),))
    fire = msgspec.structs.replace(fire, place=place, lead=default_lead(place))
    order = RaiseAndOrder(raising=fire, mobilization=f"m-{INCIDENT}", channels=house.channels)
    await house.ask(order, actor="officer:bo", command_id="order", authority=COUNTY)
    await house.settle()


def passings(folder: Path, point: str, clock: ManualClock) -> int:
    """How often a call-out that nobody kills passes this point: each of them is a place to die."""
    counted = Passings(point)
    house = open_house(folder, 1, clock, counted)
    asyncio.run(call_out(house))
    house.realm.close()
    return counted.count


def die_while_calling(folder: Path, seed: int, killer: Killer, clock: ManualClock) -> None:
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(call_out(open_house(folder, seed, clock, killer)))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child was to die by the signal"
    assert os.WTERMSIG(status) == signal.SIGKILL


def head_of(folder: Path) -> int:
    log = SqliteLog(folder / "realm" / "log.db", epoch="")
    try:
        return log.head()[0]
    finally:
        log.close()


async def live_on(folder: Path, seed: int, clock: ManualClock, killed_at: int) -> None:
    """After the crash: the order is sent again by the desk, the house settles, and every call has become something."""
    house, ledger = open_house(folder, seed, clock), Ledger(folder / "ledger")
    await call_out(house)
    begun = {
        fact.attempt: record.position
        for record in house.realm.log.after(0, 10_000)
        if isinstance(fact := house.core.event(record).fact, AttemptStarted)
    }
    calls = [house.view.call(call) for call in house.view.calls_of[INCIDENT]]
    first = [call for call in calls if call is not None and call.wave == 1]
    assert first, "the round called somebody"
    sent = ledger.read()
    assert len(sent) == len(set(sent)), "no message twice"
    assert set(sent) <= set(begun), "none that was not recorded first"
    for call in first:
        assert_sees_something(call, sent, begun, killed_at, followed=len(calls) > len(first))
    for open_ in (call for call in calls if call is not None and call.state is CallState.OPEN):
        assert f"call/{open_.id}" in house.screens.picture_of(f"me/{open_.person}"), "on its phone"
        assert open_.attempt_result == "sent", "a sleeping phone got its message"
        assert house.view.world.due_at(f"call:{open_.id}", "lapse") is not None, "and the call lapses if it stays silent"
    await house.close()


def assert_sees_something(call: Call, sent: list[str], begun: dict[str, int], killed_at: int, *, followed: bool) -> None:
    """Sent; or unknown, because it was begun before the kill, and others are called in its place."""
    assert call.attempt is not None
    if call.attempt_result == "sent":
        assert sent.count(call.attempt) == 1
    else:
        assert call.attempt_result == "unknown"
        assert begun[call.attempt] <= killed_at, "what nobody began is not given up"
        assert call.state is CallState.LAPSED
        assert followed


@pytest.mark.parametrize("point", POINTS)
def test_kill_around_a_send(tmp_path: Path, point: str) -> None:
    """Every round in a town of its own, so that every round calls the same best teams."""
    chance, clock = random.Random(f"sending {point}"), ManualClock()
    asyncio.run(open_town(tmp_path / "town", clock=clock).close())
    shutil.copytree(tmp_path / "town", tmp_path / "dry")
    most = passings(tmp_path / "dry", point, clock)
    assert most > 1
    for round_ in range(max(ROUNDS // len(POINTS) // 2, 1)):
        folder = tmp_path / f"round{round_}"
        shutil.copytree(tmp_path / "town", folder)
        clock.advance(seconds=200)
        die_while_calling(folder, 1000 + round_, Killer(point, chance.randint(1, most)), clock)
        asyncio.run(live_on(folder, 5000 + round_, clock, head_of(folder)))
