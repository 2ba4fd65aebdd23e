"""What part of the past a replay is of: where it begins and ends, and the moments one jumps to."""

import msgspec

from command.core.errors import Refused
from command.core.facts import Event
from command.core.log import Log
from command.core.records import Record
from drills.seeking import Seeker
from mobilization import Answered, Progressed, mobilization_of
from web_console.board.view import View

MARKS_MOST = 5_000
Mark = tuple[int, int]
"""A position and its time."""
_MOMENTS = frozenset({
    "incident.raised", "incident.verified", "incident.place_set", "incident.severity_changed", "incident.disposed", "incident.merged",
    "incident.closed", "lead.taken", "lead.handed_back", "mobilization.ordered", "wave.called", "support.asked", "order.given",
    "danger.reported", "roll.opened", "sos.raised", "zone.marked", "mobilization.stood_down",
})  # fmt: skip


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """`marks`: where something happened to the incident, to step along, and `moments`, those of them worth a name; of a time there are
    none. `left`: checkpoints that are still being made."""

    first: int
    last: int
    from_ms: int
    to_ms: int
    marks: tuple[Mark, ...] = ()
    moments: tuple[Event, ...] = ()
    left: int = 0


def span_of(seeker: Seeker[View], log: Log, *, incident: str, from_ms: int, to_ms: int) -> Span:
    """Of an incident, from its report to its end, or of a time. Raises Refused(replay.nothing)."""
    if incident:
        return _of_incident(seeker, log, incident)
    first, last = seeker.position_at(from_ms - 1) + 1, seeker.position_at(to_ms)
    if last < first:
        raise Refused("replay.nothing")
    return Span(first=first, last=last, from_ms=from_ms, to_ms=to_ms)


def _of_incident(seeker: Seeker[View], log: Log, incident: str) -> Span:
    keys = (f"incident:{incident}", f"mobilization:{mobilization_of(incident)}")
    records = {record.position: record for key in keys for record in log.of(key, limit=MARKS_MOST)}
    marks = tuple(mark_of(records[position]) for position in sorted(records))
    if not marks:
        raise Refused("replay.nothing")
    events = [seeker.event(position) for position, _ in marks]
    (first, from_ms), (last, to_ms) = marks[0], marks[-1]
    return Span(first=first, last=last, from_ms=from_ms, to_ms=to_ms, marks=marks, moments=tuple(_moments(events)))


def _moments(events: list[Event]) -> list[Event]:
    """What has a name, and the first of each step that crews go."""
    gone: set[str] = set()
    found = []
    for event in events:
        step = _step(event)
        if event.name in _MOMENTS or (step and step not in gone):
            found.append(event)
        gone.add(step)
    return found


def _step(event: Event) -> str:
    match event.fact:
        case Answered(seated=seated) if seated:
            return "seated"
        case Progressed(did=did):
            return did
        case _:
            return ""


def mark_of(record: Record) -> Mark:
    return record.position, record.at_ms


def incident_of(event: Event) -> str:
    """Whose moment it is, by what it is filed under."""
    for key in event.keys:
        kind, _, name = key.partition(":")
        if kind == "incident":
            return name
        if kind == "mobilization":
            return name.removeprefix("m-")
    return ""
