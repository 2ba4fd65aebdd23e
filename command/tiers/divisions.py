"""Administrative divisions by their GB/T 2260 codes: strings whose parents are their prefixes.

Significant digits: 2 province, 4 city (prefecture), 6 county, 9 township or sub-district, 12 village or community.
"""

from enum import StrEnum


class Tier(StrEnum):
    """The levels of command, and the village below them, which commands nothing."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


_BY_LENGTH = {2: Tier.PROVINCE, 4: Tier.CITY, 6: Tier.COUNTY, 9: Tier.TOWNSHIP, 12: Tier.VILLAGE}
_LENGTHS = tuple(_BY_LENGTH)


def normalise(code: str) -> str:
    """The significant digits of a code that may be padded with zeros: "420500" and "420500000000" are "4205"."""
    digits = code.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in _LENGTHS:
        raise ValueError(f"not a division code: {code!r}")
    for short in reversed(_LENGTHS):
        if short < len(digits) and set(digits[short:]) == {"0"}:
            digits = digits[:short]
    return digits


def tier_of(code: str) -> Tier:
    return _BY_LENGTH[len(code)]


def is_post(code: str) -> bool:
    """Whether a command post may have this code: a city, a county, a township."""
    return _BY_LENGTH.get(len(code)) in (Tier.CITY, Tier.COUNTY, Tier.TOWNSHIP)


def path_of(code: str) -> tuple[str, ...]:
    """The code and all above it, from the province down."""
    return tuple(code[:length] for length in _LENGTHS if length <= len(code))


def parent_of(code: str) -> str | None:
    """The division above; None above a city, where this system ends."""
    path = path_of(code)
    return path[-2] if len(path) > 2 else None  # noqa: PLR2004 -- province and city


def above(code: str) -> str:
    """The division above, that of the province too."""
    return path_of(code)[-2]


def covers(post: str, code: str) -> bool:
    """Whether `code` is `post`'s own division or below it."""
    return code.startswith(post)
