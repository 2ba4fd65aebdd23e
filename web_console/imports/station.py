"""Whose lists somebody may bring, and the station as it stands: read at one revision."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from command.core.errors import Refused
from command.tiers.authority import COMMANDING
from command.tiers.divisions import covers
from command.tiers.imports import Where, known_divisions
from command.tiers.registry import Registry
from command.tiers.rows import split
from command.tiers.tables import StationRow
from mobilization.imports import person_row, person_values, team_row, team_values
from mobilization.tables import PersonRow, TeamRow
from mobilization.verdicts import Standing
from web_console.board.moves import KEEPER
from web_console.directory import Directory, OfficerName, StationName

WHERE = Where(lambda lon, lat: (lon, lat))
"""Teams brought by the page stand at their station: its place is in our datum already."""


def station_for(names: Directory, officer: OfficerName, asked: str) -> StationName:
    """The one place that says who may bring whose people: a keeper those of the own station, a commanding post those of the
    stations in its division. Raises Refused(import.station, authority.role)."""
    if officer.role != KEEPER and officer.role not in COMMANDING:
        raise Refused("authority.role")
    station = names.stations.get(asked or officer.station)
    allowed = station is not None and (
        station.id == officer.station if officer.role == KEEPER else covers(officer.post, station.division)
    )
    if station is None or not allowed:
        raise Refused("import.station")
    return station


class Ground(NamedTuple):
    """What rows are read beside."""

    standing: Standing
    station: StationRow
    known: set[str]

    def check_person(self, row: dict[str, str]) -> object:
        return person_values(row, self.known)

    def check_team(self, row: dict[str, str], people: Iterable[str]) -> object:
        return team_values(row, self.station, people=set(people), where=WHERE, known=self.known)


def read_ground(registry: Registry, station: str, ids: Iterable[str]) -> Ground:
    """`ids`: those the file names. It opens what is sealed of the station's people: that is recorded by who calls."""
    wanted = set(ids)
    rev = registry.revision()  # first: what changes while reading is newer than this
    with registry.read() as session:
        place = session.get_one(StationRow, station)
        teams = {row.id: team_row(row) for row in session.scalars(select(TeamRow).where(TeamRow.station == station))}
        crew = {id_ for row in teams.values() for column in ("leader", "deputies", "members") for id_ in split(row[column])}
        mine = list(session.scalars(select(PersonRow).where(PersonRow.station == station)))
        mine += [row for id_ in sorted(crew) if (row := session.get(PersonRow, id_)) is not None and not row.station]
        people = {
            row.id: person_row(row, registry.open(f"person:{row.id}", row.sealed)) for row in mine if row.sealed is not None
        }
        others = {
            id_ for id_ in wanted - people.keys() - teams.keys() if session.get(PersonRow, id_) or session.get(TeamRow, id_)
        }
        standing = Standing(
            rev=rev, station=station, division=place.division, people=people, teams=teams, elsewhere=frozenset(others)
        )
        return Ground(standing, place, known_divisions(session))
