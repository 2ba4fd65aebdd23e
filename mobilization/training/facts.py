"""What the live realm knows of exercises: who agreed to them, who was enrolled in which, what was attended. Times: milliseconds UTC."""

from typing import ClassVar

import msgspec

from command.core.facts import Fact


class _OfPerson(Fact, frozen=True, kw_only=True):
    person: str

    def keys(self) -> tuple[str, ...]:
        return (f"consent:{self.person}", f"person:{self.person}")


class ConsentGiven(_OfPerson, frozen=True, kw_only=True):
    """This person agrees to take part in exercises within this time, `times` at most, between these minutes of the day in China
    (the same twice: at any hour; the second smaller: over midnight). In place of what they agreed to before."""

    NAME: ClassVar[str] = "exercise.consented"
    from_ms: int
    until_ms: int
    hours: tuple[int, int]
    times: int
    noted_by: str = ""


class ConsentWithdrawn(_OfPerson, frozen=True, kw_only=True):
    """They agree no more: at once, also to an exercise that is on."""

    NAME: ClassVar[str] = "exercise.consent_withdrawn"
    noted_by: str = ""


class _OfExercise(Fact, frozen=True, kw_only=True):
    exercise: str
    people: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        return (f"exercise:{self.exercise}", *(f"consent:{person}" for person in self.people))


class Enrolled(_OfExercise, frozen=True, kw_only=True):
    """These people are copied into an exercise: each had agreed to its time as it was enrolled. Nobody is told before it begins."""

    NAME: ClassVar[str] = "exercise.enrolled"
    begin_ms: int
    end_ms: int


class EnrolmentCancelled(_OfExercise, frozen=True, kw_only=True):
    """The exercise was given up before it began: it counts for nobody."""

    NAME: ClassVar[str] = "exercise.enrolment_cancelled"


class ExerciseDeleted(Fact, frozen=True, kw_only=True):
    """Its realm was deleted, with all that was recorded there: by whom stands here. What was proposed or entered as training stays."""

    NAME: ClassVar[str] = "exercise.deleted"
    exercise: str

    def keys(self) -> tuple[str, ...]:
        return (f"exercise:{self.exercise}",)


class Attended(msgspec.Struct, frozen=True, kw_only=True):
    """What one person did in an exercise. Who could not come is not in the list."""

    person: str
    signed_in: bool = False
    answered: bool = False
    arrived: bool = False


class TrainingProposed(Fact, frozen=True, kw_only=True):
    """After an exercise: who took part. A proposal: it stands in nobody's record until an officer approves it."""

    NAME: ClassVar[str] = "training.proposed"
    exercise: str
    attended: tuple[Attended, ...]

    def keys(self) -> tuple[str, ...]:
        return (f"exercise:{self.exercise}",)


class TrainingRecorded(_OfExercise, frozen=True, kw_only=True):
    """An officer approved it: these people were trained for so many minutes. Training is no service: it counts no hours."""

    NAME: ClassVar[str] = "training.recorded"
    minutes: int


TRAINING_FACTS: tuple[type[Fact], ...] = (
    ConsentGiven, ConsentWithdrawn, Enrolled, EnrolmentCancelled, ExerciseDeleted, TrainingProposed, TrainingRecorded,
)  # fmt: skip
