"""The shipped table of terms, of orders to crews and of dangers that they report."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import msgspec


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A kind in words. `loud`: the phone rings for it until somebody has read it."""

    code: str
    zh: str
    en: str
    loud: bool = False


class _File(msgspec.Struct, frozen=True, kw_only=True):
    roll_min: int
    order_min: int
    sos_up_s: int
    fine_s: int
    order: tuple[Coded, ...]
    danger: tuple[Coded, ...]


_FILE = msgspec.convert(tomllib.loads(files("mobilization").joinpath("data/safety.toml").read_text("utf-8")), _File)
ROLL_MIN, ORDER_MIN = _FILE.roll_min, _FILE.order_min
ORDER_MS = ORDER_MIN * 60_000
SOS_UP_MS, FINE_MS = _FILE.sos_up_s * 1000, _FILE.fine_s * 1000
ORDERS: Mapping[str, Coded] = MappingProxyType({each.code: each for each in _FILE.order})
DANGERS: Mapping[str, Coded] = MappingProxyType({each.code: each for each in _FILE.danger})
