"""The two sockets: desks and phones."""

import hashlib
from collections.abc import Callable

import msgspec
from starlette.websockets import WebSocket

from command.core.asks import Receipt
from command.core.door import Lane
from command.core.errors import MusterError, Refused
from command.tiers.divisions import covers
from mobilization import AnswerCall, SeeCalls
from web_console.board.moves import CALLS, KEEPER, MASKS, keeper_board
from web_console.feed.frames import GONE, NOT_YOURS, SIGNED_OUT, Answer, Seen, encode, refused
from web_console.feed.session import Session
from web_console.feed.shell import Asked, say_bye, serve_socket
from web_console.house import House
from web_console.routes.common import check_origin, house_of, person_of, signed_officer
from web_console.trainer.exercise import TOPIC
from web_console.trainer.exercise import may_follow as follows_drill


async def desk_feed(socket: WebSocket) -> None:
    """Boards of the officer's division and all below it; for a keeper the one board of the station."""
    house = house_of(socket)
    try:
        check_origin(socket)
        officer = signed_officer(socket)
    except Refused:
        await turn_away(socket)
        return

    def may_follow(topic: str) -> bool:
        kind, _, rest = topic.partition("/")
        division, _, mask = rest.partition("/")
        posted = house.names.officers.get(officer.id)
        if topic == TOPIC:
            return house.exercise is not None and posted is not None and follows_drill(posted, house.drill)
        if kind != "board" or posted is None:
            return False
        if posted.role == KEEPER:
            return bool(posted.station) and topic == keeper_board(posted.station)
        station = house.names.stations.get(division) if mask == KEEPER else None
        incident = mask.removeprefix(f"{CALLS}/")
        is_desks = mask in MASKS or (incident != mask and house.view.incident(incident) is not None)
        code = station.division if station is not None else division if is_desks else ""
        return code in house.names.divisions and covers(posted.post, code)

    async def act(_effect: Seen | Answer) -> bytes | None:
        return refused(Refused("session.role"))

    session = Session(house.screens.hub, may_follow=may_follow)
    asked = Asked(
        hello=hello_of(house, officer=officer.id),
        beat=lambda: beat_of(house),
        act=act,
        check=lambda: _check(socket, signed_officer, session),
    )
    house.screens.came(officer.id, desk=session)
    deafen = hear_pace(house, session)
    try:
        await serve_socket(socket, session, asked)
    finally:
        deafen()
        house.screens.went(officer.id, desk=session)


async def phone_feed(socket: WebSocket) -> None:
    """One's own topic; its beats keep the person awake in the planner's eyes."""
    house = house_of(socket)
    try:
        check_origin(socket)
        person = person_of(socket)
    except Refused:
        await turn_away(socket)
        return

    async def act(effect: Seen | Answer) -> bytes | None:
        return await _act_for(house, person, effect)

    session = Session(house.screens.hub, may_follow=lambda topic: topic == f"me/{person}")
    asked = Asked(
        hello=hello_of(house, person=person), beat=lambda: beat_of(house), act=act,
        heard=lambda: house.screens.presence.heard(person, socket=session), check=lambda: _check(socket, person_of, session),
    )  # fmt: skip
    house.screens.presence.came(person, socket=session)
    deafen = hear_pace(house, session)
    try:
        await serve_socket(socket, session, asked)
    finally:
        deafen()
        house.screens.presence.gone(person, socket=session)


def _check(socket: WebSocket, who: Callable[[WebSocket], object], session: Session) -> int | None:
    """The code to close with once the realm is gone, nobody is signed in any more, or a topic was taken away."""
    if house_of(socket).is_gone:
        return GONE
    try:
        who(socket)
    except Refused:
        return SIGNED_OUT
    return NOT_YOURS if session.recheck() else None


async def _act_for(house: House, person: str, effect: Seen | Answer) -> bytes | None:
    actor = f"person:{person}"
    try:
        if isinstance(effect, Seen):
            calls = tuple(each.removeprefix("call/") for each in effect.ids)
            await house.ask(SeeCalls(calls=calls), actor=actor, lane=Lane.RECEIPTS)
            return None
        command = AnswerCall(
            call=effect.call, answer=effect.answer, heads=effect.heads, eta_min=effect.eta_min, reason=effect.reason,
            claimed_at_ms=effect.claimed_at_ms,
        )  # fmt: skip
        mark = hashlib.sha256(msgspec.json.encode(effect)).digest()[:16]  # never the words themselves: it stays in the log
        receipt: Receipt = await house.ask(
            command, actor=actor, command_id=effect.command_id, fingerprint=mark, lane=Lane.SOS_AND_ANSWERS
        )
    except MusterError as error:
        asked = effect.command_id if isinstance(effect, Answer) else None
        return refused(error, command_id=asked)
    return encode({
        "type": "receipt", "command_id": receipt.command_id, "position": receipt.position, "events": receipt.events,
    })  # fmt: skip


async def turn_away(socket: WebSocket) -> None:
    await socket.accept()
    await say_bye(socket, SIGNED_OUT)


def hear_pace(house: House, session: Session) -> Callable[[], None]:
    """In a drill: told at once when its time runs otherwise, or it is over, until what is given back is called."""
    if house.exercise is None:
        return lambda: None
    heard = house.exercise.listen if house.pace is None else house.pace.listen
    return heard(session, lambda: session.say(beat_of(house)))


def drill_of(house: House) -> dict[str, object]:
    """How the time of a drill runs, on hello and beats; nothing in any other realm."""
    drill = house.drill
    if house.exercise is None or drill is None:
        return {}
    over = "" if not drill.is_over else "stopped" if drill.stopped else "ended"
    pace = (
        {"speed": house.pace.speed, "running": house.pace.is_running} if house.pace is not None else {"speed": 1, "running": True}
    )
    return {"drill": {**pace, "begin_ms": drill.opened.begin_ms, "over": over}}


def hello_of(house: House, **who: str) -> bytes:
    realm = {"kind": house.kind}
    return encode({
        "type": "hello", "realm": realm, "epoch": house.realm.log.epoch(), "position": house.view.position,
        "now_ms": house.core.now_ms(), **drill_of(house), **who,
    })  # fmt: skip


def beat_of(house: House) -> bytes:
    return encode({"type": "beat", "now_ms": house.core.now_ms(), "position": house.view.position, **drill_of(house)})
