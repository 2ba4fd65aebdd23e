"""The state of a drill: one key, folded from its facts; what falls due in it."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from command.core.facts import Deadline, Event
from drills.conduct.facts import (
    Bound,
    CalledToRealWork,
    Corrected,
    Cued,
    DrillEnded,
    DrillOpened,
    DrillStopped,
    ImprovementNoted,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    Rated,
    Scored,
    Watched,
)

WAITING, RELEASED, HELD, SKIPPED = "waiting", "released", "held", "skipped"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One inject as it stands. `due_ms`: when it falls due; None: when the controller says so, or another was released.
    `released_at`: the position of its release; `reached_ms`: when it reached its players, corrected by hand or not."""

    cued: Cued
    state: str = WAITING
    due_ms: int | None = None
    released_at: int | None = None
    reached_ms: int | None = None
    corrected: str = ""
    why: str = ""


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """`scored` by inject and measure, as `3/0`; `over_ms`: when it was stopped (`stopped_by` whom) or ended; `taken_out`: people who left for good, and why."""

    opened: DrillOpened
    opened_ms: int
    lines: Mapping[int, Line]
    bound: Mapping[str, str] = msgspec.field(default_factory=dict)
    scored: Mapping[str, Scored] = msgspec.field(default_factory=dict)
    rated: Mapping[str, Rated] = msgspec.field(default_factory=dict)
    improvements: tuple[ImprovementNoted, ...] = ()
    over_ms: int | None = None
    stopped: str = ""
    stopped_by: str = ""
    taken_out: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return self.over_ms is not None

    def watched(self, name: str) -> Watched | None:
        return next((each for each in self.opened.incidents if each.name == name), None)


def evolve(state: Drill | None, event: Event) -> Drill | None:
    fact: Any = event.fact
    if isinstance(fact, DrillOpened):
        lines = {cued.no: Line(cued=cued, due_ms=_due(cued, fact.begin_ms)) for cued in fact.cues}
        return Drill(opened=fact, opened_ms=event.at_ms, lines=lines)
    if state is None:
        return None
    if isinstance(fact, InjectReleased):
        return _released(state, fact, event)
    changes = _changes(state, event)
    return msgspec.structs.replace(state, **changes) if changes else state


def _changes(state: Drill, event: Event) -> dict[str, Any]:  # noqa: PLR0911 -- one line a fact
    match event.fact:
        case InjectHeld(no=no):
            return {"lines": _with(state.lines, no, state=HELD)}
        case InjectSkipped(no=no, why=why):
            return {"lines": _with(state.lines, no, state=SKIPPED, why=why)}
        case Corrected(no=no, reached_ms=reached_ms, reason=reason):
            return {"lines": _with(state.lines, no, reached_ms=reached_ms, corrected=reason)}
        case Bound(name=name, incident=incident):
            return {"bound": {**state.bound, name: incident}}
        case Scored(no=no, measure=measure) as fact:
            return {"scored": {**state.scored, f"{no}/{measure}": fact}}
        case Rated(objective=objective) as fact:
            return {"rated": {**state.rated, objective: fact}}
        case ImprovementNoted() as fact:
            return {"improvements": (*state.improvements, fact)}
        case CalledToRealWork(person=person, why=why):
            return {"taken_out": {**state.taken_out, person: why}}
        case DrillStopped(words=words):
            return {"over_ms": event.at_ms, "stopped": words, "stopped_by": event.actor}
        case DrillEnded():
            return {"over_ms": event.at_ms}
        case _:
            return {}


def deadlines(state: Drill) -> Iterator[Deadline]:
    """The injects in the order of their numbers, then the end: of one instant, what is played comes before that play is over."""
    if state.is_over:
        return
    for no, line in sorted(state.lines.items()):
        if line.state == WAITING and line.due_ms is not None:
            yield Deadline(kind=f"inject-{no:04d}", set_at_ms=state.opened_ms, due_at_ms=line.due_ms)
    yield Deadline(kind="later-end", set_at_ms=state.opened_ms, due_at_ms=state.opened.end_ms)


def _due(cued: Cued, since_ms: int) -> int | None:
    return None if cued.cue.at_min is None else since_ms + round(cued.cue.at_min * 60_000)


def _with(lines: Mapping[int, Line], no: int, **changes: Any) -> dict[int, Line]:
    return {**lines, no: msgspec.structs.replace(lines[no], **changes)}


def _released(state: Drill, fact: InjectReleased, event: Event) -> Drill:
    """What waits for this one has its time from here on."""
    lines = _with(state.lines, fact.no, state=RELEASED, why=fact.why, released_at=event.position, reached_ms=event.at_ms)
    for no, each in state.lines.items():
        if each.cued.cue.after == fact.no and each.state == WAITING:
            lines = _with(lines, no, due_ms=event.at_ms + round(each.cued.cue.after_min * 60_000))
    return msgspec.structs.replace(state, lines=lines)
