"""What goes to the worker and what comes back: MessagePack, its length before it."""

import struct
from typing import BinaryIO

import msgspec

from drills.forks import Change
from mobilization.roster import Contact, RosterTeam

_LENGTH = struct.Struct(">I")
LARGEST = 256 * 1024 * 1024


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Branches of the moment `position` (as it was at `now_ms`), for each of `changes`. `incidents`: whose needs are told; `advise`:
    whether calling more now would help is found out too. `posts`, `spots`: of a drill, where its file is put (`drills.staging.Staged`)."""

    position: int
    now_ms: int
    roads: str
    rev: int
    teams: tuple[RosterTeam, ...]
    people: dict[str, Contact]
    incidents: tuple[str, ...]
    branches: int
    horizon_ms: int
    seed: int
    changes: tuple[Change, ...]
    advise: bool = False
    city: str = ""
    posts: dict[str, str] = {}
    spots: dict[str, tuple[float, float]] = {}


class Band(msgspec.Struct, frozen=True, array_like=True):
    """People on the spot at a moment: tenth, fiftieth, ninetieth percentile."""

    at_ms: int
    low: int
    middle: int
    high: int


class NeedTold(msgspec.Struct, frozen=True, kw_only=True):
    """As `drills.forks.NeedForecast` has it."""

    incident: str
    speciality: str
    least: int
    by_ms: int
    in_time: float
    promised: float
    half_ms: int | None
    most_ms: int | None
    early_ms: int | None
    first_ms: int | None
    over: int
    calls: int
    teams: int
    bands: tuple[Band, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """As `drills.forks.Forecast` has it: `recorded` people did as they really did, `beyond` of them went on by profile where the record says
    no more, `simulated` were never asked in it."""

    branches: int
    until_ms: int
    events: int
    needs: tuple[NeedTold, ...]
    happened_ms: int = 0
    recorded: int = 0
    beyond: int = 0
    simulated: int = 0
    refused: int = 0


class AdviceTold(msgspec.Struct, frozen=True, kw_only=True):
    """`act`: next_wave, wait, ask_above."""

    incident: str
    speciality: str
    act: str
    chance: float
    with_it: float


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """One for each change, in order. `fault`: the name of what the worker met."""

    told: tuple[Told, ...] = ()
    advice: tuple[AdviceTold, ...] = ()
    fault: str = ""


def send(stream: BinaryIO, message: Order | Done) -> None:
    raw = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(raw)) + raw)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """None at the end of the stream. Raises EOFError in the middle of a message."""
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    (length,) = _LENGTH.unpack(head)
    raw = stream.read(length)
    if len(raw) < length or length > LARGEST:
        raise EOFError
    return raw
