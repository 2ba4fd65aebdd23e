"""Every fact holds three times: when it happened, when the desk learned it, when it was entered."""

import pytest

from command.core.errors import Refused
from command.core.facts import NOW, Event, Times
from command.core.world import World
from incidents import ChangeStage
from mobilization import AnswerCall, CloseIncident
from tests.kit import COUNTY, Desk, ordered, raising
from tests.mobilization.kit import Force, team
from web_console.rules import RULES

MINUTE_MS = 60_000


@pytest.fixture
def desk() -> Desk:
    return Desk()


def events(desk: Desk) -> list[Event]:
    return [desk.core.event(record) for record in desk.log.after(0, 1000)]


def test_what_is_not_said_is_now(desk: Desk) -> None:
    now_ms = desk.clock.wall_ms()
    desk.ask(raising())
    assert {(e.happened_ms, e.learned_ms, e.at_ms) for e in events(desk)} == {(now_ms, now_ms, now_ms)}


def test_what_happened_is_learned_as_it_happens_unless_said(desk: Desk) -> None:
    now_ms = desk.clock.wall_ms()
    desk.ask(raising(), times=Times(learned_ms=now_ms - MINUTE_MS))
    first = events(desk)[0]
    assert (first.happened_ms, first.learned_ms, first.at_ms) == (now_ms - MINUTE_MS, now_ms - MINUTE_MS, now_ms)
    desk.ask(raising("i2"), times=Times(happened_ms=now_ms - MINUTE_MS))
    second = next(e for e in events(desk) if e.keys == ("incident:i2",))
    assert (second.happened_ms, second.learned_ms, second.at_ms) == (now_ms - MINUTE_MS, now_ms, now_ms)


def test_the_times_are_of_what_was_told_and_what_follows_happens_now(desk: Desk) -> None:
    """The fire broke out ten minutes ago; the order is of this minute."""
    now_ms = desk.clock.wall_ms()
    desk.ask(ordered(), times=Times(now_ms - 10 * MINUTE_MS, now_ms - 5 * MINUTE_MS))
    told = {e.name: (e.happened_ms - now_ms, e.learned_ms - now_ms, e.at_ms - now_ms) for e in events(desk)}
    assert told["incident.raised"] == (-10 * MINUTE_MS, -5 * MINUTE_MS, 0)
    assert told["incident.verified"] == told["mobilization.ordered"] == (0, 0, 0)


@pytest.mark.parametrize("times", [Times(learned_ms=1), Times(5, 4), Times(happened_ms=1), Times(-1, 2), Times(-(1 << 80), 2)])
def test_times_that_cannot_be_are_refused_and_change_nothing(desk: Desk, times: Times) -> None:
    now_ms = desk.clock.wall_ms()
    ahead = Times(*(None if each is None else each + now_ms for each in times))
    wrong = ahead if times.happened_ms is None or times.happened_ms > 0 else times
    outcome = desk.ask(raising(), times=wrong)
    assert isinstance(outcome, Refused)
    assert outcome.code == "times"
    assert desk.core.position == 0


def test_the_times_of_an_event_are_read_back_and_folded_the_same(desk: Desk) -> None:
    now_ms = desk.clock.wall_ms()
    desk.ask(raising(), times=Times(now_ms - 3 * MINUTE_MS, now_ms - MINUTE_MS))
    incident = desk.core.world.look("incident:i1")
    assert (incident.happened_ms, incident.learned_ms, incident.entered_ms) == (
        now_ms - 3 * MINUTE_MS,
        now_ms - MINUTE_MS,
        now_ms,
    )
    again = World(RULES.kinds)
    for event in events(desk):
        again.apply(event)
    assert again.look("incident:i1") == incident


def test_any_act_of_a_desk_may_be_told_late() -> None:
    """03:00 under control, 03:05 the desk is told, 03:20 it finds time to enter it; and so with the closing."""
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    force.pass_time(30 * 60)
    now_ms = force.desk.clock.wall_ms()
    told = Times(now_ms - 20 * MINUTE_MS, now_ms - 15 * MINUTE_MS)
    force.ask(ChangeStage(incident="i1", stage="stabilised", screen_position=1 << 40), times=told)
    force.ask(CloseIncident(incident="i1"), times=told)
    late = [e for e in events(force.desk) if e.happened_ms != e.at_ms]
    assert [(e.name, Times(e.happened_ms, e.learned_ms), e.at_ms) for e in late] == [
        ("incident.stage_changed", told, now_ms), ("incident.closed", told, now_ms),
    ]  # fmt: skip


def test_a_time_of_arrival_runs_from_when_it_was_said() -> None:
    """«Twenty minutes» said on the telephone five minutes before it is entered: fifteen are left."""
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    force.pass_time(6 * 60)
    now_ms = force.desk.clock.wall_ms()
    note = AnswerCall(call=force.call_of("p0").id, answer="accept", heads=2, eta_min=20, noted_by="officer:1", said_by="队长")
    force.ask(note, times=Times(learned_ms=now_ms - 5 * MINUTE_MS))
    assert force.call_of("p0").eta_ms == now_ms + 15 * MINUTE_MS


def test_a_retry_told_with_its_times_gets_its_first_receipt(desk: Desk) -> None:
    now_ms = desk.clock.wall_ms()
    first = desk.ask(raising(), id_="k", times=Times(learned_ms=now_ms))
    desk.clock.advance(seconds=60)
    assert desk.ask(raising(), id_="k", authority=COUNTY, times=Times(learned_ms=now_ms)) == first
    assert desk.ask(raising("i2"), times=NOW) != first
