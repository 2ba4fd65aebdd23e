"""The shapes of request bodies about people who are out (docs/api.md)."""

from typing import Annotated, Literal

import msgspec

from web_console.bodies import Body, Code, Lat, Lon, Long, Said, Short, Told

DueMin = Annotated[int, msgspec.Meta(ge=1, le=120)]


class MarkBody(Body, frozen=True, kw_only=True):
    no: Annotated[int, msgspec.Meta(ge=1, le=999)]
    state: Literal["safe", "hurt", "help", "left"]


Marks = Annotated[tuple[MarkBody, ...], msgspec.Meta(min_length=1, max_length=999)]


class RollBody(Told, frozen=True, kw_only=True):
    due_min: DueMin | None = None


class CloseRollBody(Told, frozen=True, kw_only=True):
    reason: Long = ""


class RollAnswerBody(Body, frozen=True, kw_only=True):
    marks: Marks
    words: Long = ""
    claimed_at_ms: int | None = None


class NotedRollBody(Said, frozen=True, kw_only=True):
    """Also by radio or from paper."""

    marks: Marks
    words: Long = ""


class SosBody(Body, frozen=True, kw_only=True):
    """A position only where the phone was allowed to give one."""

    call: Code = ""
    lon: Lon | None = None
    lat: Lat | None = None
    accuracy_m: Annotated[float, msgspec.Meta(ge=0, le=1_000_000)] | None = None
    words: Long = ""
    claimed_at_ms: int | None = None


class NotedSosBody(Said, frozen=True, kw_only=True):
    words: Long = ""
    call: Code = ""


class FineBody(Body, frozen=True, kw_only=True):
    claimed_at_ms: int | None = None


class NotedFineBody(Told, frozen=True, kw_only=True):
    said_by: Short


class ResolveBody(Told, frozen=True, kw_only=True):
    words: Long


class GiveOrderBody(Told, frozen=True, kw_only=True):
    """`calls`: the crews it is for; none: all that are coming or out."""

    kind: Code
    words: Long = ""
    calls: Annotated[tuple[Code, ...], msgspec.Meta(max_length=500)] = ()
    due_min: DueMin | None = None


class ReceiptBody(Body, frozen=True, kw_only=True):
    receipt: Literal["received", "done", "cannot"]
    reason: Long = ""
    claimed_at_ms: int | None = None


class NotedReceiptBody(Said, frozen=True, kw_only=True):
    call: Code
    receipt: Literal["received", "done", "cannot"]
    reason: Long = ""


class DangerBody(Body, frozen=True, kw_only=True):
    kind: Code
    words: Long = ""
    claimed_at_ms: int | None = None


class NotedDangerBody(Said, frozen=True, kw_only=True):
    kind: Code
    words: Long = ""
