"""The call directory: who is on duty at every post in reach, leaders and deputies, with their numbers. That it was opened is recorded."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from command.core.door import Lane
from command.tiers.authority import COMMANDING
from command.tiers.divisions import covers, is_post, tier_of
from web_console.bodies import Nothing
from web_console.house import House
from web_console.routes.common import answer, commander_of, desk_asks

_HALF_DAY_MS = 12 * 3_600_000


async def open_directory(request: Request) -> Response:
    """Once per officer and watch is enough for the record: a directory that is looked into at every call tells nothing more."""
    officer = commander_of(request)
    asking = await desk_asks(request, Nothing)
    house = asking.house
    await house.ask(
        house.opening(f"directory:{officer.post}"), actor=asking.actor, command_id=_once(house, officer.id, officer.post),
        authority=asking.authority, lane=Lane.OFFICERS,
    )  # fmt: skip
    return answer(await house.apart(_directory, house, officer.post))


def _once(house: House, officer: str, post: str) -> str:
    """The same id for the whole watch of who holds it; for anybody else for half a day."""
    watch = house.view.watch(post)
    now_ms = house.core.now_ms()
    since_ms = watch.since_ms if watch is not None and watch.officer == officer else now_ms - now_ms % _HALF_DAY_MS
    return f"{since_ms:013d}/directory"


def _directory(house: House, post: str) -> dict[str, Any]:
    return {"posts": _posts(house, post), "teams": _teams(house, post)}


def _posts(house: House, post: str) -> list[dict[str, Any]]:
    """Posts at, below and above one's own, from the city down, each with the officers who may hold its watch."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row, personal in house.registry.officers():
        if row.role in COMMANDING and (covers(post, row.post) or covers(row.post, post)):
            found.setdefault(row.post, []).append({
                "id": row.id, "name": personal.get("name"), "role": row.role, "phone": personal.get("phone") or None,
            })  # fmt: skip
    return [
        {"division": code, "name": house.names.division(code), "tier": tier_of(code).value, "officers": found[code]}
        for code in sorted(found)
        if is_post(code)
    ]


def _teams(house: House, post: str) -> list[dict[str, Any]]:
    names = house.names
    return [
        {
            "id": team.id, "name": team.name,
            "people": [_person(house, person, "leader" if n == 0 else "deputy") for n, person in enumerate((team.leader, *team.deputies))],
        }
        for team in sorted(names.teams.values(), key=lambda each: (each.division, each.name, each.id))
        if covers(post, team.division)
    ]  # fmt: skip


def _person(house: House, person: str, role: str) -> dict[str, Any]:
    found = house.names.people.get(person)
    return {
        "id": person, "role": role, "name": found.name if found else None, "phone": found.phone if found else None,
        "simulated": found.simulated if found else False,
    }  # fmt: skip
