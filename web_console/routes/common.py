"""What routes share: who asks, with which authority; bodies; answers."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypedDict, TypeVar

import msgspec
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from command.core.asks import Receipt
from command.core.door import Lane
from command.core.errors import Busy, Refused, Unknown
from command.core.facts import NOW, Authority, Command, Times
from command.core.realm_facts import Recall
from command.tiers.authority import COMMANDING
from mobilization import Person
from web_console.accounts.accounts import Signed
from web_console.board.moves import KEEPER
from web_console.bodies import Said, Told
from web_console.directory import OfficerName
from web_console.house import House
from web_console.requests import command_id, decode, fingerprint, raw_body

DESK_COOKIE, PHONE_COOKIE = "muster_desk", "muster_phone"
B = TypeVar("B")
Handler = Callable[[Request], Awaitable[Response]]


class Asking(NamedTuple):
    """A checked request: its body and who stands behind it."""

    house: House
    body: Any
    actor: str
    command_id: str
    fingerprint: bytes
    authority: Authority | None
    times: Times = NOW

    async def __call__(self, command: Command, *, lane: Lane = Lane.OFFICERS) -> Receipt:
        return await self.house.ask(
            command,
            actor=self.actor,
            command_id=self.command_id,
            fingerprint=self.fingerprint,
            authority=self.authority,
            times=self.times,
            lane=lane,
        )


def house_of(connection: HTTPConnection) -> House:
    house = connection.app.state.house
    assert isinstance(house, House)  # noqa: S101 -- put there by make_app
    return house


def realm_of(house: House) -> dict[str, object]:
    """What a page is told of the realm it looks into; of a drill, which."""
    drill = house.exercise.scenario if house.exercise is not None else None
    played = {"drill": {"zh": drill.zh, "en": drill.en}} if drill is not None else {}
    return {"kind": house.kind, "epoch": house.realm.log.epoch(), **played}


def officer_of(connection: HTTPConnection) -> OfficerName:
    """The officer of a command post signed in at this desk; a keeper of a station looks into no post's work."""
    officer = signed_officer(connection)
    if officer.role == KEEPER:
        raise Refused("session.role")
    return officer


def commander_of(connection: HTTPConnection) -> OfficerName:
    """The officer on duty: who only looks on, opens nothing that is sealed and adds nothing."""
    officer = officer_of(connection)
    if officer.role not in COMMANDING:
        raise Refused("authority.role")
    return officer


def signed_officer(connection: HTTPConnection) -> OfficerName:
    """Whoever is signed in at this desk, a keeper too."""
    house = house_of(connection)
    signed = house.accounts.signed_in(connection.cookies.get(DESK_COOKIE), kind="officer", now_ms=house.session_ms())
    officer = house.names.officers.get(signed.subject)
    if officer is None:
        raise Refused("session.none")
    return officer


def person_of(connection: HTTPConnection) -> str:
    """The person signed in on this phone."""
    return signed_phone(connection).subject


def signed_phone(connection: HTTPConnection) -> Signed:
    """Who is signed in on this phone, and on which. The log says whether a phone is bound, whatever a row still holds."""
    house = house_of(connection)
    signed = house.accounts.signed_in(connection.cookies.get(PHONE_COOKIE), kind="person", now_ms=house.session_ms())
    if signed.phone:
        person = house.core.world.look(f"person:{signed.subject}")
        if not isinstance(person, Person) or all(each.id != signed.phone for each in person.phones):
            raise Refused("session.none")
    return signed


class Where(TypedDict):
    """Where a person belongs, and which station's keeper asks."""

    division: str
    stations: tuple[str, ...]
    station: str


def where_of(house: House, actor: str, person: str) -> Where:
    found = house.names.people.get(person)
    if found is None:
        raise Refused("person.unknown")
    teams = [house.names.teams[team] for team in house.names.teams_of.get(person, ()) if team in house.names.teams]
    officer = house.names.officers.get(actor.partition(":")[2])
    return Where(
        division=found.division or next((team.division for team in teams), ""),
        stations=tuple(sorted({team.station for team in teams})), station=officer.station if officer else "",
    )  # fmt: skip


def check_origin(connection: HTTPConnection) -> None:
    """A change or a socket must come from our own pages: the browser says where it stands."""
    origin = connection.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != connection.headers.get("host"):
        raise Refused("session.origin")


async def desk_asks(request: Request, shape: type[B], *, who: Callable[[Request], OfficerName] = officer_of) -> Asking:
    """A change from a desk, under the authority of the officer's post. `who`: whom the desk must belong to."""
    check_origin(request)
    officer = who(request)
    raw = await raw_body(request)
    authority = Authority(post=officer.post, role=officer.role)
    return _asking(request, raw, shape, f"officer:{officer.id}", authority)


async def phone_asks(request: Request, shape: type[B]) -> Asking:
    """A change from a leader's phone, in the person's own name."""
    check_origin(request)
    person = person_of(request)
    return _asking(request, await raw_body(request), shape, f"person:{person}", None)


def _asking(request: Request, raw: bytes, shape: type[Any], actor: str, authority: Authority | None) -> Asking:
    body = decode(raw, shape)
    times = Times(body.happened_at_ms, body.learned_at_ms) if isinstance(body, Told) else NOW
    asking = Asking(house_of(request), body, actor, command_id(request), fingerprint(request, raw), authority, times)
    request.state.asking = asking
    return asking


def once(handler: Handler) -> Handler:
    """A change that is asked for again is the same change: where what it rests on is gone meanwhile (a border moved, nobody is
    left to call), it still gets the receipt of the first time."""

    async def handled(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refusal:
            asking = getattr(request.state, "asking", None)
            if not isinstance(asking, Asking) or isinstance(refusal, Busy):
                raise
            try:
                return receipt_answer(await asking(Recall()))
            except Unknown:
                raise refusal from None

    return handled


def answer(value: object, *, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json")


_MADE = {
    "incident.raised": "incident", "mobilization.ordered": "mobilization", "response.started": "response", "incident.photo_added": "photo",
    "order.given": "order", "danger.reported": "danger",
}  # fmt: skip


def receipt_answer(receipt: Receipt, **more: object) -> Response:
    """What every change answers, from the receipt alone: where it stands in the log, its public facts, and the ids of what it
    made (then 201)."""
    facts = {line.name: msgspec.json.decode(line.data) for line in receipt.events if line.name in _MADE}
    made = {_MADE[name]: fact[_MADE[name]] for name, fact in facts.items()}
    body = {"position": receipt.position, "command_id": receipt.command_id, "events": receipt.events, **made, **more}
    return answer(body, status=201 if made.keys() - {"mobilization"} else 200)


def said_on(asking: Asking, *, call: str = "", person: str = "") -> str:
    """The number it was said on, as typed; or the registered one of whoever was called, which the screen shows masked."""
    body: Said = asking.body
    found = asking.house.view.call(call) if body.on_known and call else None
    known = asking.house.names.people.get(found.person if found is not None else person)
    return (known.phone or "") if body.on_known and known is not None else body.said_on
