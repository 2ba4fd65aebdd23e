"""Who is of the station but not in the file, found by what is typed: a name in characters, readings or first letters, or how the
telephone number ends."""

from collections.abc import Sequence

from mobilization.verdicts import Leaving
from web_console.spelling import standing, ways_of, words_of


def find_missing(people: Sequence[Leaving], query: str) -> list[str]:
    """Their ids: those whose name begins so first, then as they stand. Every word has to be found."""
    words = words_of(query)
    ranked = [(rank, place) for place, each in enumerate(people) if (rank := _rank(each, words)) is not None]
    return [people[place].id for _, place in sorted(ranked)]


def _rank(person: Leaving, words: Sequence[str]) -> int | None:
    ways = ways_of(person.name)
    worst = 0
    for word in words:
        at = 0 if word.isdigit() and person.phone.endswith(word) else standing(ways, word)
        if at is None:
            return None
        worst = max(worst, min(at, 1))
    return worst
