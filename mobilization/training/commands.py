"""What may be asked about exercises in the live realm."""

from command.core.facts import Command
from mobilization.training.facts import Attended


class _ByOrFor(Command, frozen=True, kw_only=True):
    """By the person, or noted for them by telephone. `division`, `stations`: where the person and their teams belong; `station`: the
    one that the asking keeper keeps. All looked up by whoever asks."""

    person: str
    division: str = ""
    stations: tuple[str, ...] = ()
    station: str = ""
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""


class GiveConsent(_ByOrFor, frozen=True, kw_only=True):
    from_ms: int
    until_ms: int
    hours: tuple[int, int]
    times: int


class WithdrawConsent(_ByOrFor, frozen=True, kw_only=True):
    """No reason is asked."""


class Enrol(Command, frozen=True, kw_only=True):
    """`people`: who may be needed, all of `division` (as whoever asks has looked up); of them those are enrolled who agreed to this time."""

    exercise: str
    begin_ms: int
    end_ms: int
    people: tuple[str, ...]
    division: str = ""


class CancelEnrolment(Command, frozen=True, kw_only=True):
    """`division`: that holds all who were enrolled, looked up."""

    exercise: str
    division: str = ""


class DeleteExercise(CancelEnrolment, frozen=True, kw_only=True):
    """Its realm is deleted; one that has not begun counts for nobody."""


class ProposeTraining(Command, frozen=True, kw_only=True):
    exercise: str
    attended: tuple[Attended, ...]


class ApproveTraining(Command, frozen=True, kw_only=True):
    """`people`: those of the proposal who are to have it in their record. `division`: that holds them all, looked up."""

    exercise: str
    division: str
    people: tuple[str, ...]
