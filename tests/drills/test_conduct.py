"""What falls due, what is released, held, skipped; and of one instant, who speaks first."""

import msgspec
import pytest

from command.core.asks import Ask, Receipt
from command.core.errors import MusterError, Refused
from command.core.facts import Command
from drills.conduct import (
    BindIncident,
    ConfirmRating,
    Correct,
    EndDrill,
    Hold,
    NoteImprovement,
    OpenDrill,
    Release,
    ScoreByHand,
    Skip,
    StopDrill,
)
from drills.conduct.deciding import find
from tests.drills.drilled import BEGIN_MS, CONTROLLER, played, small


def code(outcome: object) -> str:
    assert isinstance(outcome, MusterError), outcome
    return outcome.code


def test_an_inject_is_released_when_its_time_comes() -> None:
    drill = played()
    drill.run(0)
    assert drill.drill.lines[1].state == "released"
    assert drill.drill.lines[1].reached_ms == BEGIN_MS


def test_what_waits_for_another_is_released_so_long_after_it_if_its_condition_is_so() -> None:
    drill = played()
    drill.run(19)
    assert drill.drill.lines[2].state == "waiting"
    drill.run(21)
    assert (drill.drill.lines[2].state, drill.drill.lines[2].why) == ("released", "condition")


def test_what_waits_for_what_is_not_so_is_skipped_and_says_so() -> None:
    drill = played(teams=0)
    drill.run(21)
    assert (drill.drill.lines[2].state, drill.drill.lines[2].why) == ("skipped", "not_so")


def test_what_players_did_already_is_not_played() -> None:
    scenario = small()
    cue = scenario.injects[1].cue
    late = msgspec.structs.replace(scenario.injects[1], cue=msgspec.structs.replace(cue, only_if=None, unless=cue.only_if))
    drill = played(small(injects=(scenario.injects[0], late, scenario.injects[2])))
    drill.run(21)
    assert (drill.drill.lines[2].state, drill.drill.lines[2].why) == ("skipped", "acted")


def test_of_one_instant_the_controller_goes_before_the_clock() -> None:
    """Held in the very millisecond in which it falls due."""
    drill = played()
    drill.clock.advance(ms=BEGIN_MS - drill.clock.wall_ms())
    assert isinstance(drill.ask(Hold(no=1)), Receipt)
    assert drill.drill.lines[1].state == "held"
    drill.run(5)
    assert "inject.released" not in drill.names()


def test_of_one_instant_the_clock_goes_before_everybody_else() -> None:
    drill = played()
    drill.clock.advance(ms=BEGIN_MS - drill.clock.wall_ms())
    drill.core.turn(
        [
            Ask(
                command=NoteImprovement(improvement="i", objective="waves", what="a", action="b", owner="c", due="d"),
                actor="x",
                command_id="x",
            )
        ]
    )
    assert drill.names()[-2:] == ["inject.released", "improvement.noted"]


def test_a_controller_releases_early_what_was_held_or_skipped_but_plays_nothing_twice() -> None:
    drill = played()
    drill.ask(Hold(no=1))
    drill.ask(Skip(no=1))
    assert isinstance(drill.ask(Release(no=1)), Receipt)
    drill.ask(Release(no=1), id_="again")
    assert drill.names().count("inject.released") == 1
    assert code(drill.ask(Hold(no=1), id_="late")) == "inject.released"


def test_it_is_over_at_its_end_and_what_was_not_played_is_skipped() -> None:
    drill = played(small(lasts_min=30))
    drill.run(30)
    assert drill.drill.is_over
    assert (drill.drill.lines[3].state, drill.drill.lines[3].why) == ("skipped", "ended")
    assert code(drill.ask(Release(no=3))) == "drill.over"


def test_a_stopped_drill_plays_nothing_more() -> None:
    drill = played()
    drill.run(1)
    drill.ask(StopDrill(words="真实火情"))
    before = drill.names().count("inject.released")
    drill.run(90)
    assert drill.names().count("inject.released") == before
    assert drill.drill.stopped == "真实火情"


def test_an_incident_that_players_raise_near_the_spot_is_the_one_of_the_drill() -> None:
    drill = played()
    drill.run(3)
    assert drill.drill.bound == {"fire": "drill-fire"}
    assert code(drill.ask(BindIncident(name="fire", incident="none"))) == "drill.incident"


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (Release(no=99), "inject.unknown"),
        (Correct(no=3, reached_ms=BEGIN_MS, reason="晚了"), "inject.not_released"),
        (Correct(no=1, reached_ms=BEGIN_MS - 1, reason="早了"), "drill.times"),
        (Correct(no=1, reached_ms=BEGIN_MS, reason=" "), "drill.reason"),
        (ScoreByHand(no=3, measure=0, outcome="fine", words="x"), "measure.outcome"),
        (ScoreByHand(no=3, measure=0, outcome="met", words=""), "measure.outcome"),
        (ConfirmRating(objective="other", rating="P", proposed="P"), "objective.unknown"),
        (ConfirmRating(objective="waves", rating="A", proposed="P"), "objective.rating"),
        (ConfirmRating(objective="waves", rating="S", proposed="P"), "drill.reason"),
        (NoteImprovement(improvement="i", objective="waves", what="", action="", owner="", due=""), "improvement.incomplete"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(command: Command, refusal: str) -> None:
    drill = played()
    drill.run(1)
    before = drill.core.position
    assert code(drill.ask(command)) == refusal
    assert drill.core.position == before


def test_a_realm_holds_one_drill() -> None:
    drill = played()
    assert code(drill.ask(OpenDrill(opening=drill.drill.opened))) == "drill.exists"


def test_without_a_drill_nothing_can_be_conducted() -> None:
    with pytest.raises(Refused, match=r"drill\.none"):
        find(lambda _key: None)


def test_an_end_by_hand_is_an_end() -> None:
    drill = played()
    drill.run(1)
    drill.ask(EndDrill(), by=CONTROLLER)
    assert drill.drill.is_over
