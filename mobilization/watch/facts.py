"""What can be recorded of the watch. `waiting` in a fact: what still waited for the post as the watch passed."""

from typing import ClassVar

from command.core.facts import Fact
from command.tiers.watched import WATCHES


class _OfWatch(Fact, frozen=True, kw_only=True):
    division: str
    officer: str

    def keys(self) -> tuple[str, ...]:
        return (f"watch:{self.division}", f"duty:{self.officer}")


class WatchTaken(_OfWatch, frozen=True, kw_only=True):
    """An officer took the watch. `why`: vacant, or by_leader (a watch leader took it over from `from_officer`)."""

    NAME: ClassVar[str] = "watch.taken"
    role: str
    why: str
    until_ms: int | None = None
    from_officer: str = ""
    waiting: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        return _both(self.division, self.officer, self.from_officer)


class WatchOffered(_OfWatch, frozen=True, kw_only=True):
    """The holder offers the watch to another officer of the post, and keeps it until that one takes it."""

    NAME: ClassVar[str] = "watch.offered"
    to: str


class OfferWithdrawn(_OfWatch, frozen=True, kw_only=True):
    """The holder keeps the watch after all."""

    NAME: ClassVar[str] = "watch.offer_withdrawn"


class WatchHandedOver(_OfWatch, frozen=True, kw_only=True):
    """The officer to whom it was offered took the watch from the one before."""

    NAME: ClassVar[str] = "watch.handed_over"
    role: str
    from_officer: str
    until_ms: int | None = None
    waiting: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        return _both(self.division, self.officer, self.from_officer)


class WatchEnded(_OfWatch, frozen=True, kw_only=True):
    """The holder ended the watch; nobody holds it now."""

    NAME: ClassVar[str] = "watch.ended"


class WatchLeaderNamed(Fact, frozen=True, kw_only=True):
    """Who leads the watch of a post, beside who holds it, until another is named or the watch ends: an officer of the post, or, where
    `officer` is empty, somebody whose name and number are sealed under `watch_leader:{leader}`."""

    NAME: ClassVar[str] = "watch.leader_named"
    division: str
    leader: str
    officer: str = ""

    def keys(self) -> tuple[str, ...]:
        return (f"watch:{self.division}", *(() if self.officer else (f"watch_leader:{self.leader}",)))


class WatchLeaderWithdrawn(Fact, frozen=True, kw_only=True):
    """Nobody leads the watch beside who holds it."""

    NAME: ClassVar[str] = "watch.leader_withdrawn"
    division: str

    def keys(self) -> tuple[str, ...]:
        return (f"watch:{self.division}",)


class AskWentUp(Fact, frozen=True, kw_only=True):
    """Something asked of a post went up a tier, for nobody held the watch there: since `vacant_since_ms` (None: never). The first
    post may still answer. `what`: lead, order, support."""

    NAME: ClassVar[str] = "ask.went_up"
    incident: str
    ask: str
    what: str
    division: str
    to: str
    asked_ms: int
    vacant_since_ms: int | None

    def keys(self) -> tuple[str, ...]:
        return (f"watch:{self.division}", f"watch:{self.to}", f"incident:{self.incident}")


def _both(division: str, officer: str, before: str) -> tuple[str, ...]:
    return (f"watch:{division}", f"duty:{officer}", *((f"duty:{before}",) if before else ()), WATCHES)


WATCH_FACTS: tuple[type[Fact], ...] = (
    WatchTaken, WatchOffered, OfferWithdrawn, WatchHandedOver, WatchEnded, WatchLeaderNamed, WatchLeaderWithdrawn, AskWentUp,
)  # fmt: skip
