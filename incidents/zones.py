"""Hazards and closures: ground where people may come to harm, and roads that do not lead through. Marked by a desk, looked at again when
that is due, over when somebody says so or, for a closure, when its time runs out.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from command.core.errors import Refused
from command.core.facts import Command, Deadline, Event, Fact, Kind, Look, Moment, Sealed
from command.tiers.authority import post_of, within
from geo import Mode, Stretch
from incidents.context import Ring
from incidents.zone_facts import (
    CLOSURE,
    CLOSURES,
    HAZARD,
    HAZARDS,
    MODES,
    ChangeZone,
    LiftZone,
    MarkZone,
    RunOutZone,
    ZoneChanged,
    ZoneLifted,
    ZoneMarked,
    ZoneOverdue,
)

_HOW_IT_IS = ("ring", "divisions", "shuts", "look_again_ms", "depth_cm", "until_ms", "stretch")
_DEEPEST_CM = 3_000
_LONGEST_MS = 30 * 24 * 3_600_000


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """One marked piece of ground. `seen_ms`: when somebody last said how it is; `marked_by`: the post."""

    id: str
    kind: str
    what: str
    ring: Ring
    divisions: tuple[str, ...]
    shuts: tuple[Mode, ...]
    look_again_ms: int
    depth_cm: int | None
    until_ms: int | None
    incident: str
    marked_ms: int
    marked_by: str
    seen_ms: int
    stretch: Stretch | None = None
    overdue: bool = False
    over: bool = False

    def touches(self, division: str) -> bool:
        return any(code.startswith(division) for code in self.divisions)


def evolve_zone(state: Zone | None, event: Event) -> Zone | None:
    match event.fact:
        case ZoneMarked() as fact if state is None:
            return Zone(
                id=fact.zone, kind=fact.kind, what=fact.what, incident=fact.incident, marked_ms=event.at_ms,
                marked_by=event.authority.post if event.authority else "", seen_ms=event.at_ms, **_how(fact),
            )  # fmt: skip
        case ZoneChanged() as fact if state is not None:
            return msgspec.structs.replace(state, **_how(fact), seen_ms=event.at_ms, overdue=False)
        case ZoneOverdue() if state is not None:
            return msgspec.structs.replace(state, overdue=True)
        case ZoneLifted() if state is not None:
            return msgspec.structs.replace(state, over=True)
        case _:
            return state


def zone_deadlines(state: Zone) -> Iterable[Deadline]:
    """Both by their own clock: water does not wait for a server that was out."""
    if not state.over and not state.overdue:
        yield Deadline(kind="look_again", set_at_ms=state.seen_ms, due_at_ms=state.look_again_ms)
    if not state.over and state.until_ms is not None:
        yield Deadline(kind="until", set_at_ms=state.seen_ms, due_at_ms=state.until_ms)


def _fall(key: str, deadline: Deadline) -> Command:
    return RunOutZone(zone=key.partition(":")[2], kind=deadline.kind)


ZONE_KIND = Kind("zone", evolve_zone, zone_deadlines, _fall)


def mark(look: Look, command: MarkZone, moment: Moment) -> Iterator[Fact | Sealed]:
    _acts_on(moment, command.divisions)
    if look(f"zone:{command.zone}") is not None:
        raise Refused("zone.exists")
    if command.what not in {HAZARD: HAZARDS, CLOSURE: CLOSURES}.get(command.kind, ()):
        raise Refused("zone.what")
    if command.incident and look(f"incident:{command.incident}") is None:
        raise Refused("incident.unknown", incident=command.incident)
    _check(command, command.kind, moment.now_ms)
    fact = ZoneMarked(zone=command.zone, kind=command.kind, what=command.what, incident=command.incident, **_how(command))
    yield _sealed(fact, command)


def change(look: Look, command: ChangeZone, moment: Moment) -> Iterator[Fact | Sealed]:
    """Also when nothing else changed: somebody looked, and it is still so."""
    state = _standing(look, command.zone, moment)
    _acts_on(moment, command.divisions)
    _check(command, state.kind, moment.now_ms)
    yield _sealed(ZoneChanged(zone=state.id, **_how(command)), command)


def lift(look: Look, command: LiftZone, moment: Moment) -> Iterator[Fact]:
    yield ZoneLifted(zone=_standing(look, command.zone, moment).id)


def run_out(look: Look, command: RunOutZone, _moment: Moment) -> Iterator[Fact]:
    state = look(f"zone:{command.zone}")
    if isinstance(state, Zone) and not state.over:
        yield ZoneLifted(zone=state.id, ran_out=True) if command.kind == "until" else ZoneOverdue(zone=state.id)


def _standing(look: Look, zone: str, moment: Moment) -> Zone:
    state = look(f"zone:{zone}")
    if not isinstance(state, Zone):
        raise Refused("zone.unknown")
    _acts_on(moment, state.divisions)
    if state.over:
        raise Refused("zone.over")
    return state


def _acts_on(moment: Moment, divisions: tuple[str, ...]) -> str:
    """The acting post, in whose division some of it must lie; a few houses too much over the border are better than none."""
    post = post_of(moment.authority)
    touches = any(code.startswith(post) or post.startswith(code) for code in divisions)
    return within(moment.authority, post if touches or not divisions else divisions[-1])


def _check(command: MarkZone | ChangeZone, kind: str, now_ms: int) -> None:
    if bool(command.ring) == (command.stretch is not None) or (kind == HAZARD and command.stretch is not None):
        raise Refused("zone.area")
    if not set(command.shuts) <= set(MODES) or (kind == CLOSURE and not command.shuts):
        raise Refused("zone.shuts")
    if command.depth_cm is not None and not 0 <= command.depth_cm <= _DEEPEST_CM:
        raise Refused("zone.depth")
    ends = [command.look_again_ms, *([command.until_ms] if command.until_ms is not None else [])]
    if not all(now_ms < end <= now_ms + _LONGEST_MS for end in ends) or (kind == HAZARD and command.until_ms is not None):
        raise Refused("zone.times")


def _how(said: Fact | Command) -> dict[str, Any]:
    """What may change from one look to the next."""
    return {name: getattr(said, name) for name in _HOW_IT_IS}


def _sealed(fact: ZoneMarked | ZoneChanged, command: MarkZone | ChangeZone) -> Fact | Sealed:
    said = {name: value for name in ("said_by", "said_on") if (value := getattr(command, name))}
    return Sealed(fact, f"zone:{fact.zone}", said) if said else fact
