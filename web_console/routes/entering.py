"""From the live page into an exercise: the live realm says who it is, assembly opens a session there. No second sign-in, and a cookie
of its own path."""

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from web_console.bodies import Nothing
from web_console.exercises.held import Held
from web_console.exercises.serving import Exercises
from web_console.requests import decode, raw_body
from web_console.routes.common import DESK_COOKIE, PHONE_COOKIE, answer, check_origin, house_of, person_of, signed_officer
from web_console.routes.sessions import cookie_path
from web_console.trainer.exercise import may_follow


def exercises_of(request: Request) -> Exercises | None:
    found = request.app.state.exercises
    return found if isinstance(found, Exercises) else None


def _found(request: Request) -> Held:
    exercises = exercises_of(request)
    if exercises is None:
        raise Refused("exercise.unknown")
    return exercises.get(request.path_params["exercise"])


async def mine(request: Request) -> Response:
    """The exercises that are on and have this person in them. One to come says nothing: some come without notice."""
    person, exercises = person_of(request), exercises_of(request)
    on = [each for each in (exercises.held if exercises is not None else ()) if each.is_on and each.takes_part(person)]
    return answer([_row(each) for each in on])


async def enter(request: Request) -> Response:
    check_origin(request)
    person = person_of(request)
    decode(await raw_body(request), Nothing)
    held = _found(request)
    if not held.takes_part(person):
        raise Refused("exercise.not_yours")
    if held.drill.opened.begin_ms > held.house.core.now_ms():
        raise Refused("exercise.not_yours")  # that there is one to come is not said
    return await _admitted(request, held, PHONE_COOKIE, kind="person", subject=person, page="phone")


async def listed(request: Request) -> Response:
    """For the officers who take part, also before it begins: their desks are made ready. One without notice its trainers and
    its safety officer alone see then."""
    officer, exercises = signed_officer(request), exercises_of(request)
    found = [each for each in (exercises.held if exercises is not None else ()) if _may_know(each, officer.id)]
    return answer([_row(each) for each in found])


async def enter_desk(request: Request) -> Response:
    check_origin(request)
    officer = signed_officer(request)
    decode(await raw_body(request), Nothing)
    held = _found(request)
    if not _may_know(held, officer.id):
        raise Refused("exercise.not_yours")
    page = "trainer" if may_follow(held.house.names.officers[officer.id], held.drill) else ""
    return await _admitted(request, held, DESK_COOKIE, kind="officer", subject=officer.id, page=page)


def _may_know(held: Held, officer: str) -> bool:
    known = held.house.names.officers.get(officer)
    if known is None:
        return False
    is_told = held.house.exercise is None or not held.house.exercise.scenario.no_notice
    return is_told or may_follow(known, held.drill) or held.drill.opened.begin_ms <= held.house.core.now_ms()


async def _admitted(request: Request, held: Held, cookie: str, *, kind: str, subject: str, page: str) -> Response:
    house, under = held.house, f"/x/{held.id}"
    token = await house_of(request).apart(lambda: house.accounts.admit(kind=kind, subject=subject, now_ms=house.session_ms()))
    response = answer({"path": f"{under}/{page}"})
    response.set_cookie(
        cookie, token, path=cookie_path(request, cookie, under=under), httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


def _row(held: Held) -> dict[str, object]:
    drill, scenario = held.drill, held.house.exercise.scenario if held.house.exercise is not None else None
    return {
        "id": held.id, "path": f"/x/{held.id}/", "zh": scenario.zh if scenario else "", "en": scenario.en if scenario else "",
        "begin_ms": drill.opened.begin_ms, "end_ms": drill.opened.end_ms, "over": drill.is_over,
        "stopped": drill.stopped,
    }  # fmt: skip
