"""What each topic may see. Authority is in the topic's name: `board/{division}/{mask}`, `me/{person}`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import msgspec

from command.core.realm_facts import RealmState
from command.tiers.divisions import covers
from incidents import Response, Zone
from mobilization import Call, Danger, Order, Reply, Team, roll_of
from web_console.board.forces import FORCES, forces_item
from web_console.board.items import Item, call_item, incident_item, is_at_work, line_item, response_item, team_item
from web_console.board.moves import CALLS, KEEPER, LATE, WALL
from web_console.board.phone import phone_item, self_item
from web_console.board.safety_items import danger_item, order_item, roll_item, sos_item
from web_console.board.sealed import Unseal, report_of
from web_console.board.task import has_task, is_led_for, led_item, task_part
from web_console.board.teams import TEAMS, TeamLists
from web_console.board.view import View
from web_console.board.watch_items import warning_item, watch_item, zone_item
from web_console.directory import Directory
from web_console.pager import Condition
from web_console.trainer.exercise import TOPIC
from web_console.trainer.items import DrillItems

LINES_SHOWN = 300
TOWNSHIP_DIGITS = 9
_encode = msgspec.json.Encoder().encode


def _in_line(division: str, post: str) -> bool:
    """Whether one is the other or above it: boards show the posts below theirs, and those their own answers to."""
    return covers(division, post) or covers(post, division)


class Boards:
    """The feed's source over one view. `unseal` opens an event's private part; `ways`: the channels outside, how they are and how
    many messages wait; `is_here`: whether an officer has a desk open; `reach`: whether a
    person's phone would be heard; `lists`: the teams by name; `is_found`: whether the roads now have the
    stretch that a zone shuts; `drill`: what trainers see, in the realm of one."""

    def __init__(
        self, view: View, *, names: Callable[[], Directory], unseal: Unseal,
        ways: Callable[[], Mapping[str, tuple[Condition, int]]], is_here: Callable[[str], bool],
        reach: Callable[[str], str], lists: TeamLists, is_found: Callable[[Zone], bool | None],
        drill: DrillItems | None = None,
    ) -> None:  # fmt: skip
        self._view = view
        self._names = names
        self._unseal = unseal
        self._ways = ways
        self._is_here = is_here
        self._reach = reach
        self._lists = lists
        self._is_found = is_found
        self._drill = drill

    def items_of(self, topic: str) -> Iterator[str]:
        kind, _, rest = topic.partition("/")
        if kind == TOPIC:
            yield from self._drill.items_of() if self._drill is not None else ()
            return
        if kind == "me":
            yield "self"
            yield from (f"call/{call}" for call in self._view.calls_for.get(rest, ()))
            states = (self._view.look(f"team:{team}") for team in self._names().teams_of.get(rest, ()))
            yield from (f"led/{state.engaged}" for state in states if isinstance(state, Team) and state.engaged)
            return
        division, _, mask = rest.partition("/")
        if mask.startswith(CALLS):
            yield from (f"call/{call}" for call in self._view.calls_of.get(mask.partition("/")[2], ()))
            return
        incidents = [i for i in self._incidents() if self._sees(division, mask, i)]
        if mask == LATE:
            yield from (f"call/{call}" for incident in incidents for call in self._view.late.of.get(incident, ()))
            return
        yield from (f"incident/{incident}" for incident in incidents)
        if mask == WALL:
            yield FORCES
        if mask in ("duty", KEEPER):
            called_for = incidents if mask == "duty" else self._view.incidents
            yield from (f"call/{call}" for incident in called_for for call in self._view.calls_of.get(incident, ()))
        if mask == "duty":
            yield TEAMS
            yield from (f"team/{team.id}" for team in self._names().teams.values() if team.division.startswith(division))
            yield from (f"response/{each.id}" for each in self._view.responses() if self._concerns(division, each))
            newest = self._view.lines.newest(frozenset(incidents), most=LINES_SHOWN)
            yield from (f"line/{position}" for position in newest)
            yield from self._safety_of(division, incidents)
            yield from (f"fault/{number}" for number in range(len(self._realm().parked)))
            yield from (f"channel/{name}" for name in self._ways())
            yield from (f"watch/{post}" for post in self._view.watches if _in_line(division, post))
            yield from (f"warning/{each}" for each in self._view.warnings)
            yield from (f"zone/{each}" for each in self._view.zones)
            yield from (f"reply/{reply}" for reply in self._view.unplaced)

    def show(self, topic: str, item: str) -> bytes | None:
        kind, _, rest = topic.partition("/")
        if kind == TOPIC:
            return self._drill.show(item) if self._drill is not None else None
        found = self._for_phone(rest, item) if kind == "me" else self._for_board(*rest.partition("/")[::2], item)
        return None if found is None else _encode(found)

    def _for_phone(self, person: str, item: str) -> Item | None:
        if item == "self":
            return self_item(self._view, self._names(), person) | {"reach": self._reach(person)}
        call = self._view.call(item.partition("/")[2])
        if call is not None and item.startswith("led/"):
            return self._led(person, call)
        if call is None or call.person != person:
            return None
        shown = phone_item(self._view, self._names(), call, partial(report_of, self._view, self._unseal))
        return shown | task_part(self._view, call, self._unseal) if has_task(self._view, call) else shown

    def _led(self, leader: str, call: Call) -> Item | None:
        incident = self._view.incident(call.incident)
        if incident is None or not is_led_for(self._view, self._names(), call, leader):
            return None
        return led_item(self._view, self._names(), call, incident)

    def _for_board(self, division: str, mask: str, item: str) -> Item | None:
        """`division`: for a keeper's board it is a station."""
        kind, _, name = item.partition("/")
        if item == TEAMS:
            return self._lists.item(division) if mask == "duty" else None
        if item == FORCES:
            return forces_item(self._view, self._names(), division) if mask == WALL else None
        if kind == "call":
            return self._call(division, mask, name)
        if mask == LATE or mask.startswith(CALLS):
            return None
        if kind == "incident":
            return self._incident(division, mask, name)
        shown = {
            "team": self._team, "line": self._line, "response": self._response, "fault": self._fault, "channel": self._channel,
            "reply": self._reply, "roll": self._roll, "sos": self._sos, "order": self._order, "danger": self._danger,
            "watch": self._watch, "warning": self._warning, "zone": self._zone,
        }.get(kind)  # fmt: skip
        return shown(division, name) if shown is not None and mask == "duty" else None

    def _incident(self, division: str, mask: str, name: str) -> Item | None:
        incident = self._view.incident(name)
        return incident_item(self._view, self._names(), incident) if incident and self._sees(division, mask, name) else None

    def _call(self, division: str, mask: str, name: str) -> Item | None:
        call = self._view.call(name)
        if call is None or not self._has(division, mask, call):
            return None
        return call_item(self._view, self._names(), call) | {"reach": self._reach(call.person)}

    def _has(self, division: str, mask: str, call: Call) -> bool:
        """A keeper's board has the calls of the station's own teams; a desk's those at work, and the others where they are asked for."""
        if mask == KEEPER:
            team = self._names().teams.get(call.team)
            return team is not None and team.station == division
        if mask == "duty":
            asked_for = is_at_work(self._view, call)
        else:
            asked_for = self._view.late.has(call) if mask == LATE else mask == f"{CALLS}/{call.incident}"
        return asked_for and self._covers(division, call.incident)

    def _team(self, division: str, name: str) -> Item | None:
        team = self._names().teams.get(name)
        return team_item(self._view, team, self._reach(team.leader)) if team and team.division.startswith(division) else None

    def _line(self, division: str, name: str) -> Item | None:
        found = self._view.lines.get(int(name))
        return line_item(self._names(), *found) if found and self._covers(division, found[1]) else None

    def _response(self, division: str, name: str) -> Item | None:
        state = self._view.look(f"response:{name}")
        return response_item(self._names(), state) if isinstance(state, Response) and self._concerns(division, state) else None

    def _safety_of(self, division: str, incidents: Iterable[str]) -> Iterator[str]:
        afield = self._view.afield
        for incident in incidents:
            if roll_of(self._view.look, incident) is not None:
                yield f"roll/{incident}"
            yield from (f"order/{order}" for order in afield.orders_of.get(incident, ()))
            yield from (f"danger/{danger}" for danger in afield.dangers_of.get(incident, ()))
        yield from (f"sos/{person}" for person in afield.alarms if self._sos(division, person) is not None)

    def _roll(self, division: str, name: str) -> Item | None:
        roll = roll_of(self._view.look, name)
        return roll_item(self._view, self._names(), roll) if roll is not None and self._covers(division, name) else None

    def _order(self, division: str, name: str) -> Item | None:
        order = self._view.look(f"order:{name}")
        is_seen = isinstance(order, Order) and self._covers(division, order.incident)
        return order_item(self._view, self._names(), order) if is_seen else None

    def _danger(self, division: str, name: str) -> Item | None:
        danger = self._view.look(f"danger:{name}")
        return (
            danger_item(self._names(), danger) if isinstance(danger, Danger) and self._covers(division, danger.incident) else None
        )

    def _sos(self, division: str, name: str) -> Item | None:
        """An open one, at every post that is alarmed or above it, and where it is."""
        sos = self._view.afield.sos(name)
        if sos is None or not sos.is_open:
            return None
        is_seen = any(covers(division, code) for code in (*sos.to, sos.division)) or self._covers(division, sos.incident)
        return sos_item(self._view, self._names(), sos) if is_seen else None

    @staticmethod
    def _concerns(division: str, response: Response) -> bool:
        """A response shows on the boards of its division, of all below and of all above."""
        return covers(division, response.division) or covers(response.division, division)

    def _fault(self, _division: str, name: str) -> Item | None:
        parked = self._realm().parked[int(name)]
        return {"id": name, "code": "follower.parked", "facts": msgspec.to_builtins(parked)}

    def _channel(self, _division: str, name: str) -> Item | None:
        way = self._ways().get(name)
        return {"name": name, "state": way[0].state, "signal": way[0].signal, "waiting": way[1]} if way else None

    def _reply(self, division: str, name: str) -> Item | None:
        """Until somebody has looked after it."""
        state = self._view.look(f"reply:{name}")
        if not isinstance(state, Reply) or state.handled or not covers(division, state.division):
            return None
        label = self._names().masked(state.person) if state.person else None
        return {"id": name, "channel": state.channel, "why": state.why, "at_ms": state.at_ms, "person_label": label}

    def _watch(self, division: str, name: str) -> Item | None:
        state = self._view.watch(name)
        return (
            watch_item(self._view, self._names(), state, self._is_here, self._unseal)
            if state and _in_line(division, name)
            else None
        )

    def _warning(self, division: str, name: str) -> Item | None:
        state = self._view.warning(name)
        return warning_item(self._names(), state) if state and any(_in_line(division, each) for each in state.divisions) else None

    def _zone(self, division: str, name: str) -> Item | None:
        state = self._view.zone(name)
        return (
            zone_item(self._names(), state, self._is_found)
            if state and any(_in_line(division, each) for each in state.divisions)
            else None
        )

    def _incidents(self) -> Iterable[str]:
        """Those that boards show."""
        return self._view.incidents

    def _sees(self, division: str, mask: str, incident: str) -> bool:
        """A keeper sees what happens in the station's township, and what its circle reaches over the border."""
        if mask != KEEPER:
            return self._covers(division, incident)
        station, found = self._names().stations.get(division), self._view.incident(incident)
        if station is None or found is None:
            return False
        holds = any(hit.inside and hit.id == division for hit in found.place.stations)
        return holds or station.division[:TOWNSHIP_DIGITS] in (*found.place.path, *found.place.spans)

    def _covers(self, division: str, incident: str) -> bool:
        found = self._view.incident(incident)
        return found is not None and found.place.touches(division)

    def _realm(self) -> RealmState:
        state = self._view.look("realm")
        return state if isinstance(state, RealmState) else RealmState()
