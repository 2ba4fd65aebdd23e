"""Whom no road leads to the place is called last, and not dropped."""

from collections.abc import Sequence

from geo import Trip, straight_line
from tests.kit import need
from tests.mobilization.kit import Force, team


def cut_off(origins: Sequence[tuple[float, float]], place: tuple[float, float]) -> list[Trip]:
    """A flood lies between the two nearest teams and the place."""
    trips = straight_line(origins, place)
    nearest = sorted(trips)[:2]
    return [trip._replace(source="straight_line_no_road" if trip in nearest else "road_graph") for trip in trips]


def called_by(force: Force) -> list[str]:
    force.call_out("i1", need(minimum=4, maximum=16))
    return [part.team for part in force.parts("i1")]


def test_the_nearest_behind_a_flood_come_after_those_a_road_leads_there() -> None:
    given = Force(*(team(number) for number in range(1, 6)))
    given.outlook = given.outlook._replace(travel=cut_off)
    called = called_by(given)
    assert called[:3] == ["t03", "t04", "t05"]
    assert set(called[3:]) <= {"t01", "t02"}


def test_with_nobody_else_they_are_called_all_the_same() -> None:
    given = Force(team(1), team(2))
    given.outlook = given.outlook._replace(travel=cut_off)
    assert sorted(called_by(given)) == ["t01", "t02"]
