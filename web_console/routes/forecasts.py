"""Forecasts: when will each need be met, and with what chance; of the present, or of a past moment with one thing changed."""

from typing import Annotated, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.tiers.authority import COMMANDING
from drills.forks import Change, Nothing
from drills.forks.changes import NextWave, Shut
from drills.seeking import position_at
from web_console.bodies import Body, Code
from web_console.directory import OfficerName
from web_console.forecasting.orders import Done, Order
from web_console.house import House
from web_console.requests import decode, raw_body
from web_console.routes.common import answer, house_of, signed_officer
from web_console.trainer.exercise import may_follow

MOST_BRANCHES, MOST_CHANGES = 200, 4
LONGEST_MIN = 360
LATEST_MS = 253_402_300_799_999


class ForecastBody(Body, frozen=True, kw_only=True):
    """`incident`: of which one, left out: of all that the post sees; `position`: of a past moment, or `at_ms`: how it stood then, both: that
    position as it stood then, neither: of now; `changes`: branches
    to compare, each with one thing changed (the first is usually nothing); with `advise` the course as it is, and what to do now."""

    incident: Code = ""
    position: Annotated[int, msgspec.Meta(ge=1)] | None = None
    at_ms: Annotated[int, msgspec.Meta(ge=0, le=LATEST_MS)] | None = None
    branches: Annotated[int, msgspec.Meta(ge=1, le=MOST_BRANCHES)] = MOST_BRANCHES
    horizon_min: Annotated[int, msgspec.Meta(ge=5, le=LONGEST_MIN)] = 60
    seed: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 1
    changes: Annotated[tuple[Change, ...], msgspec.Meta(min_length=1, max_length=MOST_CHANGES)] = (Nothing(),)
    advise: bool = False


async def forecast(request: Request) -> Response:
    """Nothing is recorded and nobody is called. People and their behaviour in it are assumed; the answer says so."""
    house, officer = house_of(request), signed_officer(request)
    follows = may_follow(officer, house.drill) and house.exercise is not None
    if not follows and officer.role not in COMMANDING:
        raise Refused("authority.role")
    body = decode(await raw_body(request), ForecastBody)
    order = _order(house, None if follows else officer, body)
    done = await run_in_threadpool(house.forecaster.ask, order)
    return answer(_shown(house, body, order, done))


def _order(house: House, officer: OfficerName | None, body: ForecastBody) -> Order:
    """`officer`: of whose post the incidents are; None: of all, for who follows a drill."""
    seen = [
        name
        for name in house.view.incidents
        if (state := house.view.incident(name)) is not None and (officer is None or state.place.touches(officer.post))
    ]
    if body.incident and body.incident not in seen:
        raise Refused("incident.unknown", incident=body.incident)
    for change in body.changes:
        if isinstance(change, NextWave | Shut) and change.incident not in seen:
            raise Refused("incident.unknown", incident=change.incident)
    position, now_ms = _moment(house, body)
    roster, staged = house.catalogue.roster, house.staged
    return Order(
        position=position, now_ms=now_ms, roads=house.roads, rev=roster.rev, teams=tuple(roster.teams()), people=dict(roster.people),
        incidents=(body.incident,) if body.incident else tuple(seen), branches=body.branches, horizon_ms=body.horizon_min * 60_000,
        seed=body.seed, changes=body.changes, advise=body.advise,
        city=house.city, posts=dict(house.posts), spots=dict(staged.spots) if staged is not None else {},
    )  # fmt: skip


def _moment(house: House, body: ForecastBody) -> tuple[int, int]:
    """A position, and the time it is there: of the two that are asked for, or of the one that is."""
    head, now_ms = house.view.position, house.core.now_ms()
    if body.position is None and body.at_ms is None:
        return head, now_ms
    position = body.position if body.position is not None else position_at(house.realm.log, head, body.at_ms or 0)
    if not 0 < position <= head:
        raise Refused("forecast.moment" if body.position is None else "forecast.position", position=position)
    begun_ms = house.realm.log.after(position - 1, 1)[0].at_ms
    at_ms = begun_ms if body.at_ms is None else body.at_ms
    if not begun_ms <= at_ms <= now_ms:
        raise Refused("forecast.moment", position=position)
    return position, at_ms


def _shown(house: House, body: ForecastBody, order: Order, done: Done) -> dict[str, Any]:
    return {
        "position": order.position, "at_ms": order.now_ms, "assumed": True,
        "branches": [
            {
                "change": change, "branches": told.branches, "until_ms": told.until_ms, "events": told.events, "needs": told.needs,
                "happened_ms": told.happened_ms, "recorded": told.recorded, "beyond": told.beyond, "simulated": told.simulated,
                "refused": told.refused,
            }
            for change, told in zip(body.changes, done.told, strict=False)
        ],
        "advice": done.advice,
        "names": {name: state.name for name in order.incidents if (state := house.view.incident(name)) is not None},
    }  # fmt: skip
