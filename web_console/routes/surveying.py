"""The survey of the ground: coverage with its gaps, and faults of fences, as tables and as GeoJSON."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from web_console.house import House
from web_console.requests import number
from web_console.routes.common import answer, house_of, officer_of
from web_console.survey import BY_BUILT, BY_GROUND, Ground, as_geojson, coverage, fault_row, faults

MORE_MOST = 10


async def covered(request: Request) -> Response:
    """Of the officer's own ground; `more`: how many stations more to find places for, at most ten; `basis=ground`: all of it, also where
    it is known what is built up."""
    post, house = officer_of(request).post, house_of(request)
    more = round(number(request, "more", lowest=0, highest=MORE_MOST)) if "more" in request.query_params else 0
    basis = request.query_params.get("basis", BY_BUILT)
    if basis not in {BY_BUILT, BY_GROUND}:
        raise Refused("query.field", field="basis")
    return answer(await house.apart(_coverage, house, post, more, basis))


async def faulty(request: Request) -> Response:
    """As rows, and with `?as=geojson` as a file with the places."""
    post, house = officer_of(request).post, house_of(request)
    found = await house.apart(_faults, house, post)
    if request.query_params.get("as") != "geojson":
        return answer(found["rows"])
    headers = {"content-disposition": 'attachment; filename="fences.geojson"', "cache-control": "private, no-store"}
    return Response(json.dumps(found["geojson"], ensure_ascii=False), media_type="application/geo+json", headers=headers)


def _coverage(house: House, post: str, more: int, basis: str) -> dict[str, Any]:
    ground = _ground(house).under(post)
    return coverage(ground if basis == BY_BUILT else ground._replace(built=None), more=more)


def _faults(house: House, post: str) -> dict[str, Any]:
    found = faults(_ground(house).under(post), post=post)
    return {"rows": [fault_row(house.names, each) for each in found], "geojson": as_geojson(house.names, found)}


def _ground(house: House) -> Ground:
    catalogue = house.catalogue
    return Ground(house.names, catalogue.shapes, house.layers.built_up(), catalogue.travel, catalogue.places)
