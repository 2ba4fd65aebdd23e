"""Items of the watch, of warnings, and of ground that is marked."""

from collections.abc import Callable
from typing import Any

from incidents import Warned, Zone
from mobilization import Waiting, Watch
from web_console.board.sealed import Unseal
from web_console.board.view import View
from web_console.directory import Directory

Item = dict[str, Any]


def watch_item(view: View, names: Directory, watch: Watch, is_here: Callable[[str], bool], unseal: Unseal) -> Item:
    """A leader who is no officer of the post is named, and rung by the call directory. `connected`: whether a desk of who holds it is open. `up_ms`: when what waits goes up a tier, outages counted."""
    return {
        "division": watch.division, "name": names.division(watch.division), "officer": watch.officer or None,
        "officer_name": _officer(names, watch.officer), "role": watch.role or None, "since_ms": watch.since_ms if watch.officer else None,
        "until_ms": watch.until_ms, "connected": bool(watch.officer) and is_here(watch.officer), "offered_to": watch.offered_to or None,
        "offered_name": _officer(names, watch.offered_to), "vacant_since_ms": watch.vacant_since_ms,
        "leader": _leader(view, names, watch, unseal), "waiting": [_waiting(view, watch.division, each) for each in watch.waiting],
    }  # fmt: skip


def _leader(view: View, names: Directory, watch: Watch, unseal: Unseal) -> Item | None:
    if watch.leader is None:
        return None
    officer = watch.leader.officer
    name = _officer(names, officer) if officer else leader_told(view, watch.division, unseal).get("name")
    return {"officer": officer or None, "name": name, "since_ms": watch.leader.since_ms}


def leader_told(view: View, division: str, unseal: Unseal) -> dict[str, Any]:
    """Name and number of who leads a watch and is no officer of the post; {} once erased."""
    named = view.leaders.get(division)
    return (unseal(named) or {}) if named is not None else {}


def _waiting(view: View, division: str, waiting: Waiting) -> Item:
    return {
        "ask": waiting.ask, "what": waiting.what, "incident": waiting.incident, "asked_ms": waiting.asked_ms,
        "went_up_ms": waiting.went_up_ms, "up_ms": view.world.due_at(f"watch:{division}", f"up/{waiting.ask}"),
    }  # fmt: skip


def _officer(names: Directory, officer: str) -> str | None:
    found = names.officers.get(officer)
    return found.name if found else None


def warning_item(names: Directory, warning: Warned) -> Item:
    return {
        "id": warning.id, "kind": warning.kind, "level": warning.level, "divisions": names.path(warning.divisions),
        "issuer": warning.issuer, "issued_ms": warning.issued_ms, "expires_ms": warning.expires_ms, "entered_by": warning.entered_by,
    }  # fmt: skip


def zone_item(names: Directory, zone: Zone, is_found: Callable[[Zone], bool | None]) -> Item:
    """`found`: of a stretch whether the roads now have it; None: no roads are known, or it is an outline."""
    return {
        "id": zone.id, "kind": zone.kind, "what": zone.what, "ring": zone.ring, "divisions": names.path(zone.divisions),
        "shuts": zone.shuts, "depth_cm": zone.depth_cm, "look_again_ms": zone.look_again_ms, "until_ms": zone.until_ms,
        "incident": zone.incident or None, "marked_ms": zone.marked_ms, "marked_by": zone.marked_by, "seen_ms": zone.seen_ms,
        "overdue": zone.overdue, "stretch": zone.stretch, "found": is_found(zone) if zone.stretch else None,
    }  # fmt: skip
