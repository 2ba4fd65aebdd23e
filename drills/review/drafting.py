"""The draft of a review: what was planned, what happened, why; from the log of a drill, or of a real incident. Every sentence says
which events it rests on. People then correct it; the draft itself never judges anybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from command.core.facts import Event, Kind
from drills.measures.scoring import MISSED, Scored, Story, score
from drills.review import rows, shape
from drills.review.courses import Course, Courses, key_figures, waves_of
from drills.review.figures import clock, share, verdict_in_words
from drills.review.rows import FIRST_OF_ITS_KIND, Before
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
            title=self._title(), is_exercise=scenario is not None, form=rows.form(scenario), where=where, began_ms=began_ms,
            ended_ms=ended_ms, seed=scenario.seed if scenario is not None else None,
            headlines=tuple(rows.headlines(key_figures(self.courses), before.last)), planned=tuple(self._planned()),
            happened=tuple(self._happened(began_ms)), why=tuple(self._why(scored, began_ms)),
            objectives=tuple(rows.objectives(scenario, scored, drill)), measures=tuple(rows.measures(scenario, scored)),
            injects=tuple(rows.injects(scenario, drill, began_ms)), curves=tuple(self._curves(began_ms, ended_ms)),
            waves=tuple(self._waves()), picture=self._picture(),
            comparison=tuple(rows.comparison(key_figures(self.courses), before)),
            improvements=tuple(rows.improvements(drill, scored, before.improvements)), assumed=tuple(rows.assumed(scenario, self.courses)),
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


def _referred(review: Review) -> set[int]:
    rows: list[Iterable[tuple[int, ...]]] = [
        (s.at for s in (*review.planned, *review.happened, *review.why)), (o.at for o in review.objectives), (m.at for m in review.measures),
    ]  # fmt: skip
    return {position for some in rows for at in some for position in at}


NOTHING = Scenario(id="", zh="", en="", form="drill", aim="testing", lasts_min=1, objectives=(), injects=())
"""What a real event was planned as."""
