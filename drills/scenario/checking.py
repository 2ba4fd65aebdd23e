"""Whether a drill makes sense: what it refers to exists, nothing waits for itself, nothing happens before the start, it ends."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite
from typing import Any, NamedTuple

from drills.abilities import ABILITIES
from drills.behaviour import BEHAVIOUR
from drills.measures.figures import FIGURES
from drills.scenario import acts
from drills.scenario.bounds import NAME, names, out_of_bounds
from drills.scenario.form import (
    LONGEST_MIN,
    POST,
    ByHand,
    Count,
    Fact,
    Held,
    Inject,
    Never,
    Reached,
    Scenario,
    Setting,
    Test,
)
from drills.scenario.wording import AIMS, FORMS, MODES
from incidents import CATEGORIES, CLOSURES, HAZARDS, WARNING_KINDS
from mobilization import DANGERS, ORDERS
from mobilization.specialities import SPECIALITIES

MOST_INJECTS = 500
_MOST_PEOPLE, _LAST_NUMBER = 100_000, 9_999
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Fault(NamedTuple):
    """What is wrong, where. `code`: a word of `drills.conduct.refusals.FAULTS`; `value`: what stands there."""

    at: str
    code: str
    value: str


def check(scenario: Scenario) -> Iterator[Fault]:
    """Every fault there is, in the order of the file."""
    yield from _head(scenario)
    for name, spot in scenario.spots.items():
        yield from _post(f"spots.{name}.division", spot.division)
        yield from _bounds(f"spots.{name}", spot)
    for name in (*scenario.spots, *scenario.incidents):
        if not NAME.fullmatch(name):
            yield Fault("spots" if name in scenario.spots else "incidents", "name", name[:60])
    for name, setting in scenario.incidents.items():
        yield from _setting(scenario, f"incidents.{name}", setting)
    seen: set[int] = set()
    for n, inject in enumerate(scenario.injects):
        at = f"injects[{n}]"
        if inject.no in seen or not 1 <= inject.no <= _LAST_NUMBER:
            yield Fault(f"{at}.number", "number", str(inject.no))
        seen.add(inject.no)
        yield from _inject(scenario, at, inject)
    yield from _circles(scenario)


def _head(scenario: Scenario) -> Iterator[Fault]:
    yield from _said("", scenario)
    yield from _names("", scenario, "id")
    yield from _bounds("", scenario)
    if scenario.form not in FORMS:
        yield Fault("form", "unknown", scenario.form)
    if scenario.aim not in AIMS:
        yield Fault("aim", "unknown", scenario.aim)
    if scenario.behaviour:
        yield from _known("behaviour", scenario.behaviour, BEHAVIOUR.profiles)
    if not _TIME_OF_DAY.fullmatch(scenario.begins):
        yield Fault("begins", "time", scenario.begins)
    if not 0 < scenario.lasts_min <= LONGEST_MIN:
        yield Fault("lasts_min", "never_ends", str(scenario.lasts_min))
    if not 1 <= len(scenario.injects) <= MOST_INJECTS:
        yield Fault("injects", "how_many", str(len(scenario.injects)))
    names = [each.id for each in scenario.objectives]
    if not names or len(set(names)) < len(names):
        yield Fault("objectives", "how_many", str(len(names)))
    for n, objective in enumerate(scenario.objectives):
        yield from _said(f"objectives[{n}]", objective)
        yield from _names(f"objectives[{n}]", objective, "id")
    if scenario.city is not None:
        yield from _bounds("city", scenario.city)
        heads = scenario.city.specialists or {}
        if any(count < 0 for count in heads.values()) or sum(heads.values()) > scenario.city.people:
            yield Fault("city.specialists", "range", str(sum(heads.values())))
        yield from (
            Fault("city.specialists", "unknown", code) for code in scenario.city.specialists or () if code not in SPECIALITIES
        )


def _setting(scenario: Scenario, at: str, setting: Setting) -> Iterator[Fault]:
    yield from _said(at, setting)
    if setting.category not in CATEGORIES:
        yield Fault(f"{at}.category", "unknown", setting.category)
    if not 1 <= setting.severity <= 4:  # noqa: PLR2004 -- four levels by law
        yield Fault(f"{at}.severity", "level", str(setting.severity))
    yield from _known(f"{at}.spot", setting.spot, scenario.spots)
    yield from _needs(f"{at}.needs", setting.needs)
    yield from _bounds(at, setting)


def _needs(at: str, needs: Iterable[tuple[str, int, int, int]]) -> Iterator[Fault]:
    for speciality, least, most, by_min in needs:
        yield from _known(at, speciality, SPECIALITIES)
        if not 1 <= least <= most <= _MOST_PEOPLE or not 1 <= by_min <= LONGEST_MIN:
            yield Fault(at, "need", f"{speciality} {least} {most} {by_min}")


def _inject(scenario: Scenario, at: str, inject: Inject) -> Iterator[Fault]:
    yield from _said(at, inject)
    yield from _known(f"{at}.objective", inject.objective, {each.id for each in scenario.objectives})
    yield from _known(f"{at}.mode", inject.mode, MODES)
    for post in inject.to:
        yield from _post(f"{at}.to", post)
    yield from _cue(scenario, f"{at}.cue", inject)
    if not inject.measures:
        yield Fault(f"{at}.measures", "how_many", "0")
    for n, measure in enumerate(inject.measures):
        yield from _measure(scenario, f"{at}.measures[{n}]", measure)
    for n, act in enumerate(inject.acts):
        yield from _act(scenario, f"{at}.acts[{n}]", act)


def _cue(scenario: Scenario, at: str, inject: Inject) -> Iterator[Fault]:
    cue = inject.cue
    if cue.at_min is not None and cue.after is not None:
        yield Fault(at, "two_times", str(inject.no))
    if cue.at_min is None and cue.after is None and inject.kind != "contingency":
        yield Fault(at, "no_time", str(inject.no))
    for minutes in (cue.at_min or 0, cue.after_min):
        if minutes < 0 or not isfinite(minutes):
            yield Fault(at, "before_start", str(minutes))
        if minutes > scenario.lasts_min:
            yield Fault(at, "after_end", str(minutes))
    if cue.after is not None:
        yield from _known(f"{at}.after", cue.after, {each.no for each in scenario.injects})
    for name, test in (("only_if", cue.only_if), ("unless", cue.unless)):
        if test is not None:
            yield from _test(scenario, f"{at}.{name}", test)


def _test(scenario: Scenario, at: str, test: Test) -> Iterator[Fault]:
    yield from _known(f"{at}.figure", test.figure, FIGURES)
    if (test.at_least is None) == (test.at_most is None):
        yield Fault(at, "bound", test.figure)
    if test.speciality:
        yield from _known(f"{at}.speciality", test.speciality, SPECIALITIES)
    if test.figure in FIGURES and FIGURES[test.figure].of:
        yield from _known(f"{at}.of", test.of, _named(scenario)[FIGURES[test.figure].of])


def _measure(scenario: Scenario, at: str, measure: Fact | Reached | Held | Never | Count | ByHand) -> Iterator[Fault]:
    yield from _said(at, measure)
    match measure:
        case ByHand(ability=ability):
            if ability:
                yield from _known(f"{at}.ability", ability, ABILITIES)
        case Reached(test=test) | Held(test=test) | Never(test=test):
            yield from _test(scenario, f"{at}.test", test)
        case Fact(fact=name, of=of) | Count(fact=name, of=of):
            if "." not in name:
                yield Fault(f"{at}.fact", "unknown", name)
            if of:
                named = _named(scenario)
                yield from _known(f"{at}.of", of, {each for kind in named.values() for each in kind})
    yield from _bounds(at, measure)
    if isinstance(measure, Count) and measure.at_least is None and measure.at_most is None:
        yield Fault(at, "bound", measure.fact)
    if isinstance(measure, Fact | Reached) and not 0 < measure.within_s <= scenario.lasts_min * 60:
        yield Fault(f"{at}.within_s", "term", str(measure.within_s))


def _act(scenario: Scenario, at: str, act: acts.Act) -> Iterator[Fault]:
    yield from _bounds(at, act)
    yield from _names(at, act, "zone", "order", "response", "warning")
    for field in ("by", "division"):
        if (post := getattr(act, field, None)) is not None:
            yield from _post(f"{at}.{field}", post)
    if isinstance(act, acts.CallOut):
        yield from _needs(f"{at}.needs", act.needs)
    named = _named(scenario)
    for field in ("incident", "response", "zone"):
        if (name := getattr(act, field, None)) is not None:
            yield from _known(f"{at}.{field}", name, named[field])
    if isinstance(act, acts.Mark) and act.spot:
        yield from _known(f"{at}.spot", act.spot, scenario.spots)
    for field, table in _WORDS.get(type(act), {}).items():
        yield from _known(f"{at}.{field}", getattr(act, field), table(act))


_WORDS: Mapping[type[Any], Mapping[str, Callable[[Any], Iterable[object]]]] = {
    acts.Respond: {"category": lambda _: CATEGORIES},
    acts.Mark: {"what": lambda act: HAZARDS if act.kind == "hazard" else CLOSURES},
    acts.Tell: {"kind": lambda _: ORDERS},
    acts.Danger: {"kind": lambda _: DANGERS},
    acts.Warn: {"kind": lambda _: WARNING_KINDS},
}
"""Words of an act that stand in a table of the engine."""


def _named(scenario: Scenario) -> Mapping[str, Iterable[str]]:
    """What the acts of a drill bring into the world, by kind."""
    every = [act for inject in scenario.injects for act in inject.acts]
    return {
        "incident": scenario.incidents,
        "zone": [act.zone for act in every if isinstance(act, acts.Mark)],
        "order": [act.order for act in every if isinstance(act, acts.Tell)],
        "response": [act.response for act in every if isinstance(act, acts.Respond)],
        "warning": [act.warning for act in every if isinstance(act, acts.Warn)],
    }


def _circles(scenario: Scenario) -> Iterator[Fault]:
    """Injects that wait for each other would all wait for ever."""
    after = {inject.no: inject.cue.after for inject in scenario.injects}
    for n, inject in enumerate(scenario.injects):
        seen, at = {inject.no}, inject.cue.after
        while at is not None and at not in seen:
            seen.add(at)
            at = after.get(at)
        if at == inject.no:
            yield Fault(f"injects[{n}].cue.after", "circle", str(inject.no))


def _bounds(at: str, part: Any) -> Iterator[Fault]:
    yield from (Fault(f"{at}.{field}".lstrip("."), "range", value) for field, value in out_of_bounds(part))


def _said(at: str, part: Any) -> Iterator[Fault]:
    """What people are told, in Chinese at least: an English reader of a text that was not translated sees the Chinese."""
    if not part.zh.strip():
        yield Fault(f"{at}.zh".lstrip("."), "empty", "")


def _names(at: str, part: Any, *fields: str) -> Iterator[Fault]:
    yield from (Fault(f"{at}.{field}".lstrip("."), "name", value) for field, value in names(part, *fields))


def _known(at: str, name: object, among: Iterable[object]) -> Iterator[Fault]:
    if name not in among:
        yield Fault(at, "unknown", str(name))


def _post(at: str, post: str) -> Iterator[Fault]:
    if not POST.fullmatch(post):
        yield Fault(at, "post", post)
