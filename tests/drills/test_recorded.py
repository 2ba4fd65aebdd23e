"""Branches of the past: what people really did is done again, counted from the branch's moments; who was never asked is simulated."""

from collections.abc import Iterable, Sequence

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from command.core.asks import Ask
from drills.forks import Branch, NextWave, Nothing, Parent, People, Record, Shut, branch, forecast
from drills.forks.branch import events_of
from drills.forks.changes import Change
from geo import Trip, straight_line
from geo.travel import NO_ROAD
from incidents import LiftZone, MarkZone, Zone
from mobilization import StandDown, WaveCalled
from mobilization.roster import Travel
from tests.drills.drilled import RULES
from tests.drills.recorded_town import BEGIN_MS, CALL_OUT, COUNTY, FIRE, Roads, Town, done

HOUR_S = 3_600


def fire(roads: Roads = lambda _zones: straight_line) -> Town:
    """Two of the first wave come, one never looks, the others say no; an officer calls two more after ten minutes, who come as well."""
    town = Town(teams=14, roads=roads).at(1)
    town.raise_fire(least=4, most=14)
    first = town.called()
    town.at(41).sees("p000")
    town.at(76).answers("p000", heads=3)
    town.at(80).answers("p002", heads=2)
    for person in first[3:]:
        town.at(85).answers(person, "decline")
    town.at(316).reports("p000", "set_out")
    town.at(400).reports("p002", "set_out", heads=2)
    town.at(601).next_wave(3)
    second = town.called()[-2:]
    for n, person in enumerate(second):
        town.at(640 + n).answers(person, heads=2)
    town.at(700).reports(second[0], "set_out")
    town.at(976).reports("p000", "arrived")
    town.at(1100).reports("p002", "arrived")
    town.at(1300).reports(second[1], "arrived")
    town.at(1500).reports(second[0], "arrived")
    town.at(5000).does(StandDown(mobilization=CALL_OUT))
    for at, person in enumerate(("p000", "p002", *second)):
        town.at(5600 + 10 * at).reports(person, "released")
    return town.at(2 * HOUR_S)


def grown(town: Town, seconds: float, change: Change = Nothing()) -> Branch:  # noqa: B008 -- it never changes
    found = branch(town.parent(seconds), seed=3, change=change)
    found.stage.run(BEGIN_MS + 2 * HOUR_S * 1000)
    return found


def people(found: Branch) -> People:
    assert found.recalled is not None
    return found.recalled.people


def test_with_nothing_changed_everybody_does_what_they_did_when_they_did_it() -> None:
    town = fire()
    for moment in (2, 60, 300, 500, 650, 1200, 5100):
        found = grown(town, moment)
        assert done(events_of(found.log, found.core)) == [row for row in done(town.events()) if row[0] > moment], moment
        assert people(found).simulated == people(found).beyond == 0
        assert found.refused == 0


def test_a_wave_three_minutes_earlier_brings_its_people_three_minutes_earlier() -> None:
    town = fire()
    late = town.called()[-3:]
    found = grown(town, 421, change=NextWave(incident=FIRE, more=3))
    rows = done(events_of(found.log, found.core))
    really = [row for row in done(town.events()) if row[0] > 421]
    assert rows == sorted((at - 180 if who in late and what != "released" else at, who, what) for at, who, what in really)
    assert people(found).simulated == 0
    assert len(found.core.world.keys("call")) == len(town.core.world.keys("call")), "the wave is not called twice"


def test_who_was_never_asked_is_simulated_and_it_is_said_how_many() -> None:
    town = fire()
    found = grown(town, 421, change=NextWave(incident=FIRE, more=6))
    new = {found.core.world.look(key).person for key in found.core.world.keys("call")} - set(town.called())
    assert new
    assert people(found).simulated == len(new)
    assert people(found).recorded > 0


def test_refused_stays_refused_and_never_seen_stays_never_seen() -> None:
    found = grown(fire(), 2)
    calls = {call.person: call for key in found.core.world.keys("call") if (call := found.core.world.look(key))}
    assert calls["p003"].state.value == "declined"
    assert calls["p001"].seen_ms is None
    assert calls["p001"].answered_ms is None


def test_the_main_line_is_what_happened() -> None:
    town = fire()
    parent = town.parent(60)
    found = forecast(parent, branches=20, horizon_ms=HOUR_S * 1000)
    (need,) = found.needs
    assert found.branches == 1
    assert need.half_ms == BEGIN_MS + 1_100_000, "when the fourth was on the spot"
    assert found.happened_ms == BEGIN_MS + 60_000 + HOUR_S * 1000
    assert found.people.recorded == 9, "the seven of the first wave, and two more of the second"
    assert found == forecast(parent, branches=20, horizon_ms=HOUR_S * 1000)


def slower(factor: float) -> Roads:
    """Where a road is shut, the way takes so many times as long."""

    def roads(zones: Iterable[Zone]) -> Travel:
        times = factor if any("car" in zone.shuts for zone in zones) else 1
        return lambda origins, place: [
            trip._replace(seconds=round(trip.seconds * times)) for trip in straight_line(origins, place)
        ]

    return roads


def test_a_way_that_is_shut_in_the_branch_takes_longer_as_the_ways_are_reckoned() -> None:
    town = fire(slower(2))
    found = grown(town, 301, change=Shut(incident=FIRE, lon=112.0, lat=30.41))
    arrived = {who: at for at, who, what in done(events_of(found.log, found.core)) if what == "arrived"}
    assert arrived["p000"] == 316 + 2 * (976 - 316)
    assert arrived["p002"] == 400 + 2 * (1100 - 400)
    late = grown(town, 350, change=Shut(incident=FIRE, lon=112.0, lat=30.41))
    arrived = {who: at for at, who, what in done(events_of(late.log, late.core)) if what == "arrived"}
    assert arrived["p000"] == 976, "who has set out already is past it"


def test_branches_of_one_moment_reckon_each_way_once() -> None:
    asked: list[bool] = []

    def roads(zones: Iterable[Zone]) -> Travel:
        is_shut = any("car" in zone.shuts for zone in zones)

        def travel(origins: Sequence[tuple[float, float]], place: tuple[float, float]) -> list[Trip]:
            asked.append(is_shut)
            return [trip._replace(seconds=trip.seconds * (1 + is_shut)) for trip in straight_line(origins, place)]

        return travel

    def second(parent: Parent) -> tuple[tuple[int, bytes], int]:
        """The second of two branches, and how often it asked for a way."""
        for _ in range(2):
            asked.clear()
            found = branch(parent, seed=3, change=Shut(incident=FIRE, lon=112.0, lat=30.41))
            found.stage.run(BEGIN_MS + 1_900_000)
        return found.log.head(), len(asked)

    here = fire(roads).parent(301)
    (plain, often), (shared, seldom) = second(here), second(here._replace(reckoned={}))
    assert plain == shared
    assert seldom < often


def no_way(zones: Iterable[Zone]) -> Travel:
    """While a road is shut, only the straight line is left to guess by."""
    is_shut = any("car" in zone.shuts for zone in zones)
    return lambda origins, place: [
        trip._replace(source=NO_ROAD if is_shut else "road_graph") for trip in straight_line(origins, place)
    ]


def test_whom_the_branch_cuts_off_stands_still_until_a_road_is_open_again() -> None:
    town = fire(no_way)
    cut = grown(town, 301, Shut(incident=FIRE, lon=112.0, lat=30.41))
    rows = done(events_of(cut.log, cut.core))
    assert not [row for row in rows if row[2] == "arrived"]
    assert [row for row in rows if row[1] == "p000"][1:] == [(5000.0, "p000", "released")], "over, it was home at once"
    opened = branch(town.parent(301), seed=3, change=Shut(incident=FIRE, lon=112.0, lat=30.41))
    opened.stage.run(BEGIN_MS + 1_000_000)
    opened.stage.ask([Ask(command=LiftZone(zone="fork-shut"), actor="officer:1", command_id="open", authority=COUNTY)])
    opened.stage.run(BEGIN_MS + 4_000_000)
    arrived = {who: at for at, who, what in done(events_of(opened.log, opened.core)) if what == "arrived"}
    assert arrived["p000"] == 1000 + 660, "as long as it was on the way, from when it got away"
    assert arrived["p002"] == 1000 + 700


def test_nothing_is_put_into_the_past_of_who_was_silent_so_far() -> None:
    """A call made half a minute ago: what is drawn for it lies ahead, or is drawn anew."""
    town = Town(teams=14).at(1).raise_fire(least=4, most=14).at(31)
    here = town.parent(31)
    said: set[float] = set()
    for seed in range(20):
        found = branch(here, seed=seed)
        found.stage.run(here.now_ms + 600_000)
        said |= {at for at, _, _ in done(events_of(found.log, found.core))}
        assert people(found).recorded == people(found).beyond + sum(
            call.answered_ms is None for key in found.core.world.keys("call") if (call := found.core.world.look(key)) and call.wave == 1
        )  # fmt: skip
    assert min(said) > 31
    assert len(said) > 20


def test_what_officers_ordered_and_makes_no_sense_any_more_is_counted_and_hurts_nobody() -> None:
    town = Town(teams=14).at(1).raise_fire(least=4, most=14)
    closure = MarkZone(
        zone="fork-shut", kind="closure", what="bridge", ring=((112.0, 30.41), (112.001, 30.41), (112.001, 30.411)), divisions=("990101",),
        shuts=("car",), look_again_ms=BEGIN_MS + 10 * HOUR_S * 1000,
    )  # fmt: skip
    town.at(50).does(closure)
    town.at(60).does(StandDown(mobilization=CALL_OUT))
    assert grown(town, 2).refused == 0
    shut = grown(town, 2, Shut(incident=FIRE, lon=112.0, lat=30.41))
    assert shut.refused == 1, "in the branch that zone was marked before"
    assert shut.core.world.look(f"mobilization:{CALL_OUT}").over, "what came after it still holds"


def test_of_more_than_it_holds_the_record_forgets_the_oldest_incidents() -> None:
    town = fire()
    record = Record(RULES.kinds, most=3)
    for event in town.events():
        record.follow(event)
    assert record.scripts((FIRE, "t000", "p000"))
    for event in town.events():
        if isinstance(event.fact, WaveCalled):
            other = msgspec.structs.replace(
                event.fact, incident="next", calls=tuple(msgspec.structs.replace(c, call=f"x{c.call}") for c in event.fact.calls)
            )
            record.follow(msgspec.structs.replace(event, position=event.position + 1000, fact=other))
    assert not record.scripts((FIRE, "t000", "p000"))
    assert record.scripts(("next", "t000", "p000"))


ACTS = (
    "see",
    "accept",
    "later",
    "decline",
    "set_out",
    "arrived",
    "released",
    "safe",
    "hurt",
    "received",
    "done",
    "danger",
    "sos",
    "away",
    "names",
)
ORDERS = ("roll", "order", "all", "next", "withdraw", "down", "again", "shut", "open")
doings = st.lists(
    st.tuples(st.integers(1, 120), st.one_of(st.tuples(st.sampled_from(ACTS), st.integers(0, 5)), st.tuples(st.sampled_from(ORDERS), st.integers(0, 5)))),
    max_size=50,
)  # fmt: skip


def lived(steps: list[tuple[int, tuple[str, int]]]) -> tuple[Town, int]:
    """A realm in which these things were tried, one after the other; what is refused changes nothing."""
    town, at = Town(teams=9).at(1), 1
    town.raise_fire(least=4, most=14)
    for after, (what, number) in steps:
        at += after
        town.at(at).tries(what, number)
    return town.at(at + 60), at


@settings(max_examples=60, deadline=None)
@given(doings, st.floats(0, 1))
def test_whatever_happened_happens_again_from_any_moment(steps: list[tuple[int, tuple[str, int]]], part: float) -> None:
    town, end = lived(steps)
    moment = 1 + round(part * (end - 1))
    here = town.parent(moment)
    logs = []
    for seed in (3, 3, 4):
        found = branch(here, seed=seed)
        found.stage.run(town.clock.wall_ms())
        assert done(events_of(found.log, found.core)) == [row for row in done(town.events()) if row[0] > moment]
        logs.append(found.log.head())
    assert logs[0] == logs[1], "the same parent and seed are the same branch, byte by byte"


@settings(max_examples=30, deadline=None)
@given(doings, st.floats(0, 1), st.integers(0, 1000), st.integers(1, 5))
def test_a_branch_of_the_past_is_the_same_again(
    steps: list[tuple[int, tuple[str, int]]], part: float, seed: int, more: int
) -> None:
    town, end = lived(steps)
    heads = set()
    for _ in range(2):
        found = branch(town.parent(1 + round(part * (end - 1))), seed=seed, change=NextWave(incident=FIRE, more=more))
        found.stage.run(town.clock.wall_ms() + HOUR_S * 1000)
        heads.add(found.log.head())
    assert len(heads) == 1
