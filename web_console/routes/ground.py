"""The base map and the divisions, for desks."""

from starlette.requests import Request
from starlette.responses import Response

from command.tiers.divisions import tier_of
from web_console.layers import BUILT, DRAWN, bounds_of, etag
from web_console.routes.common import answer, house_of, officer_of
from web_console.routes.walls import check_looks


async def about_map(request: Request) -> Response:
    """Where the city lies and which layers there are."""
    check_looks(request)
    house = house_of(request)
    return answer({
        "name": house.names.division(house.city), "bounds": bounds_of(house.catalogue.shapes, house.names.stations.values()),
        "layers": [*DRAWN, *BUILT], "notice": house.layers.notice,
    })  # fmt: skip


async def layer(request: Request) -> Response:
    """One layer; 304 when the browser has it already."""
    check_looks(request)
    house = house_of(request)
    name = request.path_params["layer"]
    if name == "roads" and not house.layers.has(name):
        content = await house.apart(house.layers.roads_of, house.realm.folder.roads, house.roads)
    else:
        content = house.layers.bytes_of(name, names=house.names, shapes=house.catalogue.shapes, areas=house.areas)
    headers = {"etag": etag(content), "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/geo+json", headers=headers)


async def divisions(request: Request) -> Response:
    """Divisions below a code, one tier down; what a place chosen by hand is chosen from."""
    officer_of(request)
    names = house_of(request).names
    under = request.query_params.get("under", house_of(request).city)
    below = [code for code in names.divisions if code != under and code.startswith(under)]
    shortest = min(map(len, below), default=0)
    return answer([
        {"code": code, "name": names.division(code), "tier": tier_of(code).value} for code in sorted(below) if len(code) == shortest
    ])  # fmt: skip
