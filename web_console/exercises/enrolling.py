"""Copying into an exercise: the ground of the live realm as it is, and of its people those who agreed. Nobody else exists there."""

import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase

from command.core.errors import Refused
from command.core.realm_facts import AreasChanged, RoadsChanged
from command.tiers.divisions import covers
from command.tiers.tables import DivisionRow, OfficerRow, PostRow, SavedPlaceRow, StationRow, Table
from mobilization.tables import PersonRow, TeamRow
from web_console.house import House

Values = dict[str, Any]
_GROUND: Sequence[tuple[str, type[Table]]] = (
    ("divisions", DivisionRow), ("stations", StationRow), ("places", SavedPlaceRow), ("posts", PostRow),
)  # fmt: skip


def copy_ground(live: House, into: House) -> None:
    """Divisions, stations, places, posts; boundaries, roads and the base map. No person."""
    for kind, table in _GROUND:
        _put(into, kind, table, _rows(live, table))
    for name in ("areas", "roads", "layers"):
        source = live.realm.folder.path / name
        if source.exists():
            shutil.copytree(source, into.realm.folder.path / name, dirs_exist_ok=True)
    if live.areas:
        into.record(AreasChanged(version=live.areas))
    if live.roads:
        into.record(RoadsChanged(version=live.roads))


def copy_officers(live: House, into: House, officers: Collection[str]) -> None:
    """Those named, with what is sealed of them. Raises Refused(exercise.officer)."""
    found = {row["id"]: row for row in _rows(live, OfficerRow)}
    for officer in officers:
        if officer not in found:
            raise Refused("exercise.officer", officer=officer)
    _put(into, "officers", OfficerRow, _resealed(live, into, "officer", [found[each] for each in sorted(set(officers))]))


def copy_people(live: House, into: House, people: Collection[str]) -> int:
    """Those enrolled, and their teams without whoever is not. Returns how many teams came."""
    wanted = frozenset(people)
    _put(
        into, "people", PersonRow, _resealed(live, into, "person", [row for row in _rows(live, PersonRow) if row["id"] in wanted])
    )
    teams = [team for row in _rows(live, TeamRow) if (team := without(row, wanted)) is not None]
    _put(into, "teams", TeamRow, teams)
    return len(teams)


def in_teams(live: House, *, under: str = "") -> tuple[str, ...]:
    """Who may be needed: everyone who is in a team; with `under` those who live there, or whose team is of there where it is not said."""
    found = {person: row["division"] for row in _rows(live, TeamRow) for person in (*row["ladder"], *row["members"])}
    if under:
        found |= {person: division for person, division in living(live).items() if person in found and division}
    return tuple(sorted(person for person, division in found.items() if covers(under, division)))


def living(live: House) -> dict[str, str]:
    """The division of everybody; nothing that is sealed is opened."""
    with live.registry.read() as session:
        return {row.id: row.division for row in session.execute(select(PersonRow.id, PersonRow.division))}


def without(team: Mapping[str, Any], enrolled: Collection[str]) -> Values | None:
    """A team as the exercise knows it: led by whoever of its leader and deputies is enrolled, and no larger than those who are;
    None: nobody there leads it."""
    ladder = [person for person in team["ladder"] if person in enrolled]
    members = [person for person in team["members"] if person in enrolled]
    size = len({*ladder, *members})
    if not ladder:
        return None
    return {**team, "ladder": ladder, "members": members, "size": size, "minimum_crew": min(team["minimum_crew"], size)}


def _rows(house: House, table: type[Table]) -> list[Values]:
    with house.registry.read() as session:
        return [_values(row) for row in session.scalars(select(table).order_by(*table.__mapper__.primary_key))]


def _values(row: DeclarativeBase) -> Values:
    return {column.key: getattr(row, column.key) for column in type(row).__mapper__.column_attrs if column.key != "rev"}


def _resealed(live: House, into: House, kind: str, rows: Sequence[Values]) -> list[Values]:
    """The personal parts under keys of the exercise's own vault, made in one go: erased there, one is not erased here."""
    subjects = [f"{kind}:{row['id']}" for row in rows]
    plain = [live.registry.open(subject, row["sealed"]) for subject, row in zip(subjects, rows, strict=True)]
    known = [(subject, each) for subject, each in zip(subjects, plain, strict=True) if each]
    sealed = dict(zip((subject for subject, _ in known), into.registry.seal(known), strict=True))
    return [{**row, "sealed": sealed.get(subject)} for subject, row in zip(subjects, rows, strict=True)]


def _put(into: House, kind: str, table: type[Table], rows: Sequence[Values]) -> None:
    key = str(table.__mapper__.primary_key[0].key)
    split: Callable[[Values], tuple[str, Values]] = lambda row: (row[key], {n: v for n, v in row.items() if n != key})  # noqa: E731
    with into.registry.write("import", f"{kind} live") as writing:
        writing.put_many(table, [split(row) for row in rows])
