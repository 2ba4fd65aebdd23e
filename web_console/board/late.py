"""Calls that ran out where nobody had heard of them: whom a desk rings by hand while people are missing, each team once."""

from collections.abc import Iterable, Mapping, MutableMapping

from command.core.facts import Look
from command.core.holding import IN_MEMORY, Holding, joined, parted
from incidents import Incident
from mobilization import Call, CallState, Mobilization, mobilization_of

_WENT_OUT = frozenset({"sent", "failed", "unknown"})


def why_unheard(call: Call) -> str | None:
    """Why a call was perhaps not heard: what became of the message outside, else asleep; None once it was on a lit screen."""
    if call.seen_ms is not None:
        return None
    if call.attempt_result in _WENT_OUT:
        return call.attempt_result
    return None if call.awake else "asleep"


class Late:
    """Folds only. `of`: by incident, the calls that ran out unheard while people are missing, of each team no more than its newest
    unheard call. Kept up call by call: counting anew with each event would cost as much as there are calls."""

    def __init__(self, look: Look, calls_of: Mapping[str, Iterable[str]], holding: Holding = IN_MEMORY) -> None:
        self._look, self._calls_of = look, calls_of
        self.of: MutableMapping[str, Mapping[str, None]] = holding.many("late_of")
        self._late: MutableMapping[str, Call] = holding.many("late")
        self._unheard: MutableMapping[str, Mapping[str, None]] = holding.many("unheard")
        self._wants: MutableMapping[str, bool] = holding.many("wants")

    def has(self, call: Call) -> bool:
        return call.id in self.of.get(call.incident, ())

    def follow(self, items: Iterable[str]) -> set[str]:
        """Told what an event touched; the calls that are late from here on, or no more, and their incidents."""
        calls: list[str] = []
        for kind, _, name in (item.partition("/") for item in items):
            if kind == "call":
                calls.append(name)
            elif kind == "incident" and self._wants.get(name) != (wants := self._wants_people(name)):
                self._wants[name] = wants
                calls += self._calls_of.get(name, ())
        moved: set[str] = set()
        for team in dict.fromkeys(call.team for each in calls if (call := self._note(each)) is not None):
            moved |= self._look_at(team)
        return moved

    def _note(self, name: str) -> Call | None:
        call = self._look(f"call:{name}")
        if not isinstance(call, Call):
            return None
        joined(self._unheard, call.team, name)
        return call

    def _look_at(self, team: str) -> set[str]:
        found = [
            call
            for name in self._unheard.pop(team)
            if isinstance(call := self._look(f"call:{name}"), Call) and self._is_unheard(call)
        ]
        if found:
            self._unheard[team] = dict.fromkeys(call.id for call in found)
        newest = max(found, key=lambda call: (call.asked_ms, call.id), default=None)
        before, after = self._late.pop(team, None), newest if newest is not None and newest.state is CallState.LAPSED else None
        if after is not None:
            self._late[team] = after
        if (before and before.id) == (after and after.id):
            return set()
        if before is not None:
            parted(self.of, before.incident, before.id)
        if after is not None:
            joined(self.of, after.incident, after.id)
        return {item for call in (before, after) if call is not None for item in (f"call/{call.id}", f"incident/{call.incident}")}

    def _is_unheard(self, call: Call) -> bool:
        waits = call.state is CallState.OPEN or (call.state is CallState.LAPSED and self._wants.get(call.incident, False))
        return waits and why_unheard(call) is not None

    def _wants_people(self, name: str) -> bool:
        incident, running = self._look(f"incident:{name}"), self._look(f"mobilization:{mobilization_of(name)}")
        is_open = isinstance(incident, Incident) and incident.is_open
        return is_open and isinstance(running, Mobilization) and not running.over and running.is_short
