"""What somebody agreed to, and what became of an exercise here. Pure."""

import tomllib
from importlib.resources import files
from typing import Any

import msgspec

from command.core.facts import Event, Kind
from mobilization.training.facts import (
    Attended,
    ConsentGiven,
    ConsentWithdrawn,
    Enrolled,
    EnrolmentCancelled,
    ExerciseDeleted,
    TrainingProposed,
    TrainingRecorded,
)

_TABLE = tomllib.loads(files("mobilization").joinpath("data/training.toml").read_text("utf-8"))
DAY_MIN = 24 * 60
_MINUTE_MS = 60_000
LONGEST_MS: int = _TABLE["longest_days"] * DAY_MIN * _MINUTE_MS
TIMES_MOST: int = _TABLE["times_most"]
_CHINA_MIN = 8 * 60
_replace = msgspec.structs.replace


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    exercise: str
    begin_ms: int
    end_ms: int


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """Of one person. `enrolled`: exercises they are or were in, since they agreed; those that count."""

    from_ms: int
    until_ms: int
    hours: tuple[int, int]
    times: int
    given_ms: int
    withdrawn_ms: int | None = None
    enrolled: tuple[Enrolment, ...] = ()
    noted_by: str = ""

    def allows(self, begin_ms: int, end_ms: int) -> bool:
        """Whether an exercise from then to then is what they agreed to, and not one too many."""
        beside = any(each.begin_ms < end_ms and begin_ms < each.end_ms for each in self.enrolled)
        return self.holds(begin_ms, end_ms) and len(self.enrolled) < self.times and not beside

    def holds(self, begin_ms: int, end_ms: int) -> bool:
        """Whether they agree to that time, however often they were asked already."""
        return (
            self.withdrawn_ms is None and self.from_ms <= begin_ms < end_ms <= self.until_ms and self._in_hours(begin_ms, end_ms)
        )

    def _in_hours(self, begin_ms: int, end_ms: int) -> bool:
        since, until = self.hours
        if since == until:
            return True
        begins_min = (begin_ms / _MINUTE_MS + _CHINA_MIN - since) % DAY_MIN
        return begins_min + (end_ms - begin_ms) / _MINUTE_MS <= (until - since) % DAY_MIN


class Exercise(msgspec.Struct, frozen=True, kw_only=True):
    """What the live realm knows of one. `people`: who was enrolled, `by` whom; `recorded`: who has it in their record; None: not approved yet."""

    id: str
    begin_ms: int
    end_ms: int
    people: tuple[str, ...]
    by: str = ""
    cancelled: bool = False
    deleted: bool = False
    proposed: tuple[Attended, ...] | None = None
    recorded: tuple[str, ...] | None = None

    @property
    def minutes(self) -> int:
        return (self.end_ms - self.begin_ms) // _MINUTE_MS


def evolve_consent(state: Consent | None, event: Event) -> Consent | None:
    fact: Any = event.fact
    if isinstance(fact, ConsentGiven):
        still = tuple(each for each in state.enrolled if each.end_ms > event.at_ms) if state is not None else ()
        return Consent(
            from_ms=fact.from_ms, until_ms=fact.until_ms, hours=fact.hours, times=fact.times, given_ms=event.at_ms,
            enrolled=still, noted_by=fact.noted_by,
        )  # fmt: skip
    if state is None:
        return None
    match fact:
        case ConsentWithdrawn():
            return _replace(state, withdrawn_ms=event.at_ms)
        case Enrolled(exercise=exercise, begin_ms=begin_ms, end_ms=end_ms):
            mine = Enrolment(exercise=exercise, begin_ms=begin_ms, end_ms=end_ms)
            return _replace(state, enrolled=(*state.enrolled, mine))
        case EnrolmentCancelled(exercise=exercise):
            return _replace(state, enrolled=tuple(each for each in state.enrolled if each.exercise != exercise))
        case _:
            return state


def evolve_exercise(state: Exercise | None, event: Event) -> Exercise | None:  # noqa: PLR0911 -- one line a fact
    fact: Any = event.fact
    if isinstance(fact, Enrolled):
        return Exercise(id=fact.exercise, begin_ms=fact.begin_ms, end_ms=fact.end_ms, people=fact.people, by=event.actor)
    if state is None:
        return None
    match fact:
        case EnrolmentCancelled():
            return _replace(state, cancelled=True)
        case ExerciseDeleted():
            return _replace(state, deleted=True)
        case TrainingProposed(attended=attended):
            return _replace(state, proposed=attended)
        case TrainingRecorded(people=people):
            return _replace(state, recorded=people)
        case _:
            return state


TRAINING_KINDS = (Kind("consent", evolve_consent), Kind("exercise", evolve_exercise))
