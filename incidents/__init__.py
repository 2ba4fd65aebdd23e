"""Incidents: what happened, where, how grave, who leads, is it still open.

This face is what other floors may use; everything else here is the inside.
"""

from collections.abc import Mapping

from command.core.facts import Command, Decide, Rules
from incidents import deciding, leading
from incidents.categories import BRING, CATEGORIES, RISKS, Category
from incidents.commands import (
    AddPhoto,
    ChangeLevel,
    ChangeSeverity,
    ChangeStage,
    DisposeIncident,
    EndResponse,
    PassLead,
    RaiseIncident,
    Report,
    ReverseIncident,
    ReviewIncident,
    SetNeeds,
    StartResponse,
    VerifyIncident,
)
from incidents.context import BY_FENCE, BY_HAND, NOT_KNOWN, Ground, Located, Ring, Touched, place_for
from incidents.deciding import acts_on, check_fresh, check_needs, check_reversible, disposed, find, find_open, raise_incident
from incidents.facts import (
    FACTS,
    ByOrder,
    Closed,
    Disposed,
    HandBackOffered,
    LeadAsked,
    LeadHandedBack,
    LeadTaken,
    LevelChanged,
    Merged,
    Need,
    NeedsSet,
    PhotoAdded,
    Place,
    Raised,
    ResponseEnded,
    ResponseStarted,
    Reversed,
    StageChanged,
    StationHit,
    Verified,
)
from incidents.leading import check_order, default_lead
from incidents.refusals import WORDS
from incidents.states import AUTOMATIC, DISPOSALS, KINDS, OPEN, Incident, Response, Stage

_DECIDERS: Mapping[type[Command], Decide] = {
    RaiseIncident: deciding.raise_incident,
    VerifyIncident: deciding.verify,
    ChangeStage: deciding.change_stage,
    ChangeSeverity: deciding.change_severity,
    ReviewIncident: deciding.review,
    AddPhoto: deciding.add_photo,
    PassLead: leading.pass_lead,
    StartResponse: leading.start_response,
    ChangeLevel: leading.change_level,
    EndResponse: leading.end_response,
}

RULES = Rules(facts=FACTS, kinds=KINDS, deciders=_DECIDERS)

__all__ = [
    "AUTOMATIC",
    "BRING",
    "BY_FENCE",
    "BY_HAND",
    "CATEGORIES",
    "DISPOSALS",
    "NOT_KNOWN",
    "OPEN",
    "RISKS",
    "RULES",
    "WORDS",
    "AddPhoto",
    "ByOrder",
    "Category",
    "ChangeLevel",
    "ChangeSeverity",
    "ChangeStage",
    "Closed",
    "DisposeIncident",
    "Disposed",
    "EndResponse",
    "Ground",
    "HandBackOffered",
    "Incident",
    "LeadAsked",
    "LeadHandedBack",
    "LeadTaken",
    "LevelChanged",
    "Located",
    "Merged",
    "Need",
    "NeedsSet",
    "PassLead",
    "PhotoAdded",
    "Place",
    "RaiseIncident",
    "Raised",
    "Report",
    "Response",
    "ResponseEnded",
    "ResponseStarted",
    "ReverseIncident",
    "Reversed",
    "ReviewIncident",
    "Ring",
    "SetNeeds",
    "Stage",
    "StageChanged",
    "StartResponse",
    "StationHit",
    "Touched",
    "Verified",
    "VerifyIncident",
    "acts_on",
    "check_fresh",
    "check_needs",
    "check_order",
    "check_reversible",
    "default_lead",
    "disposed",
    "find",
    "find_open",
    "place_for",
    "raise_incident",
]  # fmt: skip
