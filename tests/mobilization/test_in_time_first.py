"""Places go first to those who can be there while they are needed: a team that would come late waits for the nearer ones."""

import msgspec

from incidents import Need
from mobilization import CallState
from mobilization.states import OFFER_MS
from tests.kit import need
from tests.mobilization.kit import Force, team

NEAR, FAR = 1, 90
"""Some fifteen seconds away, and more than twenty minutes."""
BY_MIN = 10


def force_with(*teams: int, minimum: int = 2, maximum: int = 4, minimum_crew: int = 1, size: int = 4) -> Force:
    force = Force(*(team(number, ladder=(f"p{number}",), minimum_crew=minimum_crew, size=size) for number in teams))
    force.call_out("i1", in_time(force, minimum, maximum))
    return force


def in_time(force: Force, minimum: int, maximum: int, by_min: int = BY_MIN) -> Need:
    by_ms = force.desk.clock.wall_ms() + by_min * 60_000
    return msgspec.structs.replace(need(minimum=minimum, maximum=maximum), by_ms=by_ms)


def test_a_far_team_that_answers_first_leaves_the_places_to_the_near_one() -> None:
    force = force_with(NEAR, FAR)
    force.says(f"p{FAR}", "accept")
    waiting = force.call_of(f"p{FAR}")
    assert (waiting.state, waiting.standby_no, waiting.late) == (CallState.STANDBY, 1, True)
    force.pass_time(12)
    force.says(f"p{NEAR}", "accept")
    assert (force.call_of(f"p{NEAR}").state, force.figures()) == (CallState.ACCEPTED, (4, 0, 0))


def test_it_is_called_again_at_once_when_the_near_one_cannot() -> None:
    force = force_with(NEAR, FAR)
    force.says(f"p{FAR}", "accept")
    waiting = force.call_of(f"p{FAR}")
    force.says(f"p{NEAR}", "decline")
    again = force.call_of(f"p{FAR}")
    assert (again.instead_of, again.state) == (waiting.id, CallState.OPEN)
    force.says(f"p{FAR}", "accept")
    assert (force.call_of(f"p{FAR}").state, force.figures()) == (CallState.ACCEPTED, (4, 0, 0))


def test_it_is_called_again_when_the_near_one_is_silent_and_not_later() -> None:
    force = force_with(NEAR, FAR)
    force.pass_time(1)
    force.says(f"p{FAR}", "accept")
    force.pass_time(OFFER_MS / 1000)
    assert force.call_of(f"p{FAR}").instead_of, "after ninety seconds at most"


def test_called_again_it_has_the_places_though_a_nearer_one_is_called_as_well() -> None:
    """Nobody is put off twice."""
    force = Force(team(NEAR), team(FAR, ladder=(f"p{FAR}",)))
    force.call_out("i1", in_time(force, 2, 4))
    force.says(f"p{FAR}", "accept")
    force.says(f"p{NEAR}", "decline")
    assert force.call_of(f"p{NEAR + 100}").state is CallState.OPEN, "the deputy of the near team"
    force.says(f"p{FAR}", "accept")
    assert force.call_of(f"p{FAR}").state is CallState.ACCEPTED


def test_places_that_no_near_one_can_fill_go_to_whoever_comes() -> None:
    force = force_with(NEAR, FAR, minimum=6, maximum=6)
    force.says(f"p{FAR}", "accept")
    assert (force.call_of(f"p{FAR}").seated, force.call_of(f"p{FAR}").waits) == (2, 2)
    force.says(f"p{NEAR}", "decline")
    assert force.call_of(f"p{FAR}").seated == 4, "and the rest with them, once no nearer one may come"


def test_the_rest_of_a_late_crew_gets_what_a_silent_team_leaves() -> None:
    force = force_with(NEAR, FAR, minimum=6, maximum=6)
    force.pass_time(1)
    force.says(f"p{FAR}", "accept")
    force.pass_time(OFFER_MS / 1000)
    assert (force.call_of(f"p{FAR}").seated, force.call_of(f"p{FAR}").waits) == (4, 0)


def test_whoever_says_himself_that_he_comes_later_waits_for_those_in_time() -> None:
    force = force_with(NEAR, NEAR + 1)
    force.says(f"p{NEAR}", "later", eta_min=BY_MIN + 5)
    assert force.call_of(f"p{NEAR}").state is CallState.STANDBY
    force.says(f"p{NEAR + 1}", "accept")
    assert force.figures() == (4, 0, 0)


def test_careful_minutes_of_a_near_leader_put_him_behind_nobody() -> None:
    force = force_with(NEAR, NEAR + 1)
    force.says(f"p{NEAR}", "accept", eta_min=BY_MIN + 5)
    assert force.call_of(f"p{NEAR}").state is CallState.ACCEPTED


def test_a_leader_who_is_nearer_than_his_base_is_believed() -> None:
    force = force_with(NEAR, FAR)
    force.says(f"p{FAR}", "accept", eta_min=5)
    assert force.call_of(f"p{FAR}").state is CallState.ACCEPTED


def test_without_a_time_or_with_everybody_late_the_first_yes_counts() -> None:
    no_time = Force(team(NEAR), team(FAR))
    no_time.call_out("i1", need(minimum=2, maximum=4))
    no_time.says(f"p{FAR}", "accept")
    assert no_time.call_of(f"p{FAR}").state is CallState.ACCEPTED
    all_late = force_with(FAR, FAR + 1)
    all_late.says(f"p{FAR + 1}", "accept")
    assert all_late.call_of(f"p{FAR + 1}").state is CallState.ACCEPTED


def test_who_waits_for_nearer_ones_is_no_reason_to_ring_others_far_away() -> None:
    force = force_with(NEAR, FAR, FAR + 1, FAR + 2, FAR + 3)
    called = len(force.parts())
    force.says(f"p{FAR}", "accept")
    assert len(force.parts()) == called


def test_nobody_who_has_a_place_loses_it_to_a_nearer_one() -> None:
    force = force_with(NEAR, NEAR + 1, size=2, maximum=2)
    force.says(f"p{NEAR}", "accept")
    force.says(f"p{NEAR}", "accept", eta_min=BY_MIN + 5)
    assert (force.call_of(f"p{NEAR}").state, force.figures()) == (CallState.ACCEPTED, (2, 0, 0))
