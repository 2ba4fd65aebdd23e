"""What tests of the past are told with: all that a picture holds as plain values, and officers and leaders who do something."""

from typing import Any

from command.core.facts import Command
from command.core.log import Log
from command.core.records import Codec
from drills.seeking import Seeker, Shelf
from incidents import DisposeIncident, SetPlace, VerifyIncident
from mobilization import AnswerCall, CloseIncident, ReportProgress, SetAvailability, StandDown
from tests.kit import CITY, Desk, accept, ordered, place, planned, wave
from web_console.board.view import View
from web_console.replays.past import seeker
from web_console.rules import DRILL_RULES

STEPS = ("order", "wave", "accept", "decline", "set_out", "verify", "move", "away", "over", "false", "close", "wait")
MOST_STEPS = 40
_TABLES = (
    "incidents", "open", "ended", "calls_of", "calls_for", "raised", "placed", "started", "zones_said",
    "unplaced", "watches", "leaders", "warnings", "zones",
)  # fmt: skip
_AFIELD = ("orders_of", "dangers_of", "zones_of", "alarms", "sealed")
_KINDS = {kind.prefix: kind for kind in DRILL_RULES.kinds}


def over(log: Log, shelf: Shelf, *, every: int) -> Seeker[View]:
    return seeker(log, shelf, rules=DRILL_RULES, every=every)


def folded(log: Log, until: int) -> View:
    view, codec = View(DRILL_RULES.kinds), Codec(DRILL_RULES.facts)
    for record in log.after(0, until):
        view.follow(codec.event(record))
    return view


def told(view: View) -> dict[str, Any]:
    """All that a picture holds."""
    keys = ["realm", *(key for prefix in _KINDS for key in view.world.keys(prefix))]
    tables = {name: _plain(getattr(view, name)) for name in _TABLES} | {
        name: _plain(getattr(view.afield, name)) for name in _AFIELD
    }
    return tables | {
        "position": view.position, "next": view.world.next_due_ms(), "states": [(key, view.look(key)) for key in keys],
        "due": [(key, kind, view.world.due_at(key, kind)) for key in keys for kind in _deadlines(view, key)],
        "lines": [(event, incident) for event, incident in view.lines],
        "newest": view.lines.newest(list(view.incidents), most=5), "late": _plain(view.late.of),
    }  # fmt: skip


def _deadlines(view: View, key: str) -> list[str]:
    state = view.look(key)
    return [] if state is None else [each.kind for each in _KINDS[key.partition(":")[0]].deadlines(state)]


def _plain(held: Any) -> list[Any]:
    """In order, for the order is shown."""
    return [(key, list(value) if isinstance(value, dict) else value) for key, value in held.items()]


def played(desk: Desk, steps: list[tuple[str, int]]) -> None:
    """What officers and leaders do, one after the other; what is refused changes nothing."""
    for step, number in steps:
        if step == "wait":
            desk.tick(seconds=40 * (1 + number % 4))
            continue
        command, by = _asked(step, number)
        desk.ask(command, by=by, authority=None if by.startswith("person") else CITY)


def _asked(step: str, number: int) -> tuple[Command, str]:
    incident, call, person = f"i{number % 3}", f"c{number % 3}-{number % 5}", f"person:p{number % 5}"
    calls = tuple(
        planned(n, person=f"p{n}", team=f"t{n}", call=f"c{number % 3}-{n}", awake=bool((number + n) % 2)) for n in range(5)
    )
    elsewhere = place(("9901", "990102", "990102100"))
    told_: dict[str, tuple[Command, str]] = {
        "order": (ordered(incident), "officer:1"),
        "wave": (wave(calls, incident=incident), "policy:waves"),
        "accept": (accept(call), person),
        "decline": (AnswerCall(call=call, answer="decline"), person),
        "set_out": (ReportProgress(call=call, did="set_out"), person),
        "verify": (VerifyIncident(incident=incident), "officer:1"),
        "move": (SetPlace(incident=incident, place=elsewhere, screen_position=1 << 40), "officer:1"),
        "away": (SetAvailability(person=f"p{number % 5}", availability="off_duty"), person),
        "over": (StandDown(mobilization=f"m-{incident}"), "officer:1"),
        "false": (DisposeIncident(incident=incident, stage="false_alarm", reason="none"), "officer:1"),
        "close": (CloseIncident(incident=incident), "officer:1"),
    }
    return told_[step]
