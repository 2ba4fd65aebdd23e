"""How a name may be typed: its characters, their readings in letters, their first letters, in any mixture.

长坝 is found by 长坝, changba, zhangba (a character counts in each of its readings), cb, 长b, changb and chba.
"""

import os
import re
import unicodedata
from functools import lru_cache

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters are asked for: a third of a second and 50 MB less
from pypinyin import Style, pinyin

Ways = tuple[tuple[str, ...], ...]
"""For each character of a name, what may be typed for it."""

_SILENT = re.compile(r"[\s'’·・（）()\-—,，.。、]+")
_TWO_LETTERS = frozenset({"zh", "ch", "sh"})


def ways_of(name: str) -> Ways:
    """What may be typed for each character that counts; spaces and punctuation do not."""
    return tuple(_ways(char) for char in _plain(name))


def words_of(query: str) -> list[str]:
    """A query in its words: each has to be found."""
    return [word for part in unicodedata.normalize("NFKC", query).split() if (word := _plain(part))]


def reach(ways: Ways, start: int, word: str, used: int = 0) -> int:
    """How far into a name a word goes that begins at `start`, at most; 0 when it does not fit. What is typed last may be part of a
    reading."""
    if used == len(word):
        return start
    if start == len(ways):
        return 0
    left = len(word) - used
    furthest = 0
    for way in ways[start]:
        if word.startswith(way, used):
            furthest = max(furthest, reach(ways, start + 1, word, used + len(way)))
        elif left < len(way) and way.startswith(word[used:]):
            furthest = max(furthest, start + 1)
        if len(way) > 1 and way[0] == word[used]:
            furthest = max(furthest, reach(ways, start + 1, word, used + 1))
            if left > 1 and way[:2] in _TWO_LETTERS and word.startswith(way[:2], used) and len(way) > 2:  # noqa: PLR2004 -- zh and more
                furthest = max(furthest, reach(ways, start + 1, word, used + 2))
    return furthest


def standing(ways: Ways, word: str) -> int | None:
    """Where in a name a word stands first; None for nowhere."""
    return next((start for start in range(len(ways)) if reach(ways, start, word)), None)


def beginnings(ways: Ways, start: int) -> set[str]:
    """The first one and the first two signs of every word that may fit at `start`."""
    here = ways[start]
    found = {way[0] for way in here} | {way[:2] for way in here if len(way) > 1}
    if start + 1 < len(ways):
        found |= {way[0] + after[0] for way in here for after in ways[start + 1]}
    return found


def spellings(name: str) -> list[str]:
    """A name in letters: in full and by first letters, each in the commonest reading."""
    readings = [ways[min(1, len(ways) - 1)] for ways in ways_of(name)]
    return ["".join(readings), "".join(reading[0] for reading in readings)]


def _plain(text: str) -> str:
    return _SILENT.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=8192)
def _ways(char: str) -> tuple[str, ...]:
    readings = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys((char, *(each for each in readings if each.isascii() and each.isalpha()))))
