"""Before an exercise is made: how many it would enrol, by what they can and where they are. Counts only, of nobody the name."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from drills.scenario import Scenario
from mobilization.tables import TeamRow
from mobilization.training import Exercise, consent_of
from web_console.exercises.enrolling import in_teams, living, without
from web_console.exercises.preparing import folder_of, is_name
from web_console.house import House

_CHINA = timedelta(hours=8)
_NAME_MOST, _TOWNSHIP = 40, 9
_OF_TEAM = ("speciality", "division", "ladder", "members", "size", "minimum_crew")


class Reckoned(NamedTuple):
    """`of`: how many are in teams at all. `specialities`: code -> people and teams; `townships`: code -> people."""

    people: int
    of: int
    teams: int
    specialities: dict[str, tuple[int, int]]
    townships: dict[str, int]


def reckon(live: House, *, begin_ms: int, end_ms: int, under: str) -> Reckoned:
    """Who agreed to that time, by this moment: enrolling looks again."""
    pool, look = in_teams(live, under=under), live.core.world.look
    agreed = {person for person in pool if (said := consent_of(look, person)) is not None and said.allows(begin_ms, end_ms)}
    with live.registry.read() as session:
        rows = [{name: getattr(row, name) for name in _OF_TEAM} for row in session.scalars(select(TeamRow).order_by(TeamRow.id))]
    able, led, of_team = dict[str, set[str]](), Counter[str](), dict[str, str]()
    for row in rows:
        mine = {person for person in (*row["ladder"], *row["members"]) if person in agreed}
        able.setdefault(row["speciality"], set()).update(mine)
        of_team |= dict.fromkeys(sorted(mine), row["division"])
        led[row["speciality"]] += without(row, agreed) is not None
    homes = living(live)
    townships = Counter(_township(homes.get(person, ""), division) for person, division in of_team.items())
    return Reckoned(
        people=len(agreed), of=len(pool), teams=led.total(),
        specialities={code: (len(people), led[code]) for code, people in sorted(able.items()) if people},
        townships=dict(sorted(townships.items())),
    )  # fmt: skip


def name_for(live: House, scenario: Scenario, begin_ms: int) -> str:
    """A name that is free: of its script and the day."""
    day = datetime.fromtimestamp(begin_ms / 1000, UTC) + _CHINA
    stem = "".join(each if each.isascii() and each.isalnum() else "-" for each in scenario.id.lower()).strip("-")
    head = f"{stem or 'exercise'}"[: _NAME_MOST - 9].strip("-")
    names = [f"{head}-{day:%m%d}", *(f"{head}-{day:%m%d}-{n}" for n in range(2, 100))]
    return next((name for name in names if is_name(name) and not _is_taken(live, name)), "")


def _is_taken(live: House, name: str) -> bool:
    return isinstance(live.core.world.look(f"exercise:{name}"), Exercise) or folder_of(live, name).exists()


def _township(home: str, of_team: str) -> str:
    """As near as it is known: where they live, else where their team is."""
    return (home if len(home) >= _TOWNSHIP else of_team or home)[:_TOWNSHIP]
