"""What trainers see and do of a drill, in the realm of one. A trainer may act, an observer and the safety officer look; nobody else
either. To stop it is everybody's who takes part at a desk."""

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from command.core.errors import Refused
from command.core.facts import Command
from drills.conduct import ConfirmRating, Correct, EndDrill, Hold, NoteImprovement, Release, ScoreByHand, Skip, StopDrill
from drills.conduct.facts import KEY
from drills.measures.scoring import BY_HAND, Verdict
from drills.scenario import Scenario, shipped
from web_console.bodies import Nothing
from web_console.bodies_drills import ClockBody, CorrectBody, ImprovementBody, RateBody, ScoreBody, StopBody
from web_console.directory import OfficerName
from web_console.exercises.preparing import NOTICE, Notice
from web_console.house import House
from web_console.routes.common import Asking, Handler, answer, desk_asks, house_of, receipt_answer, signed_officer
from web_console.trainer.exercise import MAY_ACT, Exercise, may_follow, may_stop

_LISTS = {"inject": "injects", "objective": "objectives", "seat": "seats", "phone": "phones", "improvement": "improvements"}


def _exercise(house: House) -> Exercise:
    if house.exercise is None or house.exercise.drill is None:
        raise Refused("drill.none")
    return house.exercise


def _follower_of(connection: HTTPConnection) -> OfficerName:
    officer = signed_officer(connection)
    if not may_follow(officer, house_of(connection).drill):
        raise Refused("session.role")
    _exercise(house_of(connection))
    return officer


def _trainer_of(connection: HTTPConnection) -> OfficerName:
    officer = _follower_of(connection)
    if officer.role not in MAY_ACT:
        raise Refused("session.role")
    return officer


def _player_of(connection: HTTPConnection) -> OfficerName:
    """Whoever may call the words that stop it."""
    officer = signed_officer(connection)
    _exercise(house_of(connection))
    if not may_stop(officer, house_of(connection).drill):
        raise Refused("session.role")
    return officer


async def read(request: Request) -> Response:
    """All of it now, or as it would be scored by an earlier moment (`at_ms`)."""
    _follower_of(request)
    house, at_ms = house_of(request), _at_ms(request)
    source = house.screens.drill
    assert source is not None  # noqa: S101 -- there is an exercise
    found: dict[str, Any] = {name: [] for name in _LISTS.values()}
    for item in source.items_of():
        shown, kind = source.item(item, at_ms=at_ms), item.partition("/")[0]
        if kind in _LISTS:
            found[_LISTS[kind]].append(shown)
        else:
            found[kind] = shown
    clock = {"speed": house.pace.speed, "running": house.pace.is_running} if house.pace is not None else None
    return answer({**found, "at_ms": at_ms, "now_ms": house.core.now_ms(), "position": house.view.position, "clock": clock})


async def library(request: Request) -> Response:
    """The drills that come along, and the one that is played here. A realm knows no other realm: what became of others it cannot say."""
    _follower_of(request)
    played = _exercise(house_of(request)).scenario
    known = {each.id: each for each in (*_shipped(), played)}
    return answer([
        {"id": each.id, "zh": each.zh, "en": each.en, "injects": len(each.injects), "lasts_min": each.lasts_min, "here": each.id == played.id}
        for each in sorted(known.values(), key=lambda each: (each.id != played.id, each.id))
    ])  # fmt: skip


@cache
def _shipped() -> tuple[Scenario, ...]:
    return tuple(shipped())


def _at_ms(request: Request) -> int:
    now_ms, asked = house_of(request).core.now_ms(), request.query_params.get("at_ms")
    if asked is None:
        return now_ms
    if not (asked.isascii() and asked.isdigit()) or int(asked) > now_ms:
        raise Refused("query.field", field="at_ms")
    return int(asked)


def _no(request: Request, name: str = "no") -> int:
    value = request.path_params[name]
    if not (value.isascii() and value.isdigit() and len(value) <= 4):  # noqa: PLR2004 -- as many injects as a file may number
        raise Refused("page.unknown")
    return int(value)


def _of_inject(make: Callable[[int], Command]) -> Handler:
    """What is asked of one inject and needs no more."""

    async def asked(request: Request) -> Response:
        asking = await desk_asks(request, Nothing, who=_trainer_of)
        return receipt_answer(await asking(make(_no(request))))

    return asked


release = _of_inject(lambda no: Release(no=no))
hold = _of_inject(lambda no: Hold(no=no))
skip = _of_inject(lambda no: Skip(no=no))


async def correct(request: Request) -> Response:
    asking = await desk_asks(request, CorrectBody, who=_trainer_of)
    body: CorrectBody = asking.body
    return receipt_answer(await asking(Correct(no=_no(request), reached_ms=body.reached_ms, reason=body.reason)))


async def score_measure(request: Request) -> Response:
    """`instead`: what was reckoned, where a person says otherwise; it stays visible beside."""
    asking = await desk_asks(request, ScoreBody, who=_trainer_of)
    body: ScoreBody = asking.body
    no, measure = _no(request), _no(request, "measure")
    verdict = _verdict(asking, no, measure)
    computed = verdict.instead or verdict.outcome
    command = ScoreByHand(
        no=no, measure=measure, outcome=body.outcome, words=body.words, took_s=body.took_s,
        instead="" if computed == BY_HAND else computed,
    )  # fmt: skip
    return receipt_answer(await asking(command))


def _verdict(asking: Asking, no: int, measure: int) -> Verdict:
    scores = _exercise(asking.house).scores(asking.house.core.now_ms())
    found = (each for scored in scores.values() for each in scored.verdicts if (each.no, each.measure) == (no, measure))
    verdict = next(found, None)
    if verdict is None:
        raise Refused("measure.unknown", no=no, measure=measure)
    return verdict


async def rate(request: Request) -> Response:
    """What is proposed is what the measures come to at this moment, never what a page says."""
    asking = await desk_asks(request, RateBody, who=_trainer_of)
    body: RateBody = asking.body
    objective = request.path_params["objective"]
    scored = _exercise(asking.house).scores(asking.house.core.now_ms()).get(objective)
    command = ConfirmRating(
        objective=objective, rating=body.rating, proposed=scored.rating if scored is not None else "", reason=body.reason
    )
    return receipt_answer(await asking(command))


async def improve(request: Request) -> Response:
    asking = await desk_asks(request, ImprovementBody, who=_trainer_of)
    body: ImprovementBody = asking.body
    command = NoteImprovement(
        improvement=f"im-{asking.command_id}", objective=body.objective, what=body.what, action=body.action, owner=body.owner, due=body.due,
        no=body.no, measure=body.measure,
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def rules(request: Request) -> Response:
    """When an exercise is to be stopped, as it was written down when it was made; "" where nothing was. Of the sealed notice no more."""
    _follower_of(request)
    house = house_of(request)
    found = await house.apart(house.realm.blobs.get, NOTICE, KEY)
    return answer({"stop_rules": msgspec.json.decode(found, type=Notice).stop_rules if found else ""})


async def stop(request: Request) -> Response:
    """Real work: nothing of the drill falls due any more, and its clock stands. By anybody who takes part at a desk; who it was stays."""
    asking = await desk_asks(request, StopBody, who=_player_of)
    receipt = await asking(StopDrill(words=asking.body.words))
    if asking.house.pace is not None:
        asking.house.pace.pause()
    return receipt_answer(receipt)


async def end(request: Request) -> Response:
    asking = await desk_asks(request, Nothing, who=_trainer_of)
    receipt = await asking(EndDrill())
    if asking.house.pace is not None:
        asking.house.pace.pause()
    return receipt_answer(receipt)


async def clock(request: Request) -> Response:
    """No fact: it changes when things happen, and their times are in the log."""
    asking = await desk_asks(request, ClockBody, who=_trainer_of)
    body: ClockBody = asking.body
    pace, drill = asking.house.pace, _exercise(asking.house).drill
    if pace is None or pace.steps is None:
        raise Refused("drill.no_clock")
    if drill is not None and drill.is_over:
        raise Refused("drill.over")
    if not pace.is_new(asking.command_id):
        pass
    elif body.step is not None:
        pace.steps(body.step)
    elif body.running if body.running is not None else pace.is_running:
        pace.run(speed=body.speed)
    else:
        pace.pause(speed=body.speed)
    return answer({"speed": pace.speed, "running": pace.is_running, "now_ms": asking.house.core.now_ms()})
