"""How simulated people behave, as data with its sources: read from `data/behaviour.toml`, checked, and never changed.

Every figure names the study it comes from and which of its numbers, or says that it is assumed, and why.
"""

import math
import random
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Annotated, Any, TypeVar

import msgspec

ASSUMED = "assumed"
_ROUNDING = 1e-9
_DAY_FROM, _NIGHT_FROM, _CHINA_H, _HOUR_MS = 6, 22, 8, 3_600_000

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Above = Annotated[float, msgspec.Meta(gt=0)]
Sigma = Annotated[float, msgspec.Meta(ge=0, le=3)]
Text = Annotated[str, msgspec.Meta(min_length=1)]
_Kind = TypeVar("_Kind", "Profile", "Shift")


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all figures carry: where it is from; of one that is assumed, `why`."""

    source: Text
    why: str = ""


class Chance(Figure, frozen=True, kw_only=True, forbid_unknown_fields=True):
    share: Share

    def falls(self, chance: random.Random) -> bool:
        return chance.random() < self.share


class Delay(Figure, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lognormal, in seconds."""

    median_s: Above
    sigma: Sigma

    def draw_ms(self, chance: random.Random) -> int:
        return round(self.median_s * 1000 * math.exp(self.sigma * chance.gauss(0, 1)))


class Spread(Figure, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lognormal about a median, and never outside its bounds."""

    median: Above
    sigma: Sigma
    least: Above
    most: Above

    def draw(self, chance: random.Random) -> float:
        return min(max(self.median * math.exp(self.sigma * chance.gauss(0, 1)), self.least), self.most)


class Fatigue(Figure, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Each call of the last 24 hours multiplies the chance of a yes with `each`, down to `least` of it."""

    each: Share
    least: Share

    def after(self, calls: int) -> float:
        return float(max(self.each**calls, self.least))


class Reasons(Figure, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why people say no, by code; the shares make one."""

    shares: dict[str, Share]

    def draw(self, chance: random.Random) -> str:
        drawn = chance.random()
        for code, share in self.shares.items():
            drawn -= share
            if drawn < 0:
                return code
        return next(reversed(self.shares))


class Shift(Figure, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The most hours on the spot, of one speciality; of any other where it is empty. `hours_by_night`: of those who arrive then."""

    speciality: str
    hours: Above
    hours_by_night: Above


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """How one kind of people behaves. `accept`, `decline`, `put_off` (says later): the rest is silent, and `looks` at it or not.
    The way: by a speed over its length, or at a pace against the time that was reckoned."""

    about: Text
    accept: Chance
    accept_by_night: Chance
    decline: Chance
    put_off: Chance
    looks: Chance
    seen: Delay
    answer: Delay
    reasons: Reasons
    later: Delay
    fatigue: Fatigue
    turnout_by_day: Delay
    turnout_by_night: Delay
    speed_m_s: Spread | None = None
    pace: Spread | None = None
    lost: Chance
    lost_for: Delay
    turns_back: Chance
    radio_fails: Chance
    radio_within: Delay
    radio_for: Delay
    tires: Chance
    packing: Delay
    answers_roll: Chance
    roll: Delay
    unaccounted: Chance
    found_after: Delay
    hurt: Chance
    receives: Chance
    receipt: Delay
    done: Chance
    cannot: Chance
    work: Delay
    withdraw: Delay

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Every figure by its name."""
        for name in self.__struct_fields__:
            if isinstance(figure := getattr(self, name), Figure):
                yield name, figure


class Behaviour(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All of one file."""

    profiles: Mapping[str, Profile]
    shifts: tuple[Shift, ...]

    def shift_ms(self, speciality: str, at_ms: int) -> int:
        """The longest turn of work on the spot of those who arrive at `at_ms`."""
        rows = {each.speciality: each for each in self.shifts}
        row = rows.get(speciality, rows[""])
        return round((row.hours_by_night if is_night(at_ms) else row.hours) * _HOUR_MS)


def is_night(at_ms: int) -> bool:
    """From 22:00 to 06:00 in China."""
    hour = (at_ms // _HOUR_MS + _CHINA_H) % 24
    return hour >= _NIGHT_FROM or hour < _DAY_FROM


def read_behaviour(text: str, *, name: str) -> Behaviour:
    """`name`: of the file, for what is said of a fault. Raises ValueError: file, profile and field, and what is wrong there."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name}: {error}") from None
    if unknown := sorted(set(table) - {"shift", "common", "profile"}):
        raise ValueError(f"{name}: {unknown[0]}: no such part")
    profiles = {
        each: _profile(f"{name}: profile {each}", {**table.get("common", {}), **rows})
        for each, rows in table.get("profile", {}).items()
    }
    shifts = tuple(_converted(f"{name}: shift {number}", row, Shift) for number, row in enumerate(table.get("shift", []), 1))
    for number, shift in enumerate(shifts, 1):
        _check(f"{name}: shift {number}", shift)
    if "" not in {shift.speciality for shift in shifts}:
        raise ValueError(f"{name}: shift: none stands for every other speciality")
    return Behaviour(profiles=profiles, shifts=shifts)


def _profile(where: str, rows: dict[str, Any]) -> Profile:
    profile = _converted(where, rows, Profile)
    for field, figure in profile.figures():
        _check(f"{where}: {field}", figure)
        if isinstance(figure, Spread) and not figure.least <= figure.median <= figure.most:
            raise ValueError(f"{where}: {field}: the median lies outside its bounds")
    if abs(sum(profile.reasons.shares.values()) - 1) > _ROUNDING:
        raise ValueError(f"{where}: reasons: the shares do not make one")
    if profile.accept.share + profile.decline.share + profile.put_off.share > 1 + _ROUNDING:
        raise ValueError(f"{where}: accept, decline and put_off: more than everybody")
    if profile.done.share + profile.cannot.share > 1 + _ROUNDING:
        raise ValueError(f"{where}: done and cannot: more than every order")
    if (profile.speed_m_s is None) == (profile.pace is None):
        raise ValueError(f"{where}: speed_m_s or pace: one of them, and not both")
    return profile


def _converted(where: str, rows: object, kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.convert(rows, kind)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$")
        field = path.rstrip("`").lstrip(".")
        raise ValueError(f"{where}: {field}: {said}" if field else f"{where}: {said}") from None


def _check(where: str, figure: Figure) -> None:
    if figure.source == ASSUMED and not figure.why.strip():
        raise ValueError(f"{where}: assumed, and does not say why")
    if not all(math.isfinite(value) for name in figure.__struct_fields__ if isinstance(value := getattr(figure, name), float)):
        raise ValueError(f"{where}: a number without end, or none")


BEHAVIOUR = read_behaviour(files("drills").joinpath("data/behaviour.toml").read_text("utf-8"), name="behaviour.toml")
