"""Who may agree for whom, who is enrolled, and what is entered as training. Never the default: whoever said nothing is in no exercise."""

from collections.abc import Iterator, Mapping

from command.core.errors import Refused
from command.core.facts import Command, Decide, Fact, Look, Moment, Sealed
from command.tiers.authority import post_of, tier_above, within
from command.tiers.divisions import covers
from mobilization.finding import sealed_words
from mobilization.phones.deciding import KEEPER, TERMINAL
from mobilization.training import commands
from mobilization.training.facts import (
    ConsentGiven,
    ConsentWithdrawn,
    Enrolled,
    EnrolmentCancelled,
    ExerciseDeleted,
    TrainingProposed,
    TrainingRecorded,
)
from mobilization.training.states import DAY_MIN, LONGEST_MS, TIMES_MOST, Consent, Exercise

_DAY_MS = 86_400_000
TRAINER = "trainer"


def give(_look: Look, command: commands.GiveConsent, moment: Moment) -> Iterator[Fact | Sealed]:
    """By the person's own phone; by telephone noted by the posts of their division or the keeper of their station."""
    _check_may(command, moment)
    if not (command.from_ms < command.until_ms <= command.from_ms + LONGEST_MS and moment.now_ms < command.until_ms):
        raise Refused("consent.time", days=LONGEST_MS // _DAY_MS)
    if not all(0 <= minute < DAY_MIN for minute in command.hours):
        raise Refused("consent.hours")
    if not 1 <= command.times <= TIMES_MOST:
        raise Refused("consent.times", most=TIMES_MOST)
    fact = ConsentGiven(
        person=command.person, from_ms=command.from_ms, until_ms=command.until_ms, hours=command.hours, times=command.times,
        noted_by=command.noted_by,
    )  # fmt: skip
    yield sealed_words(fact, command.person, said_by=command.said_by, said_on=command.said_on)


def withdraw(look: Look, command: commands.WithdrawConsent, moment: Moment) -> Iterator[Fact | Sealed]:
    _check_may(command, moment)
    state = consent_of(look, command.person)
    if state is not None and state.withdrawn_ms is None:
        fact = ConsentWithdrawn(person=command.person, noted_by=command.noted_by)
        yield sealed_words(fact, command.person, said_by=command.said_by, said_on=command.said_on)


def _check_may(command: commands.GiveConsent | commands.WithdrawConsent, moment: Moment) -> None:
    if not command.noted_by:
        if moment.actor != f"person:{command.person}":
            raise Refused("call.not_yours")
        return
    if not command.said_by.strip():
        raise Refused("consent.who")
    if moment.authority is not None and moment.authority.role == KEEPER:
        if not command.station or command.station not in command.stations:
            raise Refused("phone.station")
        return
    within(moment.authority, command.division)


def enrol(look: Look, command: commands.Enrol, moment: Moment) -> Iterator[Fact]:
    """Those who agreed to that time, looked at in this very turn."""
    _check_trainer(moment, command.division)
    if look(f"exercise:{command.exercise}") is not None:
        raise Refused("exercise.exists", exercise=command.exercise)
    if not moment.now_ms <= command.begin_ms < command.end_ms:
        raise Refused("exercise.time")
    agreed = tuple(person for person in sorted(set(command.people)) if _agrees(look, person, command))
    if not agreed:
        raise Refused("exercise.nobody")
    yield Enrolled(exercise=command.exercise, people=agreed, begin_ms=command.begin_ms, end_ms=command.end_ms)


def _agrees(look: Look, person: str, command: commands.Enrol) -> bool:
    state = consent_of(look, person)
    return state is not None and state.allows(command.begin_ms, command.end_ms)


def cancel(look: Look, command: commands.CancelEnrolment, moment: Moment) -> Iterator[Fact]:
    _check_trainer(moment, command.division)
    state = exercise_of(look, command.exercise)
    if not state.cancelled:
        yield EnrolmentCancelled(exercise=state.id, people=state.people)


def delete(look: Look, command: commands.DeleteExercise, moment: Moment) -> Iterator[Fact]:
    """Once; one that has not begun is given back to those who were to take part."""
    _check_trainer(moment, command.division)
    state = exercise_of(look, command.exercise)
    if state.deleted:
        return
    if not state.cancelled and moment.now_ms < state.begin_ms:
        yield EnrolmentCancelled(exercise=state.id, people=state.people)
    yield ExerciseDeleted(exercise=state.id)


def propose(look: Look, command: commands.ProposeTraining, moment: Moment) -> Iterator[Fact]:
    """Of those who were enrolled; as often as wanted until somebody approves it."""
    _check_terminal(moment)
    state = exercise_of(look, command.exercise)
    _check_open(state)
    attended = tuple(each for each in command.attended if each.person in state.people)
    if state.proposed != attended:
        yield TrainingProposed(exercise=state.id, attended=attended)


def approve(look: Look, command: commands.ApproveTraining, moment: Moment) -> Iterator[Fact]:
    """An officer's own act, of a post that answers for all of them: never the machine's."""
    within(moment.authority, command.division)
    state = exercise_of(look, command.exercise)
    _check_open(state)
    proposed = {each.person for each in state.proposed or ()}
    if not command.people or not proposed.issuperset(command.people):
        raise Refused("training.not_proposed")
    yield TrainingRecorded(exercise=state.id, people=tuple(sorted(set(command.people))), minutes=state.minutes)


def _check_open(state: Exercise) -> None:
    if state.cancelled:
        raise Refused("exercise.unknown")
    if state.recorded is not None:
        raise Refused("training.recorded")


def _check_terminal(moment: Moment) -> None:
    if moment.actor != TERMINAL:
        raise Refused("authority.role")


def _check_trainer(moment: Moment, division: str) -> None:
    """At the server's own terminal, or by a trainer whose post answers for all of these people."""
    if moment.actor == TERMINAL:
        return
    post = post_of(moment.authority)
    if moment.authority is None or moment.authority.role != TRAINER:
        raise Refused("authority.role")
    if not covers(post, division or "-"):
        raise Refused("authority.division", who_may=tier_above(post).value, division=division)


def consent_of(look: Look, person: str) -> Consent | None:
    state = look(f"consent:{person}")
    return state if isinstance(state, Consent) else None


def exercise_of(look: Look, exercise: str) -> Exercise:
    state = look(f"exercise:{exercise}")
    if not isinstance(state, Exercise):
        raise Refused("exercise.unknown")
    return state


TRAINING_DECIDERS: Mapping[type[Command], Decide] = {
    commands.GiveConsent: give,
    commands.WithdrawConsent: withdraw,
    commands.Enrol: enrol,
    commands.CancelEnrolment: cancel,
    commands.DeleteExercise: delete,
    commands.ProposeTraining: propose,
    commands.ApproveTraining: approve,
}
