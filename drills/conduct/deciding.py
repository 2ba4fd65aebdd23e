"""Decisions about a drill: pure, like all others."""

from collections.abc import Iterator, Mapping

from command.core.errors import Refused
from command.core.facts import Command, Deadline, Decide, Fact, Kind, Look, Moment, Rules
from drills.conduct import commands
from drills.conduct.facts import (
    FACTS,
    KEY,
    Bound,
    CalledToRealWork,
    Corrected,
    DrillEnded,
    DrillStopped,
    ImprovementNoted,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    Rated,
    Scored,
)
from drills.conduct.states import HELD, RELEASED, SKIPPED, WAITING, Drill, Line, deadlines, evolve
from drills.measures.figures import FIGURES, Asked
from drills.scenario.form import Test
from mobilization import Mobilization, stood_down, taken_out

RATINGS = ("P", "S", "M", "U")
OUTCOMES = ("met", "missed", "not_observed")


def find(look: Look) -> Drill:
    state = look(KEY)
    if not isinstance(state, Drill):
        raise Refused("drill.none")
    return state


def _running(look: Look) -> Drill:
    state = find(look)
    if state.is_over:
        raise Refused("drill.over")
    return state


def _line(state: Drill, no: int) -> Line:
    line = state.lines.get(no)
    if line is None:
        raise Refused("inject.unknown", no=no)
    return line


def holds(look: Look, state: Drill, test: Test) -> bool:
    """Whether it is so at this moment. Of an incident that nobody has raised yet, every figure is 0."""
    watched = state.watched(test.of)
    of = state.bound.get(test.of, "") if watched is not None else test.of
    spot = (watched.lon, watched.lat) if watched is not None else None
    return within(test, FIGURES[test.figure].value(Asked(look, of, test.speciality, spot)))


def within(test: Test, value: float) -> bool:
    return (test.at_least is None or value >= test.at_least) and (test.at_most is None or value <= test.at_most)


def open_drill(look: Look, command: commands.OpenDrill, moment: Moment) -> Iterator[Fact]:
    opening = command.opening
    if look(KEY) is not None:
        raise Refused("drill.exists")
    if not moment.now_ms <= opening.begin_ms < opening.end_ms:
        raise Refused("drill.times")
    yield opening


def release_due(look: Look, command: commands.ReleaseDue, _moment: Moment) -> Iterator[Fact]:
    """Its time has come: played, unless what it was to bring about is so already, or what it waits for is not."""
    state = _running(look)
    line = _line(state, command.no)
    cue = line.cued.cue
    if line.state != WAITING:
        return
    if cue.unless is not None and holds(look, state, cue.unless):
        yield InjectSkipped(no=command.no, why="acted")
    elif cue.only_if is not None and not holds(look, state, cue.only_if):
        yield InjectSkipped(no=command.no, why="not_so")
    else:
        conditional = cue.unless is not None or cue.only_if is not None
        yield InjectReleased(no=command.no, why="condition" if conditional else "time")


def release(look: Look, command: commands.Release, _moment: Moment) -> Iterator[Fact]:
    """By the controller: also one that was held, or skipped before."""
    if _line(_running(look), command.no).state != RELEASED:
        yield InjectReleased(no=command.no, why="controller")


def hold(look: Look, command: commands.Hold, _moment: Moment) -> Iterator[Fact]:
    line = _waiting(look, command.no)
    if line.state != HELD:
        yield InjectHeld(no=command.no)


def skip(look: Look, command: commands.Skip, _moment: Moment) -> Iterator[Fact]:
    line = _waiting(look, command.no)
    if line.state != SKIPPED:
        yield InjectSkipped(no=command.no, why="controller")


def _waiting(look: Look, no: int) -> Line:
    line = _line(_running(look), no)
    if line.state == RELEASED:
        raise Refused("inject.released", no=no)
    return line


def bind(look: Look, command: commands.BindIncident, _moment: Moment) -> Iterator[Fact]:
    state = find(look)
    if state.watched(command.name) is None or look(f"incident:{command.incident}") is None:
        raise Refused("drill.incident", name=command.name)
    if state.bound.get(command.name) != command.incident:
        yield Bound(name=command.name, incident=command.incident)


def correct(look: Look, command: commands.Correct, moment: Moment) -> Iterator[Fact]:
    state = find(look)
    line = _line(state, command.no)
    if line.state != RELEASED or not command.reason.strip():
        raise Refused("inject.not_released" if line.state != RELEASED else "drill.reason", no=command.no)
    if not state.opened.begin_ms <= command.reached_ms <= moment.now_ms:
        raise Refused("drill.times")
    yield Corrected(no=command.no, reached_ms=command.reached_ms, reason=command.reason)


def score(look: Look, command: commands.ScoreByHand, _moment: Moment) -> Iterator[Fact]:
    state = find(look)
    _line(state, command.no)
    if command.outcome not in OUTCOMES or not command.words.strip() or (command.took_s or 0) < 0:
        raise Refused("measure.outcome")
    yield Scored(**{name: getattr(command, name) for name in command.__struct_fields__})


def rate(look: Look, command: commands.ConfirmRating, _moment: Moment) -> Iterator[Fact]:
    """Whoever rates otherwise than was proposed says why."""
    state = find(look)
    if command.objective not in state.opened.objectives:
        raise Refused("objective.unknown", objective=command.objective)
    if command.rating not in RATINGS:
        raise Refused("objective.rating")
    if command.rating != command.proposed and not command.reason.strip():
        raise Refused("drill.reason")
    yield Rated(**{name: getattr(command, name) for name in command.__struct_fields__})


def note_improvement(look: Look, command: commands.NoteImprovement, _moment: Moment) -> Iterator[Fact]:
    state = find(look)
    if command.objective not in state.opened.objectives:
        raise Refused("objective.unknown", objective=command.objective)
    if not (command.what.strip() and command.action.strip() and command.owner.strip() and command.due.strip()):
        raise Refused("improvement.incomplete")
    yield ImprovementNoted(**{name: getattr(command, name) for name in command.__struct_fields__})


def stop(look: Look, command: commands.StopDrill, _moment: Moment) -> Iterator[Fact]:
    _running(look)
    yield DrillStopped(words=command.words)


def stand_all_down(look: Look, command: commands.StandAllDown, _moment: Moment) -> Iterator[Fact]:
    if not find(look).stopped:
        return
    for name in command.mobilizations:
        state = look(f"mobilization:{name}")
        if isinstance(state, Mobilization) and not state.over:
            yield stood_down(state, "exercise_stopped")


def take_out(look: Look, command: commands.TakeOut, _moment: Moment) -> Iterator[Fact]:
    """Once and for all: whoever was called to real work is not fetched back into an exercise."""
    if command.person not in find(look).taken_out:
        yield CalledToRealWork(person=command.person, why=command.why)
        yield from taken_out(look, command.person, command.calls, command.why)


def end(look: Look, command: commands.EndDrill, _moment: Moment) -> Iterator[Fact]:
    """What was not played by then is not played."""
    state = _running(look)
    yield from (InjectSkipped(no=no, why="ended") for no, line in sorted(state.lines.items()) if line.state in (WAITING, HELD))
    yield DrillEnded(why=command.why)


def fall(_key: str, deadline: Deadline) -> Command:
    if deadline.kind == "later-end":
        return commands.EndDrill(why="time")
    return commands.ReleaseDue(no=int(deadline.kind.rpartition("-")[2]))


_DECIDERS: Mapping[type[Command], Decide] = {
    commands.OpenDrill: open_drill,
    commands.ReleaseDue: release_due,
    commands.Release: release,
    commands.Hold: hold,
    commands.Skip: skip,
    commands.BindIncident: bind,
    commands.Correct: correct,
    commands.ScoreByHand: score,
    commands.ConfirmRating: rate,
    commands.NoteImprovement: note_improvement,
    commands.StopDrill: stop,
    commands.EndDrill: end,
    commands.StandAllDown: stand_all_down,
    commands.TakeOut: take_out,
}
DRILL = Kind("drill", evolve, deadlines, fall)
_BY_CONTROLLERS: frozenset[type[Command]] = frozenset(
    {commands.Release, commands.Hold, commands.Skip, commands.StopDrill, commands.EndDrill}
)
"""Of one instant: controllers first, then what falls due, then everybody else (Rules.first)."""
RULES = Rules(facts=FACTS, kinds=(DRILL,), deciders=_DECIDERS, first=_BY_CONTROLLERS)
