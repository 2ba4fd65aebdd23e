"""The frames of docs/socket.md: what a client may say, as types, and what the server says of refusing and closing."""

from typing import Annotated, Literal

import msgspec

from command.core.errors import MusterError
from web_console.bodies import Code, Heads, Long, Minutes
from web_console.problems import problem
from web_console.requests import UUID7

SIGNED_OUT, NOT_YOURS, GONE, TOO_SLOW, MALFORMED, TOO_LONG = 4401, 4403, 4404, 4408, 4400, 4413
QUIET, FLOODED = 4410, 4429
"""Codes of `bye`, each also the close code of the socket."""


class Follow(msgspec.Struct, tag="follow", frozen=True, forbid_unknown_fields=True):
    """`packed`: the client takes large frames of the topic as gzip."""

    topic: str
    epoch: str | None = None
    after: int | None = None
    packed: bool = False


class Leave(msgspec.Struct, tag="leave", frozen=True, forbid_unknown_fields=True):
    topic: str


class Seen(msgspec.Struct, tag="seen", frozen=True, forbid_unknown_fields=True):
    ids: list[str]


class Answer(msgspec.Struct, tag="answer", frozen=True, forbid_unknown_fields=True):
    """Within the same bounds as by HTTP."""

    command_id: Annotated[str, msgspec.Meta(pattern=rf"^{UUID7}\Z")]
    call: Code
    answer: Literal["accept", "decline", "later"]
    heads: Heads | None = None
    eta_min: Minutes | None = None
    reason: Long = ""
    claimed_at_ms: int | None = None


class ClientBeat(msgspec.Struct, tag="beat", frozen=True, forbid_unknown_fields=True):
    """I am here."""


Frame = Follow | Leave | Seen | Answer | ClientBeat
decode = msgspec.json.Decoder(Frame).decode


def encode(frame: dict[str, object]) -> bytes:
    return msgspec.json.encode(frame)


def refused(error: MusterError, *, command_id: str | None = None) -> bytes:
    """Nothing changed, and why, in both languages."""
    found = problem(error)
    asked = {} if command_id is None else {"command_id": command_id}
    title = {"zh": found["title"], "en": found["title_en"]}
    return encode({"type": "refused", **asked, "code": found["code"], "title": title, "facts": found["facts"]})


def bye(code: int) -> bytes:
    """The last frame before the socket closes with this code."""
    return encode({"type": "bye", "code": code})
