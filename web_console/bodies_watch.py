"""Bodies of requests about the watch and warnings."""

from typing import Annotated

import msgspec

from web_console.bodies import AtMs, Body, Code, Level, Short

Divisions = Annotated[tuple[Code, ...], msgspec.Meta(min_length=1, max_length=40)]


class WatchBody(Body, frozen=True, kw_only=True):
    until_ms: AtMs | None = None


class OfferBody(Body, frozen=True, kw_only=True):
    to: Short


class LeaderBody(Body, frozen=True, kw_only=True):
    """An officer of the post, or a name and a number; with neither, nobody."""

    officer: Short = ""
    name: Annotated[str, msgspec.Meta(max_length=40)] = ""
    phone: Annotated[str, msgspec.Meta(pattern=r"^[\d+ -]{0,30}$")] = ""


class WarningBody(Body, frozen=True, kw_only=True):
    kind: Code
    level: Level
    divisions: Divisions
    issuer: Short
    issued_ms: AtMs
    expires_ms: AtMs


class WarningAgainBody(Body, frozen=True, kw_only=True):
    level: Level
    divisions: Divisions
    expires_ms: AtMs
