"""Simulated leaders: behaviour that is data, decided from the call and a seed alone. Pure; plainly labelled wherever it shows.

The chances are assumptions, chosen within what field systems report (domain.md 5.1: 17-47 % of those alerted respond,
turnout about 105 s); they are no one's measured behaviour. Nothing is sped up.
"""

import hashlib
import random
from typing import NamedTuple

from command.core.facts import Command
from mobilization import SEATED, AnswerCall, Call, CallState, ReportProgress, SeeCalls


class Behaviour(NamedTuple):
    """Chances of the answers (the rest stays silent); medians of delays in seconds."""

    accept: float = 0.55
    decline: float = 0.2
    later: float = 0.05
    answer_s: float = 18.0
    turnout_s: float = 105.0


ASSUMED = Behaviour()


class Course(NamedTuple):
    """What one simulated leader will do with one call: when, in milliseconds after being asked."""

    answer: str | None
    heads: int
    seen_after_ms: int
    answer_after_ms: int
    set_out_after_ms: int
    arrive_after_ms: int


def course_of(call: Call, *, seed: int, behaviour: Behaviour = ASSUMED) -> Course:
    """The same call and seed give the same course, in any process."""
    digest = hashlib.sha256(f"{seed}/{call.id}/{call.person}".encode()).digest()
    chance = random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 -- a simulation
    drawn = chance.random()
    answer = _answer(drawn, behaviour)
    delay = round(min(chance.lognormvariate(0, 0.6) * behaviour.answer_s, 80) * 1000)
    out = delay + round(chance.lognormvariate(0, 0.5) * behaviour.turnout_s * 1000)
    heads = chance.randint(call.minimum_crew, call.crew_max)
    arrival = out + round(call.seconds_to * 1000 * chance.uniform(0.8, 1.3))
    return Course(answer, heads, min(delay // 2, 4_000), delay, out, arrival)


def _answer(drawn: float, behaviour: Behaviour) -> str | None:
    for name, share in (("accept", behaviour.accept), ("decline", behaviour.decline), ("later", behaviour.later)):
        if drawn < share:
            return name
        drawn -= share
    return None


class Step(NamedTuple):
    """The next thing a simulated leader does with a call, and when. `id`: its command id, the same whenever it is repeated."""

    at_ms: int
    command: Command
    id: str


def next_step(call: Call, *, seed: int) -> Step | None:
    """What this leader does next, through the same commands as people; None when it does nothing more by itself."""
    course = course_of(call, seed=seed)
    if call.state is CallState.OPEN:
        return _open_step(call, course)
    if call.state in (CallState.ACCEPTED, CallState.LATER):
        return _step(call, course.set_out_after_ms, ReportProgress(call=call.id, did="set_out"))
    if call.state is CallState.SET_OUT:
        return _step(call, course.arrive_after_ms, ReportProgress(call=call.id, did="arrived"))
    return None


def _open_step(call: Call, course: Course) -> Step | None:
    if course.answer is None:
        return None
    if call.seen_ms is None:
        return _step(call, course.seen_after_ms, SeeCalls(calls=(call.id,)))
    heads = None if course.answer == "decline" else course.heads
    return _step(call, course.answer_after_ms, AnswerCall(call=call.id, answer=course.answer, heads=heads))


def _step(call: Call, after_ms: int, command: Command) -> Step:
    id_ = f"{call.asked_ms:013d}/{call.id}/{type(command).__name__}/{call.state.value}/{call.seen_ms is not None}"
    return Step(call.asked_ms + after_ms, command, id_)


def is_busy(call: Call) -> bool:
    """Whether a simulated leader may still have something to do with it."""
    return call.state is CallState.OPEN or call.state in SEATED
