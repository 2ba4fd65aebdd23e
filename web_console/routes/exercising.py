"""Exercises with real people (实战演练), from the trainer's page of the live realm. A trainer acts, an observer looks; nobody else either.

Whose they are: those who take part in one; and who is of a post that holds everybody in it, but of one without notice not before it begins.
"""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import msgspec
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response, StreamingResponse

from command.core.asks import Receipt
from command.core.errors import Refused, Unknown
from command.core.facts import Command
from command.core.realm_facts import Recall
from command.tiers.divisions import covers
from drills.conduct import StopDrill
from drills.scenario import Scenario
from drills.staging import stage
from mobilization.training import DeleteExercise, Exercise, exercise_of
from web_console.bodies import Nothing
from web_console.bodies_drills import StopBody
from web_console.bodies_exercises import PrepareBody, ReckonBody
from web_console.directory import OfficerName
from web_console.exercises.filing import zipped
from web_console.exercises.preparing import AskLive, Notice, Plan, is_name
from web_console.exercises.reckoning import Reckoned, name_for, reckon
from web_console.exercises.serving import Exercises
from web_console.exercises.standing import Standing
from web_console.house import House
from web_console.marking import BEGIN_NAMED, END_NAMED
from web_console.requests import decode, raw_body
from web_console.routes.common import Asking, answer, check_origin, desk_asks, signed_officer
from web_console.trainer.exercise import MAY_ACT, MAY_FOLLOW, may_follow

_CHINA = timedelta(hours=8)
_PIECE = 64 * 1024


def _served(connection: HTTPConnection) -> Exercises:
    found = connection.app.state.exercises
    if not isinstance(found, Exercises):
        raise Refused("exercise.live_only")
    return found


def _looks(connection: HTTPConnection) -> OfficerName:
    officer = signed_officer(connection)
    if officer.role not in MAY_FOLLOW:
        raise Refused("session.role")
    return officer


def _acts(connection: HTTPConnection) -> OfficerName:
    officer = _looks(connection)
    if officer.role not in MAY_ACT:
        raise Refused("session.role")
    return officer


async def listed(request: Request) -> Response:
    """All that this officer may know of, the latest first."""
    officer, exercises = _looks(request), _served(request)
    found = [(name, each) for name, each in exercises.standings().items() if _may_know(exercises.live, name, each, officer)]
    found.sort(key=lambda row: (-row[1].drill.opened.begin_ms, row[0]))
    return answer([_row(exercises.live, name, each, officer) for name, each in found])


async def choices(request: Request) -> Response:
    """What one is made of: scripts that play on this registry, and officers of this post and below."""
    officer, live = _acts(request), _served(request).live
    officers = sorted((each for each in live.names.officers.values() if covers(officer.post, each.post)), key=_by_post)
    scripts = [each.scenario for each in await live.apart(lambda: [*live.scripts.all()]) if each.scenario is not None]
    return answer({
        "scripts": [
            {"id": each.id, "zh": each.zh, "en": each.en, "lasts_min": each.lasts_min, "injects": len(each.injects),
             "no_notice": each.no_notice, "on_registry": each.city is None}
            for each in scripts
        ],
        "officers": [_officer(live, each) for each in officers],
    })  # fmt: skip


async def reckoned(request: Request) -> Response:
    """How many it would enrol, by this moment. Nothing is done."""
    check_origin(request)
    officer, live = _acts(request), _served(request).live
    body = decode(await raw_body(request), ReckonBody)
    scenario = _script(live, body.script)
    end_ms = body.begin_ms + round(scenario.lasts_min * 60_000)
    found = await live.apart(lambda: reckon(live, begin_ms=body.begin_ms, end_ms=end_ms, under=officer.post))
    return answer({**_counts(live, found), "exercise": name_for(live, scenario, body.begin_ms), "end_ms": end_ms})


async def prepare(request: Request) -> Response:
    """Made whole or not at all, in a thread. Asked again by the same id it is the same exercise -> 201 with how many it enrolled."""
    asking = await desk_asks(request, PrepareBody, who=_acts)
    del request.state.asking  # what was asked before is found here: its enrolment alone is not an exercise
    exercises, body = _served(request), asking.body
    async with exercises.making:
        if await _made_before(asking) is None:
            await exercises.prepare(_planned(asking), _through(asking))
    known = exercise_of(exercises.live.core.world.look, body.exercise)
    standing = exercises.standings().get(body.exercise)
    return answer({"exercise": known.id, "people": len(known.people), "teams": standing.teams if standing else 0}, status=201)


async def stop(request: Request) -> Response:
    """演练中止！转入真实处置！ In the exercise's own realm, in the officer's name: everybody there is stood down at once."""
    asking = await desk_asks(request, StopBody, who=_acts)
    exercises = _served(request)
    name, _ = _theirs(request, exercises)
    request.state.asking = there = asking._replace(house=exercises.get(name).house)
    receipt = await there(StopDrill(words=asking.body.words))
    return answer({"exercise": name, "position": receipt.position})


async def file(request: Request) -> Response:
    """The whole file (方案、脚本、签到、评估、总结) to take away. It has names in it, so that it was opened is recorded first."""
    asking = await desk_asks(request, Nothing, who=_acts)
    exercises = _served(request)
    name, standing = _theirs(request, exercises)
    if not standing.drill.is_over:
        raise Refused("exercise.not_over")
    await asking(exercises.live.opening(f"exercise:{name}"))
    day = datetime.fromtimestamp(standing.drill.opened.begin_ms / 1000, UTC) + _CHINA
    title = f"{BEGIN_NAMED}{standing.zh}-{day:%Y-%m-%d}{END_NAMED}"
    parts = await exercises.parts(name)
    raw = await exercises.live.apart(lambda: zipped(parts, folder=title))
    return _download(raw, plain=f"EXERCISE-{name}-EXERCISE.zip", said=f"{title}.zip")


async def delete(request: Request) -> Response:
    """One to come counts for nobody then; one that is on is stopped first."""
    asking = await desk_asks(request, Nothing, who=_acts)
    exercises = _served(request)
    name, standing = _theirs(request, exercises)
    if standing.state(exercises.live.core.now_ms()) == "on":
        raise Refused("exercise.is_on")
    await asking(DeleteExercise(exercise=name, division=standing.division))
    await exercises.delete(name)
    return answer({"exercise": name})


def _planned(asking: Asking) -> Plan:
    """Whoever prepares it takes part, and runs it."""
    body: PrepareBody = asking.body
    officer, notice = asking.actor.partition(":")[2], Notice(**msgspec.structs.asdict(body.notice))
    officers = tuple(dict.fromkeys((officer, *body.officers)))
    post = asking.authority.post if asking.authority is not None else ""
    return Plan(body.exercise, _script(asking.house, body.script), body.begin_ms, officers, notice, asking.actor, post)


def _script(live: House, script: str) -> Scenario:
    """One that can be held on this registry and ground. Raises Refused(script.unknown, exercise.city), ScenarioFault."""
    found = live.scripts.sound(script)
    if found.city is not None:
        raise Refused("exercise.city")
    stage(found, city=live.city, divisions=list(live.names.divisions), ground=live.ground)
    return found


def _theirs(request: Request, exercises: Exercises) -> tuple[str, Standing]:
    """Of the path. What somebody may not know of is not there."""
    name = request.path_params["exercise"]
    standing = exercises.standings().get(name) if is_name(name) else None
    if standing is None or not _may_know(exercises.live, name, standing, signed_officer(request)):
        raise Refused("exercise.unknown")
    return name, standing


def _may_know(live: House, name: str, standing: Standing, officer: OfficerName) -> bool:
    if not isinstance(live.core.world.look(f"exercise:{name}"), Exercise):
        return False  # of a live realm that was put back to before it was made
    there = next((each for each in standing.officers if each.id == officer.id), None)
    if there is not None and may_follow(there, standing.drill):
        return True
    is_secret = standing.no_notice and standing.state(live.core.now_ms()) == "to_come"
    return not is_secret and covers(officer.post, standing.division or "-")


async def _made_before(asking: Asking) -> Receipt | None:
    """The enrolment that this very command brought about. Raises Refused(exercise.not_made) where no exercise came of it."""
    try:
        receipt = await asking(Recall())
    except Unknown:
        return None
    if exercise_of(asking.house.core.world.look, asking.body.exercise).cancelled:
        raise Refused("exercise.not_made")
    return receipt


def _through(asking: Asking) -> AskLive:
    """From the thread that makes it, through the door of the live realm: enrolling is what this request asks, by its own id."""
    loop, first = asyncio.get_running_loop(), [asking.command_id]

    def ask(command: Command) -> Receipt:
        by = asking._replace(command_id=first.pop()) if first else asking._replace(command_id=asking.house.new_id())
        return asyncio.run_coroutine_threadsafe(by(command), loop).result()

    return ask


def _download(raw: bytes, *, plain: str, said: str) -> Response:
    """Its name in Chinese by RFC 6266."""

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(raw), _PIECE):
            yield raw[start : start + _PIECE]

    headers = {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(said, safe='')}",
        "content-length": f"{len(raw)}", "x-content-type-options": "nosniff",
    }  # fmt: skip
    return StreamingResponse(pieces(), media_type="application/zip", headers=headers)


def _row(live: House, name: str, standing: Standing, officer: OfficerName) -> dict[str, object]:
    """Of people numbers only; officers by name."""
    drill, known, state = standing.drill, exercise_of(live.core.world.look, name), standing.state(live.core.now_ms())
    safety = live.names.officers.get(drill.opened.safety)
    return {
        "id": name, "zh": standing.zh, "en": standing.en, "no_notice": standing.no_notice, "state": state,
        "begin_ms": drill.opened.begin_ms, "end_ms": drill.opened.end_ms, "over_ms": drill.over_ms,
        "people": len(known.people), "teams": standing.teams, "left": len(drill.taken_out), "told": drill.opened.told,
        "approved_by": drill.opened.approved_by, "by": _label(live, known.by),
        "safety_officer": safety.name if safety is not None else drill.opened.safety_officer, "safety": drill.opened.safety,
        "stopped_by": _label(live, drill.stopped_by), "officers": [_officer(live, each) for each in standing.officers],
        "attended": len(known.proposed) if known.proposed is not None else None,
        "recorded": len(known.recorded) if known.recorded is not None else None,
        "mine": any(each.id == officer.id for each in standing.officers),
    }  # fmt: skip


def _officer(live: House, officer: OfficerName) -> dict[str, str]:
    return {
        "id": officer.id,
        "name": officer.name,
        "role": officer.role,
        "post": officer.post,
        "at": live.names.division(officer.post),
    }


def _by_post(officer: OfficerName) -> tuple[int, str, str]:
    return len(officer.post), officer.post, officer.id


def _counts(live: House, found: Reckoned) -> dict[str, object]:
    return {
        "people": found.people, "of": found.of, "teams": found.teams,
        "specialities": [{"code": code, "people": n, "teams": teams} for code, (n, teams) in found.specialities.items()],
        "townships": [{"division": code, "name": live.names.division(code), "people": n} for code, n in found.townships.items()],
    }  # fmt: skip


def _label(live: House, actor: str) -> str:
    """ "" for the server's own terminal."""
    return live.names.actor(actor)["label"] if actor.startswith("officer:") else ""
