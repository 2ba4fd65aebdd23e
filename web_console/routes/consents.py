"""Consent to exercises: given and taken back on the own phone, or noted by a desk or a keeper on the telephone."""

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mobilization.training import GiveConsent, WithdrawConsent
from web_console.board.phone import shown_consent
from web_console.bodies import AtMs, Body, Said
from web_console.routes.common import answer, desk_asks, house_of, phone_asks, receipt_answer, said_on, signed_officer, where_of

Minute = Annotated[int, msgspec.Meta(ge=0, lt=1440)]
Times = Annotated[int, msgspec.Meta(ge=1, le=99)]


class ConsentBody(Body, frozen=True, kw_only=True):
    """`hours`: minutes of the day in China; the same twice: at any hour."""

    from_ms: AtMs
    until_ms: AtMs
    hours: tuple[Minute, Minute]
    times: Times
    claimed_at_ms: int | None = None


class WithdrawBody(Body, frozen=True, kw_only=True):
    claimed_at_ms: int | None = None


class NotedConsentBody(Said, frozen=True, kw_only=True):
    """The same by telephone, on behalf."""

    from_ms: AtMs
    until_ms: AtMs
    hours: tuple[Minute, Minute]
    times: Times


async def give(request: Request) -> Response:
    asking = await phone_asks(request, ConsentBody)
    body: ConsentBody = asking.body
    command = GiveConsent(
        person=asking.actor.partition(":")[2], from_ms=body.from_ms, until_ms=body.until_ms, hours=body.hours, times=body.times
    )
    return receipt_answer(await asking(command))


async def withdraw(request: Request) -> Response:
    asking = await phone_asks(request, WithdrawBody)
    return receipt_answer(await asking(WithdrawConsent(person=asking.actor.partition(":")[2])))


async def note(request: Request) -> Response:
    asking = await desk_asks(request, NotedConsentBody, who=signed_officer)
    body: NotedConsentBody = asking.body
    person = request.path_params["person"]
    command = GiveConsent(
        person=person, from_ms=body.from_ms, until_ms=body.until_ms, hours=body.hours, times=body.times, noted_by=asking.actor,
        said_by=body.said_by, said_on=said_on(asking, person=person), **where_of(asking.house, asking.actor, person),
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def note_withdrawal(request: Request) -> Response:
    asking = await desk_asks(request, Said, who=signed_officer)
    person = request.path_params["person"]
    command = WithdrawConsent(
        person=person, noted_by=asking.actor, said_by=asking.body.said_by, said_on=said_on(asking, person=person),
        **where_of(asking.house, asking.actor, person),
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def look(request: Request) -> Response:
    """What somebody agreed to, for those who may note it; in which exercises they are, nobody is told before."""
    officer, house, person = signed_officer(request), house_of(request), request.path_params["person"]
    where_of(house, f"officer:{officer.id}", person)
    return answer(shown_consent(house.view.look, person))
