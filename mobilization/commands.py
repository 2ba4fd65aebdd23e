"""What may be asked of a mobilization."""

from command.core.facts import Command
from incidents import ByOrder, Need, RaiseIncident
from mobilization.facts import PlannedCall


class OrderCall(Command, frozen=True, kw_only=True):
    """Call out for these needs (none: for those of the incident); on a running call-out, amend it. `channels`: what reaches
    people outside this house. `by_order`, `reason`: the order behind it, where the standing rule is not enough said.
    `screen_position`: what the screen showed whose needs were edited."""

    mobilization: str
    incident: str
    needs: tuple[Need, ...] = ()
    channels: tuple[str, ...] = ()
    by_order: ByOrder | None = None
    reason: str = ""
    screen_position: int | None = None


class RaiseAndOrder(Command, frozen=True, kw_only=True):
    """One press: take the report, hold it true, call out. Several facts, one authority."""

    raising: RaiseIncident
    mobilization: str
    channels: tuple[str, ...] = ()
    by_order: ByOrder | None = None
    reason: str = ""


class CallWave(Command, frozen=True, kw_only=True):
    """A whole planned wave. `short`: what nobody is left for, by speciality, after this wave."""

    mobilization: str
    calls: tuple[PlannedCall, ...]
    registry_rev: int
    why_not: dict[str, int]
    why_blob: str
    gates: dict[str, str]
    short: dict[str, int]


class CallNextWave(CallWave, frozen=True, kw_only=True):
    """The same, asked for by an officer."""


class WithdrawWave(Command, frozen=True, kw_only=True):
    """An officer takes one wave back, while the call-out goes on."""

    mobilization: str
    wave: int


class LookAgain(Command, frozen=True, kw_only=True):
    """The deadline of a call-out that is short and silent."""

    mobilization: str


class AnswerCall(Command, frozen=True, kw_only=True):
    """`answer`: accept, decline, later. From the phone itself; by a text, a keypad or a signed link (`by`: sms, modem, voice,
    link; `words`: the reply as it came); or noted by the desk (`noted_by`; `said_by`: who said it on the telephone, `said_on`: on
    which number; when, is when the desk learned it)."""

    call: str
    answer: str
    heads: int | None = None
    eta_min: int | None = None
    reason: str = ""
    by: str = ""
    words: str = ""
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""


class ReportProgress(Command, frozen=True, kw_only=True):
    """`did`: set_out, arrived, released."""

    call: str
    did: str
    heads: int | None = None
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""


class GiveNames(Command, frozen=True, kw_only=True):
    call: str
    names: tuple[str, ...]
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""


class SeeCalls(Command, frozen=True, kw_only=True):
    calls: tuple[str, ...]


class LapseCall(Command, frozen=True, kw_only=True):
    """The deadline of an offer."""

    call: str


class ReachOutside(Command, frozen=True, kw_only=True):
    """A call unread on a waking phone, or a message unheard, for too long: try the next channel."""

    call: str


class StartAttempts(Command, frozen=True, kw_only=True):
    """Send at once to those whose page is not awake. `about`: call, over (the call-out ended), order, order_off, roll or danger; `of`: which of these."""

    calls: tuple[str, ...]
    about: str = "call"
    of: str = ""


class EndAttempt(Command, frozen=True, kw_only=True):
    """`about`, `of`: as it was started."""

    call: str
    attempt: str
    result: str
    about: str = "call"
    of: str = ""


class RingLeader(Command, frozen=True, kw_only=True):
    """An officer rings this leader by hand, now: the number is opened."""

    call: str


class MakeLinks(Command, frozen=True, kw_only=True):
    """Signed links to answer by are taken out of the house, for a group of leaders."""

    mobilization: str


class TakeReply(Command, frozen=True, kw_only=True):
    """A reply from outside that answers no call. `why`: unknown_number, no_call, several, unreadable. `division`: whose desk
    looks at it; `number`, `words` are sealed."""

    reply: str
    channel: str
    why: str
    division: str
    person: str = ""
    number: str = ""
    words: str = ""


class HandleReply(Command, frozen=True, kw_only=True):
    """An officer has looked after it."""

    reply: str


class StandDown(Command, frozen=True, kw_only=True):
    mobilization: str
    why: str = "enough"


class CloseIncident(Command, frozen=True, kw_only=True):
    incident: str


class MergeIncidents(Command, frozen=True, kw_only=True):
    incident: str
    into: str


class ComeBack(Command, frozen=True, kw_only=True):
    """The deadline of an absence."""

    person: str


class SetAvailability(Command, frozen=True, kw_only=True):
    """`division`: where the person belongs, looked up for a desk that notes it."""

    person: str
    availability: str
    until_ms: int | None = None
    division: str = ""
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""
