"""The registry's rows as plain values, each table read whole; people one by one as they are first shown, so that a city's
400,000 cost nothing until then."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from command.tiers.registry import Registry
from command.tiers.tables import DivisionRow, PostRow, SavedPlaceRow, StationRow
from mobilization.roster import Contact, Roster, RosterTeam
from mobilization.tables import PersonRow, TeamRow
from web_console.directory import OfficerName, PersonName, SavedPlace, StationName, TeamName

PEOPLE_HELD = 20_000
TOWNSHIP_DIGITS = 9
_IDS_A_QUERY = 500


class Teams(NamedTuple):
    """All teams by id; the teams of everyone who is in any."""

    by_id: Mapping[str, TeamName]
    of: Mapping[str, tuple[str, ...]]


class Stations(NamedTuple):
    """All stations by id; their ids by township."""

    by_id: Mapping[str, StationName]
    within: Mapping[str, tuple[str, ...]]


class People:
    """Names of people by id, read when they are first shown."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._held: dict[str, PersonName | None] = {}

    def forget(self, person: str) -> None:
        """Erased: not shown from what is held."""
        self._held.pop(person, None)

    def get(self, person: str) -> PersonName | None:
        if person in self._held:
            return self._held[person]
        if len(self._held) >= PEOPLE_HELD:
            self._held = {}
        found = self._held[person] = self._read([person])[person]
        return found

    def preload(self, people: Iterable[str]) -> None:
        """Read these, as far as there is room: those who will be shown soon."""
        held = self._held
        wanted = [person for person in people if person not in held][: PEOPLE_HELD - len(held)]
        for start in range(0, len(wanted), _IDS_A_QUERY):
            held.update(self._read(wanted[start : start + _IDS_A_QUERY]))

    def _read(self, people: list[str]) -> dict[str, PersonName | None]:
        columns = (PersonRow.id, PersonRow.sealed, PersonRow.simulated, PersonRow.division)
        with self._registry.read() as session:
            rows = {row.id: row for row in session.execute(select(*columns).where(PersonRow.id.in_(people)))}
        return {person: self._named(rows.get(person)) for person in people}

    def _named(self, row: Any) -> PersonName | None:
        if row is None:
            return None
        personal = self._registry.open(f"person:{row.id}", row.sealed)
        return PersonName(
            id=row.id, name=personal.get("name"), phone=personal.get("phone"), division=row.division, simulated=row.simulated
        )


def read_divisions(registry: Registry) -> dict[str, str]:
    with registry.read() as session:
        return {row.code: row.name for row in session.scalars(select(DivisionRow))}


def read_stations(registry: Registry) -> Stations:
    with registry.read() as session:
        found = {
            s.id: StationName(id=s.id, name=s.name, tier=s.tier, division=s.division, lon=s.lon, lat=s.lat, radius_m=s.radius_m)
            for s in session.scalars(select(StationRow))
        }
    inside: dict[str, list[str]] = {}
    for station in found.values():
        inside.setdefault(station.division[:TOWNSHIP_DIGITS], []).append(station.id)
    return Stations(found, {township: tuple(ids) for township, ids in inside.items()})


def read_places(registry: Registry) -> list[SavedPlace]:
    with registry.read() as session:
        rows = session.scalars(select(SavedPlaceRow).order_by(SavedPlaceRow.id))
        return [SavedPlace(id=row.id, name=row.name, division=row.division, lon=row.lon, lat=row.lat) for row in rows]


def read_posts(registry: Registry) -> dict[str, tuple[str, ...]]:
    """The duty numbers of each post that has any, by its division."""
    with registry.read() as session:
        return {row.division: tuple(row.phones) for row in session.scalars(select(PostRow)) if row.phones}


def read_officers(registry: Registry) -> dict[str, OfficerName]:
    return {
        row.id: OfficerName(id=row.id, name=personal.get("name", "—"), role=row.role, post=row.post, station=row.station)
        for row, personal in registry.officers()
    }


def read_teams(registry: Registry) -> Teams:
    with registry.read() as session:
        rows = list(session.scalars(select(TeamRow)))
    of: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for person in dict.fromkeys((*row.ladder, *row.members)):
            of[person] = (*of.get(person, ()), row.id)
    return Teams({row.id: _team(row) for row in rows}, of)


def _team(row: TeamRow) -> TeamName:
    return TeamName(
        id=row.id, name=row.name, speciality=row.speciality, division=row.division, station=row.station, lon=row.lon, lat=row.lat,
        size=row.size, leader=row.ladder[0], deputies=tuple(row.ladder[1:]), simulated=row.simulated,
    )  # fmt: skip


def read_roster(registry: Registry) -> Roster:
    """Every team, and of people those who lead or stand in for one."""
    rev = registry.revision()  # first: what changes while reading is newer than this
    with registry.read() as session:
        teams = [
            RosterTeam(
                id=row.id, speciality=row.speciality, division=row.division, lon=row.lon, lat=row.lat, size=row.size,
                minimum_crew=row.minimum_crew, ladder=tuple(row.ladder),
            )
            for row in session.scalars(select(TeamRow).order_by(TeamRow.id))
        ]  # fmt: skip
        wanted = list(dict.fromkeys(person for team in teams for person in team.ladder))
        people = {}
        for start in range(0, len(wanted), _IDS_A_QUERY):
            some = PersonRow.id.in_(wanted[start : start + _IDS_A_QUERY])
            for row in session.scalars(select(PersonRow).where(some, PersonRow.sealed.is_not(None))):
                people[row.id] = _contact(row)
    return Roster(rev=rev, teams=tuple(teams), people=people)


def _contact(row: PersonRow) -> Contact:
    return Contact(
        id=row.id, adult_from_ms=row.adult_from_ms, insured_until_ms=row.insured_until_ms, credentials=row.credentials,
        simulated=row.simulated,
    )  # fmt: skip
