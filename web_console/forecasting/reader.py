"""A realm as a branch begins from it: its log, read and never written, folded up to a position."""

from collections.abc import Callable, Iterable

from command.core.log_sqlite import SqliteLog
from command.core.realm import Folder
from command.core.records import Codec
from command.core.world import World
from drills.forks import Parent, Record
from drills.picture import Picture
from drills.staging import Staged
from geo import SPEEDS, STRAIGHT_M_S, Network, Reach, read_road_set, road_graph
from incidents import Zone
from mobilization import Mobilization
from mobilization.roster import Roster, Travel
from web_console.catalogue import straight_line_by_car
from web_console.drill_files import read_drill
from web_console.forecasting.orders import Order
from web_console.open_roads import OpenRoads
from web_console.rules import rules_of

AT_ONCE = 4_096
Roads = Callable[[Iterable[Zone]], Travel]


class Reader:
    """Folds forwards only, and reads on to the end of the log for what really happened; for a moment before where it stands, make another."""

    def __init__(self, folder: Folder, *, kind: str) -> None:
        self._folder = folder
        self.rules = rules_of(kind)
        self._log = SqliteLog(folder.log, epoch="", read_only=True)
        self._codec = Codec(self.rules.facts)
        self._world = World(self.rules.kinds)
        self._picture = Picture(self._world.look)
        self._record = Record(self.rules.kinds)
        self._mobilizations: dict[str, None] = {}
        self._roads: tuple[str, Roads] | None = None
        self.position, self._hash = 0, b""

    def fold(self, until: int) -> None:
        while self.position < until and (records := self._log.after(self.position, min(AT_ONCE, until - self.position))):
            for record in records:
                event = self._codec.event(record)
                self._world.apply(event)
                self._world.keep()
                self._picture.follow(event)
                self._record.follow(event)
                self._mobilizations.update((key, None) for key in event.keys if key.startswith("mobilization:"))
                self.position, self._hash = record.position, record.hash

    def read_on(self) -> None:
        """What happened behind the moment, up to the end of the log: for the record alone."""
        while records := self._log.after(max(self._record.head, self.position), AT_ONCE):
            for record in records:
                self._record.follow(self._codec.event(record))

    def parent(self, order: Order) -> Parent:
        """The moment a branch begins at. The city goes on as a whole; told are the needs of the incidents asked for."""
        look = self._world.look
        self.read_on()
        self._record.lasts(order.now_ms)
        running = [
            state.id for key in self._mobilizations if isinstance(state := look(key), Mobilization) and not state.over and state.incident in order.incidents
        ]  # fmt: skip
        return Parent(
            world=self._world, log=self._log, position=self.position, hash=self._hash, now_ms=order.now_ms, rules=self.rules,
            roster=Roster(rev=order.rev, teams=order.teams, people=order.people), travel=self._travel(order.roads),
            picture=self._picture, mobilizations=running, calls=list(self._picture.calls), record=self._record, reckoned={},
            staged=Staged(read_drill(self._folder.path), order.city, order.posts, order.spots) if order.posts else None,
        )  # fmt: skip

    def close(self) -> None:
        self._log.close()

    def _travel(self, version: str) -> Roads:
        """Over these roads without what zones shut; held until others are in force."""
        if self._roads is None or self._roads[0] != version:
            self._roads = version, _over(self._folder, version)
        return self._roads[1]


def _over(folder: Folder, version: str) -> Roads:
    if not version:
        return lambda _zones: straight_line_by_car
    reach = Reach(
        Network(road_graph(read_road_set(folder.roads, version)), SPEEDS["car"]).prepare(), straight_m_s=STRAIGHT_M_S["car"]
    )
    standing: list[tuple[Zone, ...]] = [()]
    roads = OpenRoads(lambda: standing[0])

    def travel(zones: Iterable[Zone]) -> Travel:
        standing[0] = tuple(zones)
        return roads(reach)

    return travel
