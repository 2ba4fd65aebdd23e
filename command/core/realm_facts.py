"""What the core itself records: time lost, keys destroyed, followers parked, changes beside the log.

All are filed under the key `realm`, whose state is small and belongs to the core.
"""

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from command.core.errors import Unknown
from command.core.facts import Command, Decide, Event, Fact, Kind, Look, Moment, Rules

REALM = "realm"


class _OfRealm(Fact, frozen=True, kw_only=True):
    def keys(self) -> tuple[str, ...]:
        return (REALM,)


class AlreadySo(_OfRealm, frozen=True, kw_only=True):
    """A command was acknowledged and had nothing to change: recorded so that its id stays bound."""

    NAME: ClassVar[str] = "command.already_so"

    def keys(self) -> tuple[str, ...]:
        return ()


class Resumed(_OfRealm, frozen=True, kw_only=True):
    """The realm was down: deadlines that wait for people move by the outage."""

    NAME: ClassVar[str] = "realm.resumed"
    down_from_ms: int
    down_to_ms: int


class ClockStepped(_OfRealm, frozen=True, kw_only=True):
    """Somebody set the wall clock by `by_ms`; forward steps move deadlines that wait for people."""

    NAME: ClassVar[str] = "clock.stepped"
    by_ms: int


class DeadlineVoided(Fact, frozen=True, kw_only=True):
    """A deadline fell due and nothing followed (already settled, or its rule failed): it does not fall again."""

    NAME: ClassVar[str] = "deadline.voided"
    key: str
    kind: str
    error: str | None = None

    def keys(self) -> tuple[str, ...]:
        return (self.key,)


class FollowerParked(_OfRealm, frozen=True, kw_only=True):
    """A follower failed three times on one event, set it aside and went on. `fault` names the exception's type."""

    NAME: ClassVar[str] = "follower.parked"
    follower: str
    event: int
    fault: str


class SubjectErased(_OfRealm, frozen=True, kw_only=True):
    """The key of this subject was destroyed; its private parts are gone everywhere."""

    NAME: ClassVar[str] = "subject.erased"
    subject: str


class SealedOpened(Fact, frozen=True, kw_only=True):
    """Somebody looked behind the mask of a subject."""

    NAME: ClassVar[str] = "sealed.opened"
    subject: str

    def keys(self) -> tuple[str, ...]:
        return (self.subject,)


class RegistryChanged(_OfRealm, frozen=True, kw_only=True):
    """One row of the registry changed."""

    NAME: ClassVar[str] = "registry.changed"
    kind: str
    id: str
    rev: int


class RegistryImported(_OfRealm, frozen=True, kw_only=True):
    """A stretch of a bulk import is stored; a large file comes in several, all under one `batch`."""

    NAME: ClassVar[str] = "registry.imported"
    batch: str
    kind: str
    first_rev: int
    last_rev: int
    counts: dict[str, int]


class AreasChanged(_OfRealm, frozen=True, kw_only=True):
    """Another boundary set is in force, named by its hash."""

    NAME: ClassVar[str] = "areas.changed"
    version: str


class RoadsChanged(_OfRealm, frozen=True, kw_only=True):
    """Another road network is in force, named by its hash."""

    NAME: ClassVar[str] = "roads.changed"
    version: str


class HistoryReplaced(_OfRealm, frozen=True, kw_only=True):
    """The log was restored, or found cut: what once stood at `lost_from` and behind it is gone, the epoch is new."""

    NAME: ClassVar[str] = "history.replaced"
    why: str
    lost_from: int


class RealmState(msgspec.Struct, frozen=True, kw_only=True):
    """What the realm knows of itself."""

    areas: str = ""
    roads: str = ""
    registry_rev: int = 0
    parked: tuple[FollowerParked, ...] = ()
    registry_changes: int = 0


def evolve_realm(state: RealmState | None, event: Event) -> RealmState:
    now = state or RealmState()
    match event.fact:
        case AreasChanged(version=version):
            return msgspec.structs.replace(now, areas=version)
        case RoadsChanged(version=version):
            return msgspec.structs.replace(now, roads=version)
        case RegistryChanged(rev=rev):
            return msgspec.structs.replace(now, registry_rev=rev)
        case RegistryImported(last_rev=rev):
            return msgspec.structs.replace(now, registry_rev=rev)
        case FollowerParked() as parked:
            return msgspec.structs.replace(now, parked=(*now.parked[-99:], parked))
        case _:
            return now


class Note(Command, frozen=True, kw_only=True):
    """Record one fact that needs no decision. Only the house's own machinery asks for it, never a route."""

    fact: (
        Resumed
        | ClockStepped
        | FollowerParked
        | SubjectErased
        | SealedOpened
        | RegistryChanged
        | RegistryImported
        | AreasChanged
        | RoadsChanged
        | HistoryReplaced
    )


def note(_look: Look, command: Note, _moment: Moment) -> Iterator[Fact]:
    yield command.fact


class Recall(Command, frozen=True, kw_only=True):
    """What became of an earlier command of this id? Answered by its receipt, or refused when there is none."""


def recall(_look: Look, _command: Recall, _moment: Moment) -> Iterator[Fact]:
    raise Unknown


_DECIDERS: dict[type[Command], Decide] = {Note: note, Recall: recall}

REALM_RULES = Rules(
    facts=(
        AlreadySo, Resumed, ClockStepped, DeadlineVoided, FollowerParked, SubjectErased, SealedOpened,
        RegistryChanged, RegistryImported, AreasChanged, RoadsChanged, HistoryReplaced,
    ),
    kinds=(Kind(REALM, evolve_realm),),
    deciders=_DECIDERS,
)  # fmt: skip
