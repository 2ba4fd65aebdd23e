"""Ground that a desk marks: danger areas and closed roads."""

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from geo import point_to_wgs84
from incidents import ChangeZone, LiftZone, MarkZone, Ring
from web_console.bodies import Nothing
from web_console.bodies_zones import ZoneAgainBody, ZoneBody
from web_console.house import House
from web_console.routes.common import commander_of, desk_asks, receipt_answer


async def mark(request: Request) -> Response:
    asking = await desk_asks(request, ZoneBody)
    body: ZoneBody = asking.body
    ring, divisions = _area(asking.house, body)
    command = MarkZone(
        zone=f"z-{asking.command_id}", kind=body.kind, what=body.what, ring=ring, divisions=divisions, shuts=body.shuts,
        look_again_ms=body.look_again_ms, depth_cm=body.depth_cm, until_ms=body.until_ms, incident=body.incident or "",
        said_by=body.said_by, said_on=body.said_on,
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def change(request: Request) -> Response:
    """Somebody looked again, or it is drawn anew."""
    asking = await desk_asks(request, ZoneAgainBody)
    body: ZoneAgainBody = asking.body
    ring, divisions = _area(asking.house, body)
    command = ChangeZone(
        zone=request.path_params["zone"], ring=ring, divisions=divisions, shuts=body.shuts, look_again_ms=body.look_again_ms,
        depth_cm=body.depth_cm, until_ms=body.until_ms, said_by=body.said_by, said_on=body.said_on,
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def lift(request: Request) -> Response:
    asking = await desk_asks(request, Nothing)
    return receipt_answer(await asking(LiftZone(zone=request.path_params["zone"])))


async def open_sealed(request: Request) -> Response:
    """Who reported it, and on which number. Looking is recorded."""
    commander_of(request)
    asking = await desk_asks(request, Nothing)
    house, zone = asking.house, request.path_params["zone"]
    post, said = asking.authority.post if asking.authority else "", house.view.zones_said.get(zone)
    if said is None or house.screens.item(f"board/{post}/duty", f"zone/{zone}") is None:
        raise Refused("zone.unknown")
    receipt = await asking(house.opening(f"zone:{zone}"))
    return receipt_answer(receipt, sealed=house.realm.open_event(said))


def _area(house: House, body: ZoneAgainBody) -> tuple[Ring, tuple[str, ...]]:
    """The ring in WGS-84, and the divisions it touches."""
    ring = tuple(point_to_wgs84(*corner, body.crs) for corner in body.ring)
    touched = house.ground.touched(ring)
    if touched is None:
        raise Refused("zone.area")
    return ring, touched.divisions
