"""What may be asked about the safety of people who are out. `said_by`, `said_on`: who said it on the telephone, on which number."""

from command.core.facts import Command
from mobilization.safety.facts import Mark


class OpenRoll(Command, frozen=True, kw_only=True):
    """Call the roll of everyone who is out for an incident; due after so many minutes."""

    incident: str
    due_min: int


class AnswerRoll(Command, frozen=True, kw_only=True):
    """For people of one crew, by its leader or noted by the desk. `words`: how somebody is hurt, what help is needed."""

    call: str
    marks: tuple[Mark, ...]
    words: str = ""
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""


class CloseRoll(Command, frozen=True, kw_only=True):
    """`reason`: for those who are still missing."""

    incident: str
    reason: str = ""


class MissRoll(Command, frozen=True, kw_only=True):
    """The deadline of a roll call."""

    incident: str


class RaiseSos(Command, frozen=True, kw_only=True):
    """`division`: where the person belongs, looked up; it counts where the person is on no task. `lon`, `lat`: only where the phone
    was allowed to say so."""

    person: str
    division: str
    call: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    cell: str = ""
    cell_lon: float | None = None
    cell_lat: float | None = None
    words: str = ""
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""


class RaiseSosHigher(Command, frozen=True, kw_only=True):
    """The deadline of an SOS that nobody has taken."""

    person: str


class TakeSos(Command, frozen=True, kw_only=True):
    person: str


class CallOffSos(Command, frozen=True, kw_only=True):
    """The person says: I am fine."""

    person: str
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_by: str = ""


class ResolveSos(Command, frozen=True, kw_only=True):
    person: str
    words: str


class GiveOrder(Command, frozen=True, kw_only=True):
    """An order to these crews (none named: to all that are coming or out)."""

    order: str
    incident: str
    kind: str
    words: str = ""
    calls: tuple[str, ...] = ()
    due_min: int


class JoinOrders(Command, frozen=True, kw_only=True):
    """A crew has seats now: those of these orders that are loud and in force are for it too."""

    call: str
    orders: tuple[str, ...]


class ReceiptOrder(Command, frozen=True, kw_only=True):
    """`receipt`: received, done, cannot."""

    order: str
    call: str
    receipt: str
    reason: str = ""
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""


class CallOffOrder(Command, frozen=True, kw_only=True):
    order: str


class MissOrder(Command, frozen=True, kw_only=True):
    """The deadline of an order."""

    order: str


class ReportDanger(Command, frozen=True, kw_only=True):
    danger: str
    call: str
    kind: str
    words: str = ""
    claimed_at_ms: int | None = None
    noted_by: str = ""
    said_by: str = ""
    said_on: str = ""


class AcknowledgeDanger(Command, frozen=True, kw_only=True):
    danger: str


class AddDangerPhoto(Command, frozen=True, kw_only=True):
    danger: str
    photo: str
    mime: str
    size: int
