"""Warnings typed by a desk, until they come by themselves: issued, changed, lifted, and over when their time runs out."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import msgspec

from command.core.errors import Refused
from command.core.facts import Command, Deadline, Event, Fact, Kind, Look, Moment
from command.tiers.authority import within
from command.tiers.divisions import Tier, tier_of

WARNING_KINDS = (
    "rainstorm", "typhoon", "gale", "flood", "flash_flood", "geological", "thunder", "hail", "snowstorm", "cold_wave", "icing", "heat",
    "fog", "fire_weather", "drought", "other",
)  # fmt: skip
_GRAVEST, _MILDEST = 1, 4
_LONGEST_MS = 7 * 24 * 3_600_000
_MAY_ENTER = (Tier.CITY, Tier.COUNTY)


class _OfWarning(Fact, frozen=True, kw_only=True):
    warning: str

    def keys(self) -> tuple[str, ...]:
        return (f"warning:{self.warning}",)


class WarningIssued(_OfWarning, frozen=True, kw_only=True):
    """A warning was issued by `issuer` and entered. `level`: 1 red, 2 orange, 3 yellow, 4 blue."""

    NAME: ClassVar[str] = "warning.issued"
    kind: str
    level: int
    divisions: tuple[str, ...]
    issuer: str
    issued_ms: int
    expires_ms: int


class WarningChanged(_OfWarning, frozen=True, kw_only=True):
    """It was issued anew: another level, other divisions, a longer time."""

    NAME: ClassVar[str] = "warning.changed"
    level: int
    divisions: tuple[str, ...]
    expires_ms: int


class WarningLifted(_OfWarning, frozen=True, kw_only=True):
    """Whoever issued it declared it over."""

    NAME: ClassVar[str] = "warning.lifted"


class WarningExpired(_OfWarning, frozen=True, kw_only=True):
    """Its time ran out."""

    NAME: ClassVar[str] = "warning.expired"


WARNING_FACTS: tuple[type[Fact], ...] = (WarningIssued, WarningChanged, WarningLifted, WarningExpired)


class IssueWarning(Command, frozen=True, kw_only=True):
    warning: str
    kind: str
    level: int
    divisions: tuple[str, ...]
    issuer: str
    issued_ms: int
    expires_ms: int


class ChangeWarning(Command, frozen=True, kw_only=True):
    warning: str
    level: int
    divisions: tuple[str, ...]
    expires_ms: int


class LiftWarning(Command, frozen=True, kw_only=True):
    warning: str


class ExpireWarning(Command, frozen=True, kw_only=True):
    warning: str


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """One warning. `entered_by`: the post whose desk typed it."""

    id: str
    kind: str
    level: int
    divisions: tuple[str, ...]
    issuer: str
    issued_ms: int
    expires_ms: int
    entered_ms: int
    entered_by: str
    over: bool = False


def evolve_warning(state: Warned | None, event: Event) -> Warned | None:
    match event.fact:
        case WarningIssued() as fact if state is None:
            return Warned(
                id=fact.warning, kind=fact.kind, level=fact.level, divisions=fact.divisions, issuer=fact.issuer,
                issued_ms=fact.issued_ms, expires_ms=fact.expires_ms, entered_ms=event.at_ms,
                entered_by=event.authority.post if event.authority else "",
            )  # fmt: skip
        case WarningChanged() as fact if state is not None:
            return msgspec.structs.replace(state, level=fact.level, divisions=fact.divisions, expires_ms=fact.expires_ms)
        case WarningLifted() | WarningExpired() if state is not None:
            return msgspec.structs.replace(state, over=True)
        case _:
            return state


def warning_deadlines(state: Warned) -> Iterable[Deadline]:
    """It waits for nobody: a warning runs out by its own clock, whoever was cut off."""
    return () if state.over else (Deadline(kind="expires", set_at_ms=state.entered_ms, due_at_ms=state.expires_ms),)


def _fall(key: str, _deadline: Deadline) -> Command:
    return ExpireWarning(warning=key.partition(":")[2])


WARNING_KIND = Kind("warning", evolve_warning, warning_deadlines, _fall)


def issue(look: Look, command: IssueWarning, moment: Moment) -> Iterator[Fact]:
    _check_divisions(moment, command.divisions)
    if look(f"warning:{command.warning}") is not None:
        raise Refused("warning.exists")
    if command.kind not in WARNING_KINDS or not command.issuer.strip():
        raise Refused("warning.incomplete")
    _check(command.level, command.expires_ms, moment.now_ms)
    if not 0 < command.issued_ms <= moment.now_ms:
        raise Refused("warning.times")
    yield WarningIssued(**{name: getattr(command, name) for name in command.__struct_fields__})


def change(look: Look, command: ChangeWarning, moment: Moment) -> Iterator[Fact]:
    state = _standing(look, command.warning, moment)
    _check_divisions(moment, command.divisions)
    _check(command.level, command.expires_ms, moment.now_ms)
    if (state.level, state.divisions, state.expires_ms) != (command.level, command.divisions, command.expires_ms):
        yield WarningChanged(warning=state.id, level=command.level, divisions=command.divisions, expires_ms=command.expires_ms)


def lift(look: Look, command: LiftWarning, moment: Moment) -> Iterator[Fact]:
    yield WarningLifted(warning=_standing(look, command.warning, moment).id)


def expire(look: Look, command: ExpireWarning, _moment: Moment) -> Iterator[Fact]:
    state = look(f"warning:{command.warning}")
    if isinstance(state, Warned) and not state.over:
        yield WarningExpired(warning=state.id)


def _standing(look: Look, warning: str, moment: Moment) -> Warned:
    """A warning that still stands, all of it within the acting post."""
    state = look(f"warning:{warning}")
    if not isinstance(state, Warned):
        raise Refused("warning.unknown")
    _check_divisions(moment, state.divisions)
    if state.over:
        raise Refused("warning.over")
    return state


def _check_divisions(moment: Moment, divisions: tuple[str, ...]) -> None:
    if not divisions:
        raise Refused("warning.incomplete")
    posts = {within(moment.authority, division) for division in divisions}
    if tier_of(posts.pop()) not in _MAY_ENTER:
        raise Refused("warning.tier")


def _check(level: int, expires_ms: int, now_ms: int) -> None:
    if not _GRAVEST <= level <= _MILDEST:
        raise Refused("warning.incomplete")
    if not now_ms < expires_ms <= now_ms + _LONGEST_MS:
        raise Refused("warning.times")
