"""Which open incidents a report may be telling of again."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from geo import distance_m
from incidents import Incident, Place
from web_console.house import House

NEAR_M = 500
_DIGITS_LEAST = 7
_TOWNSHIP_DIGITS = 9
_MOST = 5


class Typed(NamedTuple):
    """A report as far as it was typed; "" and None for what is not known yet."""

    category: str
    place: Place | None
    phone: str


def similar(house: House, typed: Typed, *, post: str) -> list[dict[str, Any]]:
    """Open incidents on the post's board: from the same number; of the same kind (of any, while none was chosen) close by or, where
    one of the two is known by its division only, in that division. The nearest first, those by number before all."""
    number = _digits(typed.phone)
    found = []
    for incident in _open_on(house, post):
        same = len(number) >= _DIGITS_LEAST and number == _number_of(house, incident)
        metres = _metres(incident, typed)
        if same or metres is not None:
            found.append((not same, -1 if metres is None else metres, incident.id, incident, same))
    now_ms = house.core.now_ms()
    return [
        {
            "id": incident.id, "name": house.names.division(incident.division) + incident.name, "category": incident.category,
            "distance_m": metres if metres >= 0 and not _is_coarse(incident.place, typed.place) else None,
            "age_s": (now_ms - incident.entered_ms) // 1000, "same_number": same,
        }
        for _, metres, _, incident, same in sorted(found, key=lambda each: each[:3])[:_MOST]
    ]  # fmt: skip


def _open_on(house: House, post: str) -> Iterator[Incident]:
    for incident in map(house.view.incident, house.view.incidents):
        if incident is not None and incident.is_open and incident.place.touches(post):
            yield incident


def _metres(incident: Incident, typed: Typed) -> int | None:
    """How far away, 0 within one division of which no more is known; None when it is no match."""
    here, there = typed.place, incident.place
    if here is None or typed.category not in ("", incident.category):
        return None
    if _is_coarse(there, here):
        wider = min((code[:_TOWNSHIP_DIGITS] for code in (here.only, there.only) if code), key=len)
        return 0 if here.touches(wider) and there.touches(wider) else None
    metres = round(distance_m(there.lon, there.lat, here.lon, here.lat))
    return metres if metres <= NEAR_M else None


def _is_coarse(there: Place, here: Place | None) -> bool:
    return bool(there.only) or (here is not None and bool(here.only))


def _number_of(house: House, incident: Incident) -> str:
    """Only to be compared: nobody is shown it, so it is no look behind the mask."""
    said = house.screens.report_of(incident.id) or {}
    return _digits(str(said.get("phone", "")))


def _digits(phone: str) -> str:
    """A number as it is dialled here, without +86."""
    digits = "".join(char for char in phone if char.isdigit())
    abroad = digits.removeprefix("00") if phone.strip().startswith("00") else digits
    return abroad.removeprefix("86") if phone.strip().startswith(("+86", "0086")) else digits
