"""The call directory: every post in reach by its duty numbers, who is on duty there, leaders and deputies, with their numbers. That
it was opened is recorded; the duty numbers alone are an office's, and anybody signed in at a desk sees them."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from command.core.door import Lane
from command.tiers.authority import COMMANDING
from command.tiers.divisions import covers, is_post, tier_of
from web_console.board.watch_items import leader_told
from web_console.bodies import Nothing
from web_console.house import House
from web_console.routes.common import answer, commander_of, desk_asks, house_of, signed_officer

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


async def duty_numbers(request: Request) -> Response:
    """What posts at, below and above the own one are rung on."""
    officer, house = signed_officer(request), house_of(request)
    return answer({"posts": [
        {**_post(house, code), "phones": list(phones)}
        for code, phones in sorted(house.names.duty_numbers.items())
        if _in_reach(officer.post, code)
    ]})  # fmt: skip


def _in_reach(post: str, code: str) -> bool:
    return covers(post, code) or covers(code, post)


def _post(house: House, code: str) -> dict[str, str]:
    return {"division": code, "name": house.names.division(code), "tier": tier_of(code).value}


def _once(house: House, officer: str, post: str) -> str:
    """The same id for the whole watch of who holds it; for anybody else for half a day."""
    watch = house.view.watch(post)
    now_ms = house.core.now_ms()
    since_ms = watch.since_ms if watch is not None and watch.officer == officer else now_ms - now_ms % _HALF_DAY_MS
    return f"{since_ms:013d}/directory"


def _directory(house: House, post: str) -> dict[str, Any]:
    return {"posts": _posts(house, post), "teams": _teams(house, post)}


def _posts(house: House, post: str) -> list[dict[str, Any]]:
    """Posts at, below and above one's own, from the city down, each by its duty numbers, then the officers who may hold its watch."""
    numbers = house.names.duty_numbers
    found: dict[str, list[dict[str, Any]]] = {code: [] for code in numbers if _in_reach(post, code)}
    for row, personal in house.registry.officers():
        if row.role in COMMANDING and _in_reach(post, row.post):
            found.setdefault(row.post, []).append({
                "id": row.id, "name": personal.get("name"), "role": row.role, "phone": personal.get("phone") or None,
            })  # fmt: skip
    return [
        {**_post(house, code), "phones": list(numbers.get(code, ())), "leader": _leader(house, code), "officers": found[code]}
        for code in sorted(found)
        if is_post(code)
    ]


def _leader(house: House, post: str) -> dict[str, Any] | None:
    """Who leads the watch there, where that is none of the post's officers."""
    watch = house.view.watch(post)
    if watch is None or watch.leader is None or watch.leader.officer:
        return None
    told = leader_told(house.view, post, house.realm.open_event)
    return {"id": watch.leader.id, "name": told.get("name"), "role": "watch_leader", "phone": told.get("phone") or None}


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
