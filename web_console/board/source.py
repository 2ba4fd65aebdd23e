"""What each topic may see. Authority is in the topic's name: `board/{division}/{mask}`, `me/{person}`."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from command.core.facts import Event
from command.core.realm_facts import RealmState
from web_console.board.items import Item, call_item, incident_item, line_item, team_item
from web_console.board.moves import KEEPER
from web_console.board.phone import phone_item, self_item
from web_console.board.view import View
from web_console.directory import Directory

LINES_SHOWN = 300
_encode = msgspec.json.Encoder().encode


class Boards:
    """The feed's source over one view. `unseal` opens an event's private part."""

    def __init__(self, view: View, *, names: Callable[[], Directory], unseal: Callable[[Event], dict[str, Any] | None]) -> None:
        self._view = view
        self._names = names
        self._unseal = unseal

    def items_of(self, topic: str) -> Iterator[str]:
        kind, _, rest = topic.partition("/")
        if kind == "me":
            yield "self"
            yield from (f"call/{call}" for call in self._view.calls_for.get(rest, ()))
            return
        division, _, mask = rest.partition("/")
        incidents = [i for i in self._view.incidents if self._sees(division, mask, i)]
        yield from (f"incident/{incident}" for incident in incidents)
        if mask == "duty":
            yield from (f"call/{call}" for incident in incidents for call in self._view.calls_of.get(incident, ()))
            yield from (f"team/{team.id}" for team in self._names().teams.values() if team.division.startswith(division))
            yield from self._newest_lines(frozenset(incidents))
            yield from (f"fault/{number}" for number in range(len(self._realm().parked)))

    def show(self, topic: str, item: str) -> bytes | None:
        kind, _, rest = topic.partition("/")
        found = self._for_phone(rest, item) if kind == "me" else self._for_board(*rest.partition("/")[::2], item)
        return None if found is None else _encode(found)

    def _for_phone(self, person: str, item: str) -> Item | None:
        if item == "self":
            return self_item(self._view, self._names(), person)
        call = self._view.call(item.partition("/")[2])
        if call is None or call.person != person:
            return None
        raised = self._view.raised.get(call.incident)
        return phone_item(self._view, self._names(), call, self._unseal(raised) if raised is not None else None)

    def _for_board(self, division: str, mask: str, item: str) -> Item | None:
        kind, _, name = item.partition("/")
        if kind == "incident":
            return self._incident(division, mask, name)
        match kind if mask == "duty" else "":
            case "call":
                return self._call(division, name)
            case "team":
                return self._team(division, name)
            case "line":
                return self._line(division, name)
            case "fault":
                return self._fault(name)
            case _:
                return None

    def _incident(self, division: str, mask: str, name: str) -> Item | None:
        incident = self._view.incident(name)
        return incident_item(self._view, self._names(), incident) if incident and self._sees(division, mask, name) else None

    def _call(self, division: str, name: str) -> Item | None:
        call = self._view.call(name)
        return call_item(self._view, self._names(), call) if call and self._covers(division, call.incident) else None

    def _team(self, division: str, name: str) -> Item | None:
        team = self._names().teams.get(name)
        return team_item(self._view, self._names(), name) if team and team.division.startswith(division) else None

    def _line(self, division: str, name: str) -> Item | None:
        found = next(((e, i) for e, i in reversed(self._view.lines) if e.position == int(name)), None)
        return line_item(self._names(), *found) if found and self._covers(division, found[1]) else None

    def _fault(self, name: str) -> Item | None:
        parked = self._realm().parked[int(name)]
        return {"id": name, "code": "follower.parked", "facts": msgspec.to_builtins(parked)}

    def _sees(self, division: str, mask: str, incident: str) -> bool:
        """A keeper's board reaches as far as its division, and to where the circle of one of its stations reaches over."""
        if mask != KEEPER or (found := self._view.incident(incident)) is None:
            return self._covers(division, incident)
        stations = self._names().stations
        holding = [stations[hit.id] for hit in found.place.stations if hit.inside and hit.id in stations]
        return self._covers(division, incident) or any(station.division.startswith(division) for station in holding)

    def _covers(self, division: str, incident: str) -> bool:
        found = self._view.incident(incident)
        return found is not None and any(code.startswith(division) for code in found.place.path)

    def _newest_lines(self, incidents: frozenset[str]) -> Iterable[str]:
        newest = islice((e.position for e, incident in reversed(self._view.lines) if incident in incidents), LINES_SHOWN)
        return (f"line/{position}" for position in reversed(list(newest)))

    def _realm(self) -> RealmState:
        state = self._view.look("realm")
        return state if isinstance(state, RealmState) else RealmState()
