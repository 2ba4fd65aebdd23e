"""Mobilization: who is called, in what order, until every need is met; who is where, and safe.

This face is what other floors may use; everything else here is the inside.
"""

from collections.abc import Mapping

from command.core.facts import Command, Decide, Rules
from incidents import ChangeStage, DisposeIncident, ReverseIncident, SetNeeds
from mobilization import answering, calling, ending, ordering, progress, waves
from mobilization.commands import (
    AnswerCall,
    CallNextWave,
    CallWave,
    CloseIncident,
    ComeBack,
    EndAttempt,
    GiveNames,
    LapseCall,
    LookAgain,
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
    LookedAgain,
    OrderAsked,
    Ordered,
    PlannedCall,
    StoodDown,
    SupportAsked,
    WaveCalled,
    WaveOvertaken,
)
from mobilization.facts_calls import (
    CALL_FACTS,
    Answered,
    AttemptEnded,
    AttemptStarted,
    AvailabilitySet,
    Lapsed,
    NamesGiven,
    Progressed,
    SeatsGained,
    Seen,
)
from mobilization.folding_calls import KINDS
from mobilization.ordering import people_at_most
from mobilization.refusals import WORDS
from mobilization.states import LIVE, SEATED, Asked, Call, CallState, Mobilization, Part, Person, Seats, Team, Wave

_DECIDERS: Mapping[type[Command], Decide] = {
    OrderCall: ordering.order_call,
    RaiseAndOrder: ordering.raise_and_order,
    SetNeeds: ordering.set_needs,
    CallWave: waves.call_wave,
    CallNextWave: waves.call_next_wave,
    LookAgain: waves.look_again,
    StartAttempts: calling.start_attempts,
    LapseCall: calling.lapse,
    ReachOutside: calling.reach_outside,
    EndAttempt: calling.end_attempt,
    SeeCalls: calling.see,
    AnswerCall: answering.answer,
    ReportProgress: progress.report,
    GiveNames: progress.give_names,
    SetAvailability: progress.set_availability,
    ComeBack: progress.come_back,
    StandDown: ending.stand_down,
    ChangeStage: ending.change_stage,
    CloseIncident: ending.close,
    MergeIncidents: ending.merge,
    DisposeIncident: ending.dispose,
    ReverseIncident: ending.reverse,
}

RULES = Rules(facts=(*FACTS, *CALL_FACTS), kinds=KINDS, deciders=_DECIDERS)

__all__ = [
    "CALL_FACTS",
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
    "CallNextWave",
    "CallState",
    "CallWave",
    "CloseIncident",
    "ComeBack",
    "EndAttempt",
    "GiveNames",
    "LapseCall",
    "Lapsed",
    "LookAgain",
    "LookedAgain",
    "MergeIncidents",
    "Mobilization",
    "NamesGiven",
    "OrderAsked",
    "OrderCall",
    "Ordered",
    "Part",
    "Person",
    "PlannedCall",
    "Progressed",
    "RaiseAndOrder",
    "ReachOutside",
    "ReportProgress",
    "Seats",
    "SeatsGained",
    "SeeCalls",
    "Seen",
    "SetAvailability",
    "StandDown",
    "StartAttempts",
    "StoodDown",
    "SupportAsked",
    "Team",
    "Wave",
    "WaveCalled",
    "WaveOvertaken",
    "mobilization_of",
    "people_at_most",
]  # fmt: skip
