"""An exercise is made of the live realm's ground and of those who agreed: nobody else exists in it."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from command.core.asks import Ask, Receipt
from command.core.errors import Refused
from command.core.vault import Vault
from drills.conduct import Drill
from drills.conduct.facts import KEY
from mobilization.tables import PersonRow, TeamRow
from mobilization.training import CancelEnrolment, Consent, GiveConsent, WithdrawConsent, exercise_of
from tests.exercises.kit import DAY_MS, FILE, HOUR_MS, WHOLE, agree, held, made, plan, scenario
from tests.stories.told import Teller, told
from web_console.catalogue import Catalogue
from web_console.exercises.enrolling import without
from web_console.exercises.preparing import NOTICE, asking
from web_console.house import House


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def in_registry(house: House) -> set[str]:
    with house.registry.read() as session:
        return set(session.scalars(select(PersonRow.id)))


def test_the_exercise_has_the_ground_and_only_those_who_agreed(story: Teller) -> None:
    agree(story, 1, 7, 3)
    agree(story, 4, until_ms=story.clock.wall_ms() + HOUR_MS)
    done = made(story)
    assert done.people == ("p1", "p3", "p7")
    open_ = held(story, done.folder)
    try:
        house = open_.house
        assert in_registry(house) == {"p1", "p3", "p7"}
        assert set(house.names.officers) == {"bo"}
        assert house.names.people.get("p1").name == "王1"  # type: ignore[union-attr]
        assert house.names.people.get("p2") is None
        assert house.ground.locate(111.05, 30.05) is not None
        assert house.areas == story.house.areas
        with house.registry.read() as session:
            teams = {row.id: (row.ladder, row.size) for row in session.scalars(select(TeamRow))}
        assert teams == {"t1": (["p1", "p7"], 2), "t3": (["p3"], 1)}
        assert story.house.names.teams["t1"].size == 4, "the live team is as it was"
        drill = house.core.world.look(KEY)
        assert isinstance(drill, Drill)
        assert (drill.opened.way, drill.opened.approved_by) == ("live", "")
    finally:
        asyncio.run(open_.house.close())
    assert all("王2".encode() not in path.read_bytes() for path in done.folder.rglob("*") if path.is_file())


def test_keys_of_many_are_made_in_one_go_and_no_road_is_read_for_it(story: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit for each person, and three readings of the map, once took ten seconds for two thousand."""
    agree(story, 1, 2, 3, 4, 5)
    keys, roads, real = list[int](), list[int](), Vault.prepare

    def counted(vault: Vault, subjects: list[str]) -> None:
        keys.append(len(subjects))
        real(vault, subjects)

    monkeypatch.setattr(Vault, "prepare", counted)
    monkeypatch.setattr(Catalogue, "_read_travel", lambda *_: roads.append(1))
    made(story)
    assert sorted(each for each in keys if each > 1) == [5]
    assert roads == []


def test_an_exercise_is_made_whole_or_not_at_all(story: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(story, 1)

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("web_console.exercises.preparing.copy_ground", broken)
    with pytest.raises(OSError, match="disk full"):
        made(story)
    assert not list(story.house.realm.folder.path.parent.glob("exercise-*"))
    assert exercise_of(story.house.core.world.look, "x1").cancelled
    state = story.house.core.world.look("consent:p1")
    assert isinstance(state, Consent)
    assert state.enrolled == (), "it counts for nobody"


def test_an_exercise_without_notice_needs_its_four_things_and_keeps_who_was_told_sealed(story: Teller) -> None:
    agree(story, 1)
    for lacking in ({"told": ()}, {"approved_by": ""}, {"safety_officer": " "}, {"stop_rules": ""}):
        notice = type(WHOLE)(**{name: getattr(WHOLE, name) for name in WHOLE.__struct_fields__} | lacking)
        with pytest.raises(Refused) as refused:
            made(story, plan(story, scenario=scenario(no_notice=True), notice=notice))
        assert refused.value.code == "exercise.approval"
    assert story.house.core.world.look("exercise:x1") is None, "nobody was enrolled for what was refused"
    done = made(story, plan(story, scenario=scenario(no_notice=True), notice=WHOLE))
    assert all("有人受伤即中止".encode() not in path.read_bytes() for path in done.folder.rglob("*") if path.is_file())
    open_ = held(story, done.folder)
    try:
        drill = open_.drill.opened
        assert (drill.approved_by, drill.safety_officer, drill.told) == ("周敏", "何滨", 2)
        assert "有人受伤即中止" in (open_.house.realm.blobs.get(NOTICE, KEY) or b"").decode()
    finally:
        asyncio.run(open_.house.close())
    assert "told" not in str(story.sees("leader1", "/me")["self"]["consent"])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"officers": ()}, "exercise.no_officer"), ({"officers": ("nobody",)}, "exercise.officer"), ({"name": "../x"}, "exercise.name"),
        ({"in_ms": -1}, "exercise.time"), ({"in_ms": 40 * DAY_MS}, "exercise.nobody"),
    ],
)  # fmt: skip
def test_what_cannot_be_held_is_refused_in_words(story: Teller, changed: dict[str, object], code: str) -> None:
    agree(story, 1)
    with pytest.raises(Refused) as refused:
        made(story, plan(story, **changed))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_file_with_a_made_up_city_is_for_no_real_person(story: Teller) -> None:
    agree(story, 1)
    made_up = scenario(text=FILE + "city: {people: 200}\n")
    with pytest.raises(Refused) as refused:
        made(story, plan(story, scenario=made_up))
    assert refused.value.code == "exercise.city"


@given(
    said=st.dictionaries(
        st.integers(1, 12),
        st.tuples(
            st.integers(-2, 3), st.integers(1, 5), st.integers(0, 1439), st.integers(0, 1439), st.integers(1, 2), st.booleans()
        ),
        max_size=12,
    ),
    begins=st.integers(1, 71),
)  # fmt: skip
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_outside_their_own_window_is_ever_in_an_exercise(
    story: Teller, said: dict[int, tuple[int, int, int, int, int, bool]], begins: int
) -> None:
    """Random people, random consents: who is in the registry of the exercise agreed to all of it, and to that hour."""
    now_ms = story.clock.wall_ms()
    agreed = set()
    for person, (from_days, days, since, until, times, gone) in said.items():
        from_ms = now_ms + from_days * DAY_MS
        until_ms = max(from_ms + days * DAY_MS, now_ms + 1)
        says(story, GiveConsent(person=f"p{person}", from_ms=from_ms, until_ms=until_ms, hours=(since, until), times=times))
        if gone:
            says(story, WithdrawConsent(person=f"p{person}"))
        elif _allows(now_ms, from_days, days, since, until, now_ms + begins * HOUR_MS):
            agreed.add(f"p{person}")
    wanted = plan(story, name="x1" if not agreed else f"x{story.house.core.position}", in_ms=begins * HOUR_MS)
    try:
        if not agreed:
            with pytest.raises(Refused, match=r"exercise\.nobody"):
                made(story, wanted)
            return
        done = made(story, wanted)
        asking(story.house)(CancelEnrolment(exercise=wanted.exercise))
        open_ = held(story, done.folder)
        try:
            assert in_registry(open_.house) == set(done.people) == agreed
        finally:
            asyncio.run(open_.house.close())
            shutil.rmtree(done.folder)
    finally:
        for person in said:
            says(story, WithdrawConsent(person=f"p{person}"))


def says(story: Teller, command: GiveConsent | WithdrawConsent) -> None:
    ask = Ask(command=command, actor=f"person:{command.person}", command_id=story.house.new_id())
    assert isinstance(story.house.core.turn([ask])[0], Receipt)


def _allows(now_ms: int, from_days: int, days: int, since: int, until: int, begin_ms: int) -> bool:
    """Said minute by minute, unlike the code."""
    from_ms = now_ms + from_days * DAY_MS
    minutes = [begin_ms + n * 60_000 for n in range(60)]
    inside = from_ms <= begin_ms and begin_ms + HOUR_MS <= max(from_ms + days * DAY_MS, now_ms + 1)

    def is_hour(at_ms: int) -> bool:
        of_day = (at_ms / 60_000 + 480) % 1440
        return since == until or (since <= of_day < until if since < until else of_day >= since or of_day < until)

    return inside and all(map(is_hour, minutes))


def test_a_team_whose_leaders_all_stay_away_does_not_exist() -> None:
    team = {"id": "t1", "ladder": ["a", "b"], "members": ["c"], "size": 6, "minimum_crew": 3}
    assert without(team, {"c"}) is None
    assert without(team, {"b", "c"}) == {"id": "t1", "ladder": ["b"], "members": ["c"], "size": 2, "minimum_crew": 2}
