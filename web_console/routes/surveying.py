"""The survey of the ground: coverage with its gaps, where to put stations or teams, and faults of fences."""

import asyncio
import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from command.core.clock import SystemClock
from command.core.errors import Refused
from mobilization.specialities import SPECIALITIES
from web_console.counts import read_counts
from web_console.demand import BASES, Ground
from web_console.house import House
from web_console.marking import file_name
from web_console.routes.common import answer, house_of, officer_of
from web_console.sited import ASKS, Asked, sited
from web_console.survey import as_geojson, coverage, fault_row, faults

_is_count = re.compile(r"[0-9]{1,6}").fullmatch
SITING_S = 8.0
"""How long places are compared; what was found by then is shown, and that the time ran out."""
_ONLY_ONE = asyncio.Lock()
"""Two threads work apart from the others, and whoever signs in needs one of them."""


async def covered(request: Request) -> Response:
    """Of the officer's own ground, by what tells most of all that is known; or by `basis`: people, buildings, built or ground."""
    post, house, basis = officer_of(request).post, house_of(request), _basis(request)
    return answer(await house.apart(_coverage, house, post, basis))


async def placed(request: Request) -> Response:
    """Where `k` stations more, or `k` teams beforehand, do most; `ask`: next, twice, quickest or in_time."""
    post, house, query = officer_of(request).post, house_of(request), request.query_params
    basis, ask, k, speciality = _basis(request), query.get("ask", ""), query.get("k", ""), query.get("speciality", "")
    if ask not in ASKS:
        raise Refused("query.field", field="ask")
    if speciality and speciality not in SPECIALITIES:
        raise Refused("query.field", field="speciality")
    asked = Asked(ask, int(k) if _is_count(k) else 0, speciality)
    async with _ONLY_ONE:
        return answer(await house.apart(_siting, house, post, basis, asked))


async def faulty(request: Request) -> Response:
    """As rows, and with `?as=geojson` as a file with the places."""
    post, house = officer_of(request).post, house_of(request)
    as_file = request.query_params.get("as")
    if as_file not in {None, "geojson"}:
        raise Refused("query.field", field="as")
    found = await house.apart(_faults, house, post)
    if not as_file:
        return answer(found["rows"])
    headers = {
        "content-disposition": f'attachment; filename="{file_name("fences.geojson", kind=house.kind)}"',
        "cache-control": "private, no-store",
    }
    return Response(json.dumps(found["geojson"], ensure_ascii=False), media_type="application/geo+json", headers=headers)


def _basis(request: Request) -> str:
    basis = request.query_params.get("basis", "")
    if basis and basis not in BASES:
        raise Refused("query.field", field="basis")
    return basis


def _coverage(house: House, post: str, basis: str) -> dict[str, Any]:
    return coverage(_by(basis, _ground(house).under(post)))


def _siting(house: House, post: str, basis: str, asked: Asked) -> dict[str, Any]:
    clock = SystemClock()
    until_ms = clock.mono_ms() + SITING_S * 1000
    ground = _by(basis, _ground(house).under(post))
    return sited(ground, asked, post=post, left=lambda: (until_ms - clock.mono_ms()) / 1000)


def _by(basis: str, ground: Ground) -> Ground:
    bases = ground.bases
    if basis and basis not in bases:
        raise Refused("survey.basis")
    return ground._replace(basis=basis or bases[0])


def _faults(house: House, post: str) -> dict[str, Any]:
    """A road that is shut is a road: what is wrong with stations is no matter of tonight."""
    found = faults(_ground(house)._replace(travel=house.catalogue.travel).under(post), post=post)
    return {"rows": [fault_row(house.names, each) for each in found], "geojson": as_geojson(house.names, found)}


def _ground(house: House) -> Ground:
    """With the roads as they are open now."""
    catalogue = house.catalogue
    return Ground(
        house.names,
        catalogue.shapes,
        house.layers.built_up(),
        house.travel,
        catalogue.places,
        read_counts(house.layers.folder),
    )
