"""What may be asked of a drill. By its controllers; the deadlines and the policies of the drill ask by themselves."""

from command.core.facts import Command
from drills.conduct.facts import DrillOpened


class OpenDrill(Command, frozen=True, kw_only=True):
    """`opening`: what was read from the file and looked up on the ground."""

    opening: DrillOpened


class ReleaseDue(Command, frozen=True, kw_only=True):
    """The deadline of an inject."""

    no: int


class Release(Command, frozen=True, kw_only=True):
    """下发: now, whatever its time."""

    no: int


class Hold(Command, frozen=True, kw_only=True):
    """暂缓."""

    no: int


class Skip(Command, frozen=True, kw_only=True):
    """跳过."""

    no: int


class BindIncident(Command, frozen=True, kw_only=True):
    name: str
    incident: str


class Correct(Command, frozen=True, kw_only=True):
    no: int
    reached_ms: int
    reason: str


class ScoreByHand(Command, frozen=True, kw_only=True):
    no: int
    measure: int
    outcome: str
    words: str
    took_s: float | None = None
    instead: str = ""


class ConfirmRating(Command, frozen=True, kw_only=True):
    objective: str
    rating: str
    proposed: str
    reason: str = ""


class NoteImprovement(Command, frozen=True, kw_only=True):
    improvement: str
    objective: str
    what: str
    action: str
    owner: str
    due: str
    no: int | None = None
    measure: int | None = None


class StopDrill(Command, frozen=True, kw_only=True):
    words: str


class StandAllDown(Command, frozen=True, kw_only=True):
    """After the words that stop a drill: every call-out of it ends. `mobilizations`: all there are."""

    mobilizations: tuple[str, ...]


class TakeOut(Command, frozen=True, kw_only=True):
    """A person leaves the exercise at once. `why`: real_work, withdrew; `calls`: all of theirs here, looked up by whoever asks."""

    person: str
    why: str
    calls: tuple[str, ...] = ()


class EndDrill(Command, frozen=True, kw_only=True):
    """`why`: time (its deadline) or controller."""

    why: str = "controller"
