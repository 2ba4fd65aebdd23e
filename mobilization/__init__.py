"""Mobilization: who is called, in what order, until every need is met; who is where, and safe.

This face is what other floors may use; everything else here is the inside.
"""

from collections.abc import Mapping

from command.core.facts import Command, Decide, Rules
from mobilization import answering, ending, ordering, progress
from mobilization.commands import (
    AnswerCall,
    CallWave,
    CloseIncident,
    EndAttempt,
    GiveNames,
    LapseCall,
    MergeIncidents,
    OrderCall,
    RaiseAndOrder,
    ReachOutside,
    ReportProgress,
    SeeCalls,
    SetAvailability,
    StandDown,
    StartAttempts,
)
from mobilization.ending import mobilization_of
from mobilization.facts import (
    FACTS,
    Amended,
    Answered,
    AttemptEnded,
    AttemptStarted,
    AvailabilitySet,
    Lapsed,
    NamesGiven,
    OrderAsked,
    Ordered,
    PlannedCall,
    Progressed,
    Seen,
    StoodDown,
    SupportAsked,
    WaveCalled,
)
from mobilization.folding_calls import KINDS
from mobilization.ordering import people_at_least
from mobilization.refusals import WORDS
from mobilization.states import LIVE, SEATED, Asked, Call, CallState, Mobilization, Person, Seats, Team

_DECIDERS: Mapping[type[Command], Decide] = {
    OrderCall: ordering.order_call,
    RaiseAndOrder: ordering.raise_and_order,
    CallWave: ordering.call_wave,
    StartAttempts: ordering.start_attempts,
    AnswerCall: answering.answer,
    LapseCall: answering.lapse,
    ReachOutside: answering.reach_outside,
    EndAttempt: answering.end_attempt,
    SeeCalls: answering.see,
    ReportProgress: progress.report,
    GiveNames: progress.give_names,
    SetAvailability: progress.set_availability,
    StandDown: ending.stand_down,
    CloseIncident: ending.close,
    MergeIncidents: ending.merge,
}

RULES = Rules(facts=FACTS, kinds=KINDS, deciders=_DECIDERS)

__all__ = [
    "FACTS",
    "KINDS",
    "LIVE",
    "RULES",
    "SEATED",
    "WORDS",
    "Amended",
    "AnswerCall",
    "Answered",
    "Asked",
    "AttemptEnded",
    "AttemptStarted",
    "AvailabilitySet",
    "Call",
    "CallState",
    "CallWave",
    "CloseIncident",
    "EndAttempt",
    "GiveNames",
    "LapseCall",
    "Lapsed",
    "MergeIncidents",
    "Mobilization",
    "NamesGiven",
    "OrderAsked",
    "OrderCall",
    "Ordered",
    "Person",
    "PlannedCall",
    "Progressed",
    "RaiseAndOrder",
    "ReachOutside",
    "ReportProgress",
    "Seats",
    "SeeCalls",
    "Seen",
    "SetAvailability",
    "StandDown",
    "StartAttempts",
    "StoodDown",
    "SupportAsked",
    "Team",
    "WaveCalled",
    "mobilization_of",
    "people_at_least",
]  # fmt: skip
