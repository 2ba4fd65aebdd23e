"""The draft of a review: what was planned, what happened, why; from the log of a drill, or of a real incident. Every sentence says
which events it rests on. People then correct it; the draft itself never judges anybody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from command.core.facts import Event, Kind
from drills.conduct import Drill, ImprovementNoted
from drills.measures.scoring import BY_HAND, MET, MISSED, Scored, Story, Verdict, score
from drills.review import shape
from drills.review.courses import Course, Courses, Key, key_figures, waves_of
from drills.review.figures import clock, share, took, verdict_in_words
from drills.review.sentences import reasons, tell
from drills.review.shape import Review, Sentence, Words
from drills.scenario import Scenario
from incidents import Raised, Zone, ZoneMarked

MOST_LINES = 60
_TOLD = frozenset({
    "incident.raised", "wave.called", "lead.taken", "response.started", "response.level_changed", "response.ended", "zone.marked",
    "order.given", "order.overdue", "roll.opened", "roll.lost", "roll.closed", "sos.raised", "sos.taken", "danger.reported",
    "mobilization.stood_down", "support.asked", "incident.closed", "inject.skipped", "drill.stopped", "drill.ended",
})  # fmt: skip
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


class Whole(NamedTuple):
    """Where the log ends, and whether its chain holds."""

    events: int
    root: str
    verified: bool


class Draft:
    """Folds a log once, then gives its review. `scenario`: of a drill; None for a real event."""

    def __init__(self, kinds: Sequence[Kind], scenario: Scenario | None) -> None:
        self.story = Story(scenario or NOTHING, kinds)
        self.courses = Courses()
        self._scenario = scenario
        self._told: list[Event] = []
        self._all: dict[int, Event] = {}

    def follow(self, event: Event) -> None:
        self.story.follow(event)
        self.courses.follow(event)
        self._all[event.position] = event
        if event.name in _TOLD:
            self._told.append(event)

    def review(self, *, where: Words, whole: Whole, before: Before = FIRST_OF_ITS_KIND) -> Review:
        """Raises ValueError of a log in which nothing was raised and no drill was opened."""
        began_ms, ended_ms = self._span()
        scored = score(self.story)
        drill, scenario = self.story.drill, self._scenario
        draft = Review(
            title=self._title(), is_exercise=scenario is not None, form=_form(scenario), where=where, began_ms=began_ms,
            ended_ms=ended_ms, seed=scenario.seed if scenario is not None else None,
            headlines=tuple(_headlines(key_figures(self.courses), before.last)), planned=tuple(self._planned()),
            happened=tuple(self._happened(began_ms)), why=tuple(self._why(scored, began_ms)),
            objectives=tuple(_objectives(scenario, scored, drill)), measures=tuple(_measures(scenario, scored)),
            injects=tuple(_injects(scenario, drill, began_ms)), curves=tuple(self._curves(began_ms, ended_ms)),
            waves=tuple(self._waves()), picture=self._picture(),
            comparison=tuple(_comparison(key_figures(self.courses), before)),
            improvements=tuple(_improvements(drill, scored, before.improvements)), assumed=tuple(_assumed(scenario, self.courses)),
            evidence={}, events=whole.events, root=whole.root, verified=whole.verified,
        )  # fmt: skip
        return draft._replace(evidence={p: self._evidence(p) for p in sorted(_referred(draft)) if p in self._all})

    def _span(self) -> tuple[int, int]:
        drill = self.story.drill
        if drill is not None:
            return drill.opened.begin_ms, drill.over_ms or self.story.until_ms
        raised = [course.raised_ms for course in self.courses.by_incident.values()]
        if not raised:
            raise ValueError("nothing to review")
        return min(raised), self.story.until_ms

    def _title(self) -> Words:
        if self._scenario is not None:
            return Words(self._scenario.zh, self._scenario.en)
        names = [course.name for course in self.courses.by_incident.values()]
        return Words(names[0], names[0])

    def _planned(self) -> Iterator[Sentence]:
        scenario, drill = self._scenario, self.story.drill
        if scenario is None or drill is None:
            for course in self.courses.by_incident.values():
                yield Sentence(
                    Words(f"{course.name}：至少{course.least}人", f"{course.name}: at least {course.least} people"),
                    (course.raised_at,),
                )
            return
        zh = "；".join(each.zh for each in scenario.objectives)
        en = "; ".join(each.en for each in scenario.objectives)
        count, minutes = len(scenario.injects), scenario.lasts_min
        opened = next((p for p, event in self._all.items() if event.name == "drill.opened"), 0)
        yield Sentence(
            Words(
                f"检验{len(scenario.objectives)}项目标：{zh}。情景事件{count}条，计划{minutes:g}分钟，种子{scenario.seed}。",
                f"To test {len(scenario.objectives)} objectives: {en}. {count} injects in {minutes:g} minutes, seed {scenario.seed}.",
            ), (opened,),
        )  # fmt: skip
        if scenario.players_zh:
            yield Sentence(Words(f"参演：{'、'.join(scenario.players_zh)}。", f"Players: {', '.join(scenario.players_en)}."))

    def _happened(self, began_ms: int) -> Iterator[Sentence]:
        """The first lines and the last where there are too many; how many were left out is said."""
        told = self._told
        left_out = max(len(told) - MOST_LINES, 0)
        half = MOST_LINES // 2
        shown = told if not left_out else [*told[:half], *told[-half:]]
        for n, event in enumerate(shown):
            if left_out and n == half:
                yield Sentence(Words(f"（中间{left_out}条略，见记录）", f"({left_out} lines left out here; the log has them)"))
            words = self._tell(event)
            at = clock(event.at_ms - began_ms)
            yield Sentence(Words(f"{at} {words.zh}", f"{at} {words.en}"), (event.position,))

    def _why(self, scored: Sequence[Scored], began_ms: int) -> Iterator[Sentence]:
        for course in self.courses.by_incident.values():
            yield from _why_of(course, self._name(course))
        for event in self._told:
            if event.name in ("support.asked", "order.overdue", "roll.lost"):
                words = tell(event)
                at = clock(event.at_ms - began_ms)
                yield Sentence(Words(f"{words.zh}（{at}）。", f"{words.en} ({at})."), (event.position,))
        names = {} if self._scenario is None else {inject.no: inject for inject in self._scenario.injects}
        for verdict in (verdict for row in scored for verdict in row.verdicts):
            if verdict.outcome == MISSED:
                inject = names[verdict.no]
                what = inject.measures[verdict.measure]
                value = verdict_in_words(verdict)
                yield Sentence(
                    Words(
                        f"情景事件{verdict.no}“{what.zh}”未达到：{value.zh}。",
                        f"Inject {verdict.no}, “{what.en}”, was missed: {value.en}.",
                    ),
                    verdict.at,
                )

    def _curves(self, began_ms: int, ended_ms: int) -> Iterator[shape.Curve]:
        for course in self.courses.by_incident.values():
            if course.calls:
                yield shape.Curve(
                    Words(f"{self._name(course).zh}：人数", f"{self._name(course).en}: people"),
                    tuple(
                        shape.Series(kind, Words(zh, en), tuple(((at - began_ms) / 1000, float(people)) for at, _, people in steps))
                        for kind, zh, en, steps in (
                            ("accepted", "已答应", "promised", course.accepted), ("arrived", "已到位", "on the spot", course.arrived)
                        )
                    ),
                    float(course.least) or None, (ended_ms - began_ms) / 1000,
                )  # fmt: skip

    def _waves(self) -> Iterator[shape.WaveRow]:
        for course in self.courses.by_incident.values():
            for wave in waves_of(course):
                seeing, accepting, arriving = (
                    None if each is None else (each.median_ms / 1000, each.p90_ms / 1000)
                    for each in (wave.seeing, wave.accepting, wave.arriving)
                )
                yield shape.WaveRow(
                    self._name(course), wave.wave, wave.called, seeing, 0 if wave.accepting is None else wave.accepting.counted,
                    accepting, 0 if wave.arriving is None else wave.arriving.counted, arriving,
                )  # fmt: skip

    def _picture(self) -> shape.MapPicture | None:
        courses = [course for course in self.courses.by_incident.values() if course.calls]
        if not courses:
            return None
        marks = [shape.Mark("incident", course.place, self._name(course)) for course in courses]
        rings = [
            (zone.kind, zone.ring)
            for event in self._told
            if isinstance(event.fact, ZoneMarked)
            and isinstance(zone := self.story.world.look(f"zone:{event.fact.zone}"), Zone)
            and zone.ring
        ]
        trips = [(call.home, course.place) for course in courses for call in course.calls.values() if call.arrived_ms is not None]
        return shape.MapPicture(tuple(marks), tuple(rings), tuple(sorted(set(trips))), ())

    def _name(self, course: Course) -> Words:
        """As the file of the drill names it; else as whoever raised it did."""
        drill = self.story.drill
        bound = {} if drill is None else {incident: name for name, incident in drill.bound.items()}
        setting = self.story.scenario.incidents.get(bound.get(course.incident, ""))
        return Words(course.name, course.name) if setting is None else Words(setting.zh, setting.en)

    def _evidence(self, position: int) -> shape.Evidence:
        event = self._all[position]
        return shape.Evidence(position, event.at_ms, event.name, self._tell(event))

    def _tell(self, event: Event) -> Words:
        """An incident by the name it has in both languages, where the file of the drill gives one."""
        words = tell(event)
        if not isinstance(event.fact, Raised):
            return words
        name = self._name(self.courses.by_incident[event.fact.incident])
        return Words(words.zh, words.en.replace(event.fact.name, name.en))


def _why_of(course: Course, name: Words) -> Iterator[Sentence]:
    if course.first_wave is None:
        return
    counts = {code: count for code, count in course.why_not.items() if code != "other_division"}
    if counts:
        words = reasons(counts)
        yield Sentence(
            Words(f"{name.zh}：首批未召集的队伍，{words.zh}。", f"{name.en}: teams the first wave did not call: {words.en}."),
            (course.first_wave[1],),
        )
    calls = list(course.calls.values())
    accepted = sum(call.accepted_ms is not None for call in calls)
    expected = sum(call.chance for call in calls) / len(calls)
    at = tuple(course.waves.values())[:4]
    yield Sentence(
        Words(
            f"{name.zh}：召集{len(calls)}队，应召{accepted}队（{share(accepted / len(calls))}；召集时假定{share(expected)}）。",
            f"{name.en}: {len(calls)} teams called, {accepted} accepted ({share(accepted / len(calls))}; {share(expected)} was assumed).",
        ), at,
    )  # fmt: skip


def _form(scenario: Scenario | None) -> Words:
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


def _headlines(key: Key, last: Key | None) -> Iterator[shape.Headline]:
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


def _objectives(scenario: Scenario | None, scored: Sequence[Scored], drill: Drill | None) -> Iterator[shape.ObjectiveRow]:
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


def _measures(scenario: Scenario | None, scored: Sequence[Scored]) -> Iterator[shape.MeasureRow]:
    injects = {} if scenario is None else {inject.no: inject for inject in scenario.injects}
    for verdict in sorted((v for row in scored for v in row.verdicts), key=lambda v: (v.no, v.measure)):
        what = injects[verdict.no].measures[verdict.measure]
        yield shape.MeasureRow(
            verdict.no, Words(what.zh, what.en), verdict.outcome, verdict_in_words(verdict), verdict.words, verdict.at
        )  # fmt: skip


def _injects(scenario: Scenario | None, drill: Drill | None, began_ms: int) -> Iterator[shape.InjectRow]:
    if scenario is None or drill is None:
        return
    for inject in scenario.injects:
        line = drill.lines[inject.no]
        planned = None if inject.cue.at_min is None else inject.cue.at_min * 60
        played = None if line.reached_ms is None else (line.reached_ms - began_ms) / 1000
        words = Words(line.corrected, line.corrected) if line.corrected else Words("", "")
        yield shape.InjectRow(inject.no, Words(inject.zh, inject.en), inject.kind, planned, played, line.state, words)


def _comparison(key: Key, before: Before) -> Iterator[shape.ComparisonRow]:
    if before.last is None and before.real is None:
        return
    for field, name in NAMES.items():
        last, real = (
            None if k is None or getattr(k, field) is None else _value(field, getattr(k, field))
            for k in (before.last, before.real)
        )
        yield shape.ComparisonRow(name, _value(field, getattr(key, field)), last, real)


def _improvements(
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


def _assumed(scenario: Scenario | None, courses: Courses) -> Iterator[Words]:
    if scenario is not None and scenario.city is not None:
        yield Words(
            "城市、人员、队伍均为虚构，由程序模拟；应答、出动和行程时间按文献数据假定。",
            "City, people and teams are made up and simulated; answering, turnout and travel follow published figures and assumptions.",
        )
    if any(course.calls for course in courses.by_incident.values()):
        yield Words("应召概率为假定值，不是任何人的实测。", "The chance of acceptance is assumed; it was measured of nobody.")


def _referred(review: Review) -> set[int]:
    rows: list[Iterable[tuple[int, ...]]] = [
        (s.at for s in (*review.planned, *review.happened, *review.why)), (o.at for o in review.objectives), (m.at for m in review.measures),
    ]  # fmt: skip
    return {position for some in rows for at in some for position in at}


NOTHING = Scenario(id="", zh="", en="", form="drill", aim="testing", lasts_min=1, objectives=(), injects=())
"""What a real event was planned as."""
