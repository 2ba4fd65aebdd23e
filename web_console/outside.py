"""How telephones outside are reached: the ladder of channels, the pager that works it, and the one honest reply to who cannot be placed."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from command.core.asks import Receipt
from command.core.door import Lane
from command.core.errors import Busy, Refused
from command.core.facts import Command
from mobilization import AttemptStarted, Call, is_wanted
from web_console.board.view import View
from web_console.directory import Directory
from web_console.pager import Channel, Pager, said
from web_console.replies import Taken
from web_console.saying import text_of, urgency_of
from web_console.sms import unplaced_text

_log = logging.getLogger(__name__)


class AskDoor(Protocol):
    """The one way anything changes."""

    async def __call__(self, command: Command, *, actor: str, command_id: str, lane: Lane) -> Receipt: ...


class Outside:
    """Of one realm. `letter_of`: by which a leader tells one of several calls; `new_id`: for what goes out and is no fact."""

    def __init__(
        self, channels: Sequence[Channel], *, view: View, names: Callable[[], Directory], letter_of: Callable[[Call], str], ask: AskDoor,
        new_id: Callable[[], str], probe: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._view, self._names, self._letter_of, self._ask, self._new_id = view, names, letter_of, ask, new_id
        self._ways = {channel.name: channel for channel in channels}
        self.pager = Pager(
            tuple(channels), phone=self._phone, text=self._text, is_wanted=partial(is_wanted, view.look), ask=self._ask_as_sender,
            urgency=partial(urgency_of, view), probe=probe,
        )  # fmt: skip

    async def tell(self, taken: Taken, *, channel: str, number: str) -> None:
        """The one honest reply to what answered no call; of what did, the pager tells. That it went out, or not, is no fact: the
        desk has the reply on its list."""
        if taken.why and taken.may_tell and channel in self._ways:
            text = unplaced_text(taken.why, taken.choices)
            await said(self._ways[channel], phone=number, text=text, reference=self._new_id())

    async def _ask_as_sender(self, command: Command, command_id: str) -> None:
        try:
            await self._ask(command, actor="sender", command_id=command_id, lane=Lane.POLICIES)
        except Busy:
            raise  # it is recorded the next time
        except Refused as refusal:
            _log.info("%s: %s", command_id, refusal.code)

    def _text(self, attempt: AttemptStarted) -> str:
        return text_of(self._view, attempt, answers=self._ways[attempt.channel].answers, letter_of=self._letter_of)

    def _phone(self, person: str) -> str | None:
        found = self._names().people.get(person)
        return found.phone if found else None
