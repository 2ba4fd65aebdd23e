"""A further wave is ordered by mistake and taken back, while the call-out goes on."""

from command.core.errors import Refused
from mobilization import CallNextWave, CallState, WithdrawWave
from mobilization.facts import WaveWithdrawn
from tests.kit import CITY, TOWNSHIP, need, planned
from tests.mobilization.kit import Force, team


def ordered() -> Force:
    """p0 has the seats that are wanted at least; p4 and p5 are called beyond them, and p4 says yes."""
    force = Force(*(team(n) for n in range(6)))
    force.call_out("i1", need(minimum=4, maximum=8))
    force.says("p0", "accept", 4)
    calls = tuple(planned(70 + n, team=f"t0{n}", person=f"p{n}", crew=4) for n in (4, 5))
    more = CallNextWave(mobilization="m-i1", calls=calls, registry_rev=1, why_not={}, why_blob="", gates={}, short={})
    force.ask(more, authority=CITY)
    force.says("p4", "accept", 2)
    return force


def taken_back(force: Force) -> None:
    force.ask(WithdrawWave(mobilization="m-i1", wave=len(force.running().waves)), authority=CITY)


def test_its_calls_are_over_its_seats_are_free_and_the_others_stay() -> None:
    force = ordered()
    assert force.figures()[0] == 6
    taken_back(force)
    assert [force.call_of(who).state for who in ("p4", "p5")] == [CallState.STOOD_DOWN] * 2
    assert (force.figures()[0], force.call_of("p0").state, force.running().over) == (4, CallState.ACCEPTED, False)
    look = force.desk.core.world.look
    assert [(look(f"person:{who}").engaged, look(f"person:{who}").open) for who in ("p4", "p5")] == [(None, ())] * 2
    assert [(look(f"team:t0{n}").engaged, look(f"team:t0{n}").open) for n in (4, 5)] == [(None, ())] * 2
    taken_back(force)
    assert force.names().count(WaveWithdrawn.NAME) == 1, "taken back once"


def test_a_yes_that_comes_after_it_gets_no_seat_and_they_may_be_called_again() -> None:
    force = ordered()
    taken_back(force)
    force.says("p5", "accept", 2)
    assert (force.call_of("p5").state, force.figures()[0]) == (CallState.NOT_NEEDED, 4)
    again = CallNextWave(
        mobilization="m-i1", calls=(planned(90, team="t04", person="p4"),), registry_rev=1, why_not={}, why_blob="", gates={}, short={}
    )  # fmt: skip
    force.ask(again, authority=CITY)
    assert force.call_of("p4").state is CallState.OPEN


def test_who_has_set_out_stays_called() -> None:
    force = ordered()
    force.does("p4", "set_out")
    taken_back(force)
    assert (force.call_of("p4").state, force.figures()[0]) == (CallState.SET_OUT, 6)
    assert force.call_of("p5").state is CallState.STOOD_DOWN


def test_no_such_wave_and_a_post_that_may_not() -> None:
    force = ordered()
    no_such = force.ask(WithdrawWave(mobilization="m-i1", wave=9), authority=CITY)
    assert isinstance(no_such, Refused)
    assert no_such.code == "wave.unknown"
    not_theirs = force.ask(WithdrawWave(mobilization="m-i1", wave=1), authority=TOWNSHIP)
    assert isinstance(not_theirs, Refused)
    assert force.call_of("p0").state is CallState.ACCEPTED
