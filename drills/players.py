"""The simulated desks of a drill: what their officers do about each inject, and when. Plainly labelled in every record.

How long it takes is the median the file gives, told apart by the seed; a person would do the same through the same commands.
"""

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from command.core.asks import Ask
from command.core.facts import Authority, Command, Event, Fact, Look
from drills.agenda import Plan
from drills.conduct import Drill, DrillOpened, InjectReleased
from drills.conduct.facts import KEY
from drills.performing import PERFORM, Desk
from drills.scenario import Act
from drills.staging import Staged
from incidents import Ground

SIGMA = 0.3
"""Of the lognormal spread of how long an act takes; assumed."""
LATEST_TRIES, TRY_AGAIN_MS = 20, 30_000
"""An act whose time has not come (nobody is on the spot yet) is tried again for ten minutes."""
_DIGITS = 4


class Officers:
    """Acts by what the log says was released. A key is `act/{no}/{number of the act}/{tries}`."""

    name = "officers"
    heeds: tuple[type[Fact], ...] = (DrillOpened, InjectReleased)

    def __init__(self, staged: Staged, *, look: Look, ground: Ground, channels: tuple[str, ...] = ()) -> None:
        self._staged, self._look = staged, look
        self._acts = {inject.no: inject.acts for inject in staged.scenario.injects}
        self._desk = Desk(staged, look, ground, channels)

    def resume(self) -> Iterator[Plan]:
        """What was done already is asked for again under the same ids, and changes nothing."""
        drill = self._look(KEY)
        if isinstance(drill, Drill):
            for no, line in sorted(drill.lines.items()):
                if line.state == "released" and line.reached_ms is not None:
                    yield from self._plans(no, line.reached_ms)

    def heard(self, event: Event) -> Iterable[Plan]:
        return self._plans(event.fact.no, event.at_ms) if isinstance(event.fact, InjectReleased) else ()

    def act(self, key: str, now_ms: int) -> Iterator[Ask | Plan]:
        no, number, tries = (int(part) for part in key.split("/")[1:])
        drill = self._look(KEY)
        if not isinstance(drill, Drill) or drill.is_over:
            return
        act = self._acts[no][number]
        perform: Callable[[Desk, Any, int], Iterator[Command] | None] = PERFORM[type(act)]
        commands = perform(self._desk, act, now_ms)
        if commands is None:
            if tries < LATEST_TRIES:
                yield Plan(now_ms + TRY_AGAIN_MS, f"act/{no:0{_DIGITS}d}/{number}/{tries + 1}")
            return
        for n, command in enumerate(commands):
            yield self._ask(command, act, f"act/{no:0{_DIGITS}d}/{number}/{n}")

    def _plans(self, no: int, at_ms: int) -> Iterator[Plan]:
        for number, act in enumerate(self._acts[no]):
            yield Plan(at_ms + self._takes_ms(no, number, act), f"act/{no:0{_DIGITS}d}/{number}/0")

    def _takes_ms(self, no: int, number: int, act: Act) -> int:
        seed = f"{self._staged.scenario.seed}/act/{no}/{number}"
        chance = random.Random(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))  # noqa: S311 -- a simulation
        return round(act.after_s * 1000 * chance.lognormvariate(0, SIGMA))

    def _ask(self, command: Command, act: Act, id_: str) -> Ask:
        person = self._desk.actor_of(command)
        if person:
            return Ask(command=command, actor=f"person:{person}", command_id=id_)
        post = self._staged.posts[getattr(act, "by", "city")]
        return Ask(
            command=command, actor=f"simulated:officer-{post}", command_id=id_, authority=Authority(post=post, role="duty_officer")
        )  # fmt: skip
