"""The kernel: decides waiting commands in turns. Synchronous, sans-I/O but for the log and the vault it is given.

A turn holds the log's write lock: it folds what other processes appended, looks up command ids, lets fallen deadlines
speak first, then decides every waiting command in order of arrival against the world in memory, appends all, commits
once. Inside a turn there are no versions, no conflicts and no retries.
"""

import logging
from collections.abc import Callable, Sequence

import msgspec

from command.core.errors import Bug, LogBroken, MusterError, ReadOnly, Refused, Reused
from command.core.clock import Clock, Timekeeper
from command.core.facts import Authority, Command, Event, Fact, Moment, Rules, Sealed
from command.core.log import Log, Page
from command.core.realm_facts import AlreadySo, ClockStepped, DeadlineVoided, Note, Resumed, SubjectErased
from command.core.records import GENESIS, Codec, Record, chain
from command.core.vault import Vault
from command.core.world import Due, World

_log = logging.getLogger(__name__)

FOLD_AT_ONCE = 4096
FALLS_A_TURN = 512
OUTAGE_MS = 2_000
"""Shorter gaps between two lives of a realm are restarts, not outages."""


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One waiting command and who asks. `fingerprint` is of the raw request: the same id must carry the same body."""

    command: Command
    actor: str
    command_id: str
    fingerprint: bytes = b""
    authority: Authority | None = None
    cause: int | None = None


class Line(msgspec.Struct, frozen=True):
    """One recorded fact as its asker sees it: public part only."""

    name: str
    data: msgspec.Raw


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The command is in the log. Built from stored bytes alone, so a retry gets the very same."""

    command_id: str
    position: int
    at_ms: int
    events: tuple[Line, ...]


Outcome = Receipt | MusterError


def receipt_of(records: Sequence[Record]) -> Receipt:
    last = records[-1]
    lines = tuple(Line(record.name, msgspec.Raw(record.data)) for record in records)
    return Receipt(command_id=last.command_id, position=last.position, at_ms=last.at_ms, events=lines)


def context_of(position: int, name: str) -> str:
    """What a private part is bound to: it opens only as the part of this event."""
    return f"{position}/{name}"


def _no_probe(_point: str) -> None:
    """Nothing happens at the named points of a turn, outside the kill tests."""


class Core:
    """One realm's kernel. `turn` belongs to one thread at a time; `world.look` may be read from any."""

    def __init__(
        self, *, log: Log, rules: Rules, vault: Vault, clock: Clock, alive_ms: int | None = None,
        probe: Callable[[str], None] = _no_probe,
    ) -> None:  # fmt: skip
        self._log = log
        self._vault = vault
        self._deciders = rules.deciders
        self._kinds = {kind.prefix: kind for kind in rules.kinds}
        self._codec = Codec(rules.facts)
        self._probe = probe
        self.world = World(rules.kinds)
        self.position = 0
        self.stopped_by: MusterError | None = None
        self._hash = GENESIS
        self._recorded_ms = 0
        self._read_on()
        self._time = Timekeeper(clock, recorded_ms=self._recorded_ms)
        self._resume(max(alive_ms or 0, self._recorded_ms))

    def now_ms(self) -> int:
        """The realm's time, for showing; deciding takes its own reading."""
        return self._time.peek()

    def event(self, record: Record) -> Event:
        return self._codec.event(record)

    def is_due(self) -> bool:
        due = self.world.next_due_ms()
        return due is not None and due <= self.now_ms()

    def turn(self, asks: Sequence[Ask]) -> list[Outcome]:
        """Decide all; one outcome for each ask, in order. Never raises for what a command did."""
        self._probe("before lock")
        try:
            with self._log.turn() as page:
                outcomes = self._decide_all(page, asks)
            self.world.keep()
        except MusterError as error:
            self.world.undo(0)
            return [error] * len(asks)
        self._probe("before reply")
        return outcomes

    def catch_up(self) -> None:
        """Fold what other processes committed; for a process that only reads."""
        self._read_on()

    def _decide_all(self, page: Page, asks: Sequence[Ask]) -> list[Outcome]:
        for record in page.after(self.position):
            self._check(record)
            self._fold(record)
        if page.head() != (self.position, self._hash):
            self.stopped_by = self.stopped_by or LogBroken(position=self.position)
        if self.stopped_by is not None:
            raise self.stopped_by
        self._time.saw(self._recorded_ms)
        reading = self._time.read()
        draft = _Draft(self, reading.now_ms, page.done([ask.command_id for ask in asks]))
        if reading.stepped_ms:
            draft.note(ClockStepped(by_ms=reading.stepped_ms))
        draft.let_fall()
        outcomes = [draft.decide(ask) for ask in asks]
        self._probe("after decide")
        if draft.records:
            head = (self.position, self._hash)
            records = draft.sealed(self._vault, *head)
            page.append(records)
            self._probe("after insert")
            page.commit()
            self._probe("after commit")
            self.position, self._hash, self._recorded_ms = records[-1].position, records[-1].hash, reading.now_ms
            return [receipt_of(records[o]) if isinstance(o, slice) else o for o in outcomes]
        return [o for o in outcomes if not isinstance(o, slice)]  # nothing drafted: no slices

    def _read_on(self) -> None:
        while records := self._log.after(self.position, FOLD_AT_ONCE):
            for record in records:
                self._fold(record)
            if self.stopped_by is not None and isinstance(self.stopped_by, LogBroken):
                return

    def _check(self, record: Record) -> None:
        """What another process appended must stand on what we have folded."""
        if chain(self._hash, record) != record.hash:
            raise LogBroken(position=record.position)

    def _fold(self, record: Record) -> None:
        if record.position != self.position + 1:
            self.stopped_by = LogBroken(position=self.position + 1)
            return
        event = self._codec.event(record)
        if event.fact is None:
            self.stopped_by = ReadOnly(name=event.name, schema=event.schema, position=event.position)
        self.world.apply(event)
        if isinstance(event.fact, SubjectErased):
            self._vault.forget(event.fact.subject)
        self.world.keep()
        self.position, self._hash, self._recorded_ms = record.position, record.hash, record.at_ms

    def _resume(self, alive_ms: int) -> None:
        """Record the outage since the last sign of life, so that deadlines that wait for people move by it."""
        now_ms = self.now_ms()
        if self.position == 0 or now_ms - alive_ms <= OUTAGE_MS or self.stopped_by is not None:
            return
        gap = Resumed(down_from_ms=alive_ms, down_to_ms=now_ms)
        self.turn([_noted(gap, now_ms)])


def _noted(fact: ClockStepped | Resumed, now_ms: int) -> Ask:
    return Ask(command=Note(fact=fact), actor="core", command_id=f"{now_ms:013d}/{fact.NAME}")


class _Draft:
    """What one turn is about to append. A slice stands for a receipt until hashes are known."""

    def __init__(self, core: Core, now_ms: int, done: Sequence[Record]) -> None:
        self.records: list[_Row] = []
        self._core = core
        self._now_ms = now_ms
        self._done: dict[tuple[str, str], list[Record]] = {}
        self._drafted: dict[tuple[str, str], tuple[bytes, slice]] = {}
        for record in done:
            self._done.setdefault((record.actor, record.command_id), []).append(record)

    def decide(self, ask: Ask) -> Outcome | slice:
        asked = (ask.actor, ask.command_id)
        if (earlier := self._done.get(asked)) is not None:
            return receipt_of(earlier) if earlier[0].fingerprint == ask.fingerprint else Reused(ask.command_id)
        if (drafted := self._drafted.get(asked)) is not None:
            return drafted[1] if drafted[0] == ask.fingerprint else Reused(ask.command_id)
        outcome = self._attempt(ask)
        if isinstance(outcome, slice):
            self._drafted[asked] = (ask.fingerprint, outcome)
        return outcome

    def let_fall(self) -> None:
        """Deadlines speak first. One that yields nothing is voided, so that it cannot fall for ever."""
        for number, due in enumerate(self._core.world.fallen(self._now_ms)):
            if number >= FALLS_A_TURN:
                return
            self._fall(due)

    def note(self, fact: ClockStepped) -> None:
        self._record(_noted(fact, self._now_ms), [fact])

    def sealed(self, vault: Vault, position: int, before: bytes) -> list[Record]:
        """The rows in their places, sealed and chained behind (`position`, `before`)."""
        vault.prepare([row.subject for row in self.records if row.subject is not None])
        records = []
        for row in self.records:
            position += 1
            record = row.record(vault, position)
            before = chain(before, record)
            records.append(record._replace(hash=before))
        return records

    def _fall(self, due: Due) -> None:
        world = self._core.world
        kind = self._core._kinds[due.key.partition(":")[0]]
        ask = Ask(
            command=kind.fall(due.key, due.deadline), actor="deadline",
            command_id=f"{due.due_at_ms:013d}/{due.deadline.kind}/{due.key}",
        )  # fmt: skip
        outcome = self._attempt(ask)
        if world.due_at(due.key, due.deadline.kind) == due.due_at_ms:
            error = outcome.code if isinstance(outcome, MusterError) else None
            self._record(ask, [DeadlineVoided(key=due.key, kind=due.deadline.kind, error=error)])

    def _attempt(self, ask: Ask) -> slice | MusterError:
        core = self._core
        mark, rows = core.world.mark(), len(self.records)
        try:
            decide = core._deciders[type(ask.command)]
            moment = Moment(self._now_ms, ask.actor, ask.authority, ask.cause)
            facts = list(decide(core.world.look, ask.command, moment))
            return self._record(ask, facts or [AlreadySo()])
        except Refused as refusal:
            return refusal
        except Exception as error:  # noqa: BLE001 -- a decider's bug fails its own command only
            core.world.undo(mark)
            del self.records[rows:]
            _log.error("decider of %s failed: %s", type(ask.command).__name__, type(error).__name__, exc_info=error)
            return Bug(command=type(ask.command).__name__)

    def _record(self, ask: Ask, facts: Sequence[Fact | Sealed]) -> slice:
        start = len(self.records)
        for ordinal, each in enumerate(facts):
            row = _Row(ask, self._now_ms, ordinal, each)
            self._core.world.apply(row.event(self._core.position + len(self.records) + 1))
            self.records.append(row)
        return slice(start, len(self.records))


class _Row:
    """One fact on its way into the log."""

    def __init__(self, ask: Ask, now_ms: int, ordinal: int, fact: Fact | Sealed) -> None:
        self._ask = ask
        self._now_ms = now_ms
        self._ordinal = ordinal
        self._fact = fact.fact if isinstance(fact, Sealed) else fact
        self._private = fact.private if isinstance(fact, Sealed) else None
        self.subject = fact.subject if isinstance(fact, Sealed) else None
        self._keys = self._fact.keys()

    def event(self, position: int) -> Event:
        ask, fact = self._ask, self._fact
        return Event(
            position=position, at_ms=self._now_ms, name=fact.NAME, schema=fact.SCHEMA, keys=self._keys, actor=ask.actor,
            command_id=ask.command_id, fact=fact, authority=ask.authority, cause=ask.cause, subject=self.subject,
        )  # fmt: skip

    def record(self, vault: Vault, position: int) -> Record:
        ask, fact = self._ask, self._fact
        sealed = None
        if self.subject is not None and self._private is not None:
            sealed = vault.seal(self.subject, self._private, context=context_of(position, fact.NAME))
        return Record(
            position=position, at_ms=self._now_ms, command_id=ask.command_id, ordinal=self._ordinal, actor=ask.actor,
            fingerprint=ask.fingerprint, name=fact.NAME, schema=fact.SCHEMA, keys=Codec.encode(self._keys),
            authority=None if ask.authority is None else Codec.encode(ask.authority), cause=ask.cause,
            data=Codec.encode(fact), subject=self.subject, private=sealed, hash=b"",
        )  # fmt: skip
