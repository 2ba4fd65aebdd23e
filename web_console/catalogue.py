"""The registry read into plain values: names for screens, a roster for the planner, the ground, the roads.

Each part is read when somebody looks, and again after it changed. People are read one by one as they are shown, so that
a city's 400,000 cost nothing until then.
"""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

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

PEOPLE_HELD = 20_000
_IDS_A_QUERY = 500
T = TypeVar("T")


Travel = Callable[[Sequence[tuple[float, float]], tuple[float, float]], list[Trip]]
"""From many (lon, lat) to one; each trip says what it rests on."""


def straight_line_by_car(origins: Sequence[tuple[float, float]], place: tuple[float, float]) -> list[Trip]:
    """What stands in where no roads were imported."""
    return straight_line(origins, place)


class Part(Generic[T]):
    """A value that is read when somebody looks; who looks while another reads waits for the new value."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._wanted, self._version = 1, 0
        self._lock = Lock()

    def look(self) -> T:
        with self._lock:
            if self._version != (wanted := self._wanted):  # noted first: a change while reading spoils what was read
                self._value, self._version = self._read(), wanted
            return self._value

    def spoil(self) -> None:
        self._wanted += 1


class Teams(NamedTuple):
    """All teams by id; the teams of everyone who is in any."""

    by_id: Mapping[str, TeamName]
    of: Mapping[str, tuple[str, ...]]


class People:
    """Names of people by id, read when they are first shown."""

    def __init__(self, registry: Registry, teams: Callable[[], Teams]) -> None:
        self._registry, self._teams = registry, teams
        self._held: dict[str, PersonName | None] = {}

    def get(self, person: str) -> PersonName | None:
        if person not in self._held:
            if len(self._held) >= PEOPLE_HELD:
                self._held.clear()
            self._held[person] = self._find(person)
        return self._held[person]

    def _find(self, person: str) -> PersonName | None:
        with self._registry.read() as session:
            found = session.execute(select(PersonRow.sealed, PersonRow.simulated).where(PersonRow.id == person)).first()
        if found is None:
            return None
        personal = self._registry.open(f"person:{person}", found.sealed)
        return PersonName(
            id=person, name=personal.get("name"), phone=personal.get("phone"), simulated=found.simulated,
            teams=self._teams().of.get(person, ()),
        )  # fmt: skip


class Catalogue:
    """Names, roster, ground and travel, each read anew after `spoil`. `state`: which boundaries and roads are in force."""

    def __init__(self, registry: Registry, *, folder: Folder, city: str, state: Callable[[], RealmState]) -> None:
        self._folder, self._city, self._state = folder, city, state
        self._divisions = Part(lambda: read_divisions(registry))
        self._stations = Part(lambda: read_stations(registry))
        self._teams = Part(lambda: read_teams(registry))
        self._officers = Part(lambda: read_officers(registry))
        self._people = Part(lambda: People(registry, self._teams.look))
        self._roster = Part(lambda: read_roster(registry))
        self._ground = Part(self._read_ground)
        self._travel = Part(self._read_travel)
        self._hanging: dict[str, tuple[Part[Any], ...]] = {
            "divisions": (self._divisions,), "stations": (self._stations, self._ground), "officers": (self._officers,),
            "teams": (self._teams, self._people, self._roster), "people": (self._people, self._roster), "areas": (self._ground,),
            "roads": (self._travel,),
            "account": (),
        }  # fmt: skip

    def spoil(self, what: str = "") -> None:
        """These rows changed ("": any may have): whoever looks next reads what hangs on them again."""
        everything = (part for parts in self._hanging.values() for part in parts)
        for part in self._hanging.get(what, everything):
            part.spoil()

    def warm(self) -> None:
        """Read what the first incident would otherwise wait for."""
        _ = self.names, self.roster, self.ground, self.travel

    @property
    def names(self) -> Directory:
        teams = self._teams.look()
        return Directory(
            divisions=self._divisions.look(), stations=self._stations.look(), teams=teams.by_id, people=self._people.look(),
            officers=self._officers.look(),
        )  # fmt: skip

    @property
    def roster(self) -> Roster:
        return self._roster.look()

    @property
    def ground(self) -> CityGround:
        return self._ground.look()

    def shapes(self) -> dict[str, BaseGeometry]:
        return read_boundary_set(self._folder.areas, self._state().areas)

    @property
    def travel(self) -> Travel:
        """Over the roads in force, else by the rule of thumb."""
        return self._travel.look()

    def _read_travel(self) -> Travel:
        roads = self._state().roads
        if not roads:
            return straight_line_by_car
        return RoadTravel(road_graph(read_road_set(self._folder.roads, roads), SPEEDS), source=SPEEDS.source)

    def _read_ground(self) -> CityGround:
        return CityGround(self.shapes(), self._stations.look().values(), city=self._city, areas=self._state().areas)


def read_divisions(registry: Registry) -> dict[str, str]:
    with registry.read() as session:
        return {row.code: row.name for row in session.scalars(select(DivisionRow))}


def read_stations(registry: Registry) -> dict[str, StationName]:
    with registry.read() as session:
        return {
            s.id: StationName(id=s.id, name=s.name, tier=s.tier, division=s.division, lon=s.lon, lat=s.lat, radius_m=s.radius_m)
            for s in session.scalars(select(StationRow))
        }


def read_officers(registry: Registry) -> dict[str, OfficerName]:
    return {
        row.id: OfficerName(id=row.id, name=personal.get("name", "—"), role=row.role, post=row.post)
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
