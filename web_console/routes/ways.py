"""The way to an accepted task: as a line and as text, and the place in the datum of whatever navigation the phone has."""

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from geo import SPEEDS, Crs, Reach, from_wgs84, legs_of
from mobilization import SEATED
from web_console.routes.common import answer, house_of, person_of

_DATUMS: tuple[Crs, ...] = ("wgs84", "gcj02", "bd09")
_POINTS_MOST = 400


async def route(request: Request) -> Response:
    """For who has a seat, from the team's base, by the mode that is asked for; with the exact place, as the task shows it. Where no road leads, time and
    length are those of a straight line that says so; the line follows the roads as near as they come, `short_m` from the place."""
    person, house = person_of(request), house_of(request)
    call = house.view.call(request.path_params["call"])
    if call is None or call.person != person:
        raise Refused("call.not_yours")
    if call.state not in SEATED:
        raise Refused("call.not_seated", state=call.state.value)
    shown = house.screens.picture_of(f"me/{person}")[f"call/{call.id}"]
    if not shown["point_known"]:
        raise Refused("place.pending")
    incident = house.view.incident(call.incident)
    start, place = (call.from_lon, call.from_lat), (shown["lon"], shown["lat"])
    asked = request.query_params.get("mode", "car")
    mode = next((each for each in SPEEDS if each == asked), None)
    if mode is None:
        raise Refused("query.field", field="mode")
    if mode not in house.catalogue.modes:
        raise Refused("way.mode")
    travel = await house.travel_by(mode)
    (trip,) = await house.apart(travel, [start], place)
    way = await house.apart(travel.way, start, place) if isinstance(travel, Reach) else None
    line, names = (
        [start, *(way.points if way else []), place],
        ["", *(way.names[:-1] if way else []), ""],
    )  # to the road and away from it there is none
    return answer({
        "line": [*line[::max(1, len(line) // _POINTS_MOST)], place], "legs": [leg._asdict() for leg in legs_of(line, names)],
        "mode": mode, "modes": house.catalogue.modes, "metres": trip.metres, "seconds": trip.seconds, "source": trip.source,
        "short_m": way.short_m if way and not way.arrives else None,
        "area": bool(incident is not None and incident.place.area), "places": {crs: _in(crs, place) for crs in _DATUMS},
    })  # fmt: skip


def _in(crs: Crs, place: tuple[float, float]) -> list[float]:
    lon, lat = from_wgs84(*place, crs)
    return [round(float(lon), 6), round(float(lat), 6)]
