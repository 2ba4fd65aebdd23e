"""The watch of the officer's own post: take, offer, withdraw, end, who leads it; and who of the post could take it."""

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.tiers.authority import COMMANDING
from mobilization import EndWatch, NameWatchLeader, OfferWatch, TakeWatch, WithdrawOffer
from web_console.bodies import Nothing
from web_console.bodies_watch import LeaderBody, OfferBody, WatchBody
from web_console.directory import OfficerName
from web_console.house import House
from web_console.routes.common import answer, commander_of, desk_asks, house_of, receipt_answer


async def take(request: Request) -> Response:
    asking = await desk_asks(request, WatchBody)
    return receipt_answer(await asking(TakeWatch(until_ms=asking.body.until_ms)))


async def offer(request: Request) -> Response:
    asking = await desk_asks(request, OfferBody)
    post = asking.authority.post if asking.authority else ""
    if asking.body.to not in {each.id for each in _colleagues(asking.house, post)}:
        raise Refused("watch.to")
    return receipt_answer(await asking(OfferWatch(to=asking.body.to)))


async def withdraw(request: Request) -> Response:
    return receipt_answer(await (await desk_asks(request, Nothing))(WithdrawOffer()))


async def end(request: Request) -> Response:
    return receipt_answer(await (await desk_asks(request, Nothing))(EndWatch()))


async def name_leader(request: Request) -> Response:
    """Who leads the watch beside who holds it."""
    asking = await desk_asks(request, LeaderBody)
    body: LeaderBody = asking.body
    post = asking.authority.post if asking.authority else ""
    if body.officer and body.officer not in {each.id for each in _colleagues(asking.house, post)}:
        raise Refused("watch.to")
    command = NameWatchLeader(
        leader=f"wl-{asking.command_id}", officer=body.officer, name=body.name.strip(), phone=body.phone.strip()
    )
    return receipt_answer(await asking(command))


async def colleagues(request: Request) -> Response:
    """Officers of the own post who may hold its watch; whether a desk of theirs is open."""
    officer, house = commander_of(request), house_of(request)
    return answer({"officers": [
        {"id": each.id, "name": each.name, "role": each.role, "connected": house.screens.desks.is_here(each.id)}
        for each in _colleagues(house, officer.post)
        if each.id != officer.id
    ]})  # fmt: skip


def _colleagues(house: House, post: str) -> list[OfficerName]:
    return [each for each in house.names.officers.values() if each.post == post and each.role in COMMANDING]
