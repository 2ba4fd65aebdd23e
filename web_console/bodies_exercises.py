"""The shapes of what trainers ask about exercises with real people (docs/api.md)."""

from typing import Annotated

import msgspec

from web_console.bodies import AtMs, Body, Long, Short

Script = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Officers = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=120)], ...], msgspec.Meta(max_length=200)]


class ReckonBody(Body, frozen=True, kw_only=True):
    """Which script, and when it would begin."""

    script: Script
    begin_ms: AtMs


class NoticeBody(Body, frozen=True, kw_only=True):
    """`safety`: the safety officer's id, where the registry knows them; else `safety_officer`, their name. `told`: who knows beforehand."""

    approved_by: Short = ""
    safety_officer: Short = ""
    safety: Short = ""
    stop_rules: Long = ""
    told: Annotated[tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=120)], ...], msgspec.Meta(max_length=100)] = ()


class PrepareBody(ReckonBody, frozen=True, kw_only=True):
    """`exercise`: its name, as addresses have it; `officers`: who takes part at desks; whoever prepares it is always among them."""

    exercise: Short
    officers: Officers = ()
    notice: NoticeBody = NoticeBody()
