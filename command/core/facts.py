"""The shapes that pass through the core: commands ask, facts answer, events are facts with their place in the log."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, NamedTuple, Protocol

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody asks for. Subclasses name it in the imperative."""


class Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What happened, in the past tense: plain values only, readable in five years by itself; so never in a cycle, and nothing that
    the collector of cycles need look at (`gc`).

    `NAME` (`noun.past_tense`) and `SCHEMA` are for ever; `keys()` says under which states it is filed. `STILLS`: after it nothing falls
    due in this realm any more.
    """

    NAME: ClassVar[str]
    SCHEMA: ClassVar[int] = 1
    STILLS: ClassVar[bool] = False

    def keys(self) -> tuple[str, ...]:
        raise LookupError(self.NAME)  # every fact files itself


class Sealed(NamedTuple):
    """A fact with a private part, sealed under the key of `subject` (an incident or a person) as it is recorded."""

    fact: Fact
    subject: str
    private: Mapping[str, Any]


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """In whose name: the post and role that act, the rule that allows it, and the order behind it if one was given."""

    post: str
    role: str
    rule: str = ""
    body: str = ""
    document: str = ""
    oral: bool = False


class Times(NamedTuple):
    """When what somebody tells happened, and when the desk learned it; None: as it was learned, as it is entered."""

    happened_ms: int | None = None
    learned_ms: int | None = None


NOW = Times()
"""It happens, is learned and is entered all at once."""


class Moment(NamedTuple):
    """What a decider may know of its own turn besides the states. `learned_ms`: when the asker learned what the command tells."""

    now_ms: int
    learned_ms: int
    actor: str
    authority: Authority | None = None
    cause: int | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact in its place in the log. `fact` is None when its name or schema is newer than this program.

    Three times: when it happened, when it was learned, when it was entered (`at_ms`).
    """

    position: int
    at_ms: int
    happened_ms: int
    learned_ms: int
    name: str
    schema: int
    keys: tuple[str, ...]
    actor: str
    command_id: str
    fact: Fact | None
    authority: Authority | None = None
    cause: int | None = None
    subject: str | None = None
    sealed: bytes | None = None


class Look(Protocol):
    """How a decider sees the world: the state under a key, None where there is none yet."""

    def __call__(self, key: str, /) -> Any: ...


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """Something that falls due by itself, part of a key's state.

    `waits_for_people`: time in which nobody could be reached (an outage, a set clock) does not count.
    """

    kind: str
    set_at_ms: int
    due_at_ms: int
    waits_for_people: bool = False


Decide = Callable[[Look, Any, Moment], Iterable[Fact | Sealed]]
Evolve = Callable[[Any, Event], Any]


def _no_deadlines(_: Any) -> Iterable[Deadline]:
    return ()


def _nothing_falls(key: str, deadline: Deadline) -> Command:
    raise LookupError(f"{key} has no deadline {deadline.kind}")


def _unborn(_id: str) -> Any:
    return None


class Kind(NamedTuple):
    """A kind of key: `prefix` before the colon, the pure fold of its state, and what falls due in it.

    `born` gives what `evolve` gets for a key never heard of, from the part behind the colon; returning it unchanged
    stores nothing.
    """

    prefix: str
    evolve: Evolve
    deadlines: Callable[[Any], Iterable[Deadline]] = _no_deadlines
    fall: Callable[[str, Deadline], Command] = _nothing_falls
    born: Callable[[str], Any] = _unborn


class Rules(NamedTuple):
    """All that one floor teaches the core. Joined by assembly with `join`. `first`: commands that are decided before the deadlines
    of the same turn: a controller of a drill holds an inject in the very moment in which it falls due."""

    facts: tuple[type[Fact], ...]
    kinds: tuple[Kind, ...]
    deciders: Mapping[type[Command], Decide]
    first: frozenset[type[Command]] = frozenset()


def join(*rules: Rules) -> Rules:
    """One set of rules out of many; a name, prefix or command taught twice is an error."""
    facts = tuple(fact for each in rules for fact in each.facts)
    kinds = tuple(kind for each in rules for kind in each.kinds)
    deciders = {command: decide for each in rules for command, decide in each.deciders.items()}
    taught: tuple[tuple[str, list[str]], ...] = (
        ("fact", [f"{fact.NAME}/{fact.SCHEMA}" for fact in facts]),
        ("kind", [kind.prefix for kind in kinds]),
        ("command", [command.__name__ for each in rules for command in each.deciders]),
    )
    for what, names in taught:
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"{what} taught twice: {', '.join(twice)}")
    return Rules(facts, kinds, deciders, frozenset().union(*(each.first for each in rules)))
