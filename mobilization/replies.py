"""Replies from outside that answer no call: nobody's number, no call, one of several, not to be read. A desk looks after each."""

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from command.core.errors import Refused
from command.core.facts import Event, Fact, Kind, Look, Moment, Sealed
from command.tiers.authority import within
from mobilization.commands import HandleReply, TakeReply


class ReplyUnplaced(Fact, frozen=True, kw_only=True):
    """A reply by text or keypad came and answers no call. `why`: unknown_number, no_call, several (calls are open, which one?),
    unreadable. What was said, and the number, are sealed."""

    NAME: ClassVar[str] = "reply.unplaced"
    reply: str
    channel: str
    why: str
    division: str
    person: str = ""

    def keys(self) -> tuple[str, ...]:
        return (f"reply:{self.reply}",)


class ReplyHandled(Fact, frozen=True, kw_only=True):
    """An officer has looked after a reply."""

    NAME: ClassVar[str] = "reply.handled"
    reply: str

    def keys(self) -> tuple[str, ...]:
        return (f"reply:{self.reply}",)


REPLY_FACTS: tuple[type[Fact], ...] = (ReplyUnplaced, ReplyHandled)


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """`division`: whose desk looks after it."""

    id: str
    channel: str
    why: str
    division: str
    person: str
    at_ms: int
    handled: bool = False


def evolve_reply(state: Reply | None, event: Event) -> Reply | None:
    match event.fact:
        case ReplyUnplaced() as fact if state is None:
            return Reply(
                id=fact.reply, channel=fact.channel, why=fact.why, division=fact.division, person=fact.person, at_ms=event.at_ms
            )
        case ReplyHandled() if state is not None:
            return msgspec.structs.replace(state, handled=True)
        case _:
            return state


REPLY_KIND = Kind("reply", evolve_reply)


def take_reply(look: Look, command: TakeReply, _moment: Moment) -> Iterator[Fact | Sealed]:
    """Once, however often the gateway brings it."""
    if look(f"reply:{command.reply}") is None:
        fact = ReplyUnplaced(
            reply=command.reply, channel=command.channel, why=command.why, division=command.division, person=command.person
        )
        subject = f"person:{command.person}" if command.person else f"reply:{command.reply}"
        yield Sealed(fact, subject, {"number": command.number, "words": command.words})


def handle_reply(look: Look, command: HandleReply, moment: Moment) -> Iterator[Fact]:
    state = look(f"reply:{command.reply}")
    if not isinstance(state, Reply):
        raise Refused("reply.unknown")
    within(moment.authority, state.division)
    if not state.handled:
        yield ReplyHandled(reply=state.id)
