"""What can be recorded of a drill, in its own realm and nowhere else. Times: milliseconds since 1970 UTC."""

from typing import ClassVar

import msgspec

from command.core.facts import Fact
from drills.scenario.form import Cue, Setting

KEY = "drill:this"
"""A realm of kind drill holds one drill."""


class Cued(msgspec.Struct, frozen=True, kw_only=True):
    """When one inject falls due, as the file had it."""

    no: int
    kind: str
    cue: Cue


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that the drill waits for, and where it was to be (WGS-84)."""

    name: str
    setting: Setting
    lon: float
    lat: float


class _OfDrill(Fact, frozen=True, kw_only=True):
    def keys(self) -> tuple[str, ...]:
        return (KEY,)


class DrillOpened(_OfDrill, frozen=True, kw_only=True):
    """STARTEX. `text`: the hash of the scenario file, which lies beside the log; `way`: tabletop, simulated or live; `begin_ms`: when
    play starts; `end_ms`: when it is over at the latest. Of a no-notice exercise: who approved it, the safety officer, how many were
    told beforehand (who, is in the file of the exercise). `safety`: the safety officer, if one of the registry: their id."""

    NAME: ClassVar[str] = "drill.opened"
    scenario: str
    text: str
    way: str
    seed: int
    begin_ms: int
    end_ms: int
    cues: tuple[Cued, ...]
    incidents: tuple[Watched, ...]
    objectives: tuple[str, ...]
    approved_by: str = ""
    safety_officer: str = ""
    told: int = 0
    safety: str = ""


class InjectReleased(_OfDrill, frozen=True, kw_only=True):
    """`why`: time, condition or controller."""

    NAME: ClassVar[str] = "inject.released"
    no: int
    why: str


class InjectHeld(_OfDrill, frozen=True, kw_only=True):
    """It waits for the controller."""

    NAME: ClassVar[str] = "inject.held"
    no: int


class InjectSkipped(_OfDrill, frozen=True, kw_only=True):
    """It is not played. `why`: controller, `acted` (players did already what it was to bring about), `not_so` (what it waits for is
    not so), `ended`."""

    NAME: ClassVar[str] = "inject.skipped"
    no: int
    why: str


class Bound(_OfDrill, frozen=True, kw_only=True):
    """The incident that players raised is the one the drill calls `name`."""

    NAME: ClassVar[str] = "drill.incident_bound"
    name: str
    incident: str


class Corrected(_OfDrill, frozen=True, kw_only=True):
    """A controller says when the inject really reached its players: measures count from there. Visible for ever."""

    NAME: ClassVar[str] = "inject.corrected"
    no: int
    reached_ms: int
    reason: str


class Scored(_OfDrill, frozen=True, kw_only=True):
    """A person says what became of one measure (by its number in the inject): met, missed or not_observed. `took_s`: how long it took,
    where it has a term. `instead`: the outcome that was computed, where a person corrects it."""

    NAME: ClassVar[str] = "measure.scored"
    no: int
    measure: int
    outcome: str
    words: str
    took_s: float | None = None
    instead: str = ""


class Rated(_OfDrill, frozen=True, kw_only=True):
    """A person confirms the rating of an objective: P, S, M or U. `proposed`: what the measures came to."""

    NAME: ClassVar[str] = "objective.rated"
    objective: str
    rating: str
    proposed: str
    reason: str = ""


class ImprovementNoted(_OfDrill, frozen=True, kw_only=True):
    """Something to be done better, by whom, until when (ISO date). The next drill of this scenario tests `measure` of `no` again."""

    NAME: ClassVar[str] = "improvement.noted"
    improvement: str
    objective: str
    what: str
    action: str
    owner: str
    due: str
    no: int | None = None
    measure: int | None = None


class DrillStopped(_OfDrill, frozen=True, kw_only=True):
    """演练中止！转入真实处置！ Nothing falls due any more."""

    NAME: ClassVar[str] = "drill.stopped"
    STILLS: ClassVar[bool] = True
    words: str


class CalledToRealWork(_OfDrill, frozen=True, kw_only=True):
    """The one message an exercise hears from the live realm: real work takes this person out of it, or they agree to it no more.
    `why`: real_work, withdrew."""

    NAME: ClassVar[str] = "person.called_to_real_work"
    person: str
    why: str

    def keys(self) -> tuple[str, ...]:
        return (KEY, f"person:{self.person}")


class DrillEnded(_OfDrill, frozen=True, kw_only=True):
    """ENDEX. `why`: time or controller."""

    NAME: ClassVar[str] = "drill.ended"
    why: str


FACTS: tuple[type[Fact], ...] = (
    DrillOpened, InjectReleased, InjectHeld, InjectSkipped, Bound, Corrected, Scored, Rated, ImprovementNoted, DrillStopped, CalledToRealWork, DrillEnded,
)  # fmt: skip
