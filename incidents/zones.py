"""Hazards and closures: ground where people may come to harm, and roads that do not lead through. Marked by a desk, looked at again when
that is due, over when somebody says so or, for a closure, when its time runs out.
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import msgspec

from command.core.errors import Refused
from command.core.facts import Command, Deadline, Event, Fact, Kind, Look, Moment, Sealed
from command.tiers.authority import post_of, within
from geo import Mode, Stretch
from incidents.context import Ring

HAZARD, CLOSURE = "hazard", "closure"
HAZARDS = ("flood", "fire", "landslide", "collapse", "gas", "power", "chemical", "crowd", "other")
CLOSURES = ("flood", "landslide", "collapse", "roadworks", "traffic", "ice", "bridge", "crowd", "other")
MODES = ("car", "e_bike", "foot", "boat")
_DEEPEST_CM = 3_000
_LONGEST_MS = 30 * 24 * 3_600_000


class _OfZone(Fact, frozen=True, kw_only=True):
    zone: str

    def keys(self) -> tuple[str, ...]:
        return (f"zone:{self.zone}",)


class ZoneMarked(_OfZone, frozen=True, kw_only=True):
    """Ground was marked. `kind`: hazard or closure; `what`: of HAZARDS or CLOSURES; `ring`: its outline as (lon, lat), not closed, ()
    where a closure is of one `stretch` of road instead: that road and no other; `shuts`: the modes of travel that do not get through; `depth_cm` of water; `divisions`: what it touches below the city; `incident`:
    it came of, or ""; `look_again_ms`: when somebody looks again; `until_ms`: when a closure ends by itself. Who reported it is sealed."""

    NAME: ClassVar[str] = "zone.marked"
    kind: str
    what: str
    ring: Ring
    divisions: tuple[str, ...]
    shuts: tuple[Mode, ...]
    look_again_ms: int
    depth_cm: int | None = None
    until_ms: int | None = None
    incident: str = ""
    stretch: Stretch | None = None


class ZoneChanged(_OfZone, frozen=True, kw_only=True):
    """Somebody looked again, or it was drawn anew: how it is now, and when to look next."""

    NAME: ClassVar[str] = "zone.changed"
    ring: Ring
    divisions: tuple[str, ...]
    shuts: tuple[Mode, ...]
    look_again_ms: int
    depth_cm: int | None = None
    until_ms: int | None = None
    stretch: Stretch | None = None


class ZoneOverdue(_OfZone, frozen=True, kw_only=True):
    """Nobody has looked again by the time that was set. It stands all the same."""

    NAME: ClassVar[str] = "zone.overdue"


class ZoneLifted(_OfZone, frozen=True, kw_only=True):
    """It is over: somebody said so, or its time ran out (`ran_out`)."""

    NAME: ClassVar[str] = "zone.lifted"
    ran_out: bool = False


ZONE_FACTS: tuple[type[Fact], ...] = (ZoneMarked, ZoneChanged, ZoneOverdue, ZoneLifted)


class MarkZone(Command, frozen=True, kw_only=True):
    """`divisions`: as they were looked up. `said_by`, `said_on`: who reported it, on which number."""

    zone: str
    kind: str
    what: str
    ring: Ring
    divisions: tuple[str, ...]
    shuts: tuple[Mode, ...]
    look_again_ms: int
    depth_cm: int | None = None
    until_ms: int | None = None
    incident: str = ""
    said_by: str = ""
    said_on: str = ""
    stretch: Stretch | None = None


class ChangeZone(Command, frozen=True, kw_only=True):
    zone: str
    ring: Ring
    divisions: tuple[str, ...]
    shuts: tuple[Mode, ...]
    look_again_ms: int
    depth_cm: int | None = None
    until_ms: int | None = None
    said_by: str = ""
    said_on: str = ""
    stretch: Stretch | None = None


class LiftZone(Command, frozen=True, kw_only=True):
    zone: str


class RunOutZone(Command, frozen=True, kw_only=True):
    """A deadline fell: `kind` look_again or until."""

    zone: str
    kind: str


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
                id=fact.zone, kind=fact.kind, what=fact.what, ring=fact.ring, divisions=fact.divisions, shuts=fact.shuts,
                look_again_ms=fact.look_again_ms, depth_cm=fact.depth_cm, until_ms=fact.until_ms, incident=fact.incident,
                marked_ms=event.at_ms, marked_by=event.authority.post if event.authority else "", seen_ms=event.at_ms,
                stretch=fact.stretch,
            )  # fmt: skip
        case ZoneChanged() as fact if state is not None:
            return msgspec.structs.replace(
                state, ring=fact.ring, divisions=fact.divisions, shuts=fact.shuts, look_again_ms=fact.look_again_ms,
                depth_cm=fact.depth_cm, until_ms=fact.until_ms, seen_ms=event.at_ms, stretch=fact.stretch, overdue=False,
            )  # fmt: skip
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
    fact = ZoneMarked(
        zone=command.zone, kind=command.kind, what=command.what, ring=command.ring, divisions=command.divisions, shuts=command.shuts,
        look_again_ms=command.look_again_ms, depth_cm=command.depth_cm, until_ms=command.until_ms, incident=command.incident,
        stretch=command.stretch,
    )  # fmt: skip
    yield _sealed(fact, command)


def change(look: Look, command: ChangeZone, moment: Moment) -> Iterator[Fact | Sealed]:
    """Also when nothing else changed: somebody looked, and it is still so."""
    state = _standing(look, command.zone, moment)
    _acts_on(moment, command.divisions)
    _check(command, state.kind, moment.now_ms)
    fact = ZoneChanged(
        zone=state.id, ring=command.ring, divisions=command.divisions, shuts=command.shuts, look_again_ms=command.look_again_ms,
        depth_cm=command.depth_cm, until_ms=command.until_ms, stretch=command.stretch,
    )  # fmt: skip
    yield _sealed(fact, command)


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


def _sealed(fact: ZoneMarked | ZoneChanged, command: MarkZone | ChangeZone) -> Fact | Sealed:
    said = {name: value for name in ("said_by", "said_on") if (value := getattr(command, name))}
    return Sealed(fact, f"zone:{fact.zone}", said) if said else fact
