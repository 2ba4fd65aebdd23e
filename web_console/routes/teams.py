"""Teams as the registry has them, and the phones of those who lead them, for desks."""

import gzip

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.tiers.divisions import covers
from mobilization import Person
from web_console.directory import OfficerName
from web_console.house import House
from web_console.routes.common import answer, house_of, officer_of


async def listed(request: Request) -> Response:
    """All teams of a division at or below the post's; 304 when the browser has this version already."""
    officer, house, division = officer_of(request), house_of(request), request.path_params["division"]
    if division not in house.names.divisions or not covers(officer.post, division):
        raise Refused("division.unknown", division=division[:12])
    found = house.team_lists.under(division)
    headers = {"etag": f'"{found.version}"', "cache-control": "private, no-cache", "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type="application/json", headers={**headers, "content-encoding": "gzip"})
    return Response(gzip.decompress(found.packed), media_type="application/json", headers=headers)


async def phones(request: Request) -> Response:
    """The phones bound to somebody of a team of the post's."""
    officer, house, person = officer_of(request), house_of(request), request.path_params["person"]
    if not _is_ours(house, officer, person):
        raise Refused("person.unknown")
    state = house.view.look(f"person:{person}")
    return answer([msgspec.to_builtins(each) for each in state.phones] if isinstance(state, Person) else [])


def _is_ours(house: House, officer: OfficerName, person: str) -> bool:
    teams = (house.names.teams.get(team) for team in house.names.teams_of.get(person, ()))
    return any(team is not None and covers(officer.post, team.division) for team in teams)
