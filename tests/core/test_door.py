"""The door: lanes in order, a bounded queue, callers that leave."""

import asyncio
import threading

import pytest

from command.core.asks import Ask
from command.core.door import BATCH_MOST, BULK_MOST, WAITING_MOST, Door, Lane
from command.core.errors import Bug, Busy
from tests.kit import COUNTY, Desk, raising


def ask(number: int) -> Ask:
    return Ask(command=raising(f"i{number}"), actor="officer:1", command_id=f"{number:06d}", authority=COUNTY)


class Held:
    """A desk whose first turn waits until it is let go, so that commands pile up behind it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = Desk()
        self.free = threading.Event()
        self.turns: list[list[str]] = []
        turn = self.desk.core.turn

        def held(asks: list[Ask]) -> object:
            self.free.wait(30)
            self.turns.append([ask.command_id for ask in asks])
            return turn(asks)

        monkeypatch.setattr(self.desk.core, "turn", held)
        self.rung: list[int] = []
        self.door = Door(self.desk.core, bell=self.rung.append)


async def test_answers_pass_before_officers_before_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    waiting = [asyncio.create_task(held.door.handle(ask(0)))]
    await asyncio.sleep(0)
    for number, lane in ((1, Lane.BULK), (2, Lane.POLICIES), (3, Lane.OFFICERS), (4, Lane.SOS_AND_ANSWERS)):
        waiting.append(asyncio.create_task(held.door.handle(ask(number), lane)))
    await asyncio.sleep(0)
    held.free.set()
    positions = [receipt.position for receipt in await asyncio.gather(*waiting)]
    assert positions[0] < positions[4] < positions[3] < positions[2] < positions[1]
    assert held.rung[-1] == held.desk.core.position
    await held.door.close()


async def test_more_than_may_wait_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    waiting = [asyncio.create_task(held.door.handle(ask(n), Lane.OFFICERS)) for n in range(WAITING_MOST)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    crowd = [asyncio.create_task(held.door.handle(ask(9000 + n), Lane.OFFICERS)) for n in range(600)]
    await asyncio.sleep(0)
    held.free.set()
    outcomes = await asyncio.gather(*waiting, *crowd, return_exceptions=True)
    refused = [each for each in outcomes if isinstance(each, Busy)]
    assert refused
    assert refused[0].facts == {"retry_after_ms": 250}
    assert len(held.desk.core.world.keys("incident")) == len(outcomes) - len(refused)
    await held.door.close()


async def test_whoever_asks_is_answered_also_when_no_turn_can_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    door = Door(desk.core, bell=lambda _position: None)
    with monkeypatch.context() as broken:
        broken.setattr(desk.core, "turn", lambda _asks: 1 // 0)
        outcomes = await asyncio.gather(*(door.handle(ask(n)) for n in range(3)), return_exceptions=True)
    assert [type(each) for each in outcomes] == [Bug] * 3
    assert (await door.handle(ask(9))).position > 0
    door._writer.shutdown()
    with pytest.raises(Bug):
        await door.handle(ask(10))
    await door.close()


async def test_deadlines_are_not_looked_at_while_a_turn_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking throws out what stands no more, and the writer is putting in what does."""
    held, looked = Held(monkeypatch), list[bool]()

    def look() -> bool:
        looked.append(True)
        return False

    monkeypatch.setattr(held.desk.core, "is_due", look)
    waiting = asyncio.create_task(held.door.handle(ask(0)))
    await asyncio.sleep(0)
    await held.door.tick()
    assert looked == []
    held.free.set()
    await waiting
    await held.door.quiet()
    await held.door.tick()
    assert looked == [True]
    await held.door.close()


async def test_bulk_may_have_only_a_few_outstanding(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    waiting = [asyncio.create_task(held.door.handle(ask(n), Lane.BULK)) for n in range(BULK_MOST + 1)]
    await asyncio.sleep(0)
    held.free.set()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(each, Busy) for each in outcomes] == [False] * BULK_MOST + [True]
    await held.door.close()


async def test_a_caller_that_leaves_does_not_take_the_command_along(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    leaving = asyncio.create_task(held.door.handle(ask(1)))
    await asyncio.sleep(0)
    leaving.cancel()
    held.free.set()
    await held.door.quiet()
    assert held.desk.core.world.look("incident:i1") is not None
    await held.door.close()


async def test_an_answer_is_in_the_next_turn_however_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Overload: officers wait by the thousand, a turn takes 512, and who answers stands before all of them."""
    held = Held(monkeypatch)
    waiting = [asyncio.create_task(held.door.handle(ask(0)))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting += [asyncio.create_task(held.door.handle(ask(n), Lane.OFFICERS)) for n in range(1, WAITING_MOST - 100)]
    await asyncio.sleep(0)
    waiting += [asyncio.create_task(held.door.handle(ask(9_000 + n), Lane.SOS_AND_ANSWERS)) for n in range(3)]
    await asyncio.sleep(0)
    held.free.set()
    await asyncio.gather(*waiting)
    assert held.turns[0] == ["000000"]
    assert held.turns[1][:3] == ["009000", "009001", "009002"]
    assert held.turns[1][3:] == [f"{n:06d}" for n in range(1, BATCH_MOST - 2)], "then in order of arrival"
    assert {len(turn) for turn in held.turns[1:-1]} == {BATCH_MOST}
    await held.door.close()
