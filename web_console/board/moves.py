"""Which topics an event moves: each item on the boards of its own divisions, and on the phones of those it names."""

from collections.abc import Callable, Iterable, Iterator

from command.core.facts import Event
from command.core.realm_facts import ClockStepped, FollowerParked, Resumed, SubjectErased
from command.tiers.divisions import path_of
from incidents import PlaceSet, Response
from mobilization import CallState, Duty, Mobilization, Reply, mobilization_of
from web_console.board.forces import FORCES
from web_console.board.lines import LINES_HELD
from web_console.board.marked import calls_told
from web_console.board.teams import TEAMS
from web_console.board.view import View
from web_console.directory import Directory
from web_console.feed.hub import Hub

KEEPER = "keeper"
WALL = "wall"
LATE = "late"
CALLS = "calls"
MASKS = ("duty", WALL, LATE)


def calls_board(division: str, incident: str) -> str:
    """All calls of one incident, for a desk that has it open."""
    return f"board/{division}/{CALLS}/{incident}"


def keeper_board(station: str) -> str:
    """The board of the keeper of a station: what happens around it, and the calls of its teams."""
    return f"board/{station}/{KEEPER}"


class Moves:
    """Told of every event behind the view: topics of people are shown at once, boards with the next beat."""

    def __init__(self, view: View, hub: Hub, *, names: Callable[[], Directory]) -> None:
        self._view, self._hub, self._names = view, hub, names

    def follow(self, items: frozenset[str], event: Event) -> None:
        shown = set(items) | self._under_response(items) | self._teams_of(items)
        phones = {f"me/{item.partition('/')[2]}" for item in items if item.startswith("person/")}
        waiting = self._waiting_in(items) | (self._all_waiting() if isinstance(event.fact, ClockStepped | Resumed) else set())
        if isinstance(event.fact, SubjectErased):
            kind, _, name = event.fact.subject.partition(":")
            shown |= self._of_subject(kind, name)
            phones |= self._phones_of(shown)
            if self._names().teams_of.get(name):
                self._hub.touch([TEAMS], topics=self._hub.held("board/"))
        if isinstance(event.fact, PlaceSet):
            shown |= self._all_of(event.fact.incident)
            phones |= self._phones_of(shown)
        shown |= waiting
        if isinstance(event.fact, ClockStepped | Resumed):
            shown |= {f"watch/{post}" for post in self._view.watches}
        phones |= self._phones_of(waiting) | self._leaders_of(shown)
        boards = self._boards_of(shown)
        self._hub.touch(sorted(shown), topics=boards)
        if any(item.startswith("team/") for item in shown):
            self._hub.touch([FORCES], topics=[board for board in boards if board.endswith(f"/{WALL}")])
        if standing := [item for item in items if item.startswith(("warning/", "zone/"))]:
            self._hub.touch(standing, topics=self._hub.held("board/"))  # also where it stands no more
        if isinstance(event.fact, PlaceSet):
            self._hub.touch(sorted(shown), topics=self._boards_left(event.fact))
        if isinstance(event.fact, FollowerParked):
            state = self._view.look("realm")
            self._hub.touch([f"fault/{len(state.parked) - 1}"], topics=self._hub.held("board/"))
        if phones:
            calls = sorted(item.partition("/")[2] for item in shown if item.startswith("call/"))
            self._hub.touch(["self", *(f"{kind}/{call}" for call in calls for kind in ("call", "led"))], topics=sorted(phones))
            self._hub.flush(topics=sorted(phones))
        self._show_marked(event)

    def _show_marked(self, event: Event) -> None:
        """Marked ground changed: whoever was called there sees it at once, each in their own call."""
        told = list(calls_told(self._view, event))
        for call in told:
            self._hub.touch([f"call/{call.id}"], topics=[f"me/{call.person}"])
        self._hub.flush(topics=[f"me/{person}" for person in dict.fromkeys(call.person for call in told)])

    def turned(self, people: Iterable[str]) -> None:
        """Phones fell asleep or woke: their teams and what they are called to say so with the next beat."""
        people = list(people)
        calls = {f"call/{call}" for person in people for call in self._view.calls_for.get(person, ())}
        shown = self._teams_of(f"person/{person}" for person in people) | calls
        self._hub.touch(sorted(shown), topics=self._boards_of(shown))
        self._hub.touch(["self"], topics=[f"me/{person}" for person in people])

    def _teams_of(self, items: Iterable[str]) -> set[str]:
        """The teams of people whose state changed: their leader may be off duty now."""
        teams_of = self._names().teams_of
        people = [item.partition("/")[2] for item in items if item.startswith("person/")]
        return {f"team/{team}" for person in people for team in teams_of.get(person, ())}

    def _waiting_in(self, items: Iterable[str]) -> set[str]:
        """The open calls of an incident that changed: their phones show whether it is full, and how grave."""
        found: set[str] = set()
        for item in items:
            kind, _, name = item.partition("/")
            state = self._view.look(f"mobilization:{mobilization_of(name)}") if kind == "incident" else None
            if isinstance(state, Mobilization):
                found |= {f"call/{part.call}" for part in state.parts.values() if part.state is CallState.OPEN}
        return found

    def _all_waiting(self) -> set[str]:
        """Every open call, roll, order and alarm: the clock was set, and with it the time left."""
        open_calls = self._waiting_in(f"incident/{incident}" for incident in self._view.incidents)
        return open_calls.union(
            *(self._view.afield.items_of(incident) for incident in self._view.incidents), self._view.afield.alarm_items()
        )

    def _of_subject(self, kind: str, name: str) -> set[str]:
        """What screens show of an erased subject: it is shown anew, without."""
        if kind == "watch_leader":
            return {f"watch/{self._view.look(f'watch_leader:{name}')}"}
        calls = self._view.calls_of.get(name, {}) if kind == "incident" else self._view.calls_for.get(name, {})
        found = [call for each in calls if (call := self._view.call(each)) is not None]
        afield = set().union(*(self._view.afield.items_of(call.incident) for call in found))
        return {f"call/{call}" for call in calls} | {f"{kind}/{name}", f"sos/{name}"} | afield

    def _all_of(self, incident: str) -> set[str]:
        """All that boards show of an incident: it may come into the sight of others, and go out of it."""
        lines = {f"line/{position}" for position in self._view.lines.newest(frozenset((incident,)), most=LINES_HELD)}
        calls = {f"call/{call}" for call in self._view.calls_of.get(incident, ())}
        return {f"incident/{incident}"} | calls | lines | set(self._view.afield.items_of(incident))

    def _boards_left(self, fact: PlaceSet) -> list[str]:
        """Where the incident stood before; stations whose circle held the place look as well."""
        codes = {above for code in fact.was for above in path_of(code)}
        posts = {f"board/{code}/{mask}" for code in codes for mask in MASKS} | {
            calls_board(code, fact.incident) for code in codes
        }
        return sorted(posts.union(name for name in self._hub.held("board/") if name.endswith(f"/{KEEPER}")))

    def _phones_of(self, items: Iterable[str]) -> set[str]:
        calls = [self._view.call(item.partition("/")[2]) for item in items if item.startswith("call/")]
        return {f"me/{call.person}" for call in calls if call is not None}

    def _leaders_of(self, items: Iterable[str]) -> set[str]:
        """The leaders of the teams that are called, whoever leads them there."""
        calls = [self._view.call(item.partition("/")[2]) for item in items if item.startswith("call/")]
        teams = [self._names().teams.get(call.team) for call in calls if call is not None]
        return {f"me/{team.leader}" for team in teams if team is not None}

    def _under_response(self, items: Iterable[str]) -> set[str]:
        """The incidents whose level follows a response that changed."""
        found: set[str] = set()
        for item in items:
            response = self._view.look(f"response:{item[9:]}") if item.startswith("response/") else None
            if isinstance(response, Response):
                of = [state for each in self._view.incidents if (state := self._view.incident(each)) is not None]
                found |= {
                    f"incident/{i.id}" for i in of if i.category == response.category and i.place.touches(response.division)
                }
        return found

    def _boards_of(self, items: Iterable[str]) -> list[str]:
        items = list(items)
        codes = {above for item in items for code in self._codes_of(item) for above in path_of(code)}
        stations = {station for item in items for station in self._stations_of(item)}
        boards = {f"board/{code}/{mask}" for code in codes for mask in MASKS} | {keeper_board(station) for station in stations}
        called_for = {
            call.incident for item in items if item.startswith("call/") and (call := self._view.call(item[5:])) is not None
        }
        boards |= {calls_board(code, incident) for incident in called_for for code in codes}
        return sorted(boards.union(*(self._hub.held(f"board/{code}") for item in items for code in self._codes_under(item))))

    def _stations_of(self, item: str) -> Iterator[str]:
        """Whose keepers see an item: stations near an incident, in its township or holding it; the station of a call's team."""
        kind, _, name = item.partition("/")
        incident = self._view.incident(name) if kind == "incident" else None
        if incident is not None:
            yield from (hit.id for hit in incident.place.stations if hit.inside)
            for code in (*incident.place.path, *incident.place.spans):
                yield from self._names().stations_in.get(code, ())
        call = self._view.call(name) if kind == "call" else None
        team = self._names().teams.get(call.team) if call is not None else None
        if team is not None and team.station:
            yield team.station

    def _codes_under(self, item: str) -> Iterator[str]:
        """Responses and watches show on all boards below their divisions too."""
        kind, _, name = item.partition("/")
        if kind == "watch":
            yield name
        response = self._view.look(f"response:{name}") if kind == "response" else None
        if isinstance(response, Response):
            yield response.division

    def _incident_of(self, kind: str, name: str) -> str:
        """Whose incident a roll, an order, a danger is."""
        state = self._view.look(f"{kind}:{name}") if kind in ("order", "danger") else None
        return state.incident if state is not None else name if kind in ("incident", "roll") else ""

    def _codes_alarmed(self, person: str) -> Iterator[str]:
        """Where an SOS shows: at every post that is alarmed, and where it is."""
        sos = self._view.afield.sos(person)
        if sos is not None:
            incident = self._view.incident(sos.incident)
            yield from (*sos.to, sos.division, *((*incident.place.path, *incident.place.spans) if incident is not None else ()))

    def sat_down(self, officer: str) -> None:
        """A desk of this officer was opened or closed: boards show whether who holds the watch is there."""
        duty = self._view.look(f"duty:{officer}")
        if isinstance(duty, Duty) and duty.division:
            item = f"watch/{duty.division}"
            self._hub.touch([item], topics=self._boards_of([item]))

    def _codes_of(self, item: str) -> Iterator[str]:
        """The divisions an item lies in. A line lies where its incident does, which is touched with it."""
        kind, _, name = item.partition("/")
        response = self._view.look(f"response:{name}") if kind == "response" else None
        if isinstance(response, Response):
            yield response.division
        if kind == "watch":
            yield name
        reply = self._view.look(f"reply:{name}") if kind == "reply" else None
        if isinstance(reply, Reply):
            yield reply.division
        if kind == "team" and (team := self._names().teams.get(name)) is not None:
            yield team.division
        call = self._view.call(name) if kind == "call" else None
        yield from self._codes_alarmed(name) if kind == "sos" else ()
        incident = self._view.incident(call.incident if call is not None else self._incident_of(kind, name))
        if incident is not None:
            yield from (*incident.place.path, *incident.place.spans)
