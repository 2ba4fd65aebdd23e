"""Seats through changes of mind: stand-by, crews of part, people who turn back, late words, needs that change."""

import pytest

from command.core.asks import Receipt
from command.core.errors import Refused
from command.core.facts import Times
from incidents import SetNeeds
from mobilization import AnswerCall, CallState, GiveNames, OrderCall, ReportProgress, StandDown
from tests.kit import CITY, TOWNSHIP, fact_of, need
from tests.mobilization.kit import Force, team


def test_the_rest_of_a_crew_gets_the_seats_that_become_free_before_anyone_is_called() -> None:
    force = Force(*(team(n) for n in range(6)))
    force.call_out("i1", need(minimum=6, maximum=6))
    force.says("p0", "accept", 4)
    force.says("p1", "accept", 4)
    assert (force.call_of("p1").seated, force.call_of("p1").waits, force.call_of("p1").standby_no) == (2, 2, 1)
    force.says("p0", "decline")
    assert (force.call_of("p1").seated, force.call_of("p1").waits, force.call_of("p1").standby_no) == (4, 0, None)
    assert force.figures() == (4, 0, 0)


def test_who_stands_by_is_called_first_once_and_not_for_ever() -> None:
    force = Force(*(team(n, ladder=(f"p{n}",)) for n in range(4)))
    force.call_out("i1", need(minimum=4, maximum=4))
    force.says("p0", "accept", 4)
    force.says("p1", "accept", 4)
    waiting = force.call_of("p1")
    assert waiting.state is CallState.STANDBY
    force.says("p0", "decline")
    again = force.call_of("p1")
    assert (again.instead_of, again.state) == (waiting.id, CallState.OPEN)
    assert force.desk.core.world.look(f"call:{waiting.id}").state is CallState.CALLED_AGAIN
    force.says("p1", "decline")
    force.pass_time(3_000)
    assert sum(part.person == "p1" for part in force.parts()) == 2, "rung twice, and no more"
    assert force.running().asked_up, "the tier above was asked"


def test_a_team_that_can_come_only_whole_is_not_called_for_fewer_seats() -> None:
    force = Force(team(0), team(1, minimum_crew=3), team(2))
    force.call_out("i1", need(minimum=5, maximum=5))
    force.says("p0", "accept", 4)
    force.says("p1", "accept", 4)
    assert (force.call_of("p1").state, force.call_of("p1").waits) == (CallState.STANDBY, 4)
    force.pass_time(1_000)
    assert sum(part.team == "t01" for part in force.parts()) == 1
    assert [part.team for part in force.parts("i1", CallState.STANDBY)] == ["t01"]


def test_fewer_than_the_least_crew_of_a_team_stand_by_whole() -> None:
    force = Force(team(0, minimum_crew=3), team(1))
    force.call_out("i1", need(minimum=3, maximum=6))
    force.says("p0", "accept", 1)
    assert (force.call_of("p0").state, force.figures()) == (CallState.STANDBY, (0, 0, 0))


def test_a_team_that_turns_back_gives_its_seats_to_the_next() -> None:
    force = Force(*(team(n) for n in range(5)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.does("p0", "set_out")
    assert force.figures() == (4, 4, 0)
    force.does("p0", "released")
    assert (force.call_of("p0").state, force.figures()) == (CallState.DECLINED, (0, 0, 0))
    assert force.running().needs[0].open >= 1
    force.says("p0", "accept", 4)
    assert force.figures() == (4, 0, 0), "a change of mind back again is as good as the first yes"


def test_released_after_arriving_is_served_and_calls_nobody_new() -> None:
    force = Force(*(team(n) for n in range(5)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.does("p0", "arrived", 4)
    force.pass_time(91)
    calls = len(force.parts())
    force.does("p0", "released")
    seats = force.running().needs[0]
    assert (seats.promised, seats.arrived, seats.served, seats.short) == (0, 0, 4, 0)
    force.pass_time(600)
    assert len(force.parts()) == calls
    force.says("p0", "decline")
    assert force.running().needs[0].served == 4


def test_a_yes_that_waited_in_the_phone_takes_nobody_off_the_spot() -> None:
    """The leader tapped yes without network, then telephoned; the desk noted it, and that they arrived. Then the tap comes."""
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    call = force.call_of("p0").id
    force.ask(AnswerCall(call=call, answer="accept", heads=4, noted_by="officer:1", said_by="队长"))
    force.ask(ReportProgress(call=call, did="arrived", heads=4, noted_by="officer:1", said_by="队长"))
    force.says("p0", "accept", 4, eta_min=10)
    assert (force.call_of("p0").state, force.figures()) == (CallState.ARRIVED, (4, 4, 4))
    force.does("p0", "set_out")
    assert force.call_of("p0").state is CallState.ARRIVED


def test_a_new_time_of_arrival_on_the_way_changes_that_alone() -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.does("p0", "set_out")
    before = force.call_of("p0")
    force.says("p0", "accept", 4, eta_min=45)
    after = force.call_of("p0")
    assert (after.state, after.seated, after.confirmed) == (CallState.SET_OUT, 4, 4)
    assert after.eta_ms == force.desk.clock.wall_ms() + 45 * 60_000 != before.eta_ms


def test_the_desks_note_of_an_earlier_word_does_not_outdo_the_leaders_later_tap() -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    said_at_ms = force.desk.clock.wall_ms() + 2_000
    force.pass_time(10)
    force.says("p0", "decline")
    force.pass_time(5)
    call = force.call_of("p0").id
    note = AnswerCall(call=call, answer="accept", heads=4, noted_by="officer:1", said_by="队长")
    outcome = force.ask(note, times=Times(learned_ms=said_at_ms))
    assert fact_of(outcome)["result"] == "kept"
    assert (force.call_of("p0").state, force.call_of("p0").disputed) == (CallState.DECLINED, True)
    assert force.figures() == (0, 0, 0)


def test_fewer_than_promised_set_out_and_the_missing_are_called_for() -> None:
    force = Force(*(team(n) for n in range(8)))
    force.call_out("i1", need(minimum=4, maximum=4))
    force.says("p0", "accept", 4)
    force.pass_time(91)
    calls = len(force.parts())
    force.does("p0", "set_out", 2)
    assert force.figures() == (2, 2, 0)
    assert len(force.parts()) > calls


def test_names_confirm_as_many_and_the_desk_may_note_them() -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    force.says("p0", "accept", 4)
    call = force.call_of("p0").id
    force.ask(GiveNames(call=call, names=("甲", "乙"), noted_by="officer:1", said_by="队长"))
    assert force.figures() == (4, 2, 0)
    force.ask(GiveNames(call=call, names=("甲",)), by="person:p0", authority=None)
    assert force.figures() == (4, 2, 0), "who is known is not unknown again"


def test_who_accepts_is_recorded_to_have_read_the_risks_but_not_by_telephone() -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    own = force.says("p0", "accept", 2)
    assert fact_of(own)["risks_read"] == ["smoke", "falling", "night"]
    noted = AnswerCall(call=force.call_of("p1").id, answer="accept", heads=2, noted_by="officer:1", said_by="队长")
    assert fact_of(force.ask(noted))["risks_read"] == []


def test_a_need_taken_away_gives_no_more_seats() -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out("i1", need(minimum=3, maximum=4), need("RESCUE", minimum=1, maximum=2))
    force.order("i1", need("RESCUE", minimum=1, maximum=2))
    force.says("p0", "accept", 4)
    assert force.call_of("p0").state is CallState.STANDBY


def test_needs_lowered_below_what_is_promised_take_nobodys_seat() -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.order("i1", need(minimum=1, maximum=2))
    force.says("p0", "accept", 4, eta_min=5)
    assert (force.call_of("p0").state, force.figures()[0]) == (CallState.ACCEPTED, 4)
    assert force.running().needs[0].maximum == 2


def test_needs_edited_while_people_are_called_change_the_call_out() -> None:
    force = Force(*(team(n) for n in range(8)))
    force.call_out("i1", need(minimum=1, maximum=1))
    now = force.incident().changed_at
    stale = force.ask(SetNeeds(incident="i1", needs=(need(minimum=9, maximum=9),), screen_position=now - 1))
    assert isinstance(stale, Refused)
    assert stale.code == "stale"
    calls = len(force.parts())
    force.ask(SetNeeds(incident="i1", needs=(need(minimum=9, maximum=9),), screen_position=now))
    assert force.running().needs[0].minimum == 9
    assert len(force.parts()) > calls


def test_waves_are_counted_by_how_each_call_stands() -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    force.says("p0", "accept", 4)
    force.says("p0", "accept", 4, eta_min=9)
    force.says("p0", "decline")
    said = [part.said for part in force.parts() if part.person == "p0"]
    assert said == ["decline"]


@pytest.mark.parametrize("answer", ["accept", "later"])
def test_whoever_answers_after_the_end_is_told_what_it_meant(answer: str) -> None:
    force = Force(*(team(n) for n in range(4)))
    force.call_out()
    force.ask(StandDown(mobilization="m-i1"))
    assert fact_of(force.says("p0", answer, 2))["result"] == "not_needed"
    assert force.figures() == (0, 0, 0)


def test_a_post_below_neither_changes_nor_ends_what_one_above_has_ordered() -> None:
    force = Force(*(team(n) for n in range(8)))
    force.call_out("i1", need(minimum=3, maximum=40))
    acts = (
        OrderCall(mobilization="m-i1", incident="i1", needs=(need(minimum=1, maximum=1),)),
        StandDown(mobilization="m-i1"),
        SetNeeds(incident="i1", needs=(need(minimum=1, maximum=1),), screen_position=1 << 40),
    )
    for act in acts:
        refused = force.ask(act, authority=TOWNSHIP)
        assert isinstance(refused, Refused)
        assert (refused.code, refused.facts["who_may"]) == ("authority.ordered_above", "county")
    assert isinstance(force.order(authority=CITY), Receipt)
    assert force.running().scope == "9901"
    assert isinstance(force.order("i1", need(minimum=2, maximum=4)), Receipt), "the county leads, and amends"
    assert force.running().scope == "9901", "the city's teams stay within reach"


def test_people_who_did_not_come_along_gain_no_seats() -> None:
    """Two have seats and two wait; one alone arrives: what becomes free is not given to the others, who are not there."""
    force = Force(*(team(n) for n in range(6)))
    force.call_out("i1", need(minimum=6, maximum=6))
    force.says("p0", "accept", 4)
    force.says("p1", "accept", 4)
    force.does("p1", "arrived", 1)
    force.says("p0", "decline")
    assert (force.call_of("p1").seated, force.figures()[0]) == (1, 1)


def test_a_slip_in_the_count_of_who_arrived_is_put_right() -> None:
    force = Force(*(team(n) for n in range(5)))
    force.call_out("i1", need(minimum=4, maximum=4))
    force.says("p0", "accept", 4)
    force.does("p0", "arrived", 1)
    force.does("p0", "arrived", 4)
    assert force.figures() == (4, 4, 4)


def test_a_no_from_before_the_desk_noted_the_arrival_takes_nobody_off_the_spot() -> None:
    force = Force(*(team(n) for n in range(5)))
    force.call_out()
    call, tapped_ms = force.call_of("p0").id, force.desk.clock.wall_ms() + 1_000
    force.pass_time(30)
    for step in (
        AnswerCall(call=call, answer="accept", heads=4, noted_by="officer:1"),
        ReportProgress(call=call, did="arrived", noted_by="officer:1"),
    ):
        force.ask(step)
    old = AnswerCall(call=call, answer="decline", claimed_at_ms=tapped_ms)
    assert fact_of(force.ask(old, by="person:p0", authority=None))["result"] == "kept"
    assert (force.call_of("p0").state, force.call_of("p0").disputed, force.figures()[2]) == (CallState.ARRIVED, True, 4)
    later = AnswerCall(call=call, answer="decline", claimed_at_ms=force.desk.clock.wall_ms())
    force.ask(later, by="person:p0", authority=None)
    assert force.call_of("p0").state is CallState.DECLINED, "their own later word wins"


def test_for_work_that_is_done_nobody_is_rung_or_seated() -> None:
    force = Force(*(team(n) for n in range(3)))
    force.call_out("i1", need(minimum=3, maximum=4))
    force.says("p0", "accept", 4)
    force.says("p1", "accept", 4)
    force.says("p2", "decline")
    assert force.call_of("p1").state is CallState.STANDBY
    force.does("p0", "arrived", 4)
    force.does("p0", "released")
    assert (force.running().needs[0].short, force.called()) == (0, [])
    force.says("p1", "accept", 3)
    assert force.call_of("p1").state is CallState.STANDBY


def test_for_a_need_that_is_gone_nobody_who_stands_by_is_rung() -> None:
    force = Force(*(team(n) for n in range(3)))
    force.call_out("i1", need(minimum=3, maximum=4))
    force.says("p0", "accept", 4)
    force.says("p1", "accept", 4)
    force.says("p2", "decline")
    force.order("i1", need("MEDICAL", 1, 1))
    force.says("p0", "decline")
    assert force.called() == []
