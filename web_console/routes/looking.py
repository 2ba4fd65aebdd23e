"""Looking before acting: where a point lies, what a category needs, the tables of words, the health of the house."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.tiers.authority import PLAN_ABOVE, limit_to_call, rule_to_call, tier_above
from command.tiers.divisions import tier_of
from geo import Crs, distance_m, point_to_wgs84
from incidents import BRING, BY_FENCE, CATEGORIES, NOT_KNOWN, RISKS
from mobilization import DANGERS, FINE_MS, ORDER_MIN, ORDERS, ROLL_MIN
from mobilization.specialities import SPECIALITIES
from web_console.problems import ALL_WORDS
from web_console.requests import number
from web_console.routes.common import answer, house_of, officer_of

SIMILAR_M = 500
_DATUMS: dict[str, Crs] = {"wgs84": "wgs84", "gcj02": "gcj02", "bd09": "bd09", "cgcs2000": "cgcs2000"}
_TOWNSHIP_DIGITS = 9


async def locate(request: Request) -> Response:
    """Divisions and stations of a point, as the raise popover shows them."""
    officer_of(request)
    house = house_of(request)
    lon, lat = _point(request)
    found = house.ground.locate(lon, lat)
    if found is None:
        swapped = house.ground.locate(lat, lon) is not None
        raise Refused("place.swapped" if swapped else "place.off_city", lon=lon, lat=lat)
    stations = [(hit, house.names.stations[hit.id]) for hit in found.stations if hit.id in house.names.stations]
    return answer({
        "lon": lon, "lat": lat,
        "path": [{"code": c, "name": house.names.division(c), "tier": tier_of(c).value} for c in found.path],
        "township_chosen": BY_FENCE if len(found.path[-1]) >= _TOWNSHIP_DIGITS else NOT_KNOWN,
        "stations": [
            {"id": s.id, "name": s.name, "tier": s.tier, "distance_m": hit.distance_m, "inside": hit.inside} for hit, s in stations
        ],
        "outside_circles": found.outside_circles,
    })  # fmt: skip


async def proposal(request: Request) -> Response:
    """Needs by category, open incidents of the same category nearby, and whether this post may order them itself."""
    officer, house = officer_of(request), house_of(request)
    category = CATEGORIES.get(request.query_params.get("category", ""))
    if category is None:
        raise Refused("incident.category", category=request.query_params.get("category", "")[:40])
    lon, lat = _point(request)
    people = sum(maximum for _, _, maximum, _ in category.needs)  # as the order is judged: by its seats
    rule = rule_to_call(officer.post, people)
    near = [
        (i, distance_m(i.place.lon, i.place.lat, lon, lat))
        for i in map(house.view.incident, house.view.incidents)
        if i is not None
    ]
    now_ms = house.core.now_ms()
    return answer({
        "needs": [{"speciality": s, "minimum": low, "maximum": high, "by_min": by} for s, low, high, by in category.needs],
        "severity": category.severity, "people": people, "most_people": limit_to_call(officer.post), "plan_above": PLAN_ABOVE,
        "similar": [
            {"id": i.id, "name": house.names.division(i.division) + i.name, "distance_m": round(m), "age_s": (now_ms - i.entered_ms) // 1000}
            for i, m in sorted(near, key=lambda each: (each[1], each[0].id))
            if i.is_open and i.category == category.code and m <= SIMILAR_M
        ],
        "authority": {"allowed": rule is not None, "rule": rule.id if rule else None, "who_may": None if rule else tier_above(officer.post).value},
    })  # fmt: skip


async def tables(_request: Request) -> Response:
    """Every coded word, Chinese and English. No sign-in needed: it names nobody."""
    return answer({
        "categories": [msgspec.to_builtins(each) for each in CATEGORIES.values()],
        "specialities": [msgspec.to_builtins(each) for each in SPECIALITIES.values()],
        "orders": [msgspec.to_builtins(each) for each in ORDERS.values()],
        "dangers": [msgspec.to_builtins(each) for each in DANGERS.values()],
        "terms": {"roll_min": ROLL_MIN, "order_min": ORDER_MIN, "fine_ms": FINE_MS},
        "bring": {code: {"zh": told.zh, "en": told.en} for code, told in BRING.items()},
        "risks": {code: {"zh": told.zh, "en": told.en} for code, told in RISKS.items()},
        "errors": {code: {"zh": words.zh, "en": words.en, "status": words.status} for code, words in ALL_WORDS.items()},
    })  # fmt: skip


async def health(request: Request) -> Response:
    house = house_of(request)
    state = house.view.look("realm")
    stopped = house.core.stopped_by
    parked = len(state.parked) if state is not None else 0
    return answer({
        "ok": stopped is None and parked == 0, "kind": house.kind, "epoch": house.realm.log.epoch(), "position": house.core.position,
        "parked": parked, "read_only": stopped.code if stopped is not None else None,
    })  # fmt: skip


def _point(request: Request) -> tuple[float, float]:
    lon = number(request, "lon", lowest=-180, highest=180)
    lat = number(request, "lat", lowest=-180, highest=180)
    crs = _DATUMS.get(request.query_params.get("crs", "wgs84"))
    if crs is None:
        raise Refused("place.crs")
    return point_to_wgs84(lon, lat, crs)
