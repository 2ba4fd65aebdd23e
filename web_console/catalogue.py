"""The registry read into plain values at one revision: names for screens, a roster for the planner, the ground, the roads."""

from collections.abc import Callable, Sequence

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from command.core.realm import Folder
from command.core.realm_facts import RealmState
from command.tiers.registry import Registry
from command.tiers.tables import DivisionRow, StationRow
from geo import SPEEDS, RoadTravel, Trip, read_boundary_set, read_road_set, road_graph, straight_line
from mobilization.roster import Contact, Roster, RosterTeam
from mobilization.tables import PersonRow, TeamRow
from web_console.directory import Directory, OfficerName, PersonName, StationName, TeamName
from web_console.ground import CityGround

Travel = Callable[[Sequence[tuple[float, float]], tuple[float, float]], list[Trip]]
"""From many (lon, lat) to one; each trip says what it rests on."""


class Catalogue:
    """Names, roster, ground and travel, read anew after `spoil`. `state`: which boundaries and roads are in force."""

    def __init__(self, registry: Registry, *, folder: Folder, city: str, state: Callable[[], RealmState]) -> None:
        self._registry, self._folder, self._city, self._state = registry, folder, city, state
        self._roads = ""
        self._travel: Travel = straight_line_by_car
        self._read()

    def spoil(self) -> None:
        """The registry or the boundaries changed: whoever looks next reads them again."""
        self._stale = True

    @property
    def names(self) -> Directory:
        self._refresh()
        return self._names

    @property
    def roster(self) -> Roster:
        self._refresh()
        return self._roster

    @property
    def ground(self) -> CityGround:
        self._refresh()
        return self._ground

    @property
    def travel(self) -> Travel:
        """Over the roads in force, else by the rule of thumb."""
        self._refresh()
        return self._travel

    def shapes(self) -> dict[str, BaseGeometry]:
        return read_boundary_set(self._folder.areas, self._state().areas)

    def _refresh(self) -> None:
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False  # first: a change while reading spoils what was read
        self._names = read_directory(self._registry)
        self._roster = read_roster(self._registry)
        areas, roads = self._state().areas, self._state().roads
        self._ground = CityGround(self.shapes(), self._names.stations.values(), city=self._city, areas=areas)
        if roads != self._roads:
            network = read_road_set(self._folder.roads, roads)
            self._roads, self._travel = roads, RoadTravel(road_graph(network, SPEEDS), source=SPEEDS.source)


def straight_line_by_car(origins: Sequence[tuple[float, float]], place: tuple[float, float]) -> list[Trip]:
    """What stands in where no roads were imported."""
    return straight_line(origins, place)


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
