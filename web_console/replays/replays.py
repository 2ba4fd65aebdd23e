"""Replays that desks look at: of each the picture where it stands, and what its page was sent of it.

All of it happens in one thread of its own, and a long history is made ready by another process: what is replayed takes nothing from
those who work. A page that is not heard of for a while gives its place to another.
"""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from command.core.errors import Refused
from command.core.log import Log
from drills.seeking import EVERY, Seeker, Shelf
from web_console.apart import Apart
from web_console.board.teams import TeamLists
from web_console.board.view import View
from web_console.directory import Directory
from web_console.replays.boards import PastBoards
from web_console.replays.drills import PastDrill
from web_console.replays.past import opened
from web_console.replays.spans import Mark, Span, mark_of, span_of
from web_console.trainer.exercise import TOPIC

AT_ONCE = 4
IDLE_MS = 30_000
FOLDED_AT_ONCE = 20
"""Checkpoints that are made while somebody waits; more are another process's work."""


class Wanted(NamedTuple):
    """What a page asks for. `position`: None where a time is asked for; `held`: the stamp of the last answer it has."""

    topics: tuple[str, ...]
    position: int | None
    at_ms: int
    incident: str
    held: int


class Viewer:
    """One page: where it stands, and what it was sent, by topic."""

    def __init__(self, touched_ms: int) -> None:
        self.touched_ms = touched_ms
        self.view: View | None = None
        self.sent: dict[str, dict[str, bytes]] = {}
        self.stamp = 0


class Replays:
    """Of one realm. Nothing is opened before somebody asks."""

    def __init__(
        self, folder: Path, log: Log, *, kind: str, names: Callable[[], Directory], lists: TeamLists, now_ms: Callable[[], int],
        drill: PastDrill | None = None,
    ) -> None:  # fmt: skip
        self._folder, self._log, self._kind = folder, log, kind
        self._names, self._lists, self._now_ms, self._drill = names, lists, now_ms, drill
        self._apart = Apart(1)
        self._opened: tuple[Shelf, Seeker[View]] | None = None
        self._viewers: dict[str, Viewer] = {}
        self._preparing: Process | None = None

    async def span(self, *, incident: str = "", from_ms: int = 0, to_ms: int = 0) -> Span:
        """Where a replay begins and ends, and what happened in between. Raises Refused(replay.nothing)."""
        left = await self._apart(self._make_ready)
        if left > 0 and (self._preparing is None or self._preparing.returncode is not None):
            self._preparing = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "web_console.replays.prepare", str(self._folder), self._kind
            )
        found = await self._apart(lambda: span_of(self._seeker, self._log, incident=incident, from_ms=from_ms, to_ms=to_ms))
        return msgspec.structs.replace(found, left=left)

    async def marks(self, key: str, *, first: int, last: int) -> list[Mark]:
        """Where something is filed under a key, within these positions."""
        found = await self._apart(self._log.of, key)
        return [mark_of(record) for record in found if first <= record.position <= last]

    async def picture(self, page: str, wanted: Wanted) -> dict[str, Any]:
        """What the topics show then. Raises Refused(replay.busy, replay.preparing)."""
        return await self._apart(self._picture, self._viewer(page), wanted)

    async def close(self) -> None:
        if self._preparing is not None and self._preparing.returncode is None:
            self._preparing.terminate()
            await self._preparing.wait()
        self._apart.close()
        if self._opened is not None:
            self._opened[0].close()

    @property
    def _seeker(self) -> Seeker[View]:
        if self._opened is None:
            self._opened = opened(self._folder, self._log, kind=self._kind)
        return self._opened[1]

    def _make_ready(self) -> int:
        """Checkpoints that are left to be made by somebody else."""
        left = self._seeker.behind()
        if 0 < left <= FOLDED_AT_ONCE:
            self._seeker.build()
        return left if left > FOLDED_AT_ONCE else 0

    def _viewer(self, page: str) -> Viewer:
        now_ms = self._now_ms()
        viewer = self._viewers.get(page)
        if viewer is None:
            for name in [name for name, each in self._viewers.items() if now_ms - each.touched_ms > IDLE_MS]:
                del self._viewers[name]
            if len(self._viewers) >= AT_ONCE:
                raise Refused("replay.busy", most=AT_ONCE)
            viewer = self._viewers[page] = Viewer(now_ms)
        viewer.touched_ms = now_ms
        return viewer

    def _picture(self, viewer: Viewer, wanted: Wanted) -> dict[str, Any]:
        seeker = self._seeker
        asked = seeker.position_at(wanted.at_ms) if wanted.position is None else wanted.position
        position = min(asked, seeker.head())
        view = self._moved(viewer.view, position)
        viewer.view = view
        at_ms = wanted.at_ms or (seeker.event(position).at_ms if position else 0)
        drill = self._drill.items(view, at_ms, seeker=seeker) if self._drill is not None and TOPIC in wanted.topics else None
        boards = PastBoards(view, names=self._names, lists=self._lists, incident=wanted.incident, drill=drill)
        before = viewer.sent if wanted.held == viewer.stamp else {}
        viewer.sent = {topic: boards.picture(topic) for topic in wanted.topics}
        viewer.stamp += 1
        return {
            "position": position, "at_ms": seeker.event(position).at_ms if position else 0, "head": seeker.head(), "stamp": viewer.stamp,
            "epoch": self._log.epoch(), "topics": {name: _told(before.get(name), items) for name, items in viewer.sent.items()},
        }  # fmt: skip

    def _moved(self, view: View | None, position: int) -> View:
        """A little further on is followed; anywhere else is sought."""
        if view is not None and view.position <= position <= view.position + EVERY:
            self._seeker.on(view, view.position, position)
            return view
        if (left := self._seeker.folds(position) // EVERY) > FOLDED_AT_ONCE:
            raise Refused("replay.preparing", left=left)
        return self._seeker.at(position)


def _told(before: dict[str, bytes] | None, items: dict[str, bytes]) -> dict[str, Any]:
    """All of it, or what is otherwise than in the last answer."""
    held = before or {}
    put = {item: msgspec.Raw(encoded) for item, encoded in items.items() if held.get(item) != encoded}
    return {"whole": before is None, "put": put, "drop": [item for item in held if item not in items]}
