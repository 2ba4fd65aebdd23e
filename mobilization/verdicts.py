"""What is said of a keeper's lists, line by line, and of the station they are held beside."""

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from command.tiers.books.lines import Line, Mend
from command.tiers.rows import Bad

State = Literal["new", "changed", "same", "refused"]
Check = Callable[[dict[str, str]], object]
"""The reader of a row of ours, which raises BadRow."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The station at one revision: `people` and `teams` as the rows that would store them, by id. `elsewhere`: ids
    the file names that are known, but not here."""

    rev: int
    station: str
    division: str
    people: Mapping[str, dict[str, str]]
    teams: Mapping[str, dict[str, str]]
    elsewhere: frozenset[str]


class Change(msgspec.Struct, frozen=True):
    column: str
    was: str
    now: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Of one line. `row`: what would be stored. `notes`: what to look at, though it is taken."""

    kind: Literal["people", "teams"]
    sheet: int
    line: int
    state: State
    name: str
    id: str = ""
    row: dict[str, str] = {}
    changes: tuple[Change, ...] = ()
    mended: tuple[Mend, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    bads: tuple[Bad, ...] = ()


class Leaving(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the station whom the file no longer has. `leads`: teams that need another leader first."""

    id: str
    name: str
    phone: str
    leads: tuple[str, ...]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """`names`: of everybody a team may name, by id; `others`: teams that change by people's lines and have none of their own."""

    rev: int
    names: dict[str, str]
    verdicts: tuple[Verdict, ...]
    leaving: tuple[Leaving, ...]
    others: tuple[Verdict, ...] = ()

    def counts(self) -> dict[str, int]:
        return {state: sum(each.state == state for each in self.verdicts) for state in ("new", "changed", "same", "refused")}

    def mended(self) -> int:
        return sum(bool(each.mended) and each.state != "refused" for each in self.verdicts)


Key = tuple[int, int]
"""A place in the file: sheet and line."""


def key_of(each: Line | Verdict) -> Key:
    return each.sheet, each.line
