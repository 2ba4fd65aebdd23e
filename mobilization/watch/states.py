"""The state of a post's watch, and of an officer's duty."""

import tomllib
from importlib.resources import files

import msgspec

_TABLE = tomllib.loads(files("mobilization").joinpath("data/watch.toml").read_text("utf-8"))
UP_AFTER_MS: int = _TABLE["up_after_s"] * 1000
LONGEST_MS: int = _TABLE["longest_h"] * 3_600_000


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Something asked of a post. `went_up_ms`: when it went up a tier besides, for nobody held the watch here."""

    ask: str
    what: str
    incident: str
    asked_ms: int
    went_up_ms: int | None = None


class WatchLeader(msgspec.Struct, frozen=True, kw_only=True):
    """Who leads a watch. `officer`: "" where the name is sealed with the naming `id`."""

    id: str
    officer: str
    since_ms: int


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """The watch of one post. `officer` holds it; `vacant_since_ms`: since when nobody does (None: nobody ever did); `leader` stays
    when the watch passes, and goes with its end."""

    division: str
    officer: str = ""
    role: str = ""
    since_ms: int = 0
    until_ms: int | None = None
    offered_to: str = ""
    vacant_since_ms: int | None = None
    leader: WatchLeader | None = None
    waiting: tuple[Waiting, ...] = ()


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """The post whose watch an officer holds; "" for none."""

    officer: str
    division: str = ""
