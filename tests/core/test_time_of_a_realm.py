"""Time as a realm on disk keeps it: its sign of life through kill -9, and set clocks on the minute in which a call is unread."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from command.core import files
from command.core.asks import Ask
from command.core.clock import ManualClock
from command.core.door import Door
from command.core.errors import LogUnavailable
from command.core.realm import Realm
from tests.kit import COUNTY, Desk, ordered, planned, raising, wave
from tests.realms import open_realm

HOUR_MS = 3_600_000
LIVED_S, DEAD_S, OFFER_MS = 30, 600, 90_000


def call_out(realm: Realm) -> None:
    for number, command in enumerate((ordered(), wave((planned(1),)))):
        realm.core.turn([Ask(command=command, actor="officer:1", command_id=f"{number}", authority=COUNTY)])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_between_signs() -> None:
    """Nothing is being written."""


def die_with_the_new_sign_begun() -> None:
    files.os.fchmod = lambda *_: die()  # type: ignore[attr-defined]


def die_with_the_new_sign_not_in_its_place() -> None:
    Path.replace = lambda *_: die()  # type: ignore[method-assign, assignment]


def live_and_die(folder: Path, clock: ManualClock, die_writing: Callable[[], None]) -> None:
    realm = open_realm(folder, clock=clock)
    call_out(realm)
    for _ in range(LIVED_S):
        clock.advance(seconds=1)
        realm.live_on()
    die_writing()
    clock.advance(seconds=1)
    if die_writing is not die_between_signs:
        realm.live_on()
    die()


@pytest.mark.parametrize("die_writing", [die_between_signs, die_with_the_new_sign_begun, die_with_the_new_sign_not_in_its_place])
def test_time_an_outage_is_counted_from_the_last_sign_of_life(tmp_path: Path, die_writing: Callable[[], None]) -> None:
    """Killed, also in the middle of writing the sign; ten minutes later the offer has the minute it had left."""
    clock = ManualClock()
    asked_ms = clock.wall_ms()
    child = os.fork()
    if child == 0:
        live_and_die(tmp_path / "r", clock, die_writing)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert int((tmp_path / "r" / "alive").read_text("ascii")) == asked_ms + LIVED_S * 1000
    clock.advance(seconds=LIVED_S + DEAD_S)
    again = open_realm(tmp_path / "r", clock=clock)
    down_ms = DEAD_S * 1000
    assert [record.name for record in again.log.after(0, 100)][-1] == "realm.resumed"
    assert again.core.world.due_at("call:c1", "lapse") == asked_ms + OFFER_MS + down_ms
    again.live_on()
    again.close()
    clock.advance(seconds=1)
    third = open_realm(tmp_path / "r", clock=clock)
    assert third.core.world.due_at("call:c1", "lapse") == asked_ms + OFFER_MS + down_ms, "and is counted once"
    third.close()


def test_time_without_a_sign_of_life_an_outage_is_counted_from_the_last_record(tmp_path: Path) -> None:
    clock = ManualClock()
    realm = open_realm(tmp_path / "r", clock=clock)
    call_out(realm)
    asked_ms = clock.wall_ms()
    realm.close()
    for lost in (b"", b"17x", None):
        sign = tmp_path / "r" / "alive"
        sign.unlink() if lost is None else sign.write_bytes(lost)
        clock.advance(seconds=DEAD_S)
        realm = open_realm(tmp_path / "r", clock=clock)
        assert realm.core.world.due_at("call:c1", "lapse") == clock.wall_ms() + OFFER_MS
        realm.close()
    assert clock.wall_ms() == asked_ms + 3 * DEAD_S * 1000


def unread(desk: Desk) -> Desk:
    """A call to a page that is awake and shows nothing: after a minute a message goes outside."""
    desk.ask(ordered(channels=("sms",)))
    desk.ask(wave((planned(1, awake=True),)))
    return desk


@pytest.mark.parametrize("step_ms", [HOUR_MS, -HOUR_MS, 0])
def test_time_a_set_clock_neither_hastens_nor_stalls_nor_repeats_the_unread_minute(step_ms: int) -> None:
    desk = unread(Desk())
    desk.tick(seconds=30)
    desk.clock.set_wall(by_ms=step_ms)
    desk.tick()
    desk.tick(seconds=29)
    assert "attempt.started" not in desk.names()
    desk.tick(seconds=2)
    assert desk.names().count("attempt.started") == 1
    desk.clock.set_wall(by_ms=-step_ms)
    desk.tick(seconds=20)
    assert "call.lapsed" not in desk.names()
    desk.tick(seconds=10)
    assert (desk.names().count("attempt.started"), desk.names().count("call.lapsed")) == (1, 1)
    recorded = [record.at_ms for record in desk.log.after(0, 1_000)]
    assert recorded == sorted(recorded)


def test_time_an_outage_leaves_the_unread_minute_its_rest(tmp_path: Path) -> None:
    clock = ManualClock()
    desk = unread(Desk(tmp_path, clock=clock))
    clock.advance(seconds=30)
    died_ms = clock.wall_ms()
    desk.close()
    clock.advance(seconds=DEAD_S)
    again = Desk(tmp_path, clock=clock, alive_ms=died_ms)
    again.tick(seconds=29)
    assert "attempt.started" not in again.names()
    again.tick(seconds=2)
    assert again.names().count("attempt.started") == 1
    again.close()


@pytest.mark.parametrize("has_a_turn", [True, False])
def test_time_while_the_server_is_dead_and_another_command_works_no_offer_lapses(tmp_path: Path, has_a_turn: bool) -> None:
    """A long import, say: it is no sign of life of the realm, and lets nothing fall."""
    clock = ManualClock()
    asked_ms = clock.wall_ms()
    realm = open_realm(tmp_path / "r", clock=clock)
    call_out(realm)
    for _ in range(LIVED_S):
        clock.advance(seconds=1)
        realm.live_on()
    command = open_realm(tmp_path / "r", clock=clock, beside=True)
    clock.advance(seconds=DEAD_S)
    if has_a_turn:
        command.core.turn([Ask(command=raising("i7"), actor="import", command_id="n", authority=COUNTY)])
    command.close()
    again = open_realm(tmp_path / "r", clock=clock)
    again.core.turn([])
    assert "call.lapsed" not in [record.name for record in again.log.after(0, 100)]
    assert again.core.world.due_at("call:c1", "lapse") == asked_ms + OFFER_MS + DEAD_S * 1000
    again.close()


def test_time_while_nothing_could_be_written_no_offer_lapses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten minutes of a full disk: no answer counted meanwhile."""
    desk = unread(Desk())
    asked_ms = desk.clock.wall_ms()
    desk.tick(seconds=30)

    def full() -> None:
        raise LogUnavailable(why="disk full")

    with monkeypatch.context() as disk:
        disk.setattr(desk.log, "turn", full)
        for _ in range(DEAD_S // 10):
            assert isinstance(desk.ask(raising("i7")), LogUnavailable)
            desk.tick(seconds=10)
    desk.tick()
    assert "call.lapsed" not in desk.names()
    assert desk.core.world.due_at("call:c1", "lapse") == asked_ms + OFFER_MS + DEAD_S * 1000
    desk.tick(seconds=61)
    assert desk.names().count("call.lapsed") == 1
    assert desk.names().count("realm.resumed") == 1


async def test_time_a_moment_in_which_nothing_could_be_written_counts_as_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks anything for a minute after it: the door itself sees that it has passed."""
    desk = unread(Desk())
    asked_ms = desk.clock.wall_ms()
    door = Door(desk.core, bell=lambda _: None)

    def locked() -> None:
        raise LogUnavailable(why="database is locked")

    with monkeypatch.context() as disk:
        disk.setattr(desk.log, "turn", locked)
        assert isinstance(desk.ask(raising("i7")), LogUnavailable)
    desk.clock.advance(ms=100)
    await door.tick()
    assert desk.core.world.due_at("call:c1", "lapse") == asked_ms + OFFER_MS + 100
    desk.clock.advance(seconds=50)
    await door.tick()
    desk.ask(raising("i8"))
    assert desk.core.world.due_at("call:c1", "lapse") == asked_ms + OFFER_MS + 100
    assert desk.names().count("realm.resumed") == 1
    await door.close()
