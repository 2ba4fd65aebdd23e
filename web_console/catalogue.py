"""Names for screens, a roster for the planner, the ground, the roads: what the house knows beside the log, in memory.

A part is read when somebody first looks. After its rows changed the old value stands until `refresh` has read them anew, in
a thread, within a second or two: nobody who answers people waits for a table to be read.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from shapely.geometry.base import BaseGeometry

from command.core.realm import Folder
from command.core.realm_facts import RealmState
from command.tiers.registry import Registry
from geo import (
    SPEEDS,
    STRAIGHT_M_S,
    Mode,
    Network,
    Reach,
    Roads,
    Trip,
    modes_of,
    read_boundary_set,
    read_road_set,
    road_graph,
    straight_line,
)
from mobilization.roster import Roster
from web_console.directory import Directory, SavedPlace
from web_console.gazetteer import Gazetteer
from web_console.ground import CityGround
from web_console.reading import (
    People,
    read_divisions,
    read_officers,
    read_places,
    read_posts,
    read_roster,
    read_stations,
    read_teams,
)

T = TypeVar("T")
Travel = Callable[[Sequence[tuple[float, float]], tuple[float, float]], list[Trip]]
"""From many (lon, lat) to one; each trip says what it rests on."""


def straight_line_by_car(origins: Sequence[tuple[float, float]], place: tuple[float, float]) -> list[Trip]:
    """What stands in where no roads were imported."""
    return straight_line(origins, place)


_BY_STRAIGHT_LINE: Mapping[Mode, Travel] = {
    "car": straight_line_by_car,
    "e_bike": partial(straight_line, speed_m_s=STRAIGHT_M_S["e_bike"]),
    "foot": partial(straight_line, speed_m_s=STRAIGHT_M_S["foot"]),
}
"""Nobody knows where there is water to go by."""


class ByCar(NamedTuple):
    """`modes`: all that the roads in force are open to."""

    travel: Travel
    modes: tuple[Mode, ...]


class Part(Generic[T]):
    """One value and how to read it."""

    _value: T

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._wanted, self._version = 1, 0
        self._lock = Lock()

    def look(self) -> T:
        if self._version == 0:
            self.refresh()
        return self._value

    @property
    def held(self) -> T | None:
        """As it was last read; None before anybody looked."""
        return self._value if self._version else None

    def spoil(self) -> None:
        self._wanted += 1

    def refresh(self) -> bool:
        """Read it anew if it was spoiled; whether it was."""
        with self._lock:
            wanted = self._wanted  # noted first: a change while reading spoils what was read
            if self._version == wanted:
                return False
            self._value, self._version = self._read(), wanted
            return True


class Catalogue:
    """`state`: which boundaries and roads are in force."""

    def __init__(self, registry: Registry, *, folder: Folder, city: str, state: Callable[[], RealmState]) -> None:
        self._folder, self._city, self._state = folder, city, state
        self._divisions = Part(lambda: read_divisions(registry))
        self._stations = Part(lambda: read_stations(registry))
        self._places = Part(lambda: read_places(registry))
        self._teams = Part(lambda: read_teams(registry))
        self._officers = Part(lambda: read_officers(registry))
        self._posts = Part(lambda: read_posts(registry))
        self._people = Part(lambda: People(registry))
        self._roster = Part(lambda: read_roster(registry))
        self._shapes = Part(lambda: read_boundary_set(folder.areas, state().areas))
        self._ground = Part(self._read_ground)
        self._travel = Part(self._read_travel)
        self._by_mode: dict[Mode, Part[Travel]] = {mode: Part(partial(self._read_by, mode)) for mode in SPEEDS if mode != "car"}
        self._came: list[Mode] = []
        self._gazetteer = Part(self._read_gazetteer)
        self._hanging: dict[str, tuple[Part[Any], ...]] = {
            "divisions": (self._divisions, self._ground, self._gazetteer), "stations": (self._stations, self._ground, self._gazetteer),
            "places": (self._places, self._gazetteer), "officers": (self._officers,), "posts": (self._posts,),
            "teams": (self._teams, self._people, self._roster, self._gazetteer), "people": (self._people, self._roster),
            "areas": (self._shapes, self._ground), "roads": (self._travel, *self._by_mode.values()), "account": (),
        }  # fmt: skip

    def spoil(self, what: str = "") -> None:
        """These rows changed ("": any may have): what hangs on them is read again by the next `refresh`."""
        everything = (part for parts in self._hanging.values() for part in parts)
        for part in self._hanging.get(what, everything):
            part.spoil()

    def refresh(self) -> bool:
        """Read what was spoiled, what others are made of first; whether anything was."""
        made_of = (
            self._divisions,
            self._stations,
            self._places,
            self._teams,
            self._officers,
            self._posts,
            self._people,
            self._roster,
            self._shapes,
        )
        wanted = (part for part in self._by_mode.values() if part.held is not None)
        parts: tuple[Part[Any], ...] = (*made_of, self._ground, self._travel, *wanted, self._gazetteer)
        came, self._came = self._came, []
        return sum([part.refresh() for part in parts]) + len(came) > 0

    def preload(self) -> None:
        """The names of those whom boards show: leaders."""
        self._people.look().preload(team.leader for team in self._teams.look().by_id.values())

    def forget(self, person: str) -> None:
        """This person was erased: no screen shows the name from here on."""
        self._people.look().forget(person)

    def renew(self) -> None:
        """Read all of it now: for imports, which write beside the log."""
        self.spoil()
        self.refresh()

    @property
    def names(self) -> Directory:
        teams, stations = self._teams.look(), self._stations.look()
        return Directory(
            divisions=self._divisions.look(), stations=stations.by_id, stations_in=stations.within, teams=teams.by_id, teams_of=teams.of,
            people=self._people.look(), officers=self._officers.look(),
            duty_numbers=self._posts.look(),
        )  # fmt: skip

    @property
    def roster(self) -> Roster:
        return self._roster.look()

    @property
    def ground(self) -> CityGround:
        return self._ground.look()

    @property
    def gazetteer(self) -> Gazetteer:
        return self._gazetteer.look()

    @property
    def places(self) -> Sequence[SavedPlace]:
        """Places of public life that were kept."""
        return self._places.look()

    @property
    def shapes(self) -> Mapping[str, BaseGeometry]:
        """The boundaries in force, by division."""
        return self._shapes.look()

    @property
    def travel(self) -> Travel:
        """Over the roads in force, as if none were shut; else by the rule of thumb."""
        return self._travel.look().travel

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes of travel that can be asked for."""
        return self._travel.look().modes

    def travel_by(self, mode: Mode) -> Travel:
        """Likewise by another mode. Its network is made when it is first asked for: that may take seconds, so not on the loop."""
        if mode == "car":
            return self.travel
        part = self._by_mode[mode]
        if part.held is None:
            part.look()
            self._came.append(mode)
        return part.look()

    def held_by(self, mode: Mode) -> Travel | None:
        """None as long as nobody asked for this mode."""
        return self.travel if mode == "car" else self._by_mode[mode].held

    def _read_travel(self) -> ByCar:
        roads = self._state().roads
        if not roads:
            return ByCar(straight_line_by_car, tuple(_BY_STRAIGHT_LINE))
        found = read_road_set(self._folder.roads, roads)
        return ByCar(_reach(found, "car"), modes_of(found))

    def _read_by(self, mode: Mode) -> Travel:
        roads = self._state().roads
        return (
            _reach(read_road_set(self._folder.roads, roads), mode) if roads else _BY_STRAIGHT_LINE.get(mode, straight_line_by_car)
        )

    def _read_gazetteer(self) -> Gazetteer:
        return Gazetteer(
            self._divisions.look(), places=self._places.look(), stations=self._stations.look().by_id.values(),
            teams=self._teams.look().by_id.values(),
        )  # fmt: skip

    def _read_ground(self) -> CityGround:
        return CityGround(
            self._shapes.look(), self._stations.look().by_id.values(), city=self._city, areas=self._state().areas,
            divisions=self._divisions.look(),
        )  # fmt: skip


def _reach(roads: Roads, mode: Mode) -> Reach:
    return Reach(Network(road_graph(roads), SPEEDS[mode]).prepare(), straight_m_s=STRAIGHT_M_S[mode])
