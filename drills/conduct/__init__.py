"""Conducting a drill: what falls due, what was released, held or skipped, what a person rated. Facts of drill realms only."""

from drills.conduct.commands import (
    BindIncident,
    ConfirmRating,
    Correct,
    EndDrill,
    Hold,
    NoteImprovement,
    OpenDrill,
    Release,
    ReleaseDue,
    ScoreByHand,
    Skip,
    StandAllDown,
    StopDrill,
    TakeOut,
)
from drills.conduct.deciding import DRILL, RULES
from drills.conduct.facts import (
    FACTS,
    Bound,
    CalledToRealWork,
    Corrected,
    Cued,
    DrillEnded,
    DrillOpened,
    DrillStopped,
    ImprovementNoted,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    Rated,
    Scored,
)
from drills.conduct.refusals import WORDS
from drills.conduct.states import Drill, Line
from drills.conduct.watching import BindPolicy, StopPolicy

__all__ = [
    "DRILL", "FACTS", "RULES", "WORDS", "BindIncident", "BindPolicy", "Bound", "CalledToRealWork", "ConfirmRating", "Correct", "Corrected", "Cued",
    "Drill", "DrillEnded", "DrillOpened", "DrillStopped", "EndDrill", "Hold", "ImprovementNoted", "InjectHeld", "InjectReleased",
    "InjectSkipped", "Line", "NoteImprovement", "OpenDrill", "Rated", "Release", "ReleaseDue", "ScoreByHand", "Scored", "Skip",
    "StandAllDown", "StopDrill", "StopPolicy", "TakeOut",
]  # fmt: skip
