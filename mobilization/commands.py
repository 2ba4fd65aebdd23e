"""What may be asked of a mobilization."""

from command.core.facts import Command
from incidents import Need, RaiseIncident
from mobilization.facts import PlannedCall


class OrderCall(Command, frozen=True, kw_only=True):
    """Call out for these needs; on a running call-out, amend it. `channels`: what reaches people outside this house."""

    mobilization: str
    incident: str
    needs: tuple[Need, ...]
    channels: tuple[str, ...] = ()


class RaiseAndOrder(Command, frozen=True, kw_only=True):
    """One press: take the report, hold it true, call out. Several facts, one authority."""

    raising: RaiseIncident
    mobilization: str
    channels: tuple[str, ...] = ()


class CallWave(Command, frozen=True, kw_only=True):
    """A whole planned wave. `short`: what nobody is left for, by speciality, after this wave."""

    mobilization: str
    calls: tuple[PlannedCall, ...]
    registry_rev: int
    why_not: dict[str, int]
    why_blob: str
    gates: dict[str, str]
    short: dict[str, int]


class AnswerCall(Command, frozen=True, kw_only=True):
    """`answer`: accept, decline, later. From the phone itself, or noted by the desk (`noted_by`, `said_at_ms`)."""

    call: str
    answer: str
    heads: int | None = None
    eta_min: int | None = None
    reason: str = ""
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_at_ms: int | None = None


class ReportProgress(Command, frozen=True, kw_only=True):
    """`did`: set_out, arrived, released."""

    call: str
    did: str
    heads: int | None = None
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_at_ms: int | None = None


class GiveNames(Command, frozen=True, kw_only=True):
    call: str
    names: tuple[str, ...]


class SeeCalls(Command, frozen=True, kw_only=True):
    calls: tuple[str, ...]


class LapseCall(Command, frozen=True, kw_only=True):
    """The deadline of an offer."""

    call: str


class ReachOutside(Command, frozen=True, kw_only=True):
    """A call unread on a waking phone for too long: try the next channel."""

    call: str


class StartAttempts(Command, frozen=True, kw_only=True):
    """Send at once to those whose page is not awake."""

    calls: tuple[str, ...]


class EndAttempt(Command, frozen=True, kw_only=True):
    call: str
    attempt: str
    result: str


class StandDown(Command, frozen=True, kw_only=True):
    mobilization: str
    why: str = "enough"


class CloseIncident(Command, frozen=True, kw_only=True):
    incident: str


class MergeIncidents(Command, frozen=True, kw_only=True):
    incident: str
    into: str


class SetAvailability(Command, frozen=True, kw_only=True):
    person: str
    availability: str
    until_ms: int | None = None
    noted_by: str = ""
