"""Replays: what the post's desk was shown at any moment of the past. Only looked at; nothing sealed is opened, nothing is recorded."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.core.facts import Event
from command.tiers.divisions import covers
from web_console.board.items import line_item
from web_console.board.moves import CALLS, LATE
from web_console.directory import OfficerName
from web_console.house import House
from web_console.replays.replays import Wanted
from web_console.replays.spans import incident_of
from web_console.requests import number, query_position
from web_console.routes.common import answer, house_of, officer_of
from web_console.trainer.exercise import TOPIC, may_follow

TOPICS_MOST = 4
LONGEST_MS = 31 * 86_400_000
LATEST_MS = 253_402_300_799_999
_PAGE = re.compile(r"[0-9a-f-]{8,40}")


async def span(request: Request) -> Response:
    """Of an incident that the post sees, or of a time of at most 31 days: where it begins and ends, and the moments between."""
    officer, house = officer_of(request), house_of(request)
    incident = request.query_params.get("incident", "")
    if incident:
        _check_seen(house, officer, incident)
        found = await house.replays.span(incident=incident)
        moments = found.moments
    else:
        from_ms, to_ms = (int(number(request, name, lowest=0, highest=LATEST_MS)) for name in ("from_ms", "to_ms"))
        if not from_ms < to_ms <= from_ms + LONGEST_MS:
            raise Refused("query.field", field="to_ms")
        found = await house.replays.span(from_ms=from_ms, to_ms=to_ms)
        raised = (house.view.raised[each] for each in house.view.incidents if each in house.view.raised)
        moments = tuple(event for event in raised if found.first <= event.position <= found.last)
    told = msgspec.to_builtins(msgspec.structs.replace(found, moments=()))
    lines = list(_lines(house, officer, moments))
    return answer(told | {"incident": incident or None, "moments": lines, "epoch": house.realm.log.epoch()})


def _lines(house: House, officer: OfficerName, moments: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """As the timeline tells them; of incidents that the post sees."""
    for event in moments:
        incident = incident_of(event)
        if incident and _is_seen(house, officer, incident):
            yield line_item(house.names, event, incident)


async def marks(request: Request) -> Response:
    """Where something happened to a team of the post's, to step along."""
    officer, house, team = officer_of(request), house_of(request), request.path_params["team"]
    known = house.names.teams.get(team)
    if known is None or not covers(officer.post, known.division):
        raise Refused("team.unknown", team=team)
    first, last = query_position(request, "first"), query_position(request, "last")
    return answer(await house.replays.marks(f"team:{team}", first=first, last=last))


async def picture(request: Request) -> Response:
    """The items of boards as they were at a position, or at a time: whole, or what is otherwise than in the last answer."""
    officer, house, asked = officer_of(request), house_of(request), request.query_params
    page, topics = asked.get("page", ""), tuple(dict.fromkeys(asked.getlist("topic")))
    if not _PAGE.fullmatch(page):
        raise Refused("query.field", field="page")
    if not topics or len(topics) > TOPICS_MOST:
        raise Refused("topic.too_many", most=TOPICS_MOST)
    if not all(_is_own(house, officer, topic) for topic in topics):
        raise Refused("topic.forbidden")
    incident = asked.get("incident", "")
    if incident:
        _check_seen(house, officer, incident)
    by_time = "at_ms" in asked
    wanted = Wanted(
        topics=topics, position=None if by_time else query_position(request, "position"), incident=incident, held=query_position(request, "held"),
        at_ms=int(number(request, "at_ms", lowest=0, highest=LATEST_MS)) if by_time else 0,
    )  # fmt: skip
    found: dict[str, Any] = await house.replays.picture(f"{officer.id} {officer.post} {page}", wanted)
    return answer(found)


def _is_own(house: House, officer: OfficerName, topic: str) -> bool:
    """The desk's own boards, and those below: the same as by the socket, but of who is no longer called nothing is kept. Of a drill what
    its trainers see, for them."""
    if topic == TOPIC:
        return house.exercise is not None and may_follow(officer, house.exercise.drill)
    kind, _, rest = topic.partition("/")
    division, _, mask = rest.partition("/")
    is_desks = mask in ("duty", LATE) or mask.startswith(f"{CALLS}/")
    return kind == "board" and is_desks and division in house.names.divisions and covers(officer.post, division)


def _check_seen(house: House, officer: OfficerName, incident: str) -> None:
    if not _is_seen(house, officer, incident):
        raise Refused("incident.unknown", incident=incident)


def _is_seen(house: House, officer: OfficerName, incident: str) -> bool:
    return house.screens.item(f"board/{officer.post}/duty", f"incident/{incident}") is not None
