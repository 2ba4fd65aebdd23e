"""When each need is met in a branch: promised, and on the spot. A projection over the states, for needs that stand at its start."""

from collections.abc import Iterable
from typing import NamedTuple

from command.core.facts import Event, Look
from mobilization import Mobilization, Seats


class Need(NamedTuple):
    """One need of one call-out."""

    incident: str
    speciality: str
    least: int


class Called(NamedTuple):
    """How often somebody was called for a need, and how many teams."""

    calls: int
    teams: int


class Needs:
    """`promised`, `arrived`: when the least number was first reached (milliseconds since 1970 UTC); `steps`: people on the spot from
    then on."""

    def __init__(self, look: Look, mobilizations: Iterable[str], now_ms: int) -> None:
        self._look = look
        self._watched = dict.fromkeys(mobilizations)
        self.promised: dict[Need, int] = {}
        self.arrived: dict[Need, int] = {}
        self.steps: dict[Need, list[tuple[int, int]]] = {}
        for each in self._watched:
            self._see(each, now_ms)

    def fork(self, look: Look) -> "Needs":
        """The same, going on over the states of a branch."""
        twin = Needs(look, (), 0)
        twin._watched = self._watched
        twin.promised, twin.arrived = self.promised.copy(), self.arrived.copy()
        twin.steps = {need: steps.copy() for need, steps in self.steps.items()}
        return twin

    def called(self) -> dict[Need, Called]:
        """By now, in the round that goes on."""
        found = {}
        for name in self._watched:
            state = self._look(f"mobilization:{name}")
            for seats in state.needs if isinstance(state, Mobilization) else ():
                teams = [part.team for part in state.parts.values() if part.speciality == seats.speciality]
                found[Need(state.incident, seats.speciality, seats.minimum)] = Called(len(teams), len(set(teams)))
        return found

    def follow(self, event: Event) -> None:
        for key in event.keys:
            kind, _, name = key.partition(":")
            if kind == "mobilization" and name in self._watched:
                self._see(name, event.at_ms)

    def _see(self, name: str, at_ms: int) -> None:
        state = self._look(f"mobilization:{name}")
        if not isinstance(state, Mobilization):
            return
        for seats in state.needs:
            if seats.minimum:
                self._note(Need(state.incident, seats.speciality, seats.minimum), seats, at_ms)

    def _note(self, need: Need, seats: Seats, at_ms: int) -> None:
        if seats.promised + seats.served >= need.least:
            self.promised.setdefault(need, at_ms)
        there = seats.arrived + seats.served
        if there >= need.least:
            self.arrived.setdefault(need, at_ms)
        steps = self.steps.setdefault(need, [])
        if not steps or steps[-1][1] != there:
            steps.append((at_ms, there))
