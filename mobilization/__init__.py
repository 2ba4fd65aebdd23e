"""Mobilization: who is called, in what order, until every need is met; who is where, and safe.

This face is what other floors may use; everything else here is the inside.
"""

from mobilization.calling import FOR_CREWS, RECEIPTS
from mobilization.commands import (
    AnswerCall,
    CallNextWave,
    CallWave,
    CloseIncident,
    ComeBack,
    EndAttempt,
    GiveNames,
    HandleReply,
    LapseCall,
    LookAgain,
    MakeLinks,
    MergeIncidents,
    OrderCall,
    RaiseAndOrder,
    ReachOutside,
    ReportProgress,
    RingLeader,
    SeeCalls,
    SetAvailability,
    StandDown,
    StartAttempts,
    TakeReply,
    WithdrawWave,
)
from mobilization.ending import mobilization_of
from mobilization.facts import (
    FACTS,
    Amended,
    LinksMade,
    LookedAgain,
    OrderAsked,
    Ordered,
    PlannedCall,
    StoodDown,
    SupportAsked,
    WaveCalled,
    WaveOvertaken,
    WaveWithdrawn,
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
    RingBegun,
    SeatsGained,
    Seen,
)
from mobilization.folding_calls import KINDS
from mobilization.ordering import people_at_most
from mobilization.phones.commands import BindPhone, LinkPhone, ReportTest, UnbindPhone
from mobilization.phones.deciding import TERMINAL
from mobilization.phones.states import LINK_MS, PHONES_MOST, SESSION_MS, TESTED_MS, Phone, is_tested
from mobilization.refusals import WORDS
from mobilization.replies import Reply, ReplyHandled, ReplyUnplaced
from mobilization.rules import RULES
from mobilization.safety.commands import (
    AcknowledgeDanger,
    AddDangerPhoto,
    AnswerRoll,
    CallOffOrder,
    CallOffSos,
    CloseRoll,
    GiveOrder,
    JoinOrders,
    OpenRoll,
    RaiseSos,
    ReceiptOrder,
    ReportDanger,
    ResolveSos,
    TakeSos,
)
from mobilization.safety.crews import crew_of, people_out, roll_of, standings
from mobilization.safety.facts import Mark, RollAnswered, SosRaised
from mobilization.safety.facts_orders import DangerReported, OrderGiven
from mobilization.safety.states import LOST, Danger, Order, Receipt, Roll, Row, Sos
from mobilization.safety.table import DANGERS, FINE_MS, ORDER_MIN, ORDERS, ROLL_MIN
from mobilization.safety.telling import is_wanted
from mobilization.states import LIVE, SEATED, TEXTS, Asked, Call, CallState, Mobilization, Part, Person, Seats, Team, Wave
from mobilization.watch import (
    WATCH_WORDS,
    AskWentUp,
    Duty,
    EndWatch,
    NameWatchLeader,
    OfferWatch,
    TakeWatch,
    Waiting,
    Watch,
    WatchEnded,
    WatchLeader,
    WatchLeaderNamed,
    WatchLeaderWithdrawn,
    WithdrawOffer,
)

__all__ = [
    "CALL_FACTS", "DANGERS", "FACTS", "FINE_MS", "FOR_CREWS", "KINDS", "LINK_MS", "LIVE", "LOST", "ORDERS", "ORDER_MIN", "PHONES_MOST",
    "RECEIPTS", "ROLL_MIN", "RULES", "SEATED", "SESSION_MS", "TERMINAL", "TESTED_MS", "TEXTS", "WATCH_WORDS", "WORDS", "AcknowledgeDanger",
    "AddDangerPhoto", "Amended", "AnswerCall", "AnswerRoll", "Answered", "AskWentUp", "Asked", "AttemptEnded", "AttemptStarted",
    "AvailabilitySet", "BindPhone", "Call", "CallNextWave", "CallOffOrder", "CallOffSos", "CallState", "CallWave", "CloseIncident", "CloseRoll",
    "ComeBack", "Danger", "DangerReported", "Duty", "EndAttempt", "EndWatch", "GiveNames", "GiveOrder", "HandleReply",
    "JoinOrders", "LapseCall", "Lapsed", "LinkPhone", "LinksMade", "LookAgain", "LookedAgain", "MakeLinks", "Mark",
    "MergeIncidents", "Mobilization", "NameWatchLeader", "NamesGiven", "OfferWatch", "OpenRoll", "Order", "OrderAsked",
    "OrderCall", "OrderGiven", "Ordered", "Part", "Person", "Phone", "PlannedCall", "Progressed", "RaiseAndOrder", "RaiseSos",
    "ReachOutside", "Receipt", "ReceiptOrder", "Reply", "ReplyHandled", "ReplyUnplaced", "ReportDanger", "ReportProgress",
    "ReportTest", "ResolveSos", "RingBegun", "RingLeader", "Roll", "RollAnswered", "Row", "Seats", "SeatsGained", "SeeCalls",
    "Seen", "SetAvailability", "Sos", "SosRaised", "StandDown", "StartAttempts", "StoodDown", "SupportAsked", "TakeReply",
    "TakeSos", "TakeWatch", "Team", "UnbindPhone", "Waiting", "Watch", "WatchEnded", "WatchLeader", "WatchLeaderNamed",
    "WatchLeaderWithdrawn", "Wave", "WaveCalled", "WaveOvertaken", "WaveWithdrawn", "WithdrawOffer", "WithdrawWave", "crew_of",
    "is_tested", "is_wanted", "mobilization_of", "people_at_most", "people_out", "roll_of", "standings",
]  # fmt: skip
