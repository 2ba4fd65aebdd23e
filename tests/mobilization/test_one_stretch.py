"""A closure of one stretch of road, decided: an outline or a stretch, never both; danger areas have outlines; it may be drawn anew as either."""

import msgspec

from command.core.asks import Outcome
from command.core.errors import Refused
from geo import Stretch
from incidents import ChangeZone, LiftZone, MarkZone, Zone
from tests.kit import COUNTY
from tests.mobilization.kit import Force, team

RING = ((111.04, 30.04), (111.06, 30.04), (111.05, 30.06))
BRIDGE = Stretch(line=((111.05, 30.05), (111.051, 30.05)), road="长江路", ends=("东环路", ""), metres=96)


def _force() -> tuple[Force, MarkZone]:
    force = Force(team(1))
    closed = MarkZone(
        zone="z1", kind="closure", what="bridge", ring=(), stretch=BRIDGE, divisions=("990101",), shuts=("car",),
        look_again_ms=force.desk.clock.wall_ms() + 600_000,
    )  # fmt: skip
    return force, closed


def _zone(force: Force) -> Zone:
    state = force.desk.core.world.look("zone:z1")
    assert isinstance(state, Zone)
    return state


def _code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


def test_a_stretch_is_closed_looked_at_again_drawn_as_an_area_and_lifted() -> None:
    force, closed = _force()
    force.ask(closed, authority=COUNTY)
    assert (_zone(force).stretch, _zone(force).ring) == (BRIDGE, ())
    again = ChangeZone(
        zone="z1", ring=(), stretch=BRIDGE, divisions=("990101",), shuts=("car", "foot"), look_again_ms=closed.look_again_ms
    )
    force.ask(again, authority=COUNTY)
    assert (_zone(force).stretch, _zone(force).shuts) == (BRIDGE, ("car", "foot"))
    force.ask(msgspec.structs.replace(again, ring=RING, stretch=None), authority=COUNTY)
    assert (_zone(force).stretch, _zone(force).ring) == (None, RING)
    force.ask(LiftZone(zone="z1"), authority=COUNTY)
    assert _zone(force).over


def test_it_is_an_outline_or_a_stretch_and_a_danger_area_an_outline() -> None:
    force, closed = _force()
    for change in (
        {"ring": RING}, {"stretch": None}, {"kind": "hazard", "what": "flood"},
    ):  # fmt: skip
        assert _code(force.ask(msgspec.structs.replace(closed, **change), authority=COUNTY)) == "zone.area"
    assert force.desk.core.world.look("zone:z1") is None
