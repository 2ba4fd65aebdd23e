"""What desks, phones and walls see of the picture, and what moves it besides the log: a desk that opens, a phone that falls asleep, a
channel that fails, a name that changed."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from command.core.errors import Refused
from command.core.facts import Event
from command.core.realm import Realm
from incidents import Zone
from mobilization import Call, Person, is_tested
from web_console.board.moves import Moves, calls_board
from web_console.board.sealed import report_of
from web_console.board.source import Boards
from web_console.board.teams import TeamLists
from web_console.board.view import View
from web_console.catalogue import Catalogue
from web_console.feed.hub import Hub
from web_console.feed.presence import Presence
from web_console.pager import Condition
from web_console.trainer.exercise import TOPIC, Exercise
from web_console.trainer.items import DrillItems


class Screens:
    """Of one realm. `ways`: the channels outside, how they are and how many messages wait; `simulated_answer`: whether a simulated
    leader needs no test of the phone; `room_ms`: the time of the room people are in, which a drill's is not. Of a drill: `exercise`, the
    `posts` of its file, and the `players` who have a phone."""

    def __init__(
        self, view: View, catalogue: Catalogue, *, realm: Realm, ways: Callable[[], Mapping[str, tuple[Condition, int]]],
        lists: TeamLists, simulated_answer: bool, is_found: Callable[[Zone], bool | None],
        room_ms: Callable[[], int], exercise: Exercise | None, posts: Callable[[], Mapping[str, str]], players: Callable[[], tuple[str, ...]],
    ) -> None:  # fmt: skip
        self._view, self._catalogue, self._realm, self._ways = view, catalogue, realm, ways
        self._simulated_answer = simulated_answer
        self._shown_ways: dict[str, object] = {}
        self.presence = Presence(room_ms)
        self.desks = Presence(room_ms)
        self.drill = DrillItems(
            exercise, view=view, names=lambda: catalogue.names, desks=self.desks, phones=self.presence, now_ms=realm.core.now_ms,
            posts=posts, players=players,
        ) if exercise is not None else None  # fmt: skip
        self._boards = Boards(
            view,
            names=lambda: catalogue.names,
            unseal=realm.open_event,
            ways=ways,
            is_here=self.desks.is_here,
            reach=self._reach_of,
            lists=lists,
            is_found=is_found,
            drill=self.drill,
        )
        self.hub = Hub(self._boards, epoch=realm.log.epoch, position=lambda: view.position)
        self._moves = Moves(view, self.hub, names=lambda: catalogue.names)

    def follow(self, items: frozenset[str], event: Event) -> None:
        """The picture moved."""
        self._moves.follow(items, event)

    def show_drill(self) -> None:
        """A drill's trainers see what became of it, and what time alone made of it."""
        if self.drill is not None:
            self.hub.touch(self.drill.items_of(), topics=[TOPIC])

    def came(self, officer: str, *, desk: object) -> None:
        """An officer opened a desk."""
        self.desks.came(officer, socket=desk)
        self._moves.sat_down(officer)

    def went(self, officer: str, *, desk: object) -> None:
        """That desk was closed."""
        self.desks.gone(officer, socket=desk)
        self._moves.sat_down(officer)

    async def flush(self) -> None:
        self.show_ways()
        self.hub.flush()

    def show_ways(self) -> None:
        """Every desk sees how the channels are, and how many messages wait."""
        ways: dict[str, object] = dict(self._ways())
        if ways != self._shown_ways:
            self._shown_ways = ways
            self.hub.touch([f"channel/{name}" for name in ways], topics=self.hub.held("board/"))

    async def renew(self) -> None:
        """What was read beside the log is read anew where it changed, and shown."""
        if await asyncio.to_thread(self._catalogue.refresh):
            self.hub.renew("board/")
            self.hub.renew("me/")
        await asyncio.to_thread(self._catalogue.preload)

    async def show_awake(self) -> None:
        """Boards say of every leader whether a call would be heard now."""
        self._moves.turned(self.presence.turned())

    def picture_of(self, topic: str) -> dict[str, Any]:
        """All a topic shows now, by item id: the same as a socket's snapshot."""
        found = ((item, self._boards.show(topic, item)) for item in self._boards.items_of(topic))
        return {item: msgspec.json.decode(encoded) for item, encoded in found if encoded is not None}

    def item(self, topic: str, item: str) -> bytes | None:
        """One item as the topic sees it; None when it does not."""
        return self._boards.show(topic, item)

    def call_of(self, division: str, call: str) -> Call:
        """A call that desks of the division may see, ended or not; Refused where there is none."""
        found = self._view.call(call)
        if found is None or self.item(calls_board(division, found.incident), f"call/{call}") is None:
            raise Refused("call.unknown", call=call)
        return found

    def picture(self, division: str, incident: str) -> dict[str, Any] | None:
        """One incident with all its calls, as desks of the division see it; None when they do not."""
        item = self._boards.show(f"board/{division}/duty", f"incident/{incident}")
        if item is None:
            return None
        return {"incident": msgspec.json.decode(item), "calls": list(self.picture_of(calls_board(division, incident)).values())}

    def report_of(self, incident: str) -> dict[str, Any] | None:
        """What is sealed of an incident, as it stands; None when it was erased."""
        return report_of(self._view, self._realm.open_event, incident)

    def _reach_of(self, person: str) -> str:
        """Whether a call would be heard: awake, asleep, or untested (never, or too long ago, heard to ring)."""
        state, found = self._view.look(f"person:{person}"), self._catalogue.names.people.get(person)
        tested = isinstance(state, Person) and is_tested(state.phones, self._realm.core.now_ms())
        if not tested and not (self._simulated_answer and found and found.simulated):
            return "untested"
        return "awake" if self.presence.is_awake(person) else "asleep"
