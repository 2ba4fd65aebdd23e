"""The committed picture of a realm: a world folded by the tail reader, and the newest lines of what was done."""

from collections.abc import Callable, Iterator

from command.core.facts import Event, Kind
from command.core.world import World
from incidents import Incident, PlaceSet, Raised, Response, ResponseStarted, Warned, Zone, ZoneChanged, ZoneMarked
from mobilization import Call, CallState, ReplyHandled, ReplyUnplaced, Watch, WatchEnded, WatchLeaderNamed, WatchLeaderWithdrawn
from web_console.board.afield import Afield
from web_console.board.late import Late

LINES_HELD = 20_000

Changed = Callable[[frozenset[str], Event], None]
"""Told which items of topics an event touched."""

_NOT_THERE_YET = frozenset({CallState.OPEN, CallState.ACCEPTED, CallState.LATER, CallState.SET_OUT})
_ITEM_KINDS = frozenset(
    {"incident", "call", "team", "person", "response", "reply", "roll", "sos", "order", "danger", "watch", "warning", "zone"}
)


class View:
    """A projection: quick, and only ever folds. `look` is what policies and screens read: nothing uncommitted. `lines`: the
    newest of the timeline, by position, each with its incident. `raised`, `placed`: what was reported of an incident, and where it
    was found to be since. `leaders`: by post, where it was said who leads its watch. `zones_said`: by zone, where it was last said who reported it."""

    name = "view"

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.world = World(kinds)
        self.look = self.world.look
        self.position = 0
        self.incidents: dict[str, None] = {}
        self.calls_of: dict[str, dict[str, None]] = {}
        self.calls_for: dict[str, dict[str, None]] = {}
        self.raised: dict[str, Event] = {}
        self.placed: dict[str, list[Event]] = {}
        self.started: dict[str, Event] = {}
        self.unplaced: dict[str, Event] = {}
        self.afield = Afield(self.look)
        self.late = Late(self.look, self.calls_of)
        self.watches: dict[str, None] = {}
        self.leaders: dict[str, Event] = {}
        self.warnings: dict[str, None] = {}
        self.zones: dict[str, None] = {}
        self.zones_said: dict[str, Event] = {}
        self.lines: dict[int, tuple[Event, str]] = {}
        self._told: list[Changed] = []

    def tell(self, changed: Changed) -> None:
        self._told.append(changed)

    def follow(self, event: Event) -> None:
        self.world.apply(event)
        self.world.keep()
        self.position = event.position
        if isinstance(event.fact, Raised):
            self.raised[event.fact.incident] = event
        elif isinstance(event.fact, PlaceSet):
            self.placed.setdefault(event.fact.incident, []).append(event)
        elif isinstance(event.fact, ResponseStarted):
            self.started[event.fact.response] = event
        elif isinstance(event.fact, ReplyUnplaced):
            self.unplaced[event.fact.reply] = event
        elif isinstance(event.fact, ReplyHandled):
            self.unplaced.pop(event.fact.reply, None)
        elif isinstance(event.fact, WatchLeaderNamed):
            self.leaders[event.fact.division] = event
        elif isinstance(event.fact, WatchLeaderWithdrawn | WatchEnded):
            self.leaders.pop(event.fact.division, None)
        elif isinstance(event.fact, ZoneMarked | ZoneChanged) and event.subject:
            self.zones_said[event.fact.zone] = event
        self.afield.follow(event)
        items = self._items(event)
        items |= self.late.follow(items)
        for changed in self._told:
            changed(items, event)

    def incident(self, incident: str) -> Incident | None:
        state = self.look(f"incident:{incident}")
        return state if isinstance(state, Incident) else None

    def responses(self) -> Iterator[Response]:
        """All that were ever started, in order."""
        for response in self.started:
            state = self.look(f"response:{response}")
            if isinstance(state, Response):
                yield state

    def watch(self, division: str) -> Watch | None:
        state = self.look(f"watch:{division}")
        return state if isinstance(state, Watch) else None

    def warning(self, warning: str) -> Warned | None:
        """One that still stands."""
        state = self.look(f"warning:{warning}")
        return state if isinstance(state, Warned) and not state.over else None

    def zone(self, zone: str) -> Zone | None:
        """One that still stands."""
        state = self.look(f"zone:{zone}")
        return state if isinstance(state, Zone) and not state.over else None

    def standing_zones(self) -> Iterator[Zone]:
        yield from (state for each in self.zones if (state := self.zone(each)) is not None)

    @staticmethod
    def _keep(standing: dict[str, None], name: str, state: Warned | Zone | None) -> None:
        if state is None:
            standing.pop(name, None)
        else:
            standing.setdefault(name)

    def call(self, call: str) -> Call | None:
        state = self.look(f"call:{call}")
        return state if isinstance(state, Call) else None

    def waiting_of(self, incident: str) -> list[Call]:
        """Those who are asked to come, or said they do, and are not there yet."""
        calls = (self.call(call) for call in self.calls_of.get(incident, ()))
        return [call for call in calls if call is not None and call.state in _NOT_THERE_YET]

    def _items(self, event: Event) -> frozenset[str]:
        items: set[str] = set()
        incident = ""
        for key in event.keys:
            kind, _, name = key.partition(":")
            if kind == "mobilization":
                kind, name = "incident", self.look(key).incident if self.look(key) else ""
            if kind in _ITEM_KINDS and name:
                items.add(f"{kind}/{name}")
            if kind in ("roll", "order", "danger"):
                items.update(
                    item for call, person in self.afield.calls_under(key) for item in (f"call/{call}", f"person/{person}")
                )
            if kind == "incident":
                incident = name
                self.incidents.setdefault(name)
            if kind == "watch":
                self.watches.setdefault(name)
            if kind == "warning":
                self._keep(self.warnings, name, self.warning(name))
            if kind == "zone":
                self._keep(self.zones, name, self.zone(name))
                incident = incident or getattr(self.look(key), "incident", "")
            if kind == "call" and (call := self.call(name)) is not None:
                incident = incident or call.incident
                self.calls_of.setdefault(call.incident, {}).setdefault(call.id)
                self.calls_for.setdefault(call.person, {}).setdefault(call.id)
                items.update(self.afield.rolls_of(call.id, call.incident))
        if incident:
            self.lines[event.position] = (event, incident)
            if len(self.lines) > LINES_HELD:
                del self.lines[next(iter(self.lines))]
            items.add(f"line/{event.position}")
        return frozenset(items)
