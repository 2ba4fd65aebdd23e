"""Recorded time never falls; deadlines that wait for people lose no time to outages or to a clock somebody set."""

from pathlib import Path
from threading import Thread

import pytest

from command.core.clock import ManualClock, Timekeeper
from command.core.facts import Deadline, Event, Fact, Kind
from command.core.realm_facts import Note, Resumed
from command.core.world import World
from tests.kit import Desk, ordered, planned, wave

HOUR_MS = 3_600_000
TERM = Deadline(kind="term", set_at_ms=0, due_at_ms=90_000, waits_for_people=True)
GAP = Resumed(down_from_ms=0, down_to_ms=600_000)


class Thing(Fact, frozen=True, kw_only=True):
    NAME = "thing.begun"

    def keys(self) -> tuple[str, ...]:
        return ("thing:1",)


class Set(Fact, frozen=True, kw_only=True):
    NAME = "thing.set"
    thing: str
    due_at_ms: int

    def keys(self) -> tuple[str, ...]:
        return (f"thing:{self.thing}",)


def _due_at(_state: int | None, event: Event) -> int:
    assert isinstance(event.fact, Set)
    return event.fact.due_at_ms


def _term_of(due_at_ms: int) -> list[Deadline]:
    return [Deadline(kind="term", set_at_ms=0, due_at_ms=due_at_ms)] if due_at_ms else []


def event_of(fact: Fact, *, at_ms: int) -> Event:
    return Event(
        position=1,
        at_ms=at_ms,
        happened_ms=at_ms,
        learned_ms=at_ms,
        name=fact.NAME,
        schema=1,
        keys=fact.keys(),
        actor="core",
        command_id="x",
        fact=fact,
    )


def desk_with_an_open_offer(folder: Path | None = None, clock: ManualClock | None = None) -> Desk:
    desk = Desk(folder, clock=clock)
    desk.ask(ordered())
    desk.ask(wave((planned(1),)))
    return desk


def recorded(desk: Desk) -> list[int]:
    return [record.at_ms for record in desk.log.after(0, 1_000)]


def test_time_an_offer_lapses_after_ninety_seconds_and_not_before() -> None:
    desk = desk_with_an_open_offer()
    desk.tick(seconds=89.9)
    assert "call.lapsed" not in desk.names()
    desk.tick(seconds=0.2)
    assert desk.names()[-1] == "call.lapsed"
    desk.tick(seconds=500)
    assert desk.names().count("call.lapsed") == 1


def test_time_wall_clock_an_hour_ahead_in_mid_wave() -> None:
    desk = desk_with_an_open_offer()
    desk.clock.advance(seconds=30)
    desk.clock.set_wall(by_ms=HOUR_MS)
    desk.tick()
    assert "clock.stepped" in desk.names()
    assert "call.lapsed" not in desk.names()
    desk.tick(seconds=59)
    assert "call.lapsed" not in desk.names()
    desk.tick(seconds=2)
    assert desk.names().count("call.lapsed") == 1
    assert recorded(desk) == sorted(recorded(desk))


def test_time_wall_clock_an_hour_back_in_mid_wave() -> None:
    desk = desk_with_an_open_offer()
    desk.clock.advance(seconds=30)
    desk.clock.set_wall(by_ms=-HOUR_MS)
    desk.tick(seconds=59)
    assert "call.lapsed" not in desk.names()
    desk.tick(seconds=2)
    assert desk.names().count("call.lapsed") == 1
    assert recorded(desk) == sorted(recorded(desk))
    assert desk.names().count("clock.stepped") == 1


def test_time_ten_minutes_dead_during_an_offer(tmp_path: Path) -> None:
    clock = ManualClock()
    desk = desk_with_an_open_offer(tmp_path, clock)
    clock.advance(seconds=30)
    died_ms = clock.wall_ms()
    desk.close()
    clock.advance(seconds=600)
    again = Desk(tmp_path, clock=clock, alive_ms=died_ms)
    assert again.names()[-1] == "realm.resumed"
    again.tick(seconds=59)
    assert "call.lapsed" not in again.names()
    again.tick(seconds=2)
    assert again.names().count("call.lapsed") == 1
    again.close()


def test_time_an_outage_is_folded_the_same_a_second_time(tmp_path: Path) -> None:
    clock = ManualClock()
    desk = desk_with_an_open_offer(tmp_path, clock)
    clock.advance(seconds=30)
    died_ms = clock.wall_ms()
    desk.close()
    clock.advance(seconds=600)
    again = Desk(tmp_path, clock=clock, alive_ms=died_ms)
    due = again.core.world.due_at("call:c1", "lapse")
    again.close()
    third = Desk(tmp_path, clock=clock, alive_ms=clock.wall_ms())
    assert third.core.world.due_at("call:c1", "lapse") == due == died_ms + 600_000 + 60_000
    third.close()


def test_time_nobody_gains_more_than_a_whole_new_term() -> None:
    """The last sign of life may be older than the offer's last quiet minute: then the term starts anew, no more."""
    world = World(
        (Kind("thing", lambda _state, event: event.position, lambda _state: [TERM], lambda _key, _due: Note(fact=GAP)),)
    )
    world.apply(event_of(Thing(), at_ms=0))
    world.apply(event_of(GAP, at_ms=600_000))
    assert world.due_at("thing:1", "term") == 600_000 + 90_000


def test_time_the_timekeeper_never_falls_and_says_steps() -> None:
    clock = ManualClock(1_000_000)
    keeper = Timekeeper(clock)
    clock.advance(ms=500)
    assert keeper.read() == (1_000_500, 0)
    clock.set_wall(by_ms=-10_000)
    assert keeper.read() == (1_000_500, -10_000)
    clock.advance(ms=100)
    assert keeper.read() == (1_000_600, 0)
    clock.set_wall(by_ms=10_000)
    assert keeper.read() == (1_000_600, 0)
    clock.set_wall(by_ms=60_000)
    assert keeper.read() == (1_060_600, 60_000)


def test_time_a_process_that_starts_behind_the_log_goes_on_from_it() -> None:
    clock = ManualClock(1_000_000)
    keeper = Timekeeper(clock, recorded_ms=1_000_000 + HOUR_MS)
    clock.advance(ms=5)
    assert keeper.read().now_ms == 1_000_000 + HOUR_MS + 5


def test_time_peeked_at_while_it_is_read_is_not_ahead() -> None:
    """Others look at the time from their own threads, at any moment of a reading."""
    peeked: list[int] = []

    class Watched(Timekeeper):
        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)
            if hasattr(self, "_started_behind"):
                peeked.append(self.peek())

    clock = ManualClock(1_000_000)
    keeper = Watched(clock)
    peeked.clear()
    clock.advance(seconds=600)
    keeper.read()
    assert set(peeked) == {1_600_000}


def test_time_a_deadline_set_while_another_thread_asks_for_the_next_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one who asks throws out what stands no more; what is put in at that very moment must stay."""
    kind = Kind("thing", _due_at, _term_of, lambda _key, _due: Note(fact=GAP))
    world = World((kind,))
    world.apply(event_of(Set(thing="a", due_at_ms=50), at_ms=0))
    world.apply(event_of(Set(thing="a", due_at_ms=0), at_ms=0))  # settled: its entry is stale
    stands, writers = World._stands, list[Thread]()

    def stands_while_another_writes(self: World, entry: tuple[int, str, str]) -> bool:
        if not writers:
            writers.append(Thread(target=world.apply, args=(event_of(Set(thing="b", due_at_ms=40), at_ms=0),)))
            writers[0].start()
            writers[0].join(0.2)
        return stands(self, entry)

    monkeypatch.setattr(World, "_stands", stands_while_another_writes)
    world.next_due_ms()
    writers[0].join()
    assert world.next_due_ms() == 40
