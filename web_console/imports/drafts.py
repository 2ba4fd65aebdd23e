"""What somebody is about to bring: in memory, for who uploaded it alone, and not for long."""

from collections.abc import Callable, Mapping

import msgspec

from command.core.errors import Refused
from command.tiers.books.cells import Book, BookSheet
from command.tiers.books.columns import Kind, guess_columns, guess_kind, meaning
from command.tiers.books.headings import fingerprint, guess_heading, labels_of
from command.tiers.books.lines import Line, read_lines
from mobilization.roster_columns import IN_TEAM, KINDS, PEOPLE
from mobilization.verdicts import Proposal

IDLE_MS = 60 * 60_000
HELD_MOST = 16
_NOT_BY_PAGE = frozenset({"lon", "lat", "simulated"})
KIND: Mapping[str, Kind] = {
    kind.name: kind._replace(
        columns=(*(column for column in kind.columns if column.name not in _NOT_BY_PAGE), *(IN_TEAM if kind is PEOPLE else ()))
    )
    for kind in KINDS
}
"""As brought by the page: a place would need its datum said, so a team stands at its station."""


class SheetPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How one sheet is read. `kind`: people, teams, or "" for not at all; `first`, `last`: its heading lines. `remembered`: the
    columns were matched by hand before."""

    kind: str
    first: int
    last: int
    columns: list[str]
    remembered: bool = False


class Draft(msgspec.Struct, kw_only=True):
    """`done`: what the commit answered."""

    id: str
    owner: str
    station: str
    raw: bytes
    book: Book
    plans: list[SheetPlan]
    touched_ms: int
    proposal: Proposal | None = None
    done: dict[str, object] | None = None

    def lines(self, kind: str) -> list[Line]:
        return [
            line
            for number, (sheet, plan) in enumerate(zip(self.book.sheets, self.plans, strict=True))
            if plan.kind == kind
            for line in read_lines(sheet, number, below=plan.last, columns=plan.columns, kind=KIND[kind])
        ]


class Drafts:
    """At most one of a person, the oldest go when there are too many. After a restart the file is chosen again."""

    def __init__(self) -> None:
        self._held: dict[str, Draft] = {}

    def keep(self, draft: Draft) -> None:
        self._sweep(draft.touched_ms)
        for held in [each for each in self._held.values() if each.owner == draft.owner]:
            del self._held[held.id]
        for held in sorted(self._held.values(), key=lambda each: (each.touched_ms, each.id))[: len(self._held) - HELD_MOST + 1]:
            del self._held[held.id]
        self._held[draft.id] = draft

    def find(self, id_: str, *, owner: str, now_ms: int) -> Draft:
        """Raises Refused(import.gone), also for a draft of somebody else."""
        self._sweep(now_ms)
        draft = self._held.get(id_)
        if draft is None or draft.owner != owner:
            raise Refused("import.gone")
        draft.touched_ms = now_ms
        return draft

    def drop(self, draft: Draft) -> None:
        self._held.pop(draft.id, None)

    def _sweep(self, now_ms: int) -> None:
        for held in [each for each in self._held.values() if now_ms - each.touched_ms > IDLE_MS]:
            del self._held[held.id]


def guess_plan(sheet: BookSheet, remembered: Callable[[str], list[str] | None]) -> SheetPlan:
    """How a sheet nobody has looked at yet is read. `remembered`: the columns matched by hand for such headings."""
    aliases = [kind.aliases() for kind in KIND.values()]
    first, last = guess_heading(sheet, lambda label: any(meaning(label, each) for each in aliases))
    labels = labels_of(sheet, first, last)
    for name in KIND:
        held = remembered(fingerprint(name, labels))
        if held is not None and len(held) == len(labels):
            return SheetPlan(kind=name, first=first, last=last, columns=held, remembered=True)
    kind = "" if sheet.hidden else guess_kind(labels, tuple(KIND.values()))
    return plan_for(sheet, kind, first, last)


def plan_for(sheet: BookSheet, kind: str, first: int, last: int) -> SheetPlan:
    labels = labels_of(sheet, first, last)
    below = [cells for line, cells in sheet.rows if line > last]
    columns = guess_columns(labels, below, KIND[kind]) if kind else [""] * len(labels)
    return SheetPlan(kind=kind, first=first, last=last, columns=columns)
