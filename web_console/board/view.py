"""The committed picture of a realm: a world folded by the tail reader, and the newest lines of what was done."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping

from command.core.facts import Event, Kind
from command.core.holding import IN_MEMORY, Holding, joined
from command.core.world import World
from incidents import Incident, PlaceSet, Raised, Response, ResponseStarted, Warned, Zone, ZoneChanged, ZoneMarked
from mobilization import Call, CallState, ReplyHandled, ReplyUnplaced, Watch, WatchEnded, WatchLeaderNamed, WatchLeaderWithdrawn
from web_console.board.afield import Afield
from web_console.board.late import Late
from web_console.board.lines import HeldLines, Lines

ENDED_HELD = 100

Changed = Callable[[frozenset[str], Event], None]
"""Told which items of topics an event touched."""

_NOT_THERE_YET = frozenset({CallState.OPEN, CallState.ACCEPTED, CallState.LATER, CallState.SET_OUT})
_ITEM_KINDS = frozenset(
    {"incident", "call", "team", "person", "response", "reply", "roll", "sos", "order", "danger", "watch", "warning", "zone"}
)


class View:
    """A projection: quick, and only ever folds. `look` is what policies and screens read: nothing uncommitted. `lines`: the
    newest of the timeline, by position, each with its incident. `open`, `ended`: the incidents that are open, and the newest that are no
    more, in the order in which they came to be so. `raised`, `placed`: what was reported of an incident, and where it
    was found to be since. `leaders`: by post, where it was said who leads its watch. `zones_said`: by zone, where it was last said who reported it.

    `holding`, `lines`: where all of it is held; `position`: up to where it is folded already.
    """

    name = "view"

    def __init__(
        self, kinds: tuple[Kind, ...], holding: Holding = IN_MEMORY, *, lines: Lines | None = None, position: int = 0
    ) -> None:
        self.world = World(kinds, holding)
        self.look = self.world.look
        self.position = position
        self.incidents: MutableMapping[str, None] = holding.many("incidents")
        self.open: MutableMapping[str, None] = holding.few("open")
        self.ended: MutableMapping[str, None] = holding.few("ended")
        self.calls_of: MutableMapping[str, Mapping[str, None]] = holding.many("calls_of")
        self.calls_for: MutableMapping[str, Mapping[str, None]] = holding.many("calls_for")
        self.raised: MutableMapping[str, Event] = holding.many("raised")
        self.placed: MutableMapping[str, tuple[Event, ...]] = holding.many("placed")
        self.started: MutableMapping[str, Event] = holding.many("started")
        self.unplaced: MutableMapping[str, Event] = holding.few("unplaced")
        self.afield = Afield(self.look, holding)
        self.late = Late(self.look, self.calls_of, holding)
        self.watches: MutableMapping[str, None] = holding.few("watches")
        self.leaders: MutableMapping[str, Event] = holding.few("leaders")
        self.warnings: MutableMapping[str, None] = holding.few("warnings")
        self.zones: MutableMapping[str, None] = holding.few("zones")
        self.zones_said: MutableMapping[str, Event] = holding.many("zones_said")
        self.lines: Lines = HeldLines() if lines is None else lines
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
            self.placed[event.fact.incident] = (*self.placed.get(event.fact.incident, ()), event)
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

    def _sort(self, name: str) -> None:
        """An incident is open, or ended."""
        state = self.incident(name)
        if state is None:
            return
        now, before = (self.open, self.ended) if state.is_open else (self.ended, self.open)
        before.pop(name, None)
        now.setdefault(name, None)
        if len(self.ended) > ENDED_HELD:
            del self.ended[next(iter(self.ended))]

    @staticmethod
    def _keep(standing: MutableMapping[str, None], name: str, state: Warned | Zone | None) -> None:
        if state is None:
            standing.pop(name, None)
        else:
            standing.setdefault(name, None)

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
                self.incidents.setdefault(name, None)
                self._sort(name)
            if kind == "watch":
                self.watches.setdefault(name, None)
            if kind == "warning":
                self._keep(self.warnings, name, self.warning(name))
            if kind == "zone":
                self._keep(self.zones, name, self.zone(name))
                incident = incident or getattr(self.look(key), "incident", "")
            if kind == "call" and (call := self.call(name)) is not None:
                incident = incident or call.incident
                joined(self.calls_of, call.incident, call.id)
                joined(self.calls_for, call.person, call.id)
                items.update(self.afield.rolls_of(call.id, call.incident))
        if incident:
            self.lines.add(event, incident)
            items.add(f"line/{event.position}")
        return frozenset(items)
