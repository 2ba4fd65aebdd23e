"""Exercises with real people, as the live realm sees them: who agreed, who was enrolled, what was attended."""

from mobilization.training.commands import (
    ApproveTraining,
    CancelEnrolment,
    DeleteExercise,
    Enrol,
    GiveConsent,
    ProposeTraining,
    WithdrawConsent,
)
from mobilization.training.deciding import TRAINING_DECIDERS, consent_of, exercise_of
from mobilization.training.facts import (
    TRAINING_FACTS,
    Attended,
    ConsentGiven,
    ConsentWithdrawn,
    Enrolled,
    EnrolmentCancelled,
    ExerciseDeleted,
    TrainingProposed,
    TrainingRecorded,
)
from mobilization.training.refusals import TRAINING_WORDS
from mobilization.training.states import TRAINING_KINDS, Consent, Enrolment, Exercise

__all__ = [
    "TRAINING_DECIDERS",
    "TRAINING_FACTS",
    "TRAINING_KINDS",
    "TRAINING_WORDS",
    "ApproveTraining",
    "Attended",
    "CancelEnrolment",
    "Consent",
    "ConsentGiven",
    "ConsentWithdrawn",
    "DeleteExercise",
    "Enrol",
    "Enrolled",
    "Enrolment",
    "EnrolmentCancelled",
    "Exercise",
    "ExerciseDeleted",
    "GiveConsent",
    "ProposeTraining",
    "TrainingProposed",
    "TrainingRecorded",
    "WithdrawConsent",
    "consent_of",
    "exercise_of",
]
