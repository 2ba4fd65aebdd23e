"""Trainers play a drill on in branches: from now, from a moment of its past, and once it is over. Nothing of the drill moves by it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from command.tiers.imports import import_officers
from drills.scenario import dump
from drills.scenario.acts import RadioOut
from tests.playing import Playing, copied, played, prepared
from tests.stories.told import Teller, told
from tests.town import PASSWORD
from web_console.drill_files import SCENARIO_FILE, read_drill

COUNTY = "duty-990101"
QUICK = {"branches": 8, "horizon_min": 30}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("branches"))


@pytest.fixture
def playing(made: Path, tmp_path: Path) -> Iterator[Playing]:
    with played(copied(made, tmp_path)) as found:
        yield found


def until(playing: Playing, minute: float) -> None:
    while playing.minute < minute:
        playing.steps("due")


def asked(playing: Playing, who: str = "trainer", **body: Any) -> Any:
    answer = playing.call(who, "POST", "/forecasts", QUICK | body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def incident_of(playing: Playing) -> str:
    return next(iter(playing.house.view.incidents))


def test_a_trainer_and_an_observer_compare_branches_of_the_present(playing: Playing) -> None:
    until(playing, 1)
    incident, head = incident_of(playing), playing.house.realm.log.head()
    changes = [{"change": "nothing"}, {"change": "next_wave", "incident": incident}]
    found = asked(playing, changes=changes)
    assert found["at_ms"] == playing.house.core.now_ms()
    for each in found["branches"]:
        (need,) = each["needs"]
        assert (need["incident"], need["least"]) == (incident, 2)
        assert need["calls"] >= need["teams"] > 0
        assert need["over"] <= 4
    assert found["names"] == {incident: "3号楼厨房起火"}
    assert asked(playing, "observer", changes=changes) == found
    assert playing.house.realm.log.head() == head


def test_from_a_moment_of_the_past_the_main_line_is_what_happened(playing: Playing) -> None:
    until(playing, 1)
    then_ms = playing.house.core.now_ms()
    until(playing, 12)
    incident = incident_of(playing)
    found = asked(playing, at_ms=then_ms + 1, changes=[{"change": "nothing"}, {"change": "next_wave", "incident": incident}])
    plain, more = found["branches"]
    assert found["at_ms"] == then_ms + 1
    assert plain["happened_ms"] > then_ms
    assert plain["needs"][0]["bands"][0][0] == then_ms + 1
    assert more["needs"][0]["calls"] >= plain["needs"][0]["calls"]
    assert asked(playing)["at_ms"] > then_ms, "and the present again"


def test_when_it_is_over_its_past_is_still_played_on(playing: Playing) -> None:
    until(playing, 3)
    then_ms = playing.house.core.now_ms()
    playing.does("trainer", "/drill/end")
    assert asked(playing, at_ms=then_ms)["branches"][0]["needs"]


def test_what_the_file_disturbs_is_disturbed_in_a_branch(made: Path, tmp_path: Path) -> None:
    """Crews of a county whose radio is out for the whole horizon promise nothing in any branch."""
    realm = copied(made, tmp_path)
    scenario = read_drill(realm)
    first, *others = scenario.injects
    out = msgspec.structs.replace(first, acts=(*first.acts, RadioOut(division="county-1", minutes=120)))
    (realm / SCENARIO_FILE).write_bytes(dump(msgspec.structs.replace(scenario, injects=(out, *others))))
    with played(realm) as playing:
        until(playing, 1)
        (need,) = asked(playing)["branches"][0]["needs"]
        assert need["calls"] > 0
        assert (need["promised"], need["first_ms"]) == (0, None)


@pytest.mark.parametrize(
    "change",
    [
        {"change": "next_wave", "incident": "i", "more": 0},
        {"change": "more_teams", "speciality": "FIRST_AID", "division": "99", "lon": 112, "lat": 30, "count": 1_000_000_000},
        {"change": "shut", "incident": "i", "lon": 112, "lat": 30, "radius_m": 1e9},
        {"change": "shut", "incident": "i", "lon": 1120, "lat": 30},
    ],
)  # fmt: skip
def test_a_change_beyond_all_measure_is_refused(playing: Playing, change: dict[str, object]) -> None:
    answer = playing.call("trainer", "POST", "/forecasts", QUICK | {"changes": [change]})
    assert (answer.status_code, answer.json()["code"][:5]) == (422, "body.")


def test_the_same_moment_is_asked_for_again_by_its_position_and_time(playing: Playing) -> None:
    """What was recorded in the same millisecond since does not count."""
    until(playing, 1)
    first = asked(playing)
    playing.does("trainer", "/drill/injects/2/hold")
    again = asked(playing, position=first["position"], at_ms=first["at_ms"])
    assert (again["position"], again["at_ms"]) == (first["position"], first["at_ms"])
    early = playing.call("trainer", "POST", "/forecasts", QUICK | {"position": first["position"], "at_ms": 1})
    assert early.json()["code"] == "forecast.moment"


@pytest.mark.parametrize(("at_ms", "status"), [(0, 404), (1, 404), (253_402_300_799_999, 404), (-1, 422), ("now", 422)])
def test_a_moment_without_a_record_is_refused(playing: Playing, at_ms: object, status: int) -> None:
    answer = playing.call("trainer", "POST", "/forecasts", QUICK | {"at_ms": at_ms})
    assert answer.status_code == status
    assert answer.json()["code"] in ("forecast.moment", "body.field")


def test_a_desk_that_plays_may_ask_as_in_earnest_and_a_leader_may_not(playing: Playing) -> None:
    until(playing, 1)
    assert asked(playing, COUNTY)["branches"][0]["needs"]
    assert playing.call("leader-1", "POST", "/forecasts", QUICK).status_code == 401


def test_who_only_looks_on_at_live_work_is_refused(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        rows = tmp_path / "trainer.csv"
        rows.write_text("id,name,role,post\ntr,冯教员,trainer,9901\nob,观摩,observer,9901\n", "utf-8")
        assert import_officers(story.house.registry, rows).bad == []
        for who in ("tr", "ob"):
            story.house.accounts.add(who, kind="officer", subject=who, password=PASSWORD)
        story.settle()
        story.raise_fire()
        for who in ("tr", "ob"):
            assert _code(story, who) == "authority.role"


def _code(story: Teller, who: str) -> str:
    found: str = story.call(who, "POST", "/forecasts", QUICK).json()["code"]
    return found
