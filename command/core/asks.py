"""What goes into a turn and what comes out: asks, receipts, and the records of one command."""

from collections.abc import Sequence

import msgspec

from command.core.errors import MusterError
from command.core.facts import NOW, Authority, Command, Times
from command.core.records import Record


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One waiting command and who asks. `fingerprint` is of the raw request: the same id must carry the same body.

    `times` are those of what the asker tells, the first fact; whatever follows from it happens as it is decided.
    """

    command: Command
    actor: str
    command_id: str
    fingerprint: bytes = b""
    authority: Authority | None = None
    cause: int | None = None
    times: Times = NOW


class Line(msgspec.Struct, frozen=True):
    """One recorded fact as its asker sees it: public part only."""

    name: str
    data: msgspec.Raw


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The command is in the log. Built from stored bytes alone, so a retry gets the very same."""

    command_id: str
    position: int
    at_ms: int
    events: tuple[Line, ...]


Outcome = Receipt | MusterError


def receipt_of(records: Sequence[Record]) -> Receipt:
    last = records[-1]
    lines = tuple(Line(record.name, msgspec.Raw(record.data)) for record in records)
    return Receipt(command_id=last.command_id, position=last.position, at_ms=last.at_ms, events=lines)
