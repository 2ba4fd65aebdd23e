"""Training records: what exercises propose, and the one act by which an officer enters it. No hours of service come of it."""

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from command.tiers.divisions import covers
from mobilization.training import ApproveTraining, Exercise, exercise_of
from web_console.bodies import Body, Code
from web_console.exercises.attendance import division_of, pending
from web_console.exercises.standing import Standing
from web_console.house import House
from web_console.routes.common import answer, commander_of, desk_asks, house_of, receipt_answer
from web_console.routes.entering import exercises_of


class TrainingBody(Body, frozen=True, kw_only=True):
    people: Annotated[tuple[Code, ...], msgspec.Meta(min_length=1, max_length=10_000)]


async def listed(request: Request) -> Response:
    """Those that wait for an officer whose post answers for all in them."""
    officer, house = commander_of(request), house_of(request)
    found = [each for each in pending(house) if covers(officer.post, division_of(house.names, each.people) or "-")]
    standings = exercises.standings() if (exercises := exercises_of(request)) is not None else {}
    return answer([_row(house, each, standings.get(each.id)) for each in found])


async def approve(request: Request) -> Response:
    asking = await desk_asks(request, TrainingBody)
    house, exercise = asking.house, request.path_params["exercise"]
    state = exercise_of(house.core.world.look, exercise)
    command = ApproveTraining(exercise=exercise, division=division_of(house.names, state.people), people=asking.body.people)
    return receipt_answer(await asking(command))


def _row(house: House, state: Exercise, standing: Standing | None) -> dict[str, object]:
    attended = [msgspec.to_builtins(each) | {"label": house.names.masked(each.person)} for each in state.proposed or ()]
    return {
        "exercise": state.id,
        "zh": standing.zh if standing is not None else state.id,
        "en": standing.en if standing is not None else state.id,
        "begin_ms": state.begin_ms,
        "end_ms": state.end_ms,
        "minutes": state.minutes,
        "attended": attended,
    }
