"""Marked ground as those see it who are called there: what is dangerous or shut, and how it was last seen. Nobody who reported it."""

from collections.abc import Iterator
from typing import Any

from command.core.facts import Event
from incidents import HAZARD, Merged, Reversed, Zone, ZoneChanged, ZoneLifted, ZoneMarked, ZoneOverdue
from mobilization import Call
from web_console.board.view import View

Item = dict[str, Any]


def zones_at(view: View, incident: str) -> Iterator[Zone]:
    """Those that stand, of an incident and of what was merged into it, in the order they were marked."""
    for zone in view.afield.zones_of.get(incident, ()):
        if (standing := view.zone(zone)) is not None:
            yield standing
    state = view.incident(incident)
    for merged in state.merged_here if state is not None else ():
        yield from zones_at(view, merged)


def is_dangerous(view: View, incident: str) -> bool:
    """Whether a danger area is marked: all that is said of it before the answer."""
    return any(zone.kind == HAZARD for zone in zones_at(view, incident))


def marked_item(zone: Zone) -> Item:
    """No outline: the phone has no map. `road`: the stretch that is shut, by name."""
    stretch = zone.stretch
    return {
        "id": zone.id, "kind": zone.kind, "what": zone.what, "depth_cm": zone.depth_cm, "shuts": zone.shuts,
        "road": {"road": stretch.road, "ends": stretch.ends, "metres": stretch.metres} if stretch is not None else None,
        "seen_ms": zone.seen_ms, "overdue": zone.overdue, "until_ms": zone.until_ms,
    }  # fmt: skip


def calls_told(view: View, event: Event) -> Iterator[Call]:
    """The calls that show something else of marked ground from this event on."""
    match event.fact:
        case ZoneMarked(zone=zone) | ZoneChanged(zone=zone) | ZoneOverdue(zone=zone) | ZoneLifted(zone=zone):
            state = view.look(f"zone:{zone}")
            incident = state.incident if isinstance(state, Zone) else ""
        case Merged(into=into) | Reversed(into=into):
            incident = into
        case _:
            return
    while incident:
        yield from (call for each in view.calls_of.get(incident, ()) if (call := view.call(each)) is not None)
        found = view.incident(incident)
        incident = found.merged_into or "" if found is not None else ""
