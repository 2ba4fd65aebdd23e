"""kill -9 at named points of a turn: nothing acknowledged is lost, nothing is there twice, a retry gets the same receipt.

A short seeded form runs with the suite; `MUSTER_KILL_ROUNDS=200` runs all of it.
"""

import os
import random
import signal
from pathlib import Path

import msgspec
import pytest

from command.core.asks import Ask, Receipt
from command.core.core import Core
from command.core.records import first_break
from tests.kit import COUNTY, Desk, accept, ordered, planned, wave
from tests.rules import HOUSE

POINTS = ("before lock", "after decide", "after insert", "after commit", "before reply")
ROUNDS = int(os.environ.get("MUSTER_KILL_ROUNDS", "25"))


class Killer:
    """Kills this very process at the n-th passing of a point."""

    def __init__(self, point: str, passing: int) -> None:
        self._point, self._left = point, passing

    def __call__(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def commands(round_: int) -> list[Ask]:
    """One incident with its wave and answers; the round is in every id, so that all rounds share one log."""
    incident, made = f"i{round_}", []
    calls = tuple(planned(n, call=f"{round_}-{n}", person=f"p{round_}-{n}", team=f"t{round_}-{n}") for n in range(6))
    made.append(Ask(command=ordered(incident), actor="officer:1", command_id=f"{round_:05d}-0", authority=COUNTY))
    made.append(Ask(command=wave(calls, incident=incident), actor="policy:waves", command_id=f"{round_:05d}-1", authority=COUNTY))
    for n in range(6):
        answer = accept(f"{round_}-{n}")
        made.append(Ask(command=answer, actor=f"person:p{round_}-{n}", command_id=f"{round_:05d}-{n + 2}"))
    return made


def live_and_die(folder: Path, turns: list[list[Ask]], killer: Killer, out: int) -> None:
    """The child: ask batch by batch, tell the parent each receipt only once it is given."""
    desk = Desk(folder)
    desk.core = Core(log=desk.log, rules=HOUSE, vault=desk.vault, clock=desk.clock, probe=killer)
    for asks in turns:
        for receipt in desk.core.turn(asks):
            os.write(out, msgspec.json.encode(receipt) + b"\n")
    os._exit(0)


def run_until_killed(folder: Path, turns: list[list[Ask]], killer: Killer) -> list[Receipt]:
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live_and_die(folder, turns, killer, writable)
        finally:
            os._exit(1)
    os.close(writable)
    with os.fdopen(readable, "rb") as pipe:
        heard = pipe.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child was to die by the signal"
    return [msgspec.json.decode(line, type=Receipt) for line in heard.splitlines()]


@pytest.mark.parametrize("point", POINTS)
def test_kill_at_a_named_point(tmp_path: Path, point: str) -> None:
    chance = random.Random(f"muster {point}")
    acknowledged: dict[str, Receipt] = {}
    for round_ in range(max(ROUNDS // len(POINTS), 1)):
        asks, at_once = commands(round_), chance.randint(1, 8)
        turns = [asks[start : start + at_once] for start in range(0, len(asks), at_once)]
        heard = run_until_killed(tmp_path, turns, Killer(point, chance.randint(1, len(turns))))
        acknowledged |= {receipt.command_id: receipt for receipt in heard}
        desk = Desk(tmp_path)
        assert_every_turn_is_there_whole_or_not_at_all(desk, turns)
        assert_nothing_lost_or_doubled(desk, asks, acknowledged)
        desk.close()


def assert_every_turn_is_there_whole_or_not_at_all(desk: Desk, turns: list[list[Ask]]) -> None:
    there = {record.command_id for record in desk.log.after(0, 1_000_000)}
    taken = [{ask.command_id for ask in asks} <= there for asks in turns]
    assert [bool({ask.command_id for ask in asks} & there) for asks in turns] == taken
    assert taken == sorted(taken, reverse=True), "and none without those before it"


def assert_nothing_lost_or_doubled(desk: Desk, asks: list[Ask], acknowledged: dict[str, Receipt]) -> None:
    records = desk.log.after(0, 1_000_000)
    assert first_break(records) is None
    firsts = [record.command_id for record in records if record.ordinal == 0]
    assert len(firsts) == len(set(firsts))
    assert set(acknowledged) <= set(firsts)
    retried = [desk.core.turn([ask])[0] for ask in asks]
    for receipt in retried:
        assert isinstance(receipt, Receipt)
        earlier = acknowledged.get(receipt.command_id, receipt)
        assert msgspec.json.encode(receipt) == msgspec.json.encode(earlier)
        acknowledged[receipt.command_id] = receipt
    seats = desk.core.world.look(f"mobilization:m-i{asks[0].command_id[:5].lstrip('0') or '0'}").needs[0]
    assert seats.promised == seats.maximum
