"""What may be asked about the watch. An officer asks for the own post only; what goes up is asked by a deadline."""

from command.core.facts import Command


class TakeWatch(Command, frozen=True, kw_only=True):
    """Take the watch of the own post: nobody holds it, it was offered, or a watch leader takes it over."""

    until_ms: int | None = None


class OfferWatch(Command, frozen=True, kw_only=True):
    """Offer the watch to another officer, who confirms by taking it."""

    to: str


class WithdrawOffer(Command, frozen=True, kw_only=True):
    pass


class EndWatch(Command, frozen=True, kw_only=True):
    """Nobody holds it from here on."""


class NameWatchLeader(Command, frozen=True, kw_only=True):
    """Say who leads this watch beside who holds it (带班领导): an officer of the post, or anybody by name and number, which are
    sealed under `leader`, the id of this naming; with neither, nobody."""

    leader: str
    officer: str = ""
    name: str = ""
    phone: str = ""


class GoUp(Command, frozen=True, kw_only=True):
    """Nobody heard what was asked of a post in time."""

    division: str
    ask: str
