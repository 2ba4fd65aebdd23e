"""The plan behind an order, before it is given: who would be called and why, who would not, what it rests on."""

from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.core.facts import Moment
from command.tiers.authority import limit_to_call
from incidents import Incident
from mobilization import OrderCall, mobilization_of
from mobilization.gates import VERDICTS
from mobilization.previewing import Fill, Preview, fills, preview_order, preview_wave
from mobilization.whynot import counts_of
from web_console.bodies import PlanBody
from web_console.directory import Directory
from web_console.routes.common import Asking, answer, desk_asks
from web_console.routes.incidents import needs_of, ordered_by


async def plan(request: Request) -> Response:
    """The same deciders and planner as the order itself; nothing is recorded."""
    asking = await desk_asks(request, PlanBody)
    incident = asking.house.view.incident(request.path_params["incident"])
    if incident is None:
        raise Refused("incident.unknown", incident=request.path_params["incident"])
    return answer(await run_in_threadpool(_answer, asking, incident))


def _answer(asking: Asking, incident: Incident) -> dict[str, Any]:
    house, names = asking.house, asking.house.names
    now_ms = house.core.now_ms()
    found = _preview(asking, incident, Moment(now_ms, now_ms, asking.actor, asking.authority))
    needs, post = fills(found), asking.authority.post if asking.authority else ""
    rows = [row for each in found.plan.not_called for row in each.rows()]
    return {
        "at_ms": now_ms, "wave": len(found.state.waves) + 1 if found.state else 1, "scope": found.state.scope if found.state else None,
        "authority": _authority(found, post), "lead": incident.lead,
        "needs": [_need(names, fill) for fill in needs],
        "candidates": len(found.plan.calls) + len(rows), "counts": counts_of(found.plan.not_called), "gates": VERDICTS,
        "not_called": [
            {"team": row.team, "team_name": names.team(row.team), "speciality": row.speciality, "reason": row.reason}
            for row in rows
        ],
    }  # fmt: skip


def _preview(asking: Asking, incident: Incident, moment: Moment) -> Preview:
    body: PlanBody = asking.body
    house, mobilization = asking.house, mobilization_of(incident.id)
    if body.wave:
        return preview_wave(mobilization, house.view.look, moment, house.outlook())
    command = OrderCall(
        mobilization=mobilization, incident=incident.id, needs=needs_of(body.needs), channels=house.channels,
        screen_position=body.screen_position, **ordered_by(body.by_order),
    )  # fmt: skip
    return preview_order(command, house.view.look, moment, house.outlook())


def _authority(found: Preview, post: str) -> dict[str, Any]:
    """Within the post's own rule, or whom it would be asked of."""
    return {
        "allowed": found.asks is None, "rule": found.state.rule if found.state else None,
        "people": found.asks.people if found.asks else _most(found),
        "most_people": limit_to_call(post), "asks": found.asks.to if found.asks else None,
    }  # fmt: skip


def _most(found: Preview) -> int:
    return sum(seats.maximum for seats in found.state.needs) if found.state else 0


def _need(names: Directory, fill: Fill) -> dict[str, Any]:
    seats = fill.seats
    return {
        "speciality": seats.speciality, "minimum": seats.minimum, "maximum": seats.maximum, "by_ms": seats.by_ms,
        "promised": seats.promised + seats.served, "chance": fill.chance, "expected": fill.expected, "left": fill.left,
        "calls": [
            {
                **{name: value for name, value in msgspec.to_builtins(call).items() if name in _SHOWN},
                "team_name": names.team(call.team), "person_label": names.masked(call.person),
            }
            for call in fill.calls
        ],
    }  # fmt: skip


_SHOWN = frozenset({
    "team", "role", "crew_max", "distance_m", "seconds_to", "travel_source", "chance", "chance_source", "awake", "simulated",
})  # fmt: skip
