"""What one turn is about to append: decisions in order, each seeing the ones before it."""

import logging
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from command.core.asks import Ask, Outcome, receipt_of
from command.core.errors import Bug, MusterError, Refused, Reused
from command.core.facts import Command, Decide, Event, Fact, Kind, Moment, Sealed, Times
from command.core.realm_facts import AlreadySo, ClockStepped, DeadlineVoided, Note, Resumed
from command.core.records import Codec, Record, chain
from command.core.vault import Vault
from command.core.world import Due, World

_log = logging.getLogger(__name__)

FALLS_A_TURN = 512


def context_of(position: int, name: str) -> str:
    """What a private part is bound to: it opens only as the part of this event."""
    return f"{position}/{name}"


def _noted(fact: ClockStepped | Resumed, now_ms: int) -> Ask:
    """The core's own note about time."""
    return Ask(command=Note(fact=fact), actor="core", command_id=f"{now_ms:013d}/{fact.NAME}")


class _Times(NamedTuple):
    happened_ms: int
    learned_ms: int
    at_ms: int


def _times_told(told: Times, now_ms: int) -> _Times:
    """Nothing is learned before it happened, and nothing is entered before it was learned."""
    learned_ms = now_ms if told.learned_ms is None else told.learned_ms
    happened_ms = learned_ms if told.happened_ms is None else told.happened_ms
    if not 0 <= happened_ms <= learned_ms <= now_ms:
        raise Refused("times", now_ms=now_ms)
    return _Times(happened_ms, learned_ms, now_ms)


class Draft:
    """`decide` answers with an outcome; a slice stands for a receipt until the records have their hashes."""

    def __init__(
        self, *, world: World, kinds: Mapping[str, Kind], deciders: Mapping[type[Command], Decide], position: int, now_ms: int,
        done: Sequence[Record],
    ) -> None:  # fmt: skip
        self._world, self._kinds, self._deciders = world, kinds, deciders
        self._position, self._now_ms = position, now_ms
        self._rows: list[_Row] = []
        self._done: dict[tuple[str, str], list[Record]] = {}
        self._drafted: dict[tuple[str, str], tuple[bytes, slice]] = {}
        for record in done:
            self._done.setdefault((record.actor, record.command_id), []).append(record)

    def __len__(self) -> int:
        return len(self._rows)

    def decide(self, ask: Ask) -> Outcome | slice:
        """The first receipt if this id is known, else a fresh decision."""
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
        for number, due in enumerate(self._world.fallen(self._now_ms)):
            if number >= FALLS_A_TURN:
                return
            self._fall(due)

    def note(self, fact: ClockStepped | Resumed) -> None:
        self._record(_noted(fact, self._now_ms), [fact])

    def sealed(self, vault: Vault, before: bytes) -> list[Record]:
        """The records in their places, sealed, and chained behind the hash `before`."""
        vault.prepare([row.subject for row in self._rows if row.subject is not None])
        records = []
        for position, row in enumerate(self._rows, self._position + 1):
            record = row.record(vault, position)
            before = chain(before, record)
            records.append(record._replace(hash=before))
        return records

    def _fall(self, due: Due) -> None:
        kind = self._kinds[due.key.partition(":")[0]]
        ask = Ask(
            command=kind.fall(due.key, due.deadline), actor="deadline",
            command_id=f"{due.due_at_ms:013d}/{due.deadline.kind}/{due.key}",
        )  # fmt: skip
        outcome = self._attempt(ask)
        if self._world.due_at(due.key, due.deadline.kind) == due.due_at_ms:
            error = outcome.code if isinstance(outcome, MusterError) else None
            self._record(ask, [DeadlineVoided(key=due.key, kind=due.deadline.kind, error=error)])

    def _attempt(self, ask: Ask) -> slice | MusterError:
        mark, rows = self._world.mark(), len(self._rows)
        try:
            decide = self._deciders[type(ask.command)]
            times = _times_told(ask.times, self._now_ms)
            moment = Moment(self._now_ms, times.learned_ms, ask.actor, ask.authority, ask.cause)
            facts = list(decide(self._world.look, ask.command, moment))
            return self._record(ask, facts or [AlreadySo()], times)
        except Refused as refusal:
            return refusal
        except Exception as error:
            self._world.undo(mark)
            del self._rows[rows:]
            _log.exception("decider of %s failed", type(ask.command).__name__)
            return Bug(command=type(ask.command).__name__, fault=type(error).__name__)

    def _record(self, ask: Ask, facts: Sequence[Fact | Sealed], told: _Times | None = None) -> slice:
        start, now = len(self._rows), _Times(self._now_ms, self._now_ms, self._now_ms)
        for ordinal, each in enumerate(facts):
            row = _Row(ask, now if ordinal or told is None else told, ordinal, each)
            self._world.apply(row.event(self._position + len(self._rows) + 1))
            self._rows.append(row)
        return slice(start, len(self._rows))


class _Row:
    """One fact on its way into the log."""

    def __init__(self, ask: Ask, times: _Times, ordinal: int, fact: Fact | Sealed) -> None:
        self._ask = ask
        self._times = times
        self._ordinal = ordinal
        self._fact = fact.fact if isinstance(fact, Sealed) else fact
        self._private = fact.private if isinstance(fact, Sealed) else None
        self.subject = fact.subject if isinstance(fact, Sealed) else None
        self._keys = self._fact.keys()

    def event(self, position: int) -> Event:
        ask, fact, times = self._ask, self._fact, self._times
        return Event(
            position=position, at_ms=times.at_ms, happened_ms=times.happened_ms, learned_ms=times.learned_ms, name=fact.NAME,
            schema=fact.SCHEMA, keys=self._keys, actor=ask.actor, command_id=ask.command_id, fact=fact, authority=ask.authority, cause=ask.cause, subject=self.subject,
        )  # fmt: skip

    def record(self, vault: Vault, position: int) -> Record:
        ask, fact, times = self._ask, self._fact, self._times
        sealed = None
        if self.subject is not None and self._private is not None:
            sealed = vault.seal(self.subject, self._private, context=context_of(position, fact.NAME))
        return Record(
            position=position, at_ms=times.at_ms, happened_ms=times.happened_ms, learned_ms=times.learned_ms,
            command_id=ask.command_id, ordinal=self._ordinal, actor=ask.actor, fingerprint=ask.fingerprint, name=fact.NAME, schema=fact.SCHEMA, keys=Codec.encode(self._keys),
            authority=None if ask.authority is None else Codec.encode(ask.authority), cause=ask.cause,
            data=Codec.encode(fact), subject=self.subject, private=sealed, hash=b"",
        )  # fmt: skip
