"""Values as a shelf keeps them: bytes that only stand for frozen values of our own, and that nothing else can be read from.

An event is kept as its position: the log has it already.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_type_hints

import msgspec

from command.core.facts import Event
from command.core.world import Due

_Kind = Literal["plain", "state", "event", "events", "names", "due"]
_encode = msgspec.msgpack.Encoder().encode
_head = msgspec.msgpack.Decoder(tuple[_Kind, str, msgspec.Raw]).decode
_plain = msgspec.msgpack.Decoder().decode
_position = msgspec.msgpack.Decoder(int).decode
_positions = msgspec.msgpack.Decoder(tuple[int, ...]).decode
_names = msgspec.msgpack.Decoder(tuple[str, ...]).decode
_due = msgspec.msgpack.Decoder(dict[str, Due]).decode


PACKED_FROM = 256
"""Bytes from which a value is packed: a call-out of many calls, a person who was called often."""
_PACKED = b"\xc1"
"""No MessagePack begins with it."""


def kept(value: Any) -> bytes:
    """Raises TypeError for what no picture holds."""
    plain = _encode(_told(value))
    return plain if len(plain) < PACKED_FROM else _PACKED + zlib.compress(plain, 1)


def _told(value: Any) -> tuple[_Kind, str, object]:
    match value:
        case None | bool() | int() | str():
            return "plain", "", value
        case Event():
            return "event", "", value.position
        case msgspec.Struct():
            return "state", _name_of(type(value)), msgspec.structs.astuple(value)
        case tuple() if all(isinstance(each, Event) for each in value):
            return "events", "", [each.position for each in value]
        case Mapping() if all(isinstance(each, Due) for each in value.values()) and value:
            return "due", "", value
        case Mapping() if all(each is None for each in value.values()):
            return "names", "", list(value)
        case _:
            raise TypeError(type(value).__name__)


class Values:
    """Reads values back. `event_at`: the event of a position."""

    def __init__(self, event_at: Callable[[int], Event]) -> None:
        self._event_at = event_at

    def read(self, raw: bytes) -> Any:
        """Raises LookupError, msgspec.DecodeError or zlib.error for what was not kept by this code."""
        kind, name, rest = _head(zlib.decompress(raw[1:]) if raw.startswith(_PACKED) else raw)
        match kind:
            case "state":
                return _reader_of(name)(rest)
            case "event":
                return self._event_at(_position(rest))
            case "events":
                return tuple(self._event_at(position) for position in _positions(rest))
            case "names":
                return dict.fromkeys(_names(rest))
            case "due":
                return _due(rest)
            case _:
                return _plain(rest)


@cache
def _name_of(state: type) -> str:
    return f"{state.__module__}:{state.__qualname__}"


@cache
def _reader_of(name: str) -> Callable[[msgspec.Raw], Any]:
    state = next((each for each in _all_under(msgspec.Struct) if _name_of(each) == name), None)
    if state is None:
        raise LookupError(name)
    hints, fields = get_type_hints(state), state.__struct_fields__
    decode = msgspec.msgpack.Decoder(tuple[tuple(hints[field] for field in fields)]).decode  # type: ignore[misc]

    def read(raw: msgspec.Raw) -> Any:
        return state(**dict(zip(fields, decode(raw), strict=True)))

    return read


def _all_under(above: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for each in above.__subclasses__():
        yield each
        yield from _all_under(each)


def code_of(folders: Iterable[Path]) -> str:
    """What stands for the code that folds: other code, other states."""
    found = hashlib.blake2b(digest_size=12)
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            found.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()
