"""Citizen identity numbers (GB 11643-1999): eighteen characters, the last of them a check of the others."""

from datetime import date
from typing import NamedTuple

_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECKS = "10X98765432"
LENGTH, OLD_LENGTH = 18, 15


class Identity(NamedTuple):
    number: str
    born: date


def read_identity(text: str) -> Identity | None:
    """The number with the birth date in it; None for what is no identity number. One of fifteen digits (before 1999) is no
    longer valid, but says the same: it is completed."""
    if len(text) == OLD_LENGTH and text.isascii() and text.isdigit():
        body = text[:6] + "19" + text[6:]
        text = body + check_character(body)
    body = text[:17]
    if len(text) != LENGTH or not (body.isascii() and body.isdigit()) or text[17] != check_character(body):
        return None
    try:
        return Identity(text, date(int(body[6:10]), int(body[10:12]), int(body[12:14])))
    except ValueError:
        return None


def check_character(body: str) -> str:
    """ISO 7064 MOD 11-2 of seventeen digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
