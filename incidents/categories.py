"""The table of categories: what each usually needs, what leaders are told before they accept."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import msgspec


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """`needs`: (speciality, minimum, maximum, minutes), a proposal. `verified`: compared with the printed standard.
    `also`: what callers say for it."""

    code: str
    scheme: str
    verified: bool
    zh: str
    en: str
    mark_zh: str
    mark_en: str
    severity: int
    needs: tuple[tuple[str, int, int, int], ...]
    task_zh: str
    task_en: str
    hours: tuple[float, float]
    bring: tuple[str, ...]
    risks: tuple[str, ...]
    also: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A word for a code: what to bring, or a risk."""

    code: str
    zh: str
    en: str


class _File(msgspec.Struct, frozen=True):
    category: tuple[Category, ...]
    bring: tuple[Told, ...]
    risk: tuple[Told, ...]


_FILE = msgspec.convert(tomllib.loads(files("incidents").joinpath("data/categories.toml").read_text("utf-8")), _File)
CATEGORIES: Mapping[str, Category] = MappingProxyType({each.code: each for each in _FILE.category})
BRING: Mapping[str, Told] = MappingProxyType({each.code: each for each in _FILE.bring})
RISKS: Mapping[str, Told] = MappingProxyType({each.code: each for each in _FILE.risk})
