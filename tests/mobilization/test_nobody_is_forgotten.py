"""Call-outs that must not fall silent, whatever happens beside them."""

import pytest

from command.core.asks import Ask, Receipt
from command.core.errors import Refused
from incidents import ChangeStage, DisposeIncident, ReverseIncident
from mobilization import (
    CallNextWave,
    CallState,
    CloseIncident,
    LookedAgain,
    MergeIncidents,
    OrderCall,
    SetAvailability,
    StandDown,
    SupportAsked,
    WaveOvertaken,
)
from mobilization.facts_calls import Lapsed
from mobilization.planning import Asking, plan_wave
from mobilization.policies import command_for
from tests.kit import CITY, COUNTY, TOWNSHIP, need, raising
from tests.mobilization.kit import Force, team


def support(force: Force) -> list[tuple[str, int]]:
    """Which tier was asked, for how many, in order."""
    facts = [force.desk.core.event(record).fact for record in force.desk.log.after(0, 10_000)]
    return [(fact.to, fact.short) for fact in facts if isinstance(fact, SupportAsked)]


def test_two_orders_in_one_turn_call_different_teams() -> None:
    """Both waves are planned from the same roster before either is recorded; who comes second is planned again."""
    force = Force(*(team(n) for n in range(8)))
    for incident in ("i1", "i2"):
        force.desk.ask(raising(incident, needs=(need(minimum=3, maximum=4),)))
    orders = [
        Ask(command=OrderCall(mobilization=f"m-{i}", incident=i), actor="officer:1", command_id=f"order-{i}", authority=COUNTY)
        for i in ("i1", "i2")
    ]
    force.desk.core.turn(orders)
    plans = [
        force._policy.follow(e)
        for r in force.desk.log.after(0, 99)
        if (e := force.desk.core.event(r)).name == "mobilization.ordered"
    ]
    force.desk.core.turn([plan for plan in plans if plan is not None])
    assert WaveOvertaken.NAME in force.names()
    force.settle()
    first, second = force.called("i1"), force.called("i2")
    assert len(first) >= 3
    assert len(second) >= 3
    assert not set(first) & set(second)


def test_each_tier_is_asked_in_its_turn_up_to_the_province() -> None:
    force = Force(team(0), team(1, division="990101002"), team(2, division="990102100"))
    force.call_out(authority=TOWNSHIP)
    force.says("p0", "decline")
    force.pass_time(91)
    assert support(force) == [("990101", 3)]
    force.order(authority=COUNTY)
    assert force.called() == ["p1"]
    force.says("p1", "decline")
    force.pass_time(91)
    assert support(force) == [("990101", 3), ("9901", 3)]
    force.order(authority=CITY)
    force.says("p2", "decline")
    force.pass_time(91)
    assert support(force)[-1] == ("99", 3), "above the city the province is asked, and this is recorded"


def test_what_was_asked_of_above_is_asked_again_when_it_is_missing_again() -> None:
    force = Force(team(0))
    force.call_out()
    force.pass_time(91)
    force.pass_time(91)
    assert support(force) == [("9901", 3)]
    force.says("p0", "accept", 4)
    assert force.running().asked_up == ()
    force.says("p0", "decline")
    assert support(force) == [("9901", 3), ("9901", 3)]


def test_a_silent_call_out_is_looked_at_again_and_finds_who_is_free_now() -> None:
    force = Force(team(0))
    force.call_out()
    force.pass_time(200)
    assert force.running().is_silent
    force.set_roster(team(0), team(5))
    force.pass_time(2_000)
    assert LookedAgain.NAME in force.names()
    assert any(part.team == "t05" for part in force.parts())


def test_looking_again_grows_rare() -> None:
    force = Force(team(0))
    force.call_out()
    force.pass_time(24 * 3600)
    looks = force.names().count(LookedAgain.NAME)
    assert 175 <= looks <= 185, "after 2 and 4 minutes, then every 8"


def test_stood_down_and_ordered_again_calls_again() -> None:
    force = Force(*(team(n) for n in range(6)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.ask(StandDown(mobilization="m-i1"))
    assert force.figures() == (4, 0, 0), "what was promised is still told"
    force.order()
    assert force.running().round == 2
    assert force.figures() == (0, 0, 0)
    assert "p0" in force.called(), "who came the first time is called like everyone"
    assert force.says("p0", "accept", 4).__class__ is Receipt
    assert force.figures() == (4, 0, 0)


@pytest.mark.parametrize("end", ["false_alarm", "handed_over", "entered_in_error"])
def test_a_disposal_stands_everyone_down_and_taken_back_says_that_nobody_is_called(end: str) -> None:
    force = Force(*(team(n) for n in range(6)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.does("p0", "set_out")
    force.ask(DisposeIncident(incident="i1", stage=end, reason="…"))
    assert force.running().over
    assert force.call_of("p0").state is CallState.STOOD_DOWN
    force.pass_time(91)
    force.ask(ReverseIncident(incident="i1"))
    assert force.incident().stage == "verified", "not acting: its people went home"
    force.order()
    assert force.called()
    assert force.incident().stage == "acting"


def test_once_the_danger_is_under_control_nobody_is_called_by_itself() -> None:
    force = Force(*(team(n) for n in range(6)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.ask(ChangeStage(incident="i1", stage="stabilised", screen_position=1 << 40))
    before = len(force.parts())
    force.says("p0", "decline")
    force.pass_time(600)
    assert len(force.parts()) == before


def test_off_duty_ends_an_open_call_at_once_and_the_next_is_called() -> None:
    force = Force(team(0), team(1))
    force.call_out()
    gone = SetAvailability(person="p0", availability="off_duty")
    force.ask(gone, by="person:p0", authority=None)
    assert force.call_of("p0").state is CallState.LAPSED
    assert "p100" in force.called(), "the deputy, in the leader's place"
    facts = [force.desk.core.event(record).fact for record in force.desk.log.after(0, 1_000)]
    assert [fact.why for fact in facts if isinstance(fact, Lapsed)] == ["off_duty"]
    assert "p0" not in force.called()


def test_whoever_leads_two_teams_is_called_once_and_a_deputy_for_the_other() -> None:
    force = Force(team(0, ladder=("x", "y")), team(1, ladder=("x", "z")), team(2))
    force.call_out()
    assert sorted(force.called()) == ["p2", "x", "z"]


def test_a_merge_does_not_send_home_who_is_on_the_spot() -> None:
    force = Force(*(team(n) for n in range(8)))
    force.call_out("i1")
    force.ask(raising("i2", needs=()))
    force.says("p0", "accept", 4)
    force.does("p0", "set_out")
    refused = force.ask(MergeIncidents(incident="i1", into="i2"))
    assert isinstance(refused, Refused)
    assert refused.code == "incident.people_out"
    assert isinstance(force.ask(CloseIncident(incident="i1")), Refused)
    assert isinstance(force.ask(MergeIncidents(incident="i2", into="i1")), Receipt)


def test_when_the_danger_is_over_who_was_stood_down_may_still_say_that_they_are_home() -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.does("p0", "arrived")
    force.ask(StandDown(mobilization="m-i1"))
    late = force.does("p0", "arrived", 3)
    assert isinstance(late, Refused)
    assert late.code == "call.stood_down"
    assert isinstance(force.does("p0", "released"), Receipt)
    assert force.call_of("p0").state is CallState.RELEASED
    assert force.figures() == (0, 0, 0)


def next_wave(force: Force) -> None:
    """An officer's."""
    desk = force.desk
    asking = Asking(desk.core.world.look, now_ms=desk.clock.wall_ms(), wave_id=f"by-hand-{desk.clock.wall_ms()}", more=3)
    plan = plan_wave(force.running(), force.incident(), force.outlook, asking)
    force.ask(command_for(force.running(), plan, rev=1, cause=asking.wave_id, keep=lambda *_: None, kind=CallNextWave))


def test_who_went_off_duty_while_it_rang_and_came_back_is_called_again() -> None:
    force = Force(team(0, ladder=("p0",)))
    force.call_out()
    for word in ("off_duty", "available"):
        force.ask(SetAvailability(person="p0", availability=word), by="person:p0", authority=None)
    force.pass_time(600)
    assert sum(part.person == "p0" for part in force.parts()) > 1


def test_who_said_no_after_the_call_had_lapsed_is_not_rung_again() -> None:
    force = Force(team(0, ladder=("p0",)), team(1, ladder=("p1",)))
    force.call_out()
    force.pass_time(91)
    force.says("p0", "decline")
    next_wave(force)
    assert force.called() == ["p1"]
