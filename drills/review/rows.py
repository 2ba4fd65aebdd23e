"""The rows of a review's tables: what was planned beside what came of it, each with the events it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drills.conduct import Drill, ImprovementNoted
from drills.measures.scoring import BY_HAND, MET, MISSED, Scored, Verdict
from drills.review import shape
from drills.review.courses import Courses, Key
from drills.review.figures import share, took, verdict_in_words
from drills.review.shape import Words
from drills.scenario import Scenario

GOALS = {"first_wave_s": 60.0, "first_accept_s": 180.0, "full_s": 900.0, "first_arrival_s": 324.0, "surplus": 0.4}
"""The goal board of domain.md 9: first call within 60 s of the report, first yes within 180 s, everyone promised within 15 min, first
there within 5.4 min, at most 40 of 100 who come more than the least."""
NAMES: Mapping[str, Words] = {
    "first_wave_s": Words("首批召集发出", "first call sent"), "first_accept_s": Words("首个应召", "first acceptance"),
    "full_s": Words("满员（至少数）", "least number promised"), "first_arrival_s": Words("首个到位", "first on the spot"),
    "accepting": Words("应召率", "share who accepted"), "surplus": Words("到位超出至少数", "on the spot beyond the least"),
}  # fmt: skip


class Before(NamedTuple):
    """What this one is compared with: the last drill of the same scenario, and real events; None: there are none."""

    last: Key | None = None
    real: Key | None = None
    improvements: Sequence[ImprovementNoted] = ()


FIRST_OF_ITS_KIND = Before()


def form(scenario: Scenario | None) -> Words:
    if scenario is None:
        return Words("真实事件", "real event")
    forms = {
        "tabletop": ("桌面演练", "tabletop"), "command_post": ("指挥所演练", "command post"), "functional": ("功能演练", "functional"),
        "full_scale": ("全面实战", "full scale"), "drill": ("单项演练", "drill"),
    }  # fmt: skip
    aims = {"testing": ("检验性", "testing"), "showing": ("示范性", "demonstration"), "research": ("研究性", "research")}
    notice = ("双盲", "no notice") if scenario.no_notice else ("事先通知", "announced")
    parts = (forms[scenario.form], aims[scenario.aim], notice)
    return Words("·".join(zh for zh, _ in parts), ", ".join(en for _, en in parts))


def headlines(key: Key, last: Key | None) -> Iterator[shape.Headline]:
    for field in ("first_wave_s", "first_accept_s", "full_s", "first_arrival_s", "surplus"):
        value, bound = getattr(key, field), GOALS[field]
        before = None if last is None else getattr(last, field)
        said = _value(field, value)
        yield shape.Headline(
            NAMES[field], said, Words(_bare(field, bound), _bare(field, bound)),
            None if before is None else Words(_bare(field, before), _bare(field, before)),
            None if value is None else value <= bound,
        )  # fmt: skip


def _bare(field: str, value: float) -> str:
    return share(value) if field in ("surplus", "accepting") else took(value)


def _value(field: str, value: float | None) -> Words:
    return Words("未发生", "never") if value is None else Words(_bare(field, value), _bare(field, value))


def objectives(scenario: Scenario | None, scored: Sequence[Scored], drill: Drill | None) -> Iterator[shape.ObjectiveRow]:
    names = {} if scenario is None else {each.id: Words(each.zh, each.en) for each in scenario.objectives}
    for row in scored:
        rated = drill.rated.get(row.objective) if drill is not None else None
        met, missed = (sum(v.outcome == outcome for v in row.verdicts) for outcome in (MET, MISSED))
        by_hand = sum(v.outcome == BY_HAND for v in row.verdicts)
        basis = Words(
            f"达到{met}项，未达到{missed}项，须由人评定{by_hand}项" + (f"；最差为情景事件{row.worst}" if row.worst and missed else ""),
            f"{met} met, {missed} missed, {by_hand} for people to score" + (f"; the worst is inject {row.worst}" if row.worst and missed else ""),
        )  # fmt: skip
        at = tuple(dict.fromkeys(p for v in row.verdicts if v.outcome == MISSED or v.no == row.worst for p in v.at))
        yield shape.ObjectiveRow(names[row.objective], rated.rating if rated is not None else "", row.rating, basis, at)


def measures(scenario: Scenario | None, scored: Sequence[Scored]) -> Iterator[shape.MeasureRow]:
    injects = {} if scenario is None else {inject.no: inject for inject in scenario.injects}
    for verdict in sorted((v for row in scored for v in row.verdicts), key=lambda v: (v.no, v.measure)):
        what = injects[verdict.no].measures[verdict.measure]
        yield shape.MeasureRow(
            verdict.no, Words(what.zh, what.en), verdict.outcome, verdict_in_words(verdict), verdict.words, verdict.at
        )  # fmt: skip


def injects(scenario: Scenario | None, drill: Drill | None, began_ms: int) -> Iterator[shape.InjectRow]:
    if scenario is None or drill is None:
        return
    for inject in scenario.injects:
        line = drill.lines[inject.no]
        planned = None if inject.cue.at_min is None else inject.cue.at_min * 60
        played = None if line.reached_ms is None else (line.reached_ms - began_ms) / 1000
        words = Words(line.corrected, line.corrected) if line.corrected else Words("", "")
        yield shape.InjectRow(inject.no, Words(inject.zh, inject.en), inject.kind, planned, played, line.state, words)


def comparison(key: Key, before: Before) -> Iterator[shape.ComparisonRow]:
    if before.last is None and before.real is None:
        return
    for field, name in NAMES.items():
        last, real = (
            None if k is None or getattr(k, field) is None else _value(field, getattr(k, field))
            for k in (before.last, before.real)
        )
        yield shape.ComparisonRow(name, _value(field, getattr(key, field)), last, real)


def improvements(
    drill: Drill | None, scored: Sequence[Scored], earlier: Sequence[ImprovementNoted]
) -> Iterator[shape.Improvement]:
    """Those of the last drill with what became of them now, then those of this one."""
    verdicts: dict[tuple[int, int], Verdict] = {(v.no, v.measure): v for row in scored for v in row.verdicts}
    for each in earlier:
        found = verdicts.get((each.no or 0, each.measure or 0)) if each.no is not None else None
        tested = Words("本次未复测", "not tested this time") if found is None else verdict_in_words(found)
        yield shape.Improvement(each.what, each.action, each.owner, each.due, tested)
    for each in drill.improvements if drill is not None else ():
        yield shape.Improvement(each.what, each.action, each.owner, each.due, None)


def assumed(scenario: Scenario | None, courses: Courses) -> Iterator[Words]:
    if scenario is not None and scenario.city is not None:
        yield Words(
            "城市、人员、队伍均为虚构，由程序模拟；应答、出动和行程时间按文献数据假定。",
            "City, people and teams are made up and simulated; answering, turnout and travel follow published figures and assumptions.",
        )
    if any(course.calls for course in courses.by_incident.values()):
        yield Words("应召概率为假定值，不是任何人的实测。", "The chance of acceptance is assumed; it was measured of nobody.")
