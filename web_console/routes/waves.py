"""Waves at the desk: who was called and why, who was not and why not, and the next wave at once."""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.core.log import Log
from command.core.records import Record
from incidents import acts_on
from mobilization import CallNextWave, Mobilization, WaveCalled, WithdrawWave, mobilization_of
from mobilization.chances import OPEN_AT_LEAST
from mobilization.planning import Asking as Planning
from mobilization.planning import plan_wave
from mobilization.policies import command_for
from mobilization.whynot import unpack
from web_console.bodies import ItIsSo
from web_console.directory import Directory
from web_console.house import House
from web_console.routes.common import answer, desk_asks, house_of, officer_of, receipt_answer


async def why(request: Request) -> Response:
    """For every wave: each call with what it rests on, and how many teams were not called for which reason."""
    names = house_of(request).names
    return answer({"waves": [_wave(names, fact) for fact in await _waves(request)]})


async def not_called(request: Request) -> Response:
    """Of one wave: each team of the speciality that was not called, with its reason. In a large city thousands."""
    no = request.path_params["wave"]
    fact = next((each for each in await _waves(request) if str(each.wave) == no), None)
    if fact is None:
        raise Refused("wave.unknown", wave=no)
    return answer({"not_called": await run_in_threadpool(_reasons, house_of(request), fact)})


async def _waves(request: Request) -> list[WaveCalled]:
    officer, house = officer_of(request), house_of(request)
    incident = request.path_params["incident"]
    if house.screens.picture(officer.post, incident) is None:
        raise Refused("incident.unknown", incident=incident)
    records = await run_in_threadpool(_called, house.realm.log, f"mobilization:{mobilization_of(incident)}")
    return [event.fact for event in map(house.core.event, records) if isinstance(event.fact, WaveCalled)]


def _called(log: Log, key: str) -> list[Record]:
    """Of every wave, however much was recorded since."""
    found: list[Record] = []
    before = None
    while records := log.of(key, before=before):
        found = [*(record for record in records if record.name == WaveCalled.NAME), *found]
        before = records[0].position
    return found


def _wave(names: Directory, fact: WaveCalled) -> dict[str, object]:
    return {
        "wave": fact.wave, "registry_rev": fact.registry_rev, "gates": fact.gates, "counts": fact.why_not,
        "called": [{**msgspec.to_builtins(call), "team_name": names.team(call.team)} for call in fact.calls],
    }  # fmt: skip


def _reasons(house: House, fact: WaveCalled) -> list[dict[str, str]]:
    plain = house.realm.blobs.get(fact.why_blob, f"incident:{fact.incident}")
    rows = unpack(plain) if plain is not None else []
    return [{"team": r.team, "team_name": house.names.team(r.team), "speciality": r.speciality, "reason": r.reason} for r in rows]


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
