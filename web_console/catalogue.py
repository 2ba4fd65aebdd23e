"""The registry read into plain values at one revision: names for screens, a roster for the planner."""

from sqlalchemy import select

from command.tiers.registry import Registry
from command.tiers.tables import DivisionRow, StationRow
from mobilization.roster import Contact, Roster, RosterTeam
from mobilization.tables import PersonRow, TeamRow
from web_console.directory import Directory, OfficerName, PersonName, StationName, TeamName


def read_directory(registry: Registry) -> Directory:
    with registry.read() as session:
        divisions = {row.code: row.name for row in session.scalars(select(DivisionRow))}
        stations = [
            StationName(id=s.id, name=s.name, tier=s.tier, division=s.division, lon=s.lon, lat=s.lat, radius_m=s.radius_m)
            for s in session.scalars(select(StationRow))
        ]
        teams = list(session.scalars(select(TeamRow)))
        people = list(session.scalars(select(PersonRow)))
    teams_of: dict[str, tuple[str, ...]] = {}
    for team in teams:
        for person in dict.fromkeys((*team.ladder, *team.members)):
            teams_of[person] = (*teams_of.get(person, ()), team.id)
    return Directory(
        rev=registry.revision(), divisions=divisions, stations={s.id: s for s in stations},
        teams={row.id: _team(row) for row in teams},
        people={row.id: _person(registry, row, teams_of.get(row.id, ())) for row in people},
        officers={
            row.id: OfficerName(id=row.id, name=personal.get("name", "—"), role=row.role, post=row.post)
            for row, personal in registry.officers()
        },
    )  # fmt: skip


def _team(row: TeamRow) -> TeamName:
    return TeamName(
        id=row.id, name=row.name, speciality=row.speciality, division=row.division, station=row.station, lon=row.lon, lat=row.lat,
        size=row.size, leader=row.ladder[0], deputies=tuple(row.ladder[1:]), simulated=row.simulated,
    )  # fmt: skip


def _person(registry: Registry, row: PersonRow, teams: tuple[str, ...]) -> PersonName:
    personal = registry.open(f"person:{row.id}", row.sealed)
    return PersonName(id=row.id, name=personal.get("name"), phone=personal.get("phone"), simulated=row.simulated, teams=teams)


def read_roster(registry: Registry) -> Roster:
    with registry.read() as session:
        teams = [
            RosterTeam(
                id=row.id, speciality=row.speciality, division=row.division, lon=row.lon, lat=row.lat, size=row.size,
                minimum_crew=row.minimum_crew, ladder=tuple(row.ladder),
            )
            for row in session.scalars(select(TeamRow).order_by(TeamRow.id))
        ]  # fmt: skip
        people = {
            row.id: Contact(
                id=row.id, adult_from_ms=row.adult_from_ms, insured_until_ms=row.insured_until_ms, credentials=row.credentials,
                simulated=row.simulated,
            )
            for row in session.scalars(select(PersonRow).where(PersonRow.sealed.is_not(None)))
        }  # fmt: skip
    return Roster(rev=registry.revision(), teams=tuple(teams), people=people)
