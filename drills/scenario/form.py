"""The shape of a drill file. Times: seconds or minutes of play after the start (STARTEX), as each name says; places: WGS-84
unless a spot says otherwise.

A post is written by its place in the city: `city`, `county-2` (the second county by code), `county-2/3` (its third township).
"""

import re
from typing import Literal

import msgspec

from drills.scenario.acts import Act

LONGEST_MIN = 7 * 24 * 60
POST = re.compile(r"city|county-[1-9]\d?(/[1-9]\d?)?")


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One part of a file: a word it does not know is a mistake of whoever wrote it."""


class Objective(_Part, frozen=True, kw_only=True):
    """What the drill is to test. It is rated P, S, M or U (HSEEP): proposed from its measures, confirmed by a person."""

    id: str
    zh: str
    en: str


class City(_Part, frozen=True, kw_only=True):
    """A made-up city of so many people; left out of a file, the drill plays on a slice of a realm's own registry. `seed`: of the city;
    another seed of the drill is another course of events in the same city."""

    seed: int = 1
    people: int = 2_000
    teams: int = 143
    specialists: dict[str, int] | None = None


class Spot(_Part, frozen=True, kw_only=True):
    """A point east and north of the seat of a division. `datum`: in which it is told to players (gcj02: as map apps show it)."""

    division: str
    east_m: float = 0
    north_m: float = 0
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"


class Setting(_Part, frozen=True, kw_only=True):
    """An incident the drill is about. Whoever raises the first one of this category within `near_m` of the spot has raised this one.
    `needs`: [speciality, at least, at most, minutes]."""

    category: str
    severity: int
    zh: str
    en: str
    spot: str
    needs: tuple[tuple[str, int, int, int], ...] = ()
    near_m: int = 3_000


class Test(_Part, frozen=True, kw_only=True):
    """A figure of the moment held against a bound. `figure`: of `drills.measures.figures`; `of`: the incident, zone or order meant."""

    figure: str
    of: str = ""
    speciality: str = ""
    at_least: float | None = None
    at_most: float | None = None


class Cue(_Part, frozen=True, kw_only=True):
    """When an inject falls due: at so many minutes of play, or so long after another inject was released. Then it is released if
    `only_if` holds and `unless` does not; otherwise skipped, and it says so."""

    at_min: float | None = None
    after: int | None = None
    after_min: float = 0
    only_if: Test | None = None
    unless: Test | None = None


class _Measured(_Part, frozen=True, kw_only=True):
    zh: str
    en: str


class Fact(_Measured, frozen=True, kw_only=True, tag_field="is", tag="fact"):
    """The first event of this name, of this incident, whose fields are as `where` says: within `within_s` of the release of the
    inject, or of `since`: the first event of another name."""

    fact: str
    of: str = ""
    where: dict[str, str | int | bool] = msgspec.field(default_factory=dict)
    within_s: float
    since: str = ""


class Reached(_Measured, frozen=True, kw_only=True, tag_field="is", tag="reached"):
    """First true within `within_s`, counted likewise."""

    test: Test
    within_s: float
    since: str = ""


class Held(_Measured, frozen=True, kw_only=True, tag_field="is", tag="held"):
    """True for `for_s` on end, once the inject was released."""

    test: Test
    for_s: float


class Never(_Measured, frozen=True, kw_only=True, tag_field="is", tag="never"):
    """Never true after the release; `from_s` later, to let people obey."""

    test: Test
    from_s: float = 0


class Count(_Measured, frozen=True, kw_only=True, tag_field="is", tag="count"):
    """How many events of this name from the release on: at least, at most."""

    fact: str
    of: str = ""
    where: dict[str, str | int | bool] = msgspec.field(default_factory=dict)
    at_least: int | None = None
    at_most: int | None = None


class ByHand(_Measured, frozen=True, kw_only=True, tag_field="is", tag="by_hand"):
    """Scored by a person: the system cannot carry it yet (`ability`, of `drills.abilities`), or it is for people to judge
    (`ability` empty)."""

    ability: str = ""


Measure = Fact | Reached | Held | Never | Count | ByHand


class Inject(_Part, frozen=True, kw_only=True):
    """One row of the list of scenario events (情景事件清单, MSEL). `kind`: contextual, expected (an action is expected), contingency
    (used only if players do not act). `mode`: of `wording.MODES`; `acts`: what simulated players and the simulated
    world do about it; real players do as they see fit."""

    no: int = msgspec.field(name="number")  # YAML reads a bare "no" as false
    cue: Cue = Cue()
    kind: Literal["contextual", "expected", "contingency"]
    mode: str
    sender_zh: str
    sender_en: str
    to: tuple[str, ...]
    zh: str
    en: str
    expect_zh: str
    expect_en: str
    objective: str
    measures: tuple[Measure, ...]
    acts: tuple[Act, ...] = ()
    note: str = ""


class Scenario(_Part, frozen=True, kw_only=True):
    """A whole drill. `begins`: the time of day it plays at (HH:MM); `lasts_min`: it is over then, whatever is still open; `seed`: of
    all chance; `behaviour`: a profile of `drills/data/behaviour.toml`
    for everybody, left out: each as is usual; `form`, `aim`: of `wording`."""

    id: str
    zh: str
    en: str
    form: str
    aim: str
    no_notice: bool = False
    begins: str = "09:00"
    lasts_min: float
    seed: int = 1
    behaviour: str = ""
    city: City | None = None
    plan: str = ""
    channels: tuple[str, ...] = ()
    players_zh: tuple[str, ...] = ()
    players_en: tuple[str, ...] = ()
    objectives: tuple[Objective, ...]
    spots: dict[str, Spot] = msgspec.field(default_factory=dict)
    incidents: dict[str, Setting] = msgspec.field(default_factory=dict)
    injects: tuple[Inject, ...]
