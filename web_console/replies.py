"""Replies from outside find their call: number -> person -> call, then the same door as every answer. What finds none gets one
honest reply, and a place on the desk's list."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import NamedTuple

from command.core.asks import Receipt
from command.core.door import Lane
from command.core.errors import Busy, Refused
from mobilization import AnswerCall, Call, CallState, TakeReply
from web_console.board.view import View
from web_console.directory import Directory
from web_console.replying import Said, counted, read_keys, read_reply
from web_console.throttle import Throttle

LATE_MS = 12 * 3_600_000
"""So long after it was called, a reply without a letter still means that call."""
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
TOLD_MOST, TOLD_MS = 3, 3_600_000
"""Honest replies to one number in an hour: another machine that answers must not be answered for ever."""
_DONE = frozenset({CallState.RELEASED, CallState.CALLED_AGAIN})
_YES = {CallState.ACCEPTED: "accept", CallState.LATER: "later", CallState.STANDBY: "accept"}
_WORDS_MOST = 500

Ask = Callable[..., Awaitable[Receipt]]


class Taken(NamedTuple):
    """What became of a reply: the call it answered, or why none (`choices`: the calls that are open, by letter and time). `is_new`: it
    was not brought before. `may_tell`: whether the sender is to hear so."""

    call: str = ""
    why: str = ""
    choices: tuple[tuple[str, int], ...] = ()
    is_new: bool = True
    may_tell: bool = True


def number_of(phone: str) -> str:
    """A telephone number as both sides write it: digits only, without China's prefix."""
    digits = re.sub(r"\D", "", phone)
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) - len(prefix) >= 11:  # noqa: PLR2004 -- a mobile number
            return digits.removeprefix(prefix)
    return digits


class Replies:
    """`city`: whose desk looks after what is nobody's."""

    def __init__(self, view: View, *, names: Callable[[], Directory], ask: Ask, now_ms: Callable[[], int], city: str) -> None:
        self._view, self._names, self._ask, self._now_ms, self._city = view, names, ask, now_ms, city
        self._people: dict[str, list[str]] = {}
        self._read = 0
        self._told = Throttle(TOLD_MOST, TOLD_MS)

    def forget(self) -> None:
        """Numbers may have changed."""
        self._people, self._read = {}, 0

    def letter_of(self, call: Call) -> str:
        """Which of the calls of its telephone it is; "" while no other of them is open."""
        on_it = self._calls_on(self._number(call.person))
        is_alone = all(other.id == call.id or other.state is not CallState.OPEN for other in on_it)
        return "" if is_alone else self._letters(on_it)[call.id]

    async def take_text(self, *, channel: str, message: str, number: str, text: str) -> Taken:
        """A text that was brought; `message`: the gateway's own id of it."""
        on_it = self._calls_on(number_of(number))
        said = read_reply(text)
        call, why = self._place(on_it, said)
        command = None if said is None or call is None else self._answer(call, said, by=channel, words=text[:_WORDS_MOST])
        key = _key(channel, message, text)
        if command is not None:
            try:
                return await self._answered(command, channel, key, person=self._view_person(command.call))
            except Busy:
                raise
            except Refused:
                command = None
        return await self._unplaced(channel, key, number, text, on_it, why or "unreadable")

    async def take_keys(self, *, call: str, keys: str) -> Taken | None:
        """Keys that were pressed in a call of the voice gateway; None where they say nothing."""
        said, found = read_keys(keys), self._view.call(call)
        command = self._answer(found, said, by="voice", words=keys) if said is not None and found is not None else None
        if command is None or found is None:
            return None
        return await self._answered(command, "voice", _key("voice", call, keys), person=found.person)

    async def _answered(self, command: AnswerCall, channel: str, key: str, *, person: str) -> Taken:
        await self._ask(
            command,
            actor=f"person:{person}",
            command_id=f"{channel}/{key}",
            fingerprint=key.encode()[:16],
            lane=Lane.SOS_AND_ANSWERS,
        )
        return Taken(call=command.call)

    async def _unplaced(self, channel: str, key: str, number: str, text: str, on_it: list[Call], why: str) -> Taken:
        is_new = self._view.look(f"reply:{key}") is None
        person = on_it[-1].person if on_it else self._leader(number_of(number))
        if why == "unknown_number" and person:
            why = "no_call"
        await self._ask(
            TakeReply(
                reply=key, channel=channel, why=why, person=person, division=self._division(on_it, person), number=number[:30],
                words=text[:_WORDS_MOST],
            ),
            actor="gateway", command_id=f"{channel}/{key}", fingerprint=key.encode()[:16], lane=Lane.POLICIES,
        )  # fmt: skip
        letters = self._letters(on_it)
        choices = tuple((letters[call.id], call.asked_ms) for call in on_it if call.state is CallState.OPEN)
        may_tell = is_new and self._told.allows(number_of(number), self._now_ms())
        return Taken(why=why, choices=choices, is_new=is_new, may_tell=may_tell)

    def _place(self, on_it: list[Call], said: Said | None) -> tuple[Call | None, str]:
        """The call that a reply from this telephone means, or why none."""
        if not on_it:
            return None, "unknown_number"
        if said is not None and said.letter:
            letters = self._letters(on_it)
            lettered = [call for call in on_it if letters[call.id] == said.letter]
            return (lettered[-1], "") if lettered else (None, "unreadable")
        open_ = [call for call in on_it if call.state is CallState.OPEN]
        if said is not None and not said.choice:
            open_ = []  # how many: of those who said yes
        if len(open_) > 1:
            return None, "several"
        recent = [call for call in on_it if call.state not in _DONE and self._now_ms() - call.asked_ms < LATE_MS]
        if said is not None and not said.choice:
            recent = [call for call in recent if call.state in _YES]
        found = (open_ or recent)[-1:]
        return (found[0], "") if found else (None, "unreadable" if said is None or not said.choice else "no_call")

    def _answer(self, call: Call, said: Said, *, by: str, words: str) -> AnswerCall | None:
        numbers = counted(said, crew_max=call.crew_max)
        choice = said.choice or _YES.get(call.state, "")
        if numbers is None or not choice:
            return None
        heads, minutes = numbers
        return AnswerCall(call=call.id, answer=choice, heads=heads, eta_min=minutes, by=by, words=words)

    def _calls_on(self, number: str) -> list[Call]:
        """Every call of this telephone, in order."""
        for person in islice(self._view.calls_for, self._read, None):
            self._people.setdefault(self._number(person), []).append(person)
            self._read += 1
        calls = [self._view.call(call) for person in self._people.get(number, ()) for call in self._view.calls_for[person]]
        return sorted((call for call in calls if call is not None and number), key=lambda call: (call.asked_ms, call.id))

    @staticmethod
    def _letters(on_it: list[Call]) -> dict[str, str]:
        """The letter of each call of a telephone: for ever the same."""
        return {call.id: LETTERS[at % len(LETTERS)] for at, call in enumerate(on_it)}

    def _number(self, person: str) -> str:
        found = self._names().people.get(person)
        return number_of(found.phone or "") if found else ""

    def _view_person(self, call: str) -> str:
        found = self._view.call(call)
        return found.person if found else ""

    def _leader(self, number: str) -> str:
        """A leader or deputy with this number who was never called."""
        ladders = (person for team in self._names().teams.values() for person in (team.leader, *team.deputies))
        return next((person for person in ladders if number and self._number(person) == number), "")

    def _division(self, on_it: list[Call], person: str) -> str:
        incident = self._view.incident(on_it[-1].incident) if on_it else None
        found = self._names().people.get(person) if person else None
        return incident.lead if incident else (found.division if found else "") or self._city


def _key(channel: str, message: str, text: str) -> str:
    """One id for one message, however often it is brought; tells nothing of it."""
    return hashlib.sha256(f"{channel}\n{message}\n{text if not message else ''}".encode()).hexdigest()[:24]
