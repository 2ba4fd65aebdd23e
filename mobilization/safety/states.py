"""States of a roll call, an SOS, an order and a reported danger, as small as deciding and showing need them."""

from collections.abc import Mapping

import msgspec

LOST = "lost"
ANSWERS = frozenset({"safe", "hurt", "help", "left"})
GRAVITY = ("safe", "left", "hurt", "help")
"""Of two that contradict each other the graver is shown, until somebody asks."""


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one person: safe, hurt, help, left, or lost. `said_ms`: when it was said."""

    state: str
    at_ms: int
    said_ms: int
    noted_by: str = ""
    disputed: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One crew of a roll; `marks` by number within the crew."""

    call: str
    person: str
    team: str
    people: int
    stood_down: bool = False
    marks: Mapping[int, Marked] = msgspec.field(default_factory=dict)


class Roll(msgspec.Struct, frozen=True, kw_only=True):
    """The latest roll call of an incident; an answer is taken after it was closed, too. `late`: it was due, and some were
    missing then."""

    incident: str
    number: int
    opened_ms: int
    due_ms: int
    rows: Mapping[str, Row]
    late: bool = False
    closed_ms: int | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_ms is None


class Sos(msgspec.Struct, frozen=True, kw_only=True):
    """The latest SOS of a person. `to`: the posts alarmed, from the first up; `again_ms`: when it was raised last; `up_ms`: since
    when the highest of them is alarmed."""

    person: str
    number: int
    incident: str
    call: str
    team: str
    division: str
    to: tuple[str, ...]
    raised_ms: int
    again_ms: int
    up_ms: int
    cell_lon: float | None = None
    cell_lat: float | None = None
    noted_by: str = ""
    taken_by: str = ""
    taken_post: str = ""
    taken_ms: int | None = None
    fine_ms: int | None = None
    silenced: bool = False
    resolved_ms: int | None = None

    @property
    def is_open(self) -> bool:
        return self.resolved_ms is None

    @property
    def is_alarm(self) -> bool:
        """Nobody has it in hand."""
        return self.is_open and self.taken_ms is None and not self.silenced


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What one crew said of an order: "" as long as nothing."""

    call: str
    person: str
    team: str
    said: str = ""
    at_ms: int | None = None
    noted_by: str = ""
    overdue: bool = False


class Order(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    incident: str
    kind: str
    post: str
    given_ms: int
    due_ms: int
    receipts: Mapping[str, Receipt]
    late: bool = False
    called_off_ms: int | None = None

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Who is still to receive it; nobody once it was called off."""
        silent = tuple(call for call, receipt in self.receipts.items() if not receipt.said)
        return silent if self.called_off_ms is None else ()

    @property
    def is_in_force(self) -> bool:
        """Until every crew has said that it is done, or it is called off."""
        return self.called_off_ms is None and any(receipt.said != "done" for receipt in self.receipts.values())


class Danger(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    incident: str
    call: str
    person: str
    team: str
    kind: str
    at_ms: int
    noted_by: str = ""
    photos: tuple[str, ...] = ()
    acknowledged_ms: int | None = None
