"""What a desk was shown at a moment of the past: the boards of today, under the same masks, over the picture as it was.

Of what no log knows nothing is shown: which desks and phones were connected, how the channels stood. Nothing that is sealed is opened. Names
are those of today.
"""

from collections.abc import Callable, Iterable

from incidents import Zone
from web_console.board.items import Item
from web_console.board.source import Boards
from web_console.board.teams import TeamLists
from web_console.board.view import View
from web_console.directory import Directory
from web_console.trainer.items import DrillItems

UNKNOWN = "unknown"


class PastBoards(Boards):
    """Of incidents those that were open then, the newest that had ended, and the one that is replayed. `drill`: as it stood then."""

    def __init__(
        self, view: View, *, names: Callable[[], Directory], lists: TeamLists, incident: str = "", drill: DrillItems | None = None
    ) -> None:
        super().__init__(
            view, names=names, unseal=lambda _event: None, ways=dict, is_here=lambda _officer: False, reach=lambda _person: UNKNOWN,
            lists=lists, is_found=_nobody_knows, drill=drill,
        )  # fmt: skip
        self._incident_replayed = incident

    def _incidents(self) -> Iterable[str]:
        return dict.fromkeys(
            (*self._view.ended, *self._view.open, *([self._incident_replayed] if self._incident_replayed else ()))
        )

    def _team(self, division: str, name: str) -> Item | None:
        """Without whether its leader's phone would have been heard."""
        item = super()._team(division, name) or {}
        return {what: value for what, value in item.items() if what != "reach"} or None

    def picture(self, topic: str) -> dict[str, bytes]:
        """All that the topic shows, encoded, by item."""
        found = ((item, self.show(topic, item)) for item in self.items_of(topic))
        return {item: encoded for item, encoded in found if encoded is not None}


def _nobody_knows(_zone: Zone) -> bool | None:
    return None
