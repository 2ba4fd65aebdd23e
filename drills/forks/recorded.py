"""The record of a realm: what people really did about their calls, and what officers ordered. Folded once, forwards; bounded."""

from collections.abc import Iterator, Sequence

from command.core.facts import Command, Event, Kind
from command.core.world import World
from drills.forks.acted import Act, act_of
from drills.forks.doings import Did, Key, Script, Told, command_of
from incidents import Zone, ZoneChanged, ZoneLifted, ZoneMarked
from mobilization import (
    Answered,
    CalledAway,
    CallState,
    OrderGiven,
    Progressed,
    RollAnswered,
    SeatsGained,
    Seen,
    StoodDown,
    WaveCalled,
    WaveWithdrawn,
)
from mobilization.safety.facts import RollJoined, RollOpened
from mobilization.safety.facts_orders import OrderJoined, OrderReceipted
from mobilization.states import AFTER_ANSWER

MOST_CALLS = 50_000
"""Of more the oldest incidents are forgotten: their people are simulated."""


class Record:
    """`head`, `known_ms`: up to where and when it knows. An event is folded once, however often it is shown."""

    def __init__(self, kinds: Sequence[Kind], *, most: int = MOST_CALLS) -> None:
        self._most = most
        self._zones = World([kind for kind in kinds if kind.prefix == "zone"])
        self._marked: dict[str, None] = {}
        self._standing: tuple[Zone, ...] = ()
        self._calls: dict[str, Script] = {}
        self._by_key: dict[Key, list[Script]] = {}
        self._incidents: dict[str, list[Script]] = {}
        self._orders: dict[str, tuple[int, int]] = {}
        self._rolls: dict[str, int] = {}
        self._acts: list[Act] = []
        self._group: list[Event] = []
        self._to_all = True
        self.head, self.known_ms = 0, 0

    def follow(self, event: Event) -> None:
        if event.position <= self.head:
            return
        self.head, self.known_ms = event.position, max(event.at_ms, self.known_ms)
        self._order(event)
        if isinstance(event.fact, ZoneMarked | ZoneChanged | ZoneLifted):
            self._zone(event)
        self._did(event)
        self._asked(event)
        self._told(event)

    def lasts(self, until_ms: int) -> None:
        """Nothing more happened until then."""
        self.known_ms = max(self.known_ms, until_ms)

    def script(self, call: str, *, until: int) -> Script | None:
        """Of a call that was made by that position."""
        script = self._calls.get(call)
        return script if script is not None and script.position <= until else None

    def scripts(self, key: Key) -> Sequence[Script]:
        """All calls of this person by this team for this incident, in order."""
        return self._by_key.get(key, ())

    def acts(self, after: int) -> Iterator[Act]:
        """What officers did behind that position, and people about their being available."""
        self._close_group()
        yield from (act for act in self._acts if act.position > after)

    def people(self, after: int, at_ms: int) -> int:
        """How many people were called behind that position, or had something to do with a call still."""
        found = (script for script in self._calls.values() if script.position > after or script.is_live(after, at_ms))
        return len({script.key[-1] for script in found})

    def _asked(self, event: Event) -> None:
        match event.fact:
            case WaveCalled() as fact:
                for planned in fact.calls:
                    if planned.instead_of in self._calls:
                        self._calls[planned.instead_of].turns(CallState.CALLED_AGAIN, event.at_ms)
                    key = (fact.incident, planned.team, planned.person)
                    self._add(
                        Script(call=planned.call, key=key, position=event.position, asked_ms=event.at_ms, since_ms=event.at_ms)
                    )
            case Seen(calls=calls):
                for script in self._known(calls):
                    script.seen = script.seen or (event.position, event.at_ms - script.asked_ms)
            case StoodDown(calls=calls) | WaveWithdrawn(calls=calls):
                for script in self._known(calls):
                    _over(script, event.at_ms)
            case CalledAway(call=call):
                for script in self._known([call]):
                    _over(script, event.at_ms)
            case _:
                pass

    def _did(self, event: Event) -> None:
        script = self._calls.get(getattr(event.fact, "call", ""))
        if script is None:
            return
        command = command_of(event, script)
        if command is not None:
            script.dids.append(self._step(event, script, command))
        match event.fact:
            case Answered(result="kept" | "eta"):
                pass
            case Answered(result=result, seated=seated):
                script.seated = seated
                script.turns(AFTER_ANSWER.get(result, CallState.NOT_NEEDED), event.at_ms)
            case Progressed(did=did, seated=seated, arrived=arrived):
                script.seated = seated
                script.there = script.there if did == "released" else bool(arrived)
                script.turns(CallState(did), event.at_ms)
                if did == "set_out":
                    script.out_ms, script.out_zones = event.at_ms, self._standing
            case SeatsGained(seated=seated):
                script.seated = seated
            case _:
                pass

    def _step(self, event: Event, script: Script, command: Command) -> Did:
        is_over = script.state is CallState.STOOD_DOWN
        before_ms = script.dids[-1].at_ms if script.dids else script.asked_ms
        if is_over:
            before_ms = max(before_ms, script.over_ms)
        did = Did(event.position, event.at_ms, event.at_ms - before_ms, command, script.state, over=is_over, there=script.there)
        if not did.is_arrival:
            return did
        way_ms = event.at_ms - script.out_ms if script.out_ms else 0
        return did._replace(way_ms=way_ms, zones=self._standing if script.out_zones is None else script.out_zones)

    def _told(self, event: Event) -> None:  # noqa: PLR0912 -- a line a fact
        match event.fact:
            case RollOpened(incident=incident, number=number, crews=crews):
                self._rolls[incident] = event.at_ms
                for script in self._known(crew.call for crew in crews):
                    script.rolls.setdefault(number, [])
            case RollJoined(number=number, call=call):
                for script in self._known([call]):
                    script.rolls.setdefault(number, [])
            case RollAnswered(incident=incident, number=number, call=call, marks=marks):
                for script in self._known([call]):
                    after_ms = event.at_ms - self._rolls.get(incident, event.at_ms)
                    script.rolls.setdefault(number, []).append(Told(event.position, after_ms, marks=marks))
            case OrderGiven(order=order, incident=incident, crews=crews):
                reached = {script.call for script in self._incidents.get(incident, ()) if script.is_reached}
                self._to_all = reached <= {crew.call for crew in crews}
                for script in self._known(crew.call for crew in crews):
                    script.under[order] = event.position, event.at_ms
                    script.orders.setdefault(order, [])
            case OrderJoined(order=order, call=call):
                for script in self._known([call]):
                    script.under[order] = event.position, event.at_ms
                    script.orders.setdefault(order, [])
            case OrderReceipted(order=order, call=call, receipt=receipt):
                for script in self._known([call]):
                    said = script.orders.setdefault(order, [])
                    said.append(Told(event.position, event.at_ms - script.under[order][1], receipt=receipt))
            case _:
                pass

    def _zone(self, event: Event) -> None:
        self._zones.apply(event)
        self._zones.keep()
        if isinstance(event.fact, ZoneMarked):
            self._marked.setdefault(event.fact.zone)
        found = (self._zones.look(f"zone:{zone}") for zone in self._marked)
        self._standing = tuple(zone for zone in found if isinstance(zone, Zone) and not zone.over)

    def _order(self, event: Event) -> None:
        """Facts of one command are one act."""
        if self._group and (self._group[0].command_id, self._group[0].actor) != (event.command_id, event.actor):
            self._close_group()
        self._group.append(event)

    def _close_group(self) -> None:
        act = act_of(self._group, to_all=self._to_all) if self._group else None
        if act is not None:
            self._acts.append(act)
        self._group = []

    def _add(self, script: Script) -> None:
        self._calls[script.call] = script
        self._by_key.setdefault(script.key, []).append(script)
        self._incidents.setdefault(script.key[0], []).append(script)
        while len(self._calls) > self._most and len(self._incidents) > 1:
            for old in self._incidents.pop(next(iter(self._incidents))):
                del self._calls[old.call]
                self._by_key.pop(old.key, None)

    def _known(self, calls: "Iterator[str] | Sequence[str]") -> Iterator[Script]:
        return (self._calls[call] for call in calls if call in self._calls)


def _over(script: Script, at_ms: int) -> None:
    script.turns(CallState.STOOD_DOWN, at_ms)
    script.over_ms = at_ms
