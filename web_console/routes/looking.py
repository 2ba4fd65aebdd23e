"""Looking before acting: what a category needs, what may be the same, the tables of words, the health of the house."""

import gzip
from functools import cache

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.tiers.authority import PLAN_ABOVE, limit_to_call, rule_to_call, tier_above
from incidents import BRING, CATEGORIES, RISKS, Category
from mobilization import DANGERS, FINE_MS, ORDER_MIN, ORDERS, ROLL_MIN
from mobilization.specialities import SPECIALITIES
from web_console.bodies import ProposalBody
from web_console.problems import ALL_WORDS
from web_console.requests import decode, raw_body
from web_console.routes.common import answer, check_origin, commander_of, house_of
from web_console.routes.places import find_place
from web_console.similar import Typed, similar
from web_console.spelling import spellings


async def proposal(request: Request) -> Response:
    """Of a report as far as it was typed: needs by category, whether this post may order them itself, and open incidents that may be
    the same. What was typed comes as a body: a caller's number belongs into no URL."""
    check_origin(request)
    officer, house = commander_of(request), house_of(request)
    body = decode(await raw_body(request), ProposalBody)
    category = CATEGORIES.get(body.category)
    if category is None and body.category:
        raise Refused("incident.category", category=body.category)
    place = None if body.place is None else find_place(house, body.place).place
    found = similar(house, Typed(body.category, place, body.phone), post=officer.post)
    needs = category.needs if category is not None else ()
    people = sum(maximum for _, _, maximum, _ in needs)  # as the order is judged: by its seats
    rule = rule_to_call(officer.post, people)
    return answer({
        "needs": [{"speciality": s, "minimum": low, "maximum": high, "by_min": by} for s, low, high, by in needs],
        "severity": category.severity if category is not None else None, "people": people, "most_people": limit_to_call(officer.post),
        "plan_above": PLAN_ABOVE,
        "similar": found,
        "authority": {"allowed": rule is not None, "rule": rule.id if rule else None, "who_may": None if rule else tier_above(officer.post).value},
    })  # fmt: skip


async def tables(request: Request) -> Response:
    """Every coded word, Chinese and English. No sign-in needed: it names nobody. A phone on a bad line waits for it: packed, and made
    once, for it is the same as long as the process lives."""
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(_packed_tables()), media_type="application/json")
    headers = {"content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(_packed_tables(), media_type="application/json", headers=headers)


def _spelt(category: Category) -> list[str]:
    """What else finds it: its name in letters, and what callers say for it."""
    return [*spellings(category.zh), *category.also, *(spelt for said in category.also for spelt in spellings(said))]


@cache
def _packed_tables() -> bytes:
    words = {
        "categories": [msgspec.to_builtins(each) | {"spelt": _spelt(each)} for each in CATEGORIES.values()],
        "specialities": [msgspec.to_builtins(each) for each in SPECIALITIES.values()],
        "orders": [msgspec.to_builtins(each) for each in ORDERS.values()],
        "dangers": [msgspec.to_builtins(each) for each in DANGERS.values()],
        "terms": {"roll_min": ROLL_MIN, "order_min": ORDER_MIN, "fine_ms": FINE_MS},
        "bring": {code: {"zh": told.zh, "en": told.en} for code, told in BRING.items()},
        "risks": {code: {"zh": told.zh, "en": told.en} for code, told in RISKS.items()},
        "errors": {code: {"zh": said.zh, "en": said.en, "status": said.status} for code, said in ALL_WORDS.items()},
    }  # fmt: skip
    return gzip.compress(msgspec.json.encode(words), mtime=0)


async def health(request: Request) -> Response:
    house = house_of(request)
    state = house.view.look("realm")
    stopped = house.core.stopped_by
    parked = len(state.parked) if state is not None else 0
    return answer({
        "ok": stopped is None and parked == 0, "kind": house.kind, "epoch": house.realm.log.epoch(), "position": house.core.position,
        "parked": parked, "read_only": stopped.code if stopped is not None else None,
    })  # fmt: skip
