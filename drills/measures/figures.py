"""Figures of the moment, by the states of the engine and nothing else: the same wherever they are asked for, while a drill is
played, at any moment of a replay, in a fork.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from command.core.facts import Look
from command.tiers.divisions import Tier, tier_of
from geo import distance_m
from incidents import Incident, Response, Zone
from mobilization import Mobilization, Order, Sos, mobilization_of, roll_of, standings

Spot = tuple[float, float]
"""(lon, lat), WGS-84."""


class Asked(NamedTuple):
    """`of`: the incident, order, zone or response meant, by its id in the realm; `spot`: where the incident was said to be."""

    look: Look
    of: str
    speciality: str = ""
    spot: Spot | None = None


class Figure(NamedTuple):
    """`of`: the kind of thing it is a figure of ("incident", "order", "zone", "response"); `unit`: people, calls, crews, metres, 1."""

    zh: str
    en: str
    of: str
    unit: str
    value: Callable[[Asked], float]


def _call_out(asked: Asked) -> Mobilization | None:
    state = asked.look(f"mobilization:{mobilization_of(asked.of)}")
    return state if isinstance(state, Mobilization) else None


def _of_needs(field: str) -> Callable[[Asked], float]:
    def value(asked: Asked) -> float:
        state = _call_out(asked)
        needs = () if state is None else state.needs
        return float(sum(getattr(each, field) for each in needs if asked.speciality in ("", each.speciality)))

    return value


def _there(asked: Asked) -> float:
    """On the spot now, or was and has been released since."""
    return _of_needs("arrived")(asked) + _of_needs("served")(asked)


def _out(asked: Asked) -> float:
    state = _call_out(asked)
    return 0 if state is None else sum(state.out.values())


def _calls(asked: Asked) -> float:
    state = _call_out(asked)
    return 0 if state is None else sum(asked.speciality in ("", part.speciality) for part in state.parts.values())


def _standing(asked: Asked, *states: str) -> float:
    roll = roll_of(asked.look, asked.of)
    if roll is None:
        return 0
    return sum(state in states for row in roll.rows.values() for state in standings(asked.look, row).values())


def _unaccounted(asked: Asked) -> float:
    return _standing(asked, "waiting", "lost")


def _lost(asked: Asked) -> float:
    return _standing(asked, "lost")


def _unreceipted(asked: Asked) -> float:
    order = asked.look(f"order:{asked.of}")
    return len(order.unanswered) if isinstance(order, Order) else 0


def _not_done(asked: Asked) -> float:
    """One that was called off is to be done by nobody."""
    order = asked.look(f"order:{asked.of}")
    is_held = isinstance(order, Order) and order.called_off_ms is None
    return sum(each.said != "done" for each in order.receipts.values()) if is_held else 0


def _level(asked: Asked) -> float:
    state = asked.look(f"response:{asked.of}")
    return state.level if isinstance(state, Response) and state.ended_ms is None else 5


def _led_by_city(asked: Asked) -> float:
    state = asked.look(f"incident:{asked.of}")
    return float(isinstance(state, Incident) and tier_of(state.lead) is Tier.CITY)


def _open(asked: Asked) -> float:
    state = asked.look(f"incident:{asked.of}")
    return float(isinstance(state, Incident) and state.is_open)


def _emergencies(asked: Asked) -> Iterator[Sos]:
    state = _call_out(asked)
    people = {part.person for part in state.parts.values()} if state is not None else set()
    for person in sorted(people):
        sos = asked.look(f"sos:{person}")
        if isinstance(sos, Sos) and sos.incident == asked.of:
            yield sos


def _untaken(asked: Asked) -> float:
    return sum(sos.is_alarm for sos in _emergencies(asked))


def _off_by(asked: Asked) -> float:
    """Without a spot that was told, or before it was raised, nobody can be off."""
    state = asked.look(f"incident:{asked.of}")
    if asked.spot is None or not isinstance(state, Incident):
        return 0
    return float(distance_m(*asked.spot, state.place.lon, state.place.lat))


def _marked(asked: Asked) -> float:
    state = asked.look(f"zone:{asked.of}")
    return float(isinstance(state, Zone) and not state.over)


FIGURES: Mapping[str, Figure] = MappingProxyType({
    "called": Figure("已召集（次）", "calls", "incident", "calls", _calls),
    "promised": Figure("已答应人数", "people promised", "incident", "people", _of_needs("promised")),
    "confirmed": Figure("已确认人数", "people confirmed", "incident", "people", _of_needs("confirmed")),
    "arrived": Figure("已到位人数", "people on the spot", "incident", "people", _there),
    "short": Figure("缺口人数", "people short", "incident", "people", _of_needs("short")),
    "out": Figure("在外人数", "people out", "incident", "people", _out),
    "unaccounted": Figure("点名未应答人数", "people not accounted for", "incident", "people", _unaccounted),
    "lost": Figure("失联人数", "people lost", "incident", "people", _lost),
    "unreceipted": Figure("未签收队数", "crews without a receipt", "order", "crews", _unreceipted),
    "not_done": Figure("未完成指令队数", "crews that have not done it", "order", "crews", _not_done),
    "level": Figure("响应级别", "response level", "response", "level", _level),
    "led_by_city": Figure("市级牵头", "led by the city", "incident", "yes", _led_by_city),
    "open": Figure("事件未办结", "incident open", "incident", "yes", _open),
    "untaken": Figure("未处理的紧急求助", "emergencies nobody took", "incident", "people", _untaken),
    "off_by": Figure("位置偏差", "distance from the place told", "incident", "m", _off_by),
    "marked": Figure("危险区已标", "zone marked", "zone", "yes", _marked),
})  # fmt: skip
