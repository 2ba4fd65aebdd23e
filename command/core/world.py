"""The world in memory: the state under every key and what falls due in it, folded from events and nothing else.

States are frozen, so undoing a failed turn or forking a realm is a matter of dictionaries.
"""

import heapq
from collections.abc import Iterator, MutableMapping, Sequence
from copy import copy
from threading import Lock
from typing import Any, NamedTuple

from command.core.facts import Deadline, Event, Kind, Look
from command.core.holding import IN_MEMORY, Holding
from command.core.realm_facts import ClockStepped, DeadlineVoided, Resumed


class Due(NamedTuple):
    """A standing deadline: when it falls now, after all outages, and the key it belongs to."""

    due_at_ms: int
    key: str
    deadline: Deadline


_STILL = "still"
"""Held among the states, so that it is undone, forked and kept like them: nothing falls due any more."""
_Before = tuple[str, Any, dict[str, Due] | None]
"""A key, and what state and deadlines it had."""


class World:
    """`look(key)` is what a decider sees: bound to the mapping itself, as planning asks it many thousand times a second. `apply` folds
    one event; `undo` takes back to a mark.

    One thread folds; `look`, `due_at` and `next_due_ms` may be asked from any other at the same time. `holding`: where states and
    deadlines are held, perhaps as they were at some moment.
    """

    def __init__(self, kinds: Sequence[Kind], holding: Holding = IN_MEMORY) -> None:
        self._kinds = {kind.prefix: kind for kind in kinds}
        self._states: MutableMapping[str, Any] = holding.many("states")
        self.look: Look = self._states.get
        self._due: MutableMapping[str, dict[str, Due]] = holding.few("due")
        self._queue = sorted((due.due_at_ms, key, kind) for key, dues in self._due.items() for kind, due in dues.items())
        self._queueing = Lock()
        self._journal: list[_Before] = []

    def keys(self, prefix: str) -> list[str]:
        """All keys of one kind, in the order they first appeared."""
        return [key for key in list(self._states) if key.startswith(f"{prefix}:")]

    def due_at(self, key: str, kind: str) -> int | None:
        """When this deadline falls, outages counted; None when it does not stand."""
        due = self._due.get(key, {}).get(kind)
        return None if due is None else due.due_at_ms

    def next_due_ms(self) -> int | None:
        first = self._first()
        return None if first is None else first[0]

    def fallen(self, now_ms: int) -> Iterator[Due]:
        """The deadlines that have fallen due, in order of (time, key, kind); stops when nothing more has."""
        while (first := self._first()) is not None and first[0] <= now_ms:
            _, key, kind = first
            yield self._due[key][kind]

    def apply(self, event: Event) -> None:
        """Fold one event into every state it is filed under. A fact unknown here changes nothing."""
        fact = event.fact
        if fact is None:
            return
        for key in event.keys:
            prefix, _, name = key.partition(":")
            kind = self._kinds.get(prefix)
            if kind is None:
                continue
            before = self._states.get(key)
            if before is None:
                before = kind.born(name)
            after = kind.evolve(before, event)
            voided = fact.kind if isinstance(fact, DeadlineVoided) else None
            if after is not before or voided:
                self._put(key, kind, after, voided)
        if isinstance(fact, Resumed):
            self._move(fact.down_to_ms - fact.down_from_ms, since_ms=fact.down_from_ms, until_ms=fact.down_to_ms)
        elif isinstance(fact, ClockStepped) and fact.by_ms > 0:
            self._move(fact.by_ms, since_ms=event.at_ms - fact.by_ms, until_ms=event.at_ms)
        if fact.STILLS:
            self._still()

    def mark(self) -> int:
        return len(self._journal)

    def undo(self, mark: int) -> None:
        """Put back every state changed since `mark`, newest first."""
        while len(self._journal) > mark:
            key, state, due = self._journal.pop()
            if state is None:
                self._states.pop(key, None)
            else:
                self._states[key] = state
            self._set_due(key, due or {})

    def keep(self) -> None:
        """What was applied is durable: forget how to undo it."""
        self._journal.clear()

    def fork(self) -> "World":
        """A world of its own over the same frozen states."""
        twin = World(tuple(self._kinds.values()))
        twin._states = copy(self._states)
        twin.look = twin._states.get
        with self._queueing:
            twin._due, twin._queue = copy(self._due), self._queue.copy()
        return twin

    def _put(self, key: str, kind: Kind, after: Any, voided: str | None) -> None:
        old_due = self._due.get(key)
        self._journal.append((key, self._states.get(key), old_due))
        if after is None:
            self._states.pop(key, None)
        else:
            self._states[key] = after
        standing = () if after is None or _STILL in self._states else kind.deadlines(after)
        if not standing and not old_due:  # most states never wait for anything
            return
        fresh = {d.kind: self._carried(key, d, old_due) for d in standing if d.kind != voided}
        if fresh or old_due:
            self._set_due(key, fresh)

    def _still(self) -> None:
        for key, dues in list(self._due.items()):
            self._journal.append((key, self._states.get(key), dues))
            self._set_due(key, {})
        self._journal.append((_STILL, self._states.get(_STILL), None))
        self._states[_STILL] = True

    @staticmethod
    def _carried(key: str, deadline: Deadline, old: dict[str, Due] | None) -> Due:
        """The same deadline keeps the time it was moved to; a new one starts at its own."""
        held = None if old is None else old.get(deadline.kind)
        return held if held is not None and held.deadline == deadline else Due(deadline.due_at_ms, key, deadline)

    def _set_due(self, key: str, due: dict[str, Due]) -> None:
        with self._queueing:
            if due:
                self._due[key] = due
            else:
                self._due.pop(key, None)
            for kind, each in due.items():
                heapq.heappush(self._queue, (each.due_at_ms, key, kind))

    def _first(self) -> tuple[int, str, str] | None:
        """The next entry that stands; those that do not are thrown out by the way, none while another is put in."""
        with self._queueing:
            while self._queue and not self._stands(self._queue[0]):
                heapq.heappop(self._queue)
            return self._queue[0] if self._queue else None

    def _stands(self, entry: tuple[int, str, str]) -> bool:
        due_at_ms, key, kind = entry
        due = self._due.get(key, {}).get(kind)
        return due is not None and due.due_at_ms == due_at_ms

    def _move(self, by_ms: int, *, since_ms: int, until_ms: int) -> None:
        """Time from `since_ms` to `until_ms` did not count for people: nobody gets more than a whole new term."""
        for key, dues in list(self._due.items()):
            moved = {kind: _moved(due, by_ms, since_ms, until_ms) for kind, due in dues.items()}
            if moved != dues:
                self._journal.append((key, self._states.get(key), dues))
                self._set_due(key, moved)


def _moved(due: Due, by_ms: int, since_ms: int, until_ms: int) -> Due:
    deadline = due.deadline
    if not deadline.waits_for_people or due.due_at_ms <= since_ms:
        return due
    length = deadline.due_at_ms - deadline.set_at_ms
    return due._replace(due_at_ms=max(due.due_at_ms, min(due.due_at_ms + by_ms, until_ms + length)))
