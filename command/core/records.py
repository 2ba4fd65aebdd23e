"""The stored form of an event: columns of plain bytes and integers, chained by hash, never re-encoded."""

import hashlib
import itertools
import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from command.core.errors import LogBroken
from command.core.facts import Authority, Event, Fact

GENESIS = bytes(32)
"""The hash before the first record."""

COLUMNS = (
    "position", "at_ms", "happened_ms", "learned_ms", "command_id", "ordinal", "actor", "fingerprint", "name", "schema",
    "keys", "authority", "cause", "data", "subject", "private", "hash",
)  # fmt: skip


class Record(NamedTuple):
    """One row of the log. `ordinal` counts the facts of one command from 0; `fingerprint` is of the raw request."""

    position: int
    at_ms: int
    happened_ms: int
    learned_ms: int
    command_id: str
    ordinal: int
    actor: str
    fingerprint: bytes
    name: str
    schema: int
    keys: bytes
    authority: bytes | None
    cause: int | None
    data: bytes
    subject: str | None
    private: bytes | None
    hash: bytes


_encode = msgspec.json.Encoder().encode
_decode_keys = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_authority = lru_cache(maxsize=4096)(msgspec.json.Decoder(Authority).decode)
"""Few act, and in few names: one value stands for all that are written alike."""
_NUMBERS = struct.Struct(">qqqqiiqiiiiiiiii")
_ABSENT = -1


def chain(before: bytes, record: Record) -> bytes:
    """sha256 over the hash before and every stored column (lengths first, so that no two rows read alike)."""
    command_id, actor, name = record.command_id.encode(), record.actor.encode(), record.name.encode()
    subject = None if record.subject is None else record.subject.encode()
    parts = (command_id, actor, record.fingerprint, name, record.keys, record.authority, record.data, subject, record.private)
    head = _NUMBERS.pack(
        record.position, record.at_ms, record.happened_ms, record.learned_ms, record.ordinal, record.schema,
        _ABSENT if record.cause is None else record.cause,
        *(_ABSENT if part is None else len(part) for part in parts),
    )  # fmt: skip
    return hashlib.sha256(b"".join((before, head, *(part for part in parts if part is not None)))).digest()


_ABSENT_OR = {kind: (kind, type(None)) for kind in (bytes, int, str)}
_KINDS = frozenset(itertools.product(
    (int,), (int,), (int,), (int,), (str,), (int,), (str,), (bytes,), (str,), (int,), (bytes,),
    _ABSENT_OR[bytes], _ABSENT_OR[int], (bytes,), _ABSENT_OR[str], _ABSENT_OR[bytes], (bytes,),
))  # fmt: skip
"""The types of a row's columns, in every way in which those may be that can be absent."""


def is_readable(record: Record) -> bool:
    """Whether every column is of its kind: SQLite keeps whatever somebody puts there. No cause is -1, which the hash reads as none."""
    return tuple(map(type, record)) in _KINDS and record.cause != _ABSENT


def holds(before: bytes, record: Record) -> bool:
    """Whether the record is whole and stands on the hash before it."""
    try:
        return is_readable(record) and chain(before, record) == record.hash
    except struct.error:  # a number too large for its column
        return False


def keys_of(record: Record) -> tuple[str, ...]:
    """What it is filed under."""
    return _decode_keys(record.keys)


def first_break(records: Iterable[Record], *, after: int = 0, before: bytes = GENESIS) -> tuple[int, str] | None:
    """The first position at which the chain does not hold, and why; None when all of it does."""
    expected, last = before, after
    for record in records:
        if record.position != last + 1:
            return last + 1, "missing"
        if not holds(expected, record):
            return record.position, "altered"
        expected, last = record.hash, record.position
    return None


class Codec:
    """Between events and records. Knows the facts of one set of rules by name and schema."""

    def __init__(self, facts: Sequence[type[Fact]]) -> None:
        self._decoders = {(fact.NAME, fact.SCHEMA): msgspec.json.Decoder(fact).decode for fact in facts}

    @staticmethod
    def encode(value: object) -> bytes:
        return _encode(value)

    def event(self, record: Record) -> Event:
        """The event of a record; its fact is None when its name or schema is unknown here. Raises LogBroken for what is none."""
        if not is_readable(record):
            raise LogBroken(position=record.position)
        decode = self._decoders.get((record.name, record.schema))
        try:
            return Event(
                position=record.position, at_ms=record.at_ms, happened_ms=record.happened_ms, learned_ms=record.learned_ms,
                name=record.name, schema=record.schema, keys=_decode_keys(record.keys), actor=record.actor, command_id=record.command_id,
                fact=None if decode is None else decode(record.data),
                authority=None if record.authority is None else _decode_authority(record.authority), cause=record.cause,
                subject=record.subject, sealed=record.private,
            )  # fmt: skip
        except msgspec.DecodeError as error:
            raise LogBroken(position=record.position) from error
