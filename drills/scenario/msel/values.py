"""What people write into a cell, as plain values."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from drills.scenario.checking import Fault
from drills.scenario.msel.columns import MINUTE_WORDS

_MINUTES = re.compile(r"(?:t\+)?(?:(\d{1,3}):)?(\d{1,6}(?:\.\d+)?)(?::00)?(?:" + "|".join(MINUTE_WORDS) + r")?")
_PARTS = re.compile(r"[;；,，、\s]+")
_DIGITS_MOST = 9


def minutes(said: str) -> float | None:
    """12, 12.5, T+12, 12 min, 1:05 (an hour and five); None for anything else."""
    found = _MINUTES.fullmatch(said.lower().replace(" ", "").replace("：", ":"))
    if found is not None:
        return int(found[1] or 0) * 60 + float(found[2])
    try:
        return float(said)
    except ValueError:
        return None


def number(said: str) -> int | None:
    said = said.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS_MOST else None


def parts(said: str) -> list[str]:
    return [part for part in _PARTS.split(said.strip()) if part]


def lines(said: str) -> Sequence[str]:
    return [line for each in said.split("\n") if (line := flat(each))]


def flat(said: object) -> str:
    return " ".join(str(said).split())


def machine(said: str, kind: type, where: str, faults: list[Fault]) -> Any:
    """What was written for the system; None where nothing stands, or something else than a `kind`."""
    if not said.strip():
        return None
    try:
        found = msgspec.json.decode(said)
    except (msgspec.DecodeError, RecursionError) as error:
        faults.append(Fault(where, "form", str(error)[:60]))
        return None
    if found is not None and not isinstance(found, kind):
        faults.append(Fault(where, "form", said[:60]))
        return None
    return found
