"""What a gateway brings: replies by text, keys pressed in a call. Known by a secret, bounded, and never logged."""

import hmac
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from mobilization import Call
from web_console.house import House
from web_console.replies import Taken
from web_console.requests import decode, raw_body
from web_console.routes.common import answer, house_of
from web_console.sms import answer_text, unplaced_text
from web_console.throttle import Throttle

BROUGHT_MOST, WRONG_MOST, NUMBER_MOST, MINUTE_MS = 600, 10, 20, 60_000
BODY_MOST = 8 * 1024


class TextBody(msgspec.Struct, frozen=True, kw_only=True):
    """A text as a gateway brings it; fields of its own are passed over."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    from_: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] = msgspec.field(name="from")
    text: Annotated[str, msgspec.Meta(max_length=2000)]


class KeysBody(msgspec.Struct, frozen=True, kw_only=True):
    """Keys pressed in a call that was made with this reference."""

    reference: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    keys: Annotated[str, msgspec.Meta(min_length=1, max_length=10)]


class Gateways:
    """The doors for gateways; shut (no such page) where no secret is set."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._brought, self._wrong, self._by_number = (
            Throttle(most, MINUTE_MS) for most in (BROUGHT_MOST, WRONG_MOST, NUMBER_MOST)
        )

    async def text(self, request: Request) -> Response:
        house = self._checked(request)
        body = decode(await raw_body(request, most=BODY_MOST), TextBody)
        if not self._by_number.allows(body.from_, house.core.now_ms()):
            raise Refused("gateway.slow")
        taken = await house.replies.take_text(channel="sms", message=body.id, number=body.from_, text=body.text)
        await house.outside.tell(taken, channel="sms", number=body.from_)
        return answer({"taken": True, "result": taken.why or "answered"})

    async def keys(self, request: Request) -> Response:
        """Answers what to say next."""
        house = self._checked(request)
        body = decode(await raw_body(request, most=BODY_MOST), KeysBody)
        call = body.reference.partition("/")[0]
        taken = await house.replies.take_keys(call=call, keys=body.keys)
        if taken is None:
            return answer({"taken": False, "say": "没有听懂。能去请按一，去不了请按二，晚点能到请按三。"})
        return answer({"taken": True, "say": said_of(house, taken)})

    def _checked(self, request: Request) -> House:
        if not self._secret:
            raise Refused("page.unknown")
        house = house_of(request)
        host = request.client.host if request.client else ""
        given = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
        if not hmac.compare_digest(given, self._secret):
            raise Refused("gateway.secret" if self._wrong.allows(host, house.core.now_ms()) else "gateway.slow")
        if not self._brought.allows("", house.core.now_ms()):
            raise Refused("gateway.slow")
        return house


def said_of(house: House, taken: Taken) -> str:
    """What is said back."""
    call = house.core.world.look(f"call:{taken.call}")
    text = answer_text(call) if isinstance(call, Call) else unplaced_text(taken.why, taken.choices)
    return text.removeprefix("【集结】")
