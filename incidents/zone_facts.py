"""What is said of marked ground, as facts and as commands."""

from typing import ClassVar

from command.core.facts import Command, Fact
from geo import Mode, Stretch
from incidents.context import Ring

HAZARD, CLOSURE = "hazard", "closure"
HAZARDS = ("flood", "fire", "landslide", "collapse", "gas", "power", "chemical", "crowd", "other")
CLOSURES = ("flood", "landslide", "collapse", "roadworks", "traffic", "ice", "bridge", "crowd", "other")
MODES = ("car", "e_bike", "foot", "boat")


class _OfZone(Fact, frozen=True, kw_only=True):
    zone: str

    def keys(self) -> tuple[str, ...]:
        return (f"zone:{self.zone}",)


class ZoneMarked(_OfZone, frozen=True, kw_only=True):
    """Ground was marked. `kind`: hazard or closure; `what`: of HAZARDS or CLOSURES; `ring`: its outline as (lon, lat), not closed, ()
    where a closure is of one `stretch` of road instead: that road and no other; `shuts`: the modes of travel that do not get through;
    `depth_cm` of water; `divisions`: what it touches below the city; `incident`: it came of, or ""; `look_again_ms`: when somebody looks
    again; `until_ms`: when a closure ends by itself. Who reported it is sealed."""

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
