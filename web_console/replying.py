"""Reading what leaders answer by text or keypad. Pure.

A text is: perhaps the letter of the call, then 1 / 2 / 3 or the words for it, then perhaps how many come and in how many minutes:
`1`, `1 5`, `1、5人`, `我能去，5个人`, `B3 4 30分钟`. A number without a unit is the head count; one beyond the crew is minutes, if it can be
(`3 30` from a crew of 4), and so is a second one. `1`, `2` and `3` alone are always the answer; a head count alone (`5`, `3人`)
follows a yes. Whatever says two things at once is not guessed at.
"""

import re
import unicodedata

import msgspec

_UNITS = {"heads": ("人", "个人", "个", "名", "位"), "minutes": ("分钟", "分", "MIN", "M"), "hours": ("小时", "H")}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_UNIT = "|".join(sorted(_UNIT_OF, key=len, reverse=True))
_NUMBER = re.compile(rf"(\d+)\s*({_UNIT})?")
_WORDS = (
    ("decline", ("去不了", "不能去", "不去", "来不了", "不能来", "没空", "不行", "去不成")),
    ("later", ("晚点能到", "晚点到", "晚点", "晚到", "晚些", "迟到", "迟点")),
    ("accept", ("我能去", "能去", "可以去", "能到", "我去", "能来")),
)
_FILLER = re.compile(
    r"[\s,.;:!、，。；：！?？~()（）“”\"'+\-/]+|我队|我们|队里|带|到|回复|预计|大概|大约|约|左右|后|内|一共|共|来|好的|好|收到|谢谢"
)
_CHINESE = str.maketrans("一二两三四五六七八九", "1223456789")
_KEYS = {"1": "accept", "2": "decline", "3": "later"}
_DIGITS_MOST = 3
HEADS_MOST, MINUTES_LEAST, MINUTES_MOST, _HOUR_MIN = 99, 5, 1440, 60


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says. `choice`: accept, decline, later; "" when it only says how many. `plain`: numbers without a unit, in order."""

    choice: str = ""
    letter: str = ""
    heads: int | None = None
    minutes: int | None = None
    plain: tuple[int, ...] = ()


def read_reply(text: str) -> Said | None:
    """What it says, or None where that is not clear."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    choices, rest = _words_of(plain)
    letter, rest = _letter_of(rest)
    rest = re.sub(r"([一二两三四五六七八九])(?=个|人|名|位)", lambda found: found[1].translate(_CHINESE), rest)
    heads: list[int] = []
    minutes: list[int] = []
    bare: list[int] = []
    for digits, unit in _NUMBER.findall(rest):
        if len(digits) > _DIGITS_MOST:
            return None
        kind, value = _UNIT_OF.get(unit, ""), int(digits)
        {"heads": heads, "minutes": minutes, "hours": minutes}.get(kind, bare).append(
            value * (_HOUR_MIN if kind == "hours" else 1)
        )
    if _FILLER.sub("", _NUMBER.sub("", rest)):
        return None  # something else was said, which a person must read
    leads = re.match(r"\d", plain.removeprefix(letter).strip()) is not None
    if bare and (leads or not choices) and str(bare[0]) in _KEYS:
        choices.add(_KEYS[str(bare.pop(0))])
    return _said(choices, letter, heads, minutes, bare)


def _said(choices: set[str], letter: str, heads: list[int], minutes: list[int], bare: list[int]) -> Said | None:
    one = len(choices) <= 1 and len(heads) <= 1 and len(minutes) <= 1
    if choices == {"decline"} and (heads or minutes or bare):
        return None
    if not one or len(heads) + len(minutes) + len(bare) > 2 or (not choices and len(heads) + len(bare) != 1):  # noqa: PLR2004 -- heads, minutes
        return None
    return Said(
        choice=next(iter(choices), ""), letter=letter, heads=heads[0] if heads else None, minutes=minutes[0] if minutes else None,
        plain=tuple(bare),
    )  # fmt: skip


def _words_of(text: str) -> tuple[set[str], str]:
    """The answers in words, and what is left of the text. "晚点能到" is no "能到"."""
    found: set[str] = set()
    for choice, words in _WORDS:
        for word in words:
            if word in text:
                found.add(choice)
                text = text.replace(word, " ")
    return found, text


def _letter_of(text: str) -> tuple[str, str]:
    found = re.match(r"\s*([A-Z])(?![A-Z])", text)
    return (found[1], text[found.end() :]) if found else ("", text)


def counted(said: Said, *, crew_max: int) -> tuple[int | None, int | None] | None:
    """Heads and minutes of this call; None where a number can be neither. More people than the crew has are the crew."""
    heads, minutes = said.heads, said.minutes
    for number in said.plain:
        if heads is None and 1 <= number <= crew_max:
            heads = number
        elif minutes is None and MINUTES_LEAST <= number <= MINUTES_MOST:
            minutes = number
        else:
            return None
    if (heads is not None and not 1 <= heads <= HEADS_MOST) or (minutes is not None and minutes > MINUTES_MOST):
        return None
    return (None if heads is None else min(heads, crew_max)), minutes


def read_keys(keys: str) -> Said | None:
    """The keypad of a telephone: 1, 2 or 3, then perhaps the head count, closed by #."""
    found = re.fullmatch(r"([123])\*?(\d{1,2})?#?", keys.strip())
    if found is None:
        return None
    return Said(choice=_KEYS[found[1]], heads=int(found[2]) if found[2] else None)
