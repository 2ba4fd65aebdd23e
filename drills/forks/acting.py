"""Officers of the record act again in a branch: at their times, under their authority, where it still makes sense. A refused one is counted
by the stage and hurts nobody. Whom a further wave calls is planned by how things stand in the branch."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from command.core.asks import Ask
from command.core.facts import Command, Event, Fact, Look
from drills.agenda import Plan
from drills.conduct import TakeOut
from drills.forks.acted import Act, NextOnes, ToTeams
from incidents import Incident
from mobilization import SEATED, Call, CallNextWave, GiveOrder, Mobilization, Person, mobilization_of
from mobilization.planning import Asking, Outlook, plan_wave
from mobilization.policies import command_for

RECORDED = "recorded/"
"""With this the ids of their commands begin."""


class Acting:
    """A key is `act/{position of what was done}`; `tried`: how many had their time. `but`: of this incident the first further wave was brought forward by the branch itself."""

    name = "acting"
    heeds: tuple[type[Fact], ...] = ()

    def __init__(self, acts: Iterable[Act], *, look: Look, outlook: Callable[[], Outlook], but: str = "") -> None:
        self._look, self._outlook = look, outlook
        found = list(acts)
        dropped = next((act for act in found if but and act.incident == but), None)
        self.tried = 0
        self._acts = {f"act/{act.position:012d}": act for act in found if act is not dropped}

    def resume(self) -> Iterator[Plan]:
        yield from (Plan(act.at_ms, key) for key, act in self._acts.items())

    def heard(self, _event: Event) -> Iterable[Plan]:
        return ()

    def act(self, key: str, now_ms: int) -> Iterator[Ask | Plan]:
        act = self._acts[key]
        self.tried += 1
        command = self._command(act, key, now_ms)
        if command is not None:
            yield Ask(command=command, actor=act.actor, command_id=f"{RECORDED}{key}", authority=act.authority)

    def _command(self, act: Act, key: str, now_ms: int) -> Command | None:
        match act.intent:
            case NextOnes() as wanted:
                return self._next_wave(wanted, key, now_ms)
            case ToTeams(order, teams):
                return self._to_teams(order, teams)
            case TakeOut(person=person) as command:
                return msgspec.structs.replace(command, calls=self._calls_of(person))
            case Command() as command:
                return command

    def _next_wave(self, wanted: NextOnes, key: str, now_ms: int) -> Command | None:
        """As many of each speciality as then, the nearest who are free now. None: the call-out is over, or nobody is left."""
        state = self._look(f"mobilization:{wanted.mobilization}")
        incident = self._look(f"incident:{state.incident}") if isinstance(state, Mobilization) else None
        if not isinstance(state, Mobilization) or state.over or not isinstance(incident, Incident):
            return None
        ready = self._outlook()
        asking = Asking(self._look, now_ms=now_ms, wave_id=key.replace("/", "-"), more=sum(wanted.counts.values()))
        plan = plan_wave(state, incident, ready, asking)
        taken: Counter[str] = Counter()
        calls = []
        for call in plan.calls:
            taken[call.speciality] += 1
            if taken[call.speciality] <= wanted.counts.get(call.speciality, 0):
                calls.append(call)
        plan = plan._replace(calls=tuple(calls))
        return command_for(state, plan, rev=ready.roster.rev, cause=key, keep=_nowhere, kind=CallNextWave) if calls else None

    def _to_teams(self, order: GiveOrder, teams: frozenset[str]) -> Command | None:
        """To the same teams, by whatever call they came, the newest of them; None where none of them is coming or out."""
        state = self._look(f"mobilization:{mobilization_of(order.incident)}")
        if not isinstance(state, Mobilization):
            return None
        found = [self._look(f"call:{each}") for each in dict.fromkeys((*state.parts, *state.out))]
        theirs = [call for call in found if isinstance(call, Call) and call.team in teams]
        coming = [call for call in theirs if call.state in SEATED]
        held = {call.team for call in coming}
        calls = (*coming, *(call for call in theirs if call.id in state.out and call.team not in held))
        return msgspec.structs.replace(order, calls=tuple(call.id for call in calls)) if calls else None

    def _calls_of(self, person: str) -> tuple[str, ...]:
        state = self._look(f"person:{person}")
        if not isinstance(state, Person):
            return ()
        return tuple(dict.fromkeys((*state.open, *([state.engaged] if state.engaged else []))))


def _nowhere(_name: str, _subject: str, _plain: bytes) -> None:
    """A branch keeps no list of who was not called: its counts stand in its log."""
