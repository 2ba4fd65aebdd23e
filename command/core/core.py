"""The kernel: decides waiting commands in turns. Synchronous, sans-I/O but for the log and the vault it is given.

A turn holds the log's write lock: it folds what other processes appended, looks up command ids, lets fallen deadlines
speak first, then decides every waiting command in order of arrival against the world in memory, appends all, commits
once. Inside a turn there are no versions, no conflicts and no retries.
"""

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from command.core.asks import Ask, Outcome, receipt_of
from command.core.clock import Clock, Timekeeper
from command.core.draft import Draft
from command.core.errors import Bug, LogBroken, LogUnavailable, MusterError, ReadOnly
from command.core.facts import Event, Rules
from command.core.log import Log, Page
from command.core.realm_facts import ClockStepped, Resumed, SubjectErased
from command.core.records import GENESIS, Codec, Record, holds
from command.core.vault import Vault
from command.core.world import World

_log = logging.getLogger(__name__)

FOLD_AT_ONCE = 4096
OUTAGE_MS = 2_000
"""Shorter gaps between two lives of a realm are restarts, not outages."""


def _no_probe(_point: str) -> None:
    """Nothing happens at the named points of a turn, outside the kill tests."""


class Start(NamedTuple):
    """Where a branch begins: the states of its parent at a position, under that hash, at that time. The world is the branch's own."""

    world: World
    position: int
    hash: bytes
    recorded_ms: int


class Core:
    """One realm's kernel. `turn` belongs to one thread at a time; `world.look` may be read from any.

    `alive_ms`: the last sign of life of an earlier process. `beside`: this process serves nobody; deadlines and outages are left
    to the one that does. `stopped_by`: why it decides nothing any more, or None.
    `began_at`: where the log ended when it was opened; what stands behind it happened in this process's own time. `start`: of a
    branch, which reads nothing of what lies before.
    """

    def __init__(
        self, *, log: Log, rules: Rules, vault: Vault, clock: Clock, alive_ms: int | None = None, beside: bool = False,
        probe: Callable[[str], None] = _no_probe, start: Start | None = None,
    ) -> None:  # fmt: skip
        self._log = log
        self._vault = vault
        self._deciders, self._first = rules.deciders, rules.first
        self._kinds = {kind.prefix: kind for kind in rules.kinds}
        self._codec = Codec(rules.facts)
        self._probe = probe
        self._beside = beside
        self._deaf_from_ms: int | None = None
        begun = start or Start(World(rules.kinds), 0, GENESIS, 0)
        self.world, self.position, self._hash, self._recorded_ms = begun
        self.stopped_by: MusterError | None = None
        self._gap: Resumed | None = None
        try:
            self._read_all()
        except LogBroken as broken:
            self.stopped_by = broken
        self.began_at = self.position
        self._time = Timekeeper(clock, recorded_ms=self._recorded_ms)
        self._resume(self._recorded_ms if alive_ms is None else alive_ms)

    def now_ms(self) -> int:
        """The realm's time, for showing; deciding takes its own reading."""
        return self._time.peek()

    def event(self, record: Record) -> Event:
        """Raises LogBroken for a row that is no record any more; then nothing is decided on top of it either."""
        try:
            return self._codec.event(record)
        except LogBroken as broken:
            self.stopped_by = broken
            raise

    def is_due(self) -> bool:
        """Whether a turn is wanted although nobody asks: a deadline has fallen."""
        due = self.world.next_due_ms()
        return due is not None and due <= self.now_ms()

    @property
    def is_deaf(self) -> bool:
        """Whether a turn is wanted although nobody asks: to see if the log can be written again."""
        return self._deaf_from_ms is not None and self.stopped_by is None

    def turn(self, asks: Sequence[Ask]) -> list[Outcome]:
        """Decide all; one outcome for each ask, in order. Never raises: what fails leaves the world as the log has it."""
        try:
            self._probe("before lock")
            with self._log.turn() as page:
                outcomes = self._decide_all(page, asks)
            self._probe("before reply")
        except MusterError as error:
            self.world.undo(0)
            if isinstance(error, LogBroken):
                self.stopped_by = error
            if isinstance(error, LogUnavailable) and not self._beside:
                self._deaf_from_ms = self._deaf_from_ms or self.now_ms()
            return [error] * len(asks)
        except Exception as error:
            self.world.undo(0)
            _log.exception("a turn failed")
            return [Bug(command="turn", fault=type(error).__name__)] * len(asks)
        return outcomes

    def _decide_all(self, page: Page, asks: Sequence[Ask]) -> list[Outcome]:
        self._catch_up(page)
        if self.stopped_by is not None:
            raise self.stopped_by.with_traceback(None)  # one error, raised for ever: it must not gather where it went
        self._time.saw(self._recorded_ms)
        reading = self._time.read()
        draft = Draft(
            world=self.world, kinds=self._kinds, deciders=self._deciders, position=self.position, now_ms=reading.now_ms,
            done=page.done([ask.command_id for ask in asks]),
        )  # fmt: skip
        self._hear_again(reading.now_ms)
        if self._gap is not None:
            draft.note(self._gap)
        if reading.stepped_ms:
            draft.note(ClockStepped(by_ms=reading.stepped_ms))
        early = {n: draft.decide(ask) for n, ask in enumerate(asks) if type(ask.command) in self._first}
        if not self._beside:
            draft.let_fall()
        outcomes = [early[n] if n in early else draft.decide(ask) for n, ask in enumerate(asks)]
        self._probe("after decide")
        records = self._append(page, draft) if len(draft) else []
        return [receipt_of(records[outcome]) if isinstance(outcome, slice) else outcome for outcome in outcomes]

    def _append(self, page: Page, draft: Draft) -> list[Record]:
        records = draft.sealed(self._vault, self._hash)
        page.append(records)
        self._probe("after insert")
        page.commit()
        self._probe("after commit")
        self.world.keep()
        last = records[-1]
        self.position, self._hash, self._recorded_ms = last.position, last.hash, last.at_ms
        self._gap = self._deaf_from_ms = None
        return records

    def _hear_again(self, now_ms: int) -> None:
        """While nothing could be written nobody's answer counted: that is an outage too, however short. Recording it shows that
        it is over."""
        if self._gap is None and self._deaf_from_ms is not None:
            self._gap = Resumed(down_from_ms=self._deaf_from_ms, down_to_ms=now_ms)

    def _catch_up(self, page: Page) -> None:
        """Fold what other processes appended, which must stand on what we have folded ourselves."""
        for record in page.after(self.position):
            if not holds(self._hash, record):
                raise LogBroken(position=record.position)
            self._fold(record)
            self.world.keep()
        if page.head() != (self.position, self._hash):
            raise LogBroken(position=self.position)

    def _read_all(self) -> None:
        while records := self._log.after(self.position, FOLD_AT_ONCE):
            try:
                for record in records:
                    if record.position != self.position + 1:
                        raise LogBroken(position=self.position + 1)
                    self._fold(record)
            finally:  # what came before a broken place is served
                self.world.keep()

    def _fold(self, record: Record) -> None:
        event = self._codec.event(record)
        if event.fact is None:
            self.stopped_by = self.stopped_by or ReadOnly(name=event.name, schema=event.schema, position=event.position)
        self.world.apply(event)
        if isinstance(event.fact, SubjectErased):
            self._vault.forget(event.fact.subject)
        self.position, self._hash, self._recorded_ms = record.position, record.hash, record.at_ms

    def _resume(self, alive_ms: int) -> None:
        """Record the outage since the last sign of life before any deadline speaks, so that none lapses unheard."""
        now_ms = self.now_ms()
        if self._beside or self.position == 0 or now_ms - alive_ms <= OUTAGE_MS or self.stopped_by is not None:
            return
        self._gap = Resumed(down_from_ms=alive_ms, down_to_ms=now_ms)
        self.turn([])
