"""The one who turns the clock of a drill that is served: from one moment at which something falls due to the next, so that how fast
it is played changes nothing of what happens when."""

import logging
from functools import partial

from command.core.door import Lane
from command.core.errors import MusterError, Refused
from drills.agenda import Agenda
from drills.conduct import Drill
from drills.conduct.facts import KEY
from drills.conduct.states import WAITING
from web_console.house import House
from web_console.trainer.pace import Pace

_log = logging.getLogger(__name__)

EVERY_S = 0.05


class Conductor:
    """Of one house whose clock only it turns."""

    def __init__(self, house: House, pace: Pace, agenda: Agenda) -> None:
        self._house, self._pace, self._agenda = house, pace, agenda
        pace.steps = self.step

    async def beat(self) -> None:
        """On to where the drill's time should be by now; a change of pace meanwhile ends it."""
        turns, wanted_ms = self._pace.turns, self._pace.wanted_ms()
        await self._quiet()
        while self._pace.clock.wall_ms() < wanted_ms and turns == self._pace.turns and self._house.core.stopped_by is None:
            due_ms = self._next_ms()
            await self._turn_to(wanted_ms if due_ms is None else min(max(due_ms, self._pace.clock.wall_ms()), wanted_ms))
            await self._act()
            await self._quiet()
        if turns == self._pace.turns:
            self._pace.reached()
        if self._pace.is_running and self._drill.is_over:
            self._pace.pause()

    def step(self, to: str) -> None:
        """One step: to the next moment at which anything falls due (`due`), or the next inject (`inject`), or else the end."""
        drill, now_ms = self._drill, self._pace.clock.wall_ms()
        if drill.is_over:
            raise Refused("drill.over")
        injects = [each.due_ms for each in drill.lines.values() if each.state == WAITING and each.due_ms is not None]
        due_ms = self._next_ms() if to == "due" else min([*injects, drill.opened.end_ms])
        self._pace.step(max(now_ms, drill.opened.end_ms if due_ms is None else due_ms))

    @property
    def _drill(self) -> Drill:
        state = self._house.core.world.look(KEY)
        if not isinstance(state, Drill):
            raise Refused("drill.none")
        return state

    def _next_ms(self) -> int | None:
        both = (self._agenda.next_ms, self._house.core.world.next_due_ms())
        return min((each for each in both if each is not None), default=None)

    async def _turn_to(self, at_ms: int) -> None:
        step_ms = at_ms - self._pace.clock.wall_ms()
        if step_ms > 0:
            await self._house.door.between(partial(self._pace.clock.advance, ms=step_ms))

    async def _act(self) -> None:
        """What falls due speaks first, then those who are simulated, each in turn."""
        await self._house.door.tick()
        now_ms = self._pace.clock.wall_ms()
        _, asks = self._agenda.act(now_ms, now_ms)
        for ask in asks:
            try:
                await self._house.door.handle(ask, Lane.OFFICERS)
            except Refused as refusal:
                _log.info("%s: %s", ask.command_id, refusal.code)  # it came too late; the next step sees the new state
            except MusterError as error:
                _log.warning("%s: %s", ask.command_id, error.code)

    async def _quiet(self) -> None:
        """Until nothing more follows by itself at this moment, or what follows waits for the log."""
        core, tail = self._house.core, self._house.tail
        while True:
            await self._house.door.tick()
            await self._house.door.quiet()
            await tail.drain()
            if tail.waiting or core.stopped_by is not None or (tail.followed >= core.position and not core.is_due()):
                return
