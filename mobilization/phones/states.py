"""The phones of a person, as their facts leave them. Pure."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files

import msgspec

from command.core.facts import Fact
from mobilization.phones.facts import PhoneBound, PhoneTested, PhoneUnbound

_TABLE = tomllib.loads(files("mobilization").joinpath("data/phones.toml").read_text("utf-8"))
_DAY_MS, _HOUR_MS = 86_400_000, 3_600_000
TESTED_MS: int = _TABLE["tested_days"] * _DAY_MS
PHONES_MOST: int = _TABLE["phones_most"]
LINK_MS: int = _TABLE["link_hours"] * _HOUR_MS
SESSION_MS: int = _TABLE["session_days"] * _DAY_MS


class Phone(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is empty for a page that signed in by password. `ok`: what the last self-test showed."""

    id: str
    bound_ms: int
    tested_ms: int | None = None
    ok: bool = False
    heard: bool = False
    felt: bool = False
    notified: bool = False


def evolve_phones(phones: tuple[Phone, ...], fact: Fact | None, at_ms: int) -> tuple[Phone, ...]:
    match fact:
        case PhoneBound(phone=phone):
            return (*_without(phones, phone), Phone(id=phone, bound_ms=at_ms))
        case PhoneUnbound(phone=phone):
            return tuple(_without(phones, phone))
        case PhoneTested(phone=phone):
            known = next((each for each in phones if each.id == phone), Phone(id=phone, bound_ms=at_ms))
            tested = msgspec.structs.replace(
                known, tested_ms=at_ms, ok=fact.ok, heard=fact.heard, felt=fact.felt, notified=fact.notified
            )
            return (*_without(phones, phone), tested)
        case _:
            return phones


def bound(phones: Iterable[Phone]) -> list[Phone]:
    return [each for each in phones if each.id]


def is_tested(phones: Iterable[Phone], now_ms: int) -> bool:
    """Whether one of them was heard or felt in a self-test not long ago."""
    return any(each.ok and each.tested_ms is not None and now_ms - each.tested_ms < TESTED_MS for each in phones)


def _without(phones: Iterable[Phone], phone: str) -> list[Phone]:
    return [each for each in phones if each.id != phone]
