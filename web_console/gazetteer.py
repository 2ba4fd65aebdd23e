"""One search over everything that has a name and a place: divisions with their villages, saved places, stations, teams."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from command.tiers.divisions import Tier, covers, path_of, tier_of
from web_console.directory import SavedPlace, StationName, TeamName
from web_console.spelling import beginnings, reach, ways_of, words_of

KINDS = (Tier.COUNTY.value, Tier.TOWNSHIP.value, Tier.VILLAGE.value, "saved", "station", "team", Tier.CITY.value)
"""In the order in which equals are shown."""


class Named(NamedTuple):
    """Something with a name. `lon`, `lat` are None where only the division is known: a report of it has no point yet."""

    kind: str
    id: str
    name: str
    division: str
    lon: float | None = None
    lat: float | None = None


class Gazetteer:
    """Immutable: a change makes a new one."""

    def __init__(
        self, divisions: Mapping[str, str], *, places: Iterable[SavedPlace], stations: Iterable[StationName], teams: Iterable[TeamName]
    ) -> None:  # fmt: skip
        self._all = [Named(tier_of(code).value, code, name, code) for code, name in divisions.items()]
        self._all += [Named("saved", each.id, each.name, each.division, each.lon, each.lat) for each in places]
        self._all += [Named("station", each.id, each.name, each.division, each.lon, each.lat) for each in stations]
        self._all += [Named("team", each.id, each.name, each.division, each.lon, each.lat) for each in teams]
        self._all.sort(key=lambda each: (KINDS.index(each.kind), each.id))
        self._ways = [ways_of(each.name) for each in self._all]
        self._plain = ["".join(words_of(each.name)) for each in self._all]
        self._above = [frozenset(path_of(each.division)) for each in self._all]
        self._first: dict[str, list[int]] = {}
        self._inside: dict[str, list[tuple[int, int]]] = {}
        for number, ways in enumerate(self._ways):
            for start in range(len(ways)):
                for beginning in sorted(beginnings(ways, start)):
                    if start:
                        self._inside.setdefault(beginning, []).append((number, start))
                    else:
                        self._first.setdefault(beginning, []).append(number)

    def find(self, query: str, *, within: str, limit: int, kind: str = "") -> list[Named]:
        """What `within` this division has such a name: those that are it, that begin so, that hold it; then by kind and id. Of
        several words the last is looked for, and each other one in the name too or in a division above. Without any word: the
        townships. Where nothing has such a name: what is named whole within it. `kind`: nothing else is looked for; without any word
        the first of these."""
        words = words_of(query)
        if not words:
            return [each for each in self._all if each.kind == (kind or Tier.TOWNSHIP.value) and covers(within, each.division)][
                :limit
            ]
        others = [self._holding(word) for word in words[:-1]]

        def may(number: int) -> bool:
            held_here = (number in held or not codes.isdisjoint(self._above[number]) for held, codes in others)
            named = self._all[number]
            return covers(within, named.division) and kind in ("", named.kind) and all(held_here)

        found = self._beginning(words[-1], may)
        if len(found) < limit:
            held = set(found)
            found += islice((n for n in self._with_inside(words[-1], may) if n not in held), limit - len(found))
        found = found or self._named_in(words[-1], may)
        return [self._all[number] for number in found[:limit]]

    def _beginning(self, word: str, may: Callable[[int], bool]) -> list[int]:
        """Names that are this word, then those that begin with it."""
        ends = ((number, reach(self._ways[number], 0, word)) for number in self._first.get(word[:2], ()) if may(number))
        fit = [(end < len(self._ways[number]), number) for number, end in ends if end]
        return [number for _, number in sorted(fit)]

    def _with_inside(self, word: str, may: Callable[[int], bool]) -> Iterator[int]:
        """Names that hold this word further in, in order, each once. One letter alone says too little."""
        if len(word) == 1 and word.isascii():
            return
        last = -1
        for number, start in self._inside.get(word[:2], ()):
            if number != last and may(number) and reach(self._ways[number], start, word):
                last = number
                yield number

    def _named_in(self, word: str, may: Callable[[int], bool]) -> list[int]:
        """Whose whole name stands in what was said (高桥镇桥头: 高桥镇), the longest first."""
        named = [n for n, name in enumerate(self._plain) if len(name) > 1 and name in word and may(n)]
        return sorted(named, key=lambda number: -len(self._plain[number]))

    def _holding(self, word: str) -> tuple[set[int], set[str]]:
        """What holds this word, and the divisions among it."""
        held = {*self._beginning(word, lambda _: True), *self._with_inside(word, lambda _: True)}
        return held, {self._all[number].id for number in held if self._all[number].id == self._all[number].division}
