"""What goes wrong inside a turn stays inside it."""

import asyncio
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from command.core.asks import Ask, Receipt
from command.core.door import Door
from command.core.errors import Bug, Busy, LogBroken, LogUnavailable, ReadOnly
from command.core.facts import Command, Event, Fact, Look, Moment, Rules, join
from command.core.followers import Bell, Cursors, MemoryCursors, Policy, Projection, Tail
from command.core.log_sqlite import SqliteLog
from command.core.records import chain
from command.core.world import World
from incidents import Raised, VerifyIncident
from mobilization import AnswerCall, OrderCall
from tests.kit import COUNTY, Desk, need, ordered, planned, raising, wave
from tests.rules import HOUSE


class Stumble(Command, frozen=True, kw_only=True):
    """A command whose decider has a bug."""


def stumble(look: Look, command: Stumble, moment: Moment) -> Iterator[Raised]:
    yield from ()
    raise ZeroDivisionError


def ask(command: Command, number: int) -> Ask:
    return Ask(command=command, actor="officer:1", command_id=f"{number:05d}", authority=COUNTY)


def refold(desk: Desk) -> World:
    world = World(HOUSE.kinds)
    for record in desk.log.after(0, 1_000_000):
        world.apply(desk.core.event(record))
    return world


def assert_world_is_its_refold(desk: Desk) -> None:
    fresh = refold(desk)
    for kind in HOUSE.kinds:
        assert {k: desk.core.world.look(k) for k in desk.core.world.keys(kind.prefix)} == {
            k: fresh.look(k) for k in fresh.keys(kind.prefix)
        }
    assert desk.core.world.next_due_ms() == fresh.next_due_ms()


def test_inside_the_turn_a_full_disk_refuses_the_whole_batch(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ask(raising("i0"))
    assert isinstance(desk.log, SqliteLog)
    pages = desk.log._write.execute("PRAGMA page_count").fetchone()[0]
    desk.log._write.execute(f"PRAGMA max_page_count = {pages + 1}")
    outcomes = desk.core.turn([ask(raising(f"i{n}"), n) for n in range(1, 200)])
    assert {type(each) for each in outcomes} == {LogUnavailable}
    assert desk.core.world.look("incident:i1") is None
    assert_world_is_its_refold(desk)
    desk.log._write.execute("PRAGMA max_page_count = 1000000")
    assert isinstance(desk.core.turn([ask(raising("i1"), 1)])[0], Receipt)
    assert_world_is_its_refold(desk)
    desk.close()


def test_inside_the_turn_a_failing_commit_puts_everything_back(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    desk.ask(raising("i0"))
    turn: Callable[..., object] = desk.log.turn

    @contextmanager
    def full() -> Iterator[object]:
        with turn() as page:  # type: ignore[attr-defined]
            page.commit = lambda: (_ for _ in ()).throw(LogUnavailable(why="disk full"))
            yield page

    monkeypatch.setattr(desk.log, "turn", full)
    outcomes = desk.core.turn([ask(raising("i1"), 1), ask(VerifyIncident(incident="i0"), 2)])
    assert {type(each) for each in outcomes} == {LogUnavailable}
    assert_world_is_its_refold(desk)
    monkeypatch.undo()
    assert isinstance(desk.core.turn([ask(raising("i1"), 1)])[0], Receipt)


def test_inside_the_turn_a_batch_that_is_refused_leaves_every_deadline_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wave sets deadlines, an answer ends one: both in the batch that fails."""
    desk = Desk()
    desk.ask(ordered())
    desk.ask(wave((planned(1), planned(2))))
    before = {call: desk.core.world.due_at(f"call:{call}", "lapse") for call in ("c1", "c2", "c3")}
    with monkeypatch.context() as full:
        full.setattr(desk.core, "_append", _full)
        asks = [
            ask(wave((planned(3),)), 1),
            Ask(command=AnswerCall(call="c1", answer="decline"), actor="person:p1", command_id="a"),
        ]
        assert {type(each) for each in desk.core.turn(asks)} == {LogUnavailable}
    assert {call: desk.core.world.due_at(f"call:{call}", "lapse") for call in before} == before
    assert_world_is_its_refold(desk)


def _full(*_: object) -> None:
    raise LogUnavailable(why="disk full")


def test_inside_the_turn_a_stopped_core_gathers_nothing() -> None:
    """It may be asked a million times before somebody looks: its one error does not remember the way of each."""
    desk = Desk()
    desk.core.stopped_by = stopped = ReadOnly(position=1)
    for _ in range(500):
        desk.ask(raising("i2"))
    assert len(list(traceback.walk_tb(stopped.__traceback__))) < 20


@pytest.mark.parametrize("stage", ["after decide", "after insert", "after commit", "before reply"])
def test_inside_the_turn_whatever_raises_everyone_is_answered_and_nothing_false_stands(stage: str) -> None:
    """A fault that is no refusal, anywhere in the turn: the log alone says what became of the commands."""
    desk = Desk()
    desk.ask(raising("i0"))
    faults = [stage]

    def fail(point: str) -> None:
        if point in faults:
            faults.remove(point)
            raise ZeroDivisionError

    desk.core._probe = fail
    outcomes = desk.core.turn([ask(raising("i1"), 1), ask(VerifyIncident(incident="i0"), 2)])
    assert [type(each) for each in outcomes] == [Bug, Bug]
    again = desk.core.turn([ask(raising("i1"), 1), ask(raising("i2"), 3)])
    assert [type(each) for each in again] == [Receipt, Receipt]
    assert desk.names().count("incident.raised") == 3
    assert_world_is_its_refold(desk)


def test_inside_the_turn_one_bug_in_a_batch_of_64_fails_one() -> None:
    desk = Desk()
    desk.core._deciders = {**desk.core._deciders, Stumble: stumble}
    asks = [ask(Stumble() if n == 40 else raising(f"i{n}"), n) for n in range(64)]
    outcomes = desk.core.turn(asks)
    assert [n for n, each in enumerate(outcomes) if not isinstance(each, Receipt)] == [40]
    assert isinstance(outcomes[40], Bug)
    assert len(desk.core.world.keys("incident")) == 63
    assert_world_is_its_refold(desk)


def test_inside_the_turn_a_fact_of_a_future_schema_makes_the_core_read_only(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ask(raising("i1"))
    with desk.log.turn() as page:
        position, before = page.head()
        future = desk.log.after(0, 1)[0]._replace(position=position + 1, schema=99, command_id="future")
        page.append([future._replace(hash=chain(before, future))])
        page.commit()
    outcome = desk.ask(raising("i2"))
    assert isinstance(outcome, ReadOnly)
    assert outcome.facts["schema"] == 99
    assert desk.core.world.look("incident:i1") is not None
    desk.close()
    again = Desk(tmp_path)
    assert isinstance(again.ask(raising("i2")), ReadOnly)
    assert again.core.world.look("incident:i1") is not None
    again.close()


class Clumsy:
    """A policy that raises on one incident and orders a call for every other."""

    name = "clumsy"
    heeds: tuple[type[Fact], ...] = (Raised,)

    def __init__(self) -> None:
        self.tried = 0

    def follow(self, event: Event) -> Ask | None:
        assert isinstance(event.fact, Raised)
        incident = event.fact.incident
        if incident == "bad":
            self.tried += 1
            raise ZeroDivisionError
        order = OrderCall(mobilization=f"m-{incident}", incident=incident, needs=(need(),))
        return Ask(command=order, actor="policy:clumsy", command_id=f"{event.position}/clumsy", authority=event.authority)


def tail_of(desk: Desk, *policies: Policy, cursors: Cursors, projections: Sequence[Projection] = ()) -> tuple[Door, Tail]:
    bell = Bell()
    door = Door(desk.core, bell=bell.ring)
    return door, Tail(
        core=desk.core, log=desk.log, door=door, bell=bell, projections=projections, policies=policies, cursors=cursors
    )


async def _run_tail(desk: Desk, policy: Policy, *, cursors: Cursors) -> None:
    door, tail = tail_of(desk, policy, cursors=cursors)
    await tail.drain()
    await door.close()


def test_inside_the_turn_a_policy_that_raises_is_parked_and_the_next_incident_is_called() -> None:
    desk = Desk()
    desk.ask(raising("bad"))
    desk.ask(raising("good"))
    policy = Clumsy()
    asyncio.run(_run_tail(desk, policy, cursors=MemoryCursors()))
    assert policy.tried == 3
    assert "follower.parked" in desk.names()
    assert desk.core.world.look("realm").parked[0].follower == "clumsy"
    assert desk.core.world.look("mobilization:m-good") is not None


class Shown:
    """A projection that notes what it was shown, and stumbles over one position."""

    name = "shown"

    def __init__(self, *, stumbles_at: int = 0) -> None:
        self.positions: list[int] = []
        self._stumbles_at = stumbles_at

    def follow(self, event: Event) -> None:
        self.positions.append(event.position)
        if event.position == self._stumbles_at:
            raise ZeroDivisionError


async def test_inside_the_turn_while_the_log_cannot_be_written_a_policy_waits_and_screens_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither parked nor passed over, not even where the parking could not be recorded; cursors stay before the event."""
    desk, cursors, shown = Desk(), MemoryCursors(), Shown(stumbles_at=2)
    desk.ask(raising("good"))
    desk.ask(raising("bad"))
    end, policy = desk.core.position, Clumsy()
    door, tail = tail_of(desk, policy, cursors=cursors, projections=[shown])
    for fault in (LogUnavailable(why="disk full"), Busy(250), ReadOnly(position=1), LogBroken(position=1)):
        with monkeypatch.context() as full:
            full.setattr(desk.core, "turn", lambda asks, fault=fault: [fault] * len(asks))
            await tail.drain()
            assert (tail.waiting["clumsy"], tail.waiting["shown"]) == (fault, fault)
            with pytest.raises(type(fault)):
                await tail.live()
        assert cursors.load("clumsy") < 1
    assert (shown.positions, policy.tried) == (list(range(1, end + 1)), 0)
    await tail.drain()
    assert tail.waiting == {}
    parked = [(each.follower, each.event) for each in desk.core.world.look("realm").parked]
    assert parked == [
        ("shown", 2),
        ("clumsy", next(n for n, name in enumerate(desk.names(), 1) if name == "incident.raised" and n > 1)),
    ]
    assert desk.core.world.look("mobilization:m-good") is not None
    await door.close()


async def test_inside_the_turn_a_stopped_core_is_not_planned_for(tmp_path: Path) -> None:
    desk, policy, shown = Desk(), Clumsy(), Shown()
    desk.ask(raising("bad"))
    desk.core.stopped_by = ReadOnly(position=1)
    door, tail = tail_of(desk, policy, cursors=MemoryCursors(), projections=[shown])
    await tail.drain()
    assert (policy.tried, tail.waiting, shown.positions[-1]) == (0, {"clumsy": desk.core.stopped_by}, desk.core.position)
    await door.close()


def test_inside_the_turn_following_twice_changes_nothing() -> None:
    desk = Desk()
    desk.ask(raising("good"))
    asyncio.run(_run_tail(desk, Clumsy(), cursors=MemoryCursors()))
    names = desk.names()
    asyncio.run(_run_tail(desk, Clumsy(), cursors=MemoryCursors()))
    assert desk.names() == names


def test_inside_the_turn_rules_taught_twice_are_an_error() -> None:
    with pytest.raises(ValueError, match=r"incident\.raised"):
        join(HOUSE, Rules(facts=(Raised,), kinds=(), deciders={}))


def test_inside_the_turn_a_fork_copies_a_dictionary_and_goes_its_own_way() -> None:
    desk = Desk()
    desk.ask(raising("i1"))
    fork = desk.core.world.fork()
    desk.ask(raising("i2"))
    assert fork.look("incident:i2") is None
    assert fork.look("incident:i1") is desk.core.world.look("incident:i1")


def test_inside_the_turn_receipts_are_plain_json() -> None:
    receipt = Desk().ask(raising("i1"))
    assert msgspec.json.decode(msgspec.json.encode(receipt))["events"][0]["name"] == "incident.raised"


async def test_inside_the_turn_who_follows_a_stopped_core_gathers_nothing_either() -> None:
    desk = Desk()
    desk.ask(raising("bad"))
    desk.core.stopped_by = stopped = ReadOnly(position=1)
    door, tail = tail_of(desk, Clumsy(), cursors=MemoryCursors())
    for _ in range(200):
        with pytest.raises(ReadOnly):
            await tail.live()
        with pytest.raises(ReadOnly):
            await door.handle(ask(raising("i2"), 1))
    await door.close()
    assert len(list(traceback.walk_tb(stopped.__traceback__))) < 20
