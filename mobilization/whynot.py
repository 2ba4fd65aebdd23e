"""Why somebody was not called. In a large city that is thousands of teams at every wave, so only those are gone into who were looked at:
of the others it is one reason for all, that nearer ones sufficed, or that the call-out does not reach them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

NEARER, BEYOND = "nearer_sufficed", "other_division"


class WhyNot(NamedTuple):
    team: str
    speciality: str
    person: str
    reason: str


class NotCalled(msgspec.Struct, frozen=True, kw_only=True):
    """Of one need, in order of distance. `looked_at`: each with its reason; `farther`: teams behind those who sufficed; `beyond`: teams of
    divisions that the call-out does not reach."""

    speciality: str
    looked_at: tuple[WhyNot, ...] = ()
    farther: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()

    def rows(self) -> Iterator[WhyNot]:
        """Team by team."""
        yield from self.looked_at
        for reason, teams in ((NEARER, self.farther), (BEYOND, self.beyond)):
            yield from (WhyNot(team, self.speciality, "", reason) for team in teams)


def counts_of(not_called: Iterable[NotCalled]) -> dict[str, int]:
    """How many for which reason."""
    counts: Counter[str] = Counter()
    for each in not_called:
        counts.update(row.reason for row in each.looked_at)
        counts.update({NEARER: len(each.farther), BEYOND: len(each.beyond)})
    return {reason: count for reason, count in sorted(counts.items()) if count}


def pack(not_called: tuple[NotCalled, ...]) -> bytes:
    return msgspec.json.encode(not_called)


def unpack(plain: bytes) -> list[WhyNot]:
    """Team by team; also what was kept while every team was gone into: one row each."""
    kept = msgspec.json.decode(plain)
    if kept and isinstance(kept[0], list):
        return msgspec.convert(kept, list[WhyNot])
    return [row for each in msgspec.convert(kept, list[NotCalled]) for row in each.rows()]
