"""Waves at the desk: who was called and why, who was not and why not, and the next wave at once."""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from incidents import acts_on
from mobilization import CallNextWave, Mobilization, WaveCalled, WithdrawWave, mobilization_of
from mobilization.chances import OPEN_AT_LEAST
from mobilization.planning import Asking as Planning
from mobilization.planning import WhyNot, plan_wave
from mobilization.policies import command_for
from web_console.bodies import ItIsSo
from web_console.house import House
from web_console.routes.common import answer, desk_asks, house_of, officer_of, receipt_answer


async def why(request: Request) -> Response:
    """For every wave: each call with what it rests on; each team of the speciality that was not called, with its reason."""
    officer, house = officer_of(request), house_of(request)
    incident = request.path_params["incident"]
    if house.screens.picture(officer.post, incident) is None:
        raise Refused("incident.unknown", incident=incident)
    records = await run_in_threadpool(house.realm.log.of, f"mobilization:{mobilization_of(incident)}")
    facts = [event.fact for event in map(house.core.event, records) if isinstance(event.fact, WaveCalled)]
    return answer({"waves": [await run_in_threadpool(_wave, house, fact) for fact in facts]})


def _wave(house: House, fact: WaveCalled) -> dict[str, object]:
    plain = house.realm.blobs.get(fact.why_blob, f"incident:{fact.incident}")
    rows = msgspec.json.decode(plain, type=list[WhyNot]) if plain is not None else []
    names = house.names
    return {
        "wave": fact.wave, "registry_rev": fact.registry_rev, "gates": fact.gates, "counts": fact.why_not,
        "called": [{**msgspec.to_builtins(call), "team_name": names.team(call.team)} for call in fact.calls],
        "not_called": [{"team": r.team, "team_name": names.team(r.team), "speciality": r.speciality, "reason": r.reason} for r in rows],
    }  # fmt: skip


async def next_wave(request: Request) -> Response:
    """Call the next ones now, beyond those who are open."""
    asking = await desk_asks(request, ItIsSo)
    house = asking.house
    state = house.view.look(f"mobilization:{request.path_params['mobilization']}")
    incident = house.view.incident(state.incident) if isinstance(state, Mobilization) else None
    if not isinstance(state, Mobilization) or incident is None:
        raise Refused("mobilization.unknown")
    acts_on(asking.authority, incident.place)
    outlook = house.outlook()
    asking_for = Planning(house.view.look, now_ms=house.core.now_ms(), wave_id=asking.command_id, more=OPEN_AT_LEAST)
    plan = await run_in_threadpool(plan_wave, state, incident, outlook, asking_for)
    if not plan.calls:
        raise Refused("wave.nothing")
    command = await run_in_threadpool(
        command_for, state, plan, rev=outlook.roster.rev, cause=asking.command_id, keep=house.keep_reasons, kind=CallNextWave
    )
    return receipt_answer(await asking(command))


async def withdraw_wave(request: Request) -> Response:
    """Take a wave back: what was not sent is void, who was reached hears that they are not needed."""
    asking = await desk_asks(request, ItIsSo)
    wave = request.path_params["wave"]
    command = WithdrawWave(mobilization=request.path_params["mobilization"], wave=int(wave) if wave.isdecimal() else 0)
    return receipt_answer(await asking(command))
