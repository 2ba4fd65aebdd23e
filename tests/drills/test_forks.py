"""Branches: one thing changed, the parent untouched; a forecast by many of them."""

from command.core.core import Core
from drills.agenda import Cast
from drills.forks import MoreTeams, NextWave, Nothing, Shut, branch, forecast
from drills.forks.forecast import advise
from drills.players import Officers
from tests.drills.drilled import BEGIN_MS, played

MINUTE = 60_000


def test_a_branch_leaves_its_parent_as_it_is() -> None:
    drill = played()
    drill.run(2)
    head, states = drill.log.head(), dict(drill.core.world._states)
    grown = branch(drill.parent(), seed=3)
    grown.stage.run(drill.clock.wall_ms() + 30 * MINUTE)
    assert grown.core.position > head[0]
    assert drill.log.head() == head
    assert drill.core.world._states == states


def test_a_branch_reads_on_from_its_parents_log() -> None:
    drill = played()
    drill.run(2)
    grown = branch(drill.parent(), seed=3)
    grown.stage.run(drill.clock.wall_ms() + 30 * MINUTE)
    records = grown.log.after(0, 1 << 30)
    assert [record.position for record in records] == list(range(1, grown.core.position + 1))
    assert records[: drill.core.position] == drill.log.after(0, 1 << 30)
    assert grown.log.own()[0].position == drill.core.position + 1


def test_the_same_seed_is_the_same_branch_and_another_is_another() -> None:
    drill = played()
    drill.run(1)
    heads = []
    for seed in (3, 3, 4):
        grown = branch(drill.parent(), seed=seed)
        grown.stage.run(drill.clock.wall_ms() + 60 * MINUTE)
        heads.append(grown.log.head())
    assert heads[0] == heads[1] != heads[2]


def test_a_branch_of_a_branch() -> None:
    drill = played()
    drill.run(1)
    first = branch(drill.parent(), seed=3)
    first.stage.run(BEGIN_MS + 5 * MINUTE)
    position, hash_ = first.log.head()
    world = first.core.world
    parent = drill.parent()._replace(
        world=world, log=first.log, position=position, hash=hash_, now_ms=BEGIN_MS + 5 * MINUTE,
        calls=[key.partition(":")[2] for key in world.keys("call")],
    )  # fmt: skip
    second = branch(parent, seed=9)
    second.stage.run(BEGIN_MS + 40 * MINUTE)
    records = second.log.after(0, 1 << 30)
    assert [record.position for record in records] == list(range(1, second.core.position + 1))
    assert second.core.position > position > drill.core.position


def test_a_branch_in_which_the_next_wave_is_called_now_calls_more() -> None:
    drill = played()
    drill.run(0.4)
    here = drill.parent()
    calls = []
    for change in (Nothing(), NextWave(incident="drill-fire", more=3)):
        grown = branch(here, seed=3, change=change)
        grown.stage.run(here.now_ms + 1)
        calls.append(len(grown.core.world.keys("call")))
    assert calls[1] == calls[0] + 3


def test_more_teams_near_by_are_called() -> None:
    drill = played(teams=12)
    here = drill.parent()
    change = MoreTeams(speciality="FIRST_AID", division="990101001", lon=112.002, lat=30.401, count=2)
    officers = [cast for cast in drill.stage._agenda._casts if cast.name == "officers"]
    grown = branch(here, seed=3, change=change, casts=lambda core: [_over(officers[0], core)])
    grown.stage.run(BEGIN_MS + 5 * MINUTE)
    assert "raised" in "".join(record.name for record in grown.log.own())


def _over(officers: Cast, core: Core) -> Cast:
    """The same desks over the states of a branch."""
    assert isinstance(officers, Officers)
    officers._look = core.world.look
    officers._desk.look = core.world.look
    return officers


def test_a_road_that_is_shut_stands_in_the_branch_alone() -> None:
    drill = played()
    drill.run(1)
    grown = branch(drill.parent(), seed=3, change=Shut(incident="drill-fire", lon=112.01, lat=30.4))
    assert grown.core.world.look("zone:fork-shut") is not None
    assert drill.core.world.look("zone:fork-shut") is None


def test_a_forecast_says_when_each_need_is_met_and_with_what_chance() -> None:
    drill = played()
    drill.run(1)
    found = forecast(drill.parent(), branches=20, horizon_ms=60 * MINUTE)
    (need,) = found.needs
    assert need.need.speciality == "FIRST_AID"
    assert 0 <= need.in_time <= 1
    assert need.half_ms is not None
    assert drill.clock.wall_ms() < need.half_ms <= found.until_ms
    assert all(band.low <= band.middle <= band.high for band in need.bands)
    assert found == forecast(drill.parent(), branches=20, horizon_ms=60 * MINUTE)


def test_where_nobody_is_left_it_says_so() -> None:
    drill = played(teams=1)
    drill.run(5)
    _, (advice,) = advise(drill.parent(), branches=8, horizon_ms=30 * MINUTE)
    assert advice.act in ("ask_above", "next_wave")
    assert advice.chance < 0.8
