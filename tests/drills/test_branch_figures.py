"""What two branches are compared by, and that a drill's own disturbances hold in its branches."""

import msgspec

from drills.forks import NextWave, Nothing, branch, forecast
from drills.forks.forecast import Forecast, NeedForecast
from drills.scenario.acts import Act, FailChannel, RadioOut
from mobilization import Call
from mobilization.roster import Roster
from tests.drills.drilled import BEGIN_MS, Played, played, small

MINUTE = 60_000


def far_apart(drill: Played) -> Played:
    """Each team a kilometre farther off than the one before it."""
    teams = [msgspec.structs.replace(team, lon=112.0 + n / 96) for n, team in enumerate(drill.crew.teams())]
    return drill._replace(crew=Roster(rev=1, teams=teams, people=drill.crew.people))


def disturbed_by(*acts: Act) -> Played:
    scenario = small()
    first, *others = scenario.injects
    return played(msgspec.structs.replace(scenario, injects=(msgspec.structs.replace(first, acts=(*first.acts, *acts)), *others)))


def test_a_need_is_told_with_its_first_its_too_many_and_its_calls() -> None:
    drill = played()
    drill.run(1)
    (need,) = forecast(drill.parent(), branches=30, horizon_ms=60 * MINUTE).needs
    assert need.first_ms is not None
    assert need.early_ms is not None
    assert need.half_ms is not None
    assert need.most_ms is not None
    assert drill.clock.wall_ms() < need.first_ms <= need.half_ms
    assert need.early_ms <= need.half_ms <= need.most_ms
    assert need.over == need.bands[-1].middle - need.need.least
    assert need.calls >= need.teams >= 3


def test_figures_begin_with_what_was_so_at_the_moment() -> None:
    drill = played()
    drill.run(20)
    here = drill.parent()
    (need,) = forecast(here, branches=10, horizon_ms=30 * MINUTE).needs
    assert need.first_ms == need.early_ms == need.half_ms == here.now_ms, "they were there when the branch began"
    assert need.calls >= len(drill.core.world.keys("call"))


def test_a_further_wave_calls_more_and_brings_no_more_than_there_are_places_for() -> None:
    """Whoever says yes first has the place, so a wave beyond the offers that stand brings farther teams in place of nearer ones: met no
    earlier. The engine does so in earnest; a branch that hid it would lie."""
    drill = played(teams=40)
    drill.run(0.7)
    here = far_apart(drill).parent()
    plain, more = (_of(forecast(here, branches=60, horizon_ms=60 * MINUTE, change=change)) for change in (Nothing(), NextWave(incident="drill-fire")))  # fmt: skip
    assert more.calls > plain.calls
    assert more.over <= 4
    assert plain.half_ms is not None
    assert more.half_ms is not None
    assert more.half_ms >= plain.half_ms - MINUTE


def _of(found: Forecast) -> NeedForecast:
    return found.needs[0]


def test_while_a_radio_is_out_nobody_of_there_says_anything_in_a_branch_either() -> None:
    drill = disturbed_by(RadioOut(division="county-1", minutes=40))
    drill.run(0.7)
    grown = branch(drill.parent(), seed=3)
    grown.stage.run(BEGIN_MS + 39 * MINUTE)
    assert not {"call.answered", "call.progressed"} & {record.name for record in grown.log.own()}
    grown.stage.run(BEGIN_MS + 60 * MINUTE)
    assert {"call.answered", "call.progressed"} & {record.name for record in grown.log.own()}


def test_while_pages_fail_nobody_is_called_awake_in_a_branch_either() -> None:
    wakes = []
    for acts in ((), (FailChannel(minutes=40),)):
        drill = disturbed_by(*acts)
        drill.run(0.7)
        grown = branch(drill.parent(), seed=3, change=NextWave(incident="drill-fire"))
        calls = [grown.core.world.look(key) for key in grown.core.world.keys("call")]
        wakes.append({call.awake for call in calls if isinstance(call, Call) and call.id.startswith("c-fork")})
    assert wakes == [{True}, {False}]
