"""Calls: what leaders answer on their phones, and what the desk notes for them by telephone."""

from typing import TypedDict

from starlette.requests import Request
from starlette.responses import Response

from command.core.door import Lane
from command.core.errors import Refused
from command.core.facts import Command
from mobilization import AnswerCall, GiveNames, HandleReply, ReportProgress, RingLeader, SeeCalls, SetAvailability, StandDown
from web_console.bodies import (
    AnswerBody,
    AvailabilityBody,
    NamesBody,
    NotedAvailabilityBody,
    NotedBody,
    Nothing,
    ProgressBody,
    StandDownBody,
)
from web_console.routes.common import answer, commander_of, desk_asks, house_of, person_of, phone_asks, receipt_answer, said_on

_ANSWERS = frozenset({"accept", "decline", "later"})


class _Said(TypedDict):
    noted_by: str
    said_by: str
    said_on: str


async def stand_down(request: Request) -> Response:
    asking = await desk_asks(request, StandDownBody)
    return receipt_answer(await asking(StandDown(mobilization=request.path_params["mobilization"], why=asking.body.reason)))


async def note(request: Request) -> Response:
    """By telephone, on behalf: who said it, and on which number, is sealed under the person who was called; the desk is named."""
    asking = await desk_asks(request, NotedBody)
    body: NotedBody = asking.body
    call = request.path_params["call"]
    said = _Said(noted_by=asking.actor, said_by=body.said_by, said_on=said_on(asking, call=call))
    command: Command
    if body.did in _ANSWERS:
        command = AnswerCall(call=call, answer=body.did, heads=body.heads, eta_min=body.eta_min, reason=body.reason, **said)
    elif body.did == "names":
        command = GiveNames(call=call, names=body.names, **said)
    else:
        command = ReportProgress(call=call, did=body.did, heads=body.heads, **said)
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def note_availability(request: Request) -> Response:
    asking = await desk_asks(request, NotedAvailabilityBody)
    body: NotedAvailabilityBody = asking.body
    person = request.path_params["person"]
    found = asking.house.names.people.get(person)
    if found is None:
        raise Refused("person.unknown")
    teams = [asking.house.names.teams[team].division for team in asking.house.names.teams_of.get(person, ())]
    command = SetAvailability(
        person=person, availability=body.availability, until_ms=body.until_ms, division=found.division or next(iter(teams), ""),
        noted_by=asking.actor, said_by=body.said_by, said_on=said_on(asking, person=person),
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def number(request: Request) -> Response:
    """Rung by hand: the leader's number is opened, and every desk sees who is ringing."""
    asking = await desk_asks(request, Nothing)
    call = asking.house.view.call(request.path_params["call"])
    receipt = await asking(RingLeader(call=request.path_params["call"]))
    person = asking.house.names.people.get(call.person) if call is not None else None
    return receipt_answer(receipt, sealed={"name": person.name, "phone": person.phone} if person is not None else None)


async def open_reply(request: Request) -> Response:
    """What came from outside and answers no call: the words and the number. The opening is recorded."""
    asking = await desk_asks(request, Nothing)
    officer = commander_of(request)
    house, reply = asking.house, request.path_params["reply"]
    event = house.view.unplaced.get(reply)
    if event is None or f"reply/{reply}" not in house.screens.picture_of(f"board/{officer.post}/duty"):
        raise Refused("reply.unknown")
    receipt = await asking(house.opening(f"reply:{reply}"))
    return receipt_answer(receipt, sealed=house.realm.open_event(event))


async def handle_reply(request: Request) -> Response:
    asking = await desk_asks(request, Nothing)
    return receipt_answer(await asking(HandleReply(reply=request.path_params["reply"])))


async def me(request: Request) -> Response:
    person = person_of(request)
    return answer(house_of(request).screens.picture_of(f"me/{person}"))


async def answer_call(request: Request) -> Response:
    asking = await phone_asks(request, AnswerBody)
    body: AnswerBody = asking.body
    command = AnswerCall(
        call=request.path_params["call"], answer=body.answer, heads=body.heads, eta_min=body.eta_min, reason=body.reason,
        claimed_at_ms=body.claimed_at_ms,
    )  # fmt: skip
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def progress(request: Request) -> Response:
    asking = await phone_asks(request, ProgressBody)
    body: ProgressBody = asking.body
    command = ReportProgress(call=request.path_params["call"], did=body.did, heads=body.heads, claimed_at_ms=body.claimed_at_ms)
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def names(request: Request) -> Response:
    asking = await phone_asks(request, NamesBody)
    command = GiveNames(call=request.path_params["call"], names=asking.body.names)
    return receipt_answer(await asking(command, lane=Lane.SOS_AND_ANSWERS))


async def seen(request: Request) -> Response:
    asking = await phone_asks(request, Nothing)
    return receipt_answer(await asking(SeeCalls(calls=(request.path_params["call"],)), lane=Lane.RECEIPTS))


async def availability(request: Request) -> Response:
    asking = await phone_asks(request, AvailabilityBody)
    body: AvailabilityBody = asking.body
    person = asking.actor.partition(":")[2]
    command = SetAvailability(person=person, availability=body.availability, until_ms=body.until_ms)
    return receipt_answer(await asking(command))
