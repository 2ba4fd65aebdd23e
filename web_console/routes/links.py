"""Answering by a signed link, and the text for a group that carries the links."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from command.core.door import Lane
from command.core.errors import Refused
from mobilization import AnswerCall, Call, CallState, MakeLinks, Mobilization
from web_console.board.phone import before_yes
from web_console.bodies import AnswerBody, Nothing
from web_console.house import House
from web_console.links import LINK_MS, Links, group_text
from web_console.requests import command_id, decode, fingerprint, raw_body
from web_console.routes.common import answer, check_origin, desk_asks, house_of, receipt_answer
from web_console.throttle import Throttle

WRONG_MOST, ASKED_MOST, MINUTE_MS = 20, 60, 60_000
_SHOWN = (
    "state", "category", "severity", "speciality", "area", "distance_km", "travel_min", "minimum", "maximum", "by_ms", "full", "due_ms",
    "mode", "lead_name", "task", "hours", "bring", "risks", "danger_area", "role", "team_name", "crew_max", "minimum_crew", "standby_no", "late", "waits",
    "seated", "team_goes",
)  # fmt: skip


class AnswerLinks:
    """`public_url`: how this house is reached from outside; "" takes the address the desk itself uses."""

    def __init__(self, links: Links, *, public_url: str) -> None:
        self._links, self._public_url = links, public_url.rstrip("/")
        self._wrong, self._asked = Throttle(WRONG_MOST, MINUTE_MS), Throttle(ASKED_MOST, MINUTE_MS)

    async def make(self, request: Request) -> Response:
        """The text for a group, with the link of each team that is waited for. That links left the house is recorded."""
        asking = await desk_asks(request, Nothing)
        house = asking.house
        receipt = await asking(MakeLinks(mobilization=request.path_params["mobilization"]))
        state = house.core.world.look(f"mobilization:{request.path_params['mobilization']}")
        incident = house.core.world.look(f"incident:{state.incident}") if isinstance(state, Mobilization) else None
        if incident is None or not isinstance(state, Mobilization):
            raise Refused("mobilization.unknown")
        parts = [part for part in state.parts.values() if part.state in (CallState.OPEN, CallState.LAPSED)]
        calls = [call for part in parts if isinstance(call := house.core.world.look(f"call:{part.call}"), Call)]
        rows = [(house.names.team(call.team), call) for call in sorted(calls, key=lambda call: (call.seconds_to, call.id))]
        base = (
            self._public_url
            or f"{request.url.scheme}://{request.headers.get('host', urlsplit(str(request.url)).netloc)}{request.scope.get('root_path', '')}"
        )
        text = group_text(
            incident, state, rows, area=house.names.division(incident.division), kind=house.kind,
            link=lambda call: f"{base}/a/{self._links.token_of(call.id)}",
        )  # fmt: skip
        return receipt_answer(receipt, text=text, teams=len(rows))

    async def show(self, request: Request) -> Response:
        """What a leader may see before a yes, and never more: the link may lie in a group."""
        house, call, state = self._found(request)
        return answer(self._item(house, call, state))

    async def take(self, request: Request) -> Response:
        check_origin(request)
        house, call, state = self._found(request)
        raw = await raw_body(request)
        body = decode(raw, AnswerBody)
        if _is_over(call, state):
            raise Refused("link.over")
        command = AnswerCall(
            call=call.id, answer=body.answer, heads=body.heads, eta_min=body.eta_min, reason=body.reason, by="link",
            claimed_at_ms=body.claimed_at_ms,
        )  # fmt: skip
        await house.ask(
            command, actor=f"person:{call.person}", command_id=command_id(request), fingerprint=fingerprint(request, raw),
            lane=Lane.SOS_AND_ANSWERS,
        )  # fmt: skip
        house, call, state = self._found(request)
        return answer(self._item(house, call, state))

    def _found(self, request: Request) -> tuple[House, Call, Mobilization]:
        """The call of a link that is good; refused in words."""
        house, token = house_of(request), request.path_params["token"]
        now_ms = house.core.now_ms()
        call = house.core.world.look(f"call:{self._links.call_of(token)}")
        host = request.client.host if request.client else ""
        if not isinstance(call, Call):
            raise Refused("link.unknown" if self._wrong.allows(host, now_ms) else "link.slow")
        if not self._asked.allows(call.id, now_ms):
            raise Refused("link.slow")
        if now_ms >= call.asked_ms + LINK_MS:
            raise Refused("link.expired")
        state = house.core.world.look(f"mobilization:{call.mobilization}")
        if not isinstance(state, Mobilization):
            raise Refused("link.unknown")
        return house, call, state

    def _item(self, house: House, call: Call, state: Mobilization) -> dict[str, object]:
        """Of a call as it is decided, where the picture is a moment behind."""
        incident = house.view.incident(call.incident)
        shown = before_yes(house.view, house.names, call, incident) if incident is not None else {"state": call.state.value}
        return {
            **{name: shown[name] for name in _SHOWN if name in shown}, "over": _is_over(call, state), "heads": call.heads, "eta_ms": call.eta_ms,
            "by_link": call.answered_by in ("", "link"), "until_ms": call.asked_ms + LINK_MS, "kind": house.kind,
        }  # fmt: skip


def _is_over(call: Call, state: Mobilization) -> bool:
    return (
        state.over
        or call.round != state.round
        or call.state in (CallState.STOOD_DOWN, CallState.RELEASED, CallState.CALLED_AGAIN)
    )
