"""An exercise that is open: its house beside the live one, what it may reach, and what real work does to it."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from command.core.chance import Chance
from command.core.clock import Clock
from command.core.door import Lane
from command.core.errors import Refused
from drills.conduct import Drill, TakeOut
from drills.conduct.facts import KEY
from mobilization import LIVE, TERMINAL, Call
from mobilization.training import consent_of, exercise_of
from web_console.about import read_about
from web_console.drilling import KIND
from web_console.exercises.attendance import common, proposal
from web_console.exercises.enrolling import living
from web_console.exercises.preparing import PREFIX
from web_console.exercises.standing import Standing, standing_of
from web_console.house import House
from web_console.marking import Marked
from web_console.pager import Channel

_ACTOR = "live"
"""Who carries the one message into an exercise."""


class Held:
    """`channels`: of the live realm; the exercise has them marked, and only to numbers of those who take part."""

    def __init__(
        self, live: House, folder: Path, *, clock: Clock, chance: Chance, master: bytes, channels: Sequence[Channel] = ()
    ) -> None:
        about = read_about(folder, kind=KIND)
        self.id = folder.name.removeprefix(PREFIX)
        self._live = live
        marked = tuple(Marked(each, may_reach=self.may_reach, is_wanted=self._is_wanted) for each in channels)
        self.house = House(folder, city=about.city, kind=KIND, clock=clock, chance=chance, master=master, channels=marked)

    @property
    def people(self) -> tuple[str, ...]:
        """Who was enrolled, as the live realm has it."""
        return exercise_of(self._live.core.world.look, self.id).people

    @cached_property
    def division(self) -> str:
        """The smallest that holds everybody in it; "" where none does."""
        return common(living(self.house).values())

    @property
    def standing(self) -> Standing:
        return standing_of(self.house, self.division)

    @property
    def drill(self) -> Drill:
        state = self.house.core.world.look(KEY)
        if not isinstance(state, Drill):
            raise Refused("exercise.unknown")
        return state

    @property
    def is_on(self) -> bool:
        """Whether it has begun and is not over."""
        return self.drill.opened.begin_ms <= self.house.core.now_ms() and not self.drill.is_over

    def takes_part(self, person: str) -> bool:
        """Enrolled, agreeing still, and not taken out."""
        return person in self.people and self._agrees(person) and person not in self.drill.taken_out

    def may_reach(self, phone: str) -> bool:
        """The second wall: the number of somebody who takes part."""
        return any(self.takes_part(person) for person in self._numbers.get(phone, ()))

    async def heed_live(self) -> None:
        """Whoever is called in the live realm, or agrees no more, leaves the exercise at once. Asked again it changes nothing."""
        for person in self.people:
            if person in self.drill.taken_out or self.drill.is_over:
                continue
            why = "real_work" if self._has_real_work(person) else "" if self._agrees(person) else "withdrew"
            if why:
                command = TakeOut(person=person, why=why, calls=tuple(self.house.view.calls_for.get(person, ())))
                await self.house.ask(command, actor=_ACTOR, command_id=f"{self.house.new_id()}", lane=Lane.SOS_AND_ANSWERS)

    async def propose(self) -> None:
        """Once it is over: the list of who took part waits in the live realm for an officer."""
        state = exercise_of(self._live.core.world.look, self.id)
        if self.drill.is_over and state.proposed is None and not state.cancelled:
            command = await self.house.apart(proposal, self.id, self.house)
            await self._live.ask(command, actor=TERMINAL, command_id=f"{self.id}/attended")

    def _is_wanted(self, channel: str) -> bool:
        """By the live realm: a modem sends one message in some seconds, and real ones wait for no exercise."""
        conditions = self._live.pager.conditions()
        return channel in conditions and conditions[channel][1] > 0

    def _agrees(self, person: str) -> bool:
        state = consent_of(self._live.core.world.look, person)
        return state is not None and state.withdrawn_ms is None and any(each.exercise == self.id for each in state.enrolled)

    def _has_real_work(self, person: str) -> bool:
        """Called now, promised, out or standing by: whatever of it, real work comes first."""
        calls = (self._live.core.world.look(f"call:{call}") for call in self._live.view.calls_for.get(person, ()))
        return any(isinstance(call, Call) and call.state in LIVE for call in calls)

    @cached_property
    def _numbers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for person in self.people:
            known = self.house.names.people.get(person)
            if known is not None and known.phone:
                found.setdefault(known.phone, []).append(person)
        return found
