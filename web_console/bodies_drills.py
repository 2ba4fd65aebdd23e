"""The shapes of what trainers ask of a drill (docs/api.md)."""

from typing import Annotated, Literal

import msgspec

from web_console.bodies import AtMs, Body, Code, Long, Short

Number = Annotated[int, msgspec.Meta(ge=0, le=9999)]
Date = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]


class CorrectBody(Body, frozen=True, kw_only=True):
    """When an inject really reached its players."""

    reached_ms: AtMs
    reason: Long


class ScoreBody(Body, frozen=True, kw_only=True):
    outcome: Literal["met", "missed", "not_observed"]
    words: Long
    took_s: Annotated[float, msgspec.Meta(ge=0, le=7 * 86_400)] | None = None


class RateBody(Body, frozen=True, kw_only=True):
    """`reason`: asked of whoever rates otherwise than was proposed."""

    rating: Literal["P", "S", "M", "U"]
    reason: Long = ""


class ImprovementBody(Body, frozen=True, kw_only=True):
    """`no`, `measure`: what the next drill of this kind tests again."""

    objective: Code
    what: Long
    action: Long
    owner: Short
    due: Date
    no: Number | None = None
    measure: Number | None = None


class StopBody(Body, frozen=True, kw_only=True):
    """The words as they were said."""

    words: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class ClockBody(Body, frozen=True, kw_only=True):
    """Run or stand, how fast, or one step: to whatever falls due next (`due`), or to the next inject (`inject`)."""

    running: bool | None = None
    speed: Literal[1, 4, 16, 60] | None = None
    step: Literal["due", "inject"] | None = None
