"""Figures and names of a drill file that the engine can take: a file asks for no city of a thousand million, and names no folder."""

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from types import MappingProxyType
from typing import Any

NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
"""Of a drill, and of what it brings into the world: a part of the name of a folder, of keys, of command ids."""
_WEEK_H, _WEEK_MIN = 168, 10_080
_FAR_M = 200_000
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType({
    "after_s": (0, 86_400), "minutes": (0.1, _WEEK_MIN), "due_min": (1, 120), "hours": (1, _WEEK_H), "term_h": (1, _WEEK_H),
    "level": (1, 4), "radius_m": (1, 50_000), "people": (1, 200_000), "teams": (24, 20_000), "near_m": (1, _FAR_M),
    "east_m": (-_FAR_M, _FAR_M), "north_m": (-_FAR_M, _FAR_M), "for_s": (1, _WEEK_MIN * 60), "from_s": (0, _WEEK_MIN * 60),
    "seed": (0, 2**53),
})  # fmt: skip
"""Least and most of a field, wherever it stands."""


def out_of_bounds(part: Any) -> Iterator[tuple[str, str]]:
    """(field, value) of each figure of a part that lies outside."""
    for field in part.__struct_fields__:
        value = getattr(part, field)
        if field in BOUNDS and isinstance(value, int | float):
            least, most = BOUNDS[field]
            if not (isfinite(value) and least <= value <= most):
                yield field, f"{value:g}" if isinstance(value, float) else str(value)[:20]


def names(part: Any, *fields: str) -> Iterator[tuple[str, str]]:
    """(field, value) of each name of a part that is none."""
    for field in fields:
        value = getattr(part, field, None)
        if value is not None and not NAME.fullmatch(value):
            yield field, value[:60]
