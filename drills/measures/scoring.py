"""Scoring: every measure of a drill over the log, at any moment of it; ratings proposed from them. Pure: events in, verdicts out.

A proposed rating of an inject (P, S, M, U as in HSEEP, the thresholds are ours): P when every measure was met; S when what was
late came within half its term again; M when it came at all; U when it did not. An objective gets the worst of its injects.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from command.core.facts import Event, Kind, Look
from command.core.world import World
from drills.conduct.deciding import within
from drills.conduct.facts import KEY
from drills.conduct.states import Drill
from drills.measures.figures import FIGURES, Asked
from drills.measures.temporal import Holds, Moment, Sample, first_of, first_true, held_for, how_many
from drills.scenario.acts import Tell
from drills.scenario.form import ByHand, Count, Held, Inject, Measure, Never, Reached, Scenario, Test
from drills.scenario.form import Fact as FactMeasure
from mobilization import OrderGiven

MET, MISSED, OPEN, BY_HAND, NOT_PLAYED = "met", "missed", "open", "by_hand", "not_played"
RATINGS = "PSMU"
_HALF_AGAIN = 1.5


class Verdict(NamedTuple):
    """What became of one measure of one inject. `took_s`: how long it took, where it has a term; `counted`, `held_s`: how many, how long on end; `at`: positions of the events it rests on; `by`: who said so, where a person did; `instead`: the computed outcome then."""

    no: int
    measure: int
    outcome: str
    took_s: float | None = None
    term_s: float | None = None
    counted: int | None = None
    held_s: float | None = None
    at: tuple[int, ...] = ()
    words: str = ""
    instead: str = ""


class Scored(NamedTuple):
    """`rating`: proposed ("" while anything of it is open, or only people can say); `worst`: the inject it comes from."""

    objective: str
    rating: str
    worst: int | None
    verdicts: tuple[Verdict, ...]


class Story:
    """What measures read of a log: tracks of figures, moments of facts. Folded once, from the first event to the last."""

    def __init__(self, scenario: Scenario, kinds: Sequence[Kind]) -> None:
        self.scenario, self._kinds = scenario, tuple(kinds)
        self.world = World(self._kinds)
        self._tests = {_of(test) for inject in scenario.injects for test in _tests_of(inject)}
        self._tracks: dict[Test, list[Sample]] = {test: [] for test in self._tests}
        self._wanted = {
            measure.fact for inject in scenario.injects for measure in inject.measures if isinstance(measure, FactMeasure | Count)
        }
        self._wanted |= {
            m.since for i in scenario.injects for m in i.measures if isinstance(m, FactMeasure | Reached) and m.since
        }
        self.events: dict[str, list[Event]] = {}
        self._told = {act.order: act for inject in scenario.injects for act in inject.acts if isinstance(act, Tell)}
        self._given: dict[str, dict[str, Moment]] = {name: {} for name in self._told}
        self.until_ms = 0

    def follow(self, event: Event) -> None:
        self.world.apply(event)
        self.world.keep()
        self.until_ms = event.at_ms
        if event.name in self._wanted:
            self.events.setdefault(event.name, []).append(event)
        if isinstance(event.fact, OrderGiven):
            self._note(event.fact, Moment(event.at_ms, event.position))
        for test, track in self._tracks.items():
            value = value_of(self.world.look, test, self._given.get(test.of, ()))
            if value is not None and (not track or track[-1].value != value):
                track.append(Sample(event.at_ms, event.position, value))

    def fork(self) -> "Story":
        """The same so far, to be followed on by itself."""
        twin = Story(self.scenario, self._kinds)
        twin.world, twin.until_ms = self.world.fork(), self.until_ms
        twin._tracks = {test: track.copy() for test, track in self._tracks.items()}
        twin.events = {name: events.copy() for name, events in self.events.items()}
        return twin

    @property
    def drill(self) -> Drill | None:
        state = self.world.look(KEY)
        return state if isinstance(state, Drill) else None

    def given(self, name: str) -> Iterator[Moment]:
        """When the order that the file calls so was given, by whoever gave it."""
        yield from self._given.get(name, {}).values()

    def _note(self, fact: OrderGiven, at: Moment) -> None:
        """People give their orders ids of their own: one is the file's by its kind and its incident. Of the kind `other` what it says is
        sealed, so there the id alone tells."""
        bound = self.drill.bound if self.drill is not None else {}
        for name, act in self._told.items():
            says_so = act.kind == fact.kind != "other" and bound.get(act.incident) == fact.incident
            if name == fact.order or says_so:
                self._given[name][fact.order] = at

    def track(self, test: Test) -> Sequence[Sample]:
        return self._tracks[_of(test)]


def value_of(look: Look, test: Test, given: Iterable[str] = ()) -> float | None:
    """The figure as it is now; None before the drill was opened. `given`: the orders that are the one meant; it counts of all together."""
    drill = look(KEY)
    if not isinstance(drill, Drill):
        return None
    watched = drill.watched(test.of)
    of = drill.bound.get(test.of, "") if watched is not None else test.of
    spot = (watched.lon, watched.lat) if watched is not None else None
    figure = FIGURES[test.figure]
    ofs = tuple(given) or (of,) if figure.of == "order" else (of,)
    return sum(figure.value(Asked(look, each, test.speciality, spot)) for each in ofs)


def score(story: Story, *, at_ms: int | None = None) -> tuple[Scored, ...]:
    """Every objective, by the moment `at_ms` (None: the end of what was followed)."""
    drill = story.drill
    if drill is None:
        return ()
    now_ms = story.until_ms if at_ms is None else at_ms
    found: dict[str, list[tuple[Inject, tuple[Verdict, ...]]]] = {each.id: [] for each in story.scenario.objectives}
    for inject in story.scenario.injects:
        found[inject.objective].append((inject, tuple(_verdicts(story, drill, inject, now_ms))))
    return tuple(_objective(name, rows) for name, rows in found.items())


def _objective(name: str, rows: list[tuple[Inject, tuple[Verdict, ...]]]) -> Scored:
    rated = [(_rating(verdicts), inject.no) for inject, verdicts in rows if _counts(verdicts)]
    verdicts = tuple(verdict for _, some in rows for verdict in some)
    if not rated or any(not rating for rating, _ in rated):
        return Scored(name, "", None, verdicts)
    worst = max(rated, key=lambda each: (RATINGS.index(each[0]), -each[1]))
    return Scored(name, worst[0], worst[1], verdicts)


def _counts(verdicts: Iterable[Verdict]) -> bool:
    """Whether anything of it was played, and by more than a person's word that is still to come."""
    return any(verdict.outcome not in (NOT_PLAYED, BY_HAND) for verdict in verdicts)


def _rating(verdicts: Iterable[Verdict]) -> str:
    worst = "P"
    for verdict in verdicts:
        rating = _rating_of(verdict)
        if rating == "?":
            return ""
        if rating and RATINGS.index(rating) > RATINGS.index(worst):
            worst = rating
    return worst


def _rating_of(verdict: Verdict) -> str:
    """ "" : it says nothing; ? : not known yet."""
    match verdict.outcome:
        case "met":
            return "P"
        case "missed" if verdict.took_s is not None and verdict.term_s:
            return "S" if verdict.took_s <= verdict.term_s * _HALF_AGAIN else "M"
        case "missed":
            return "U"
        case "open":
            return "?"
        case _:
            return ""


def _verdicts(story: Story, drill: Drill, inject: Inject, now_ms: int) -> Iterator[Verdict]:
    line = drill.lines.get(inject.no)
    for n, measure in enumerate(inject.measures):
        if line is None or line.reached_ms is None or line.released_at is None or line.reached_ms > now_ms:
            yield Verdict(inject.no, n, NOT_PLAYED)
            continue
        computed = _verdict(story, inject.no, n, measure, line.reached_ms, now_ms)
        said = drill.scored.get(f"{inject.no}/{n}")
        if said is None:
            yield computed._replace(at=(line.released_at, *computed.at))
        else:
            outcome = MET if said.outcome == "met" else MISSED if said.outcome == "missed" else NOT_PLAYED
            yield computed._replace(outcome=outcome, took_s=said.took_s, words=said.words, instead=computed.outcome)


def _verdict(  # noqa: PLR0911 -- one a kind of measure
    story: Story, no: int, n: int, measure: Measure, since_ms: int, now_ms: int
) -> Verdict:
    verdict = Verdict(no, n, OPEN)
    match measure:
        case ByHand():
            return verdict._replace(outcome=BY_HAND)
        case FactMeasure():
            start_ms = _start(story, measure.since, since_ms, now_ms)
            moments = _moments(story, measure.fact, measure.of, measure.where)
            found = first_of(moments, after_ms=start_ms, until_ms=now_ms) if start_ms is not None else None
            return _in_time(story, verdict, found, start_ms, measure.within_s, now_ms, since_ms)
        case Reached(test=test):
            start_ms = _start(story, measure.since, since_ms, now_ms, test)
            found = None if start_ms is None else first_true(story.track(test), _holds(test), after_ms=start_ms, until_ms=now_ms)
            return _in_time(story, verdict, found, start_ms, measure.within_s, now_ms, since_ms)
        case Held(test=test, for_s=for_s):
            held_ms = held_for(story.track(test), _holds(test), after_ms=since_ms, until_ms=now_ms)
            outcome = MET if held_ms >= for_s * 1000 else _ended(story, MISSED, now_ms)
            return verdict._replace(outcome=outcome, held_s=held_ms / 1000)
        case Never(test=test, from_s=from_s):
            broken = first_true(story.track(test), _holds(test), after_ms=since_ms + round(from_s * 1000), until_ms=now_ms)
            if broken is not None:
                return verdict._replace(outcome=MISSED, at=(broken.position,))
            return verdict._replace(outcome=_ended(story, MET, now_ms))
        case Count():
            counted = how_many(_moments(story, measure.fact, measure.of, measure.where), after_ms=since_ms, until_ms=now_ms)
            enough = measure.at_least is None or counted >= measure.at_least
            few = measure.at_most is None or counted <= measure.at_most
            outcome = (
                MISSED
                if not few
                else MET
                if enough and (measure.at_most is None or _over_by(story, now_ms))
                else _ended(story, MISSED, now_ms)
            )
            return verdict._replace(outcome=outcome, counted=counted)


def _in_time(
    story: Story, verdict: Verdict, found: Moment | None, start_ms: int | None, within_s: float, now_ms: int, since_ms: int
) -> Verdict:
    """Late is late also before it came; what can still come in time is open while the drill goes on."""
    term = verdict._replace(term_s=within_s)
    if found is not None and start_ms is not None:
        took_s = (found.at_ms - start_ms) / 1000
        return term._replace(outcome=MET if took_s <= within_s else MISSED, took_s=took_s, at=(found.position,))
    late = now_ms > (since_ms if start_ms is None else start_ms) + within_s * 1000
    return term._replace(outcome=MISSED if late or _over_by(story, now_ms) else OPEN)


def _start(story: Story, since: str, since_ms: int, now_ms: int, test: Test | None = None) -> int | None:
    """When the term begins: with the inject, or the first fact of that name after it; of an order that is measured, when that one was
    given. None: not yet."""
    if not since:
        return since_ms
    is_order = since == OrderGiven.NAME and test is not None and FIGURES[test.figure].of == "order"
    moments = story.given(test.of) if is_order and test is not None else _moments(story, since, "", {})
    found = first_of(moments, after_ms=since_ms, until_ms=now_ms)
    return None if found is None else found.at_ms


def _moments(story: Story, name: str, of: str, where: Mapping[str, str | int | bool]) -> Iterator[Moment]:
    drill = story.drill
    bound = drill.bound.get(of, of) if drill is not None else of
    for event in story.events.get(name, ()):
        fields = (getattr(event.fact, field, None) == wanted for field, wanted in where.items())
        if (not of or any(key.partition(":")[2] in (bound, f"m-{bound}") for key in event.keys)) and all(fields):
            yield Moment(event.at_ms, event.position)


def _over_by(story: Story, now_ms: int) -> bool:
    over_ms = None if story.drill is None else story.drill.over_ms
    return over_ms is not None and over_ms <= now_ms


def _ended(story: Story, outcome: str, now_ms: int) -> str:
    """What holds at the end, open until then."""
    return outcome if _over_by(story, now_ms) else OPEN


def _holds(test: Test) -> Holds:
    return partial(within, test)


def _tests_of(inject: Inject) -> Iterator[Test]:
    for measure in inject.measures:
        if isinstance(measure, Reached | Held | Never):
            yield measure.test


def _of(test: Test) -> Test:
    """The figure without its bounds: one track for all who ask for it."""
    return Test(figure=test.figure, of=test.of, speciality=test.speciality)
