"""What really happened beside branches of one moment, in figures: after the fact, for whoever asks what one thing would have changed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from command.core.facts import Look
from drills.forks.branch import Parent, branch
from drills.forks.changes import Change
from drills.forks.happened import Happened, happened
from drills.forks.needs import Need, Needs
from drills.forks.recalling import NOBODY, People
from mobilization import Mobilization, mobilization_of


class Course(NamedTuple):
    """One course of events of one incident. `first_ms`: when the first were on the spot; `met_ms`: when as many as needed were, of every
    need; None: not up to the end. `most`: people on the spot at most, at one time; `calls`: in all."""

    first_ms: int | None
    met_ms: int | None
    most: int
    calls: int


class Compared(NamedTuple):
    """`main`: what happened; `branches`: each by its seed, in order; `people`, `refused`: of the middle one."""

    main: Course
    branches: tuple[Course, ...]
    people: People
    refused: int
    until_ms: int


def compare(parent: Parent, *, incident: str, change: Change, branches: int, until_ms: int, seed: int = 1) -> Compared:
    """The same arguments give the same answer, in any process."""
    main = happened(parent, until_ms)
    courses, others = [], []
    for n in range(branches):
        grown = branch(parent, seed=seed * 1_000_003 + n, change=change)
        grown.stage.run(until_ms)
        courses.append(course_of(grown.needs, incident, grown.core.world.look))
        others.append((grown.recalled.people if grown.recalled is not None else NOBODY, grown.refused))
    people, refused = sorted(others)[len(others) // 2]
    return Compared(_of_main(main, incident), tuple(courses), people, refused, until_ms)


def _of_main(main: Happened, incident: str) -> Course:
    return course_of(main.needs, incident, main.here.world.look)


def course_of(needs: Needs, incident: str, look: Look) -> Course:
    """Read off a branch that was played."""
    state = look(f"mobilization:{mobilization_of(incident)}")
    own = {need: steps for need, steps in needs.steps.items() if need.incident == incident}
    return Course(_first(own), _met(needs, own), _most(own), len(state.parts) if isinstance(state, Mobilization) else 0)


Steps = Mapping[Need, Sequence[tuple[int, int]]]


def _first(own: Steps) -> int | None:
    return min((at_ms for steps in own.values() for at_ms, people in steps if people), default=None)


def _met(needs: Needs, own: Steps) -> int | None:
    met = [needs.arrived.get(need) for need in own]
    found = [at_ms for at_ms in met if at_ms is not None]
    return max(found) if found and len(found) == len(met) else None


def _most(own: Steps) -> int:
    """Of all needs together, at the moments at which any of them changed."""
    moments = sorted({at_ms for steps in own.values() for at_ms, _ in steps})
    return max((sum(_at(steps, at_ms) for steps in own.values()) for at_ms in moments), default=0)


def _at(steps: Sequence[tuple[int, int]], at_ms: int) -> int:
    return next((people for began_ms, people in reversed(steps) if began_ms <= at_ms), 0)
