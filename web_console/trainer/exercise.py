"""A drill as its trainers follow it: a fold of the log beside the house's own picture. Which items the topic `drill` has, and when
they change."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from command.core.facts import Event, Kind
from drills.conduct import Drill, DrillEnded, DrillStopped
from drills.measures.scoring import Scored, Story, score
from drills.scenario import Scenario
from web_console.directory import OfficerName

TOPIC = "drill"
MAY_FOLLOW = frozenset({"trainer", "observer"})
MAY_ACT = frozenset({"trainer"})


def may_follow(officer: OfficerName, drill: Drill | None) -> bool:
    """Who sees what trainers see: the safety officer of this drill too."""
    return officer.role in MAY_FOLLOW or is_safety(officer, drill)


def may_stop(officer: OfficerName, drill: Drill | None) -> bool:
    """Whoever takes part at a desk; of those who only look on the safety officer alone."""
    return officer.role != "observer" or is_safety(officer, drill)


def is_safety(officer: OfficerName, drill: Drill | None) -> bool:
    return drill is not None and bool(officer.id) and drill.opened.safety == officer.id


class LastAct(NamedTuple):
    """What a post did last: the name of the event, and when. `simulated`: nobody sat there."""

    name: str
    at_ms: int
    simulated: bool


class Exercise:
    """A projection: quick, and only ever folds. `acts`: the last act of each post; `at_ms_of`: when the events happened that
    verdicts rest on."""

    name = "exercise"

    def __init__(self, scenario: Scenario, kinds: Sequence[Kind]) -> None:
        self.scenario, self._kinds = scenario, kinds
        self.story = Story(scenario, kinds)
        self.acts: dict[str, LastAct] = {}
        self.at_ms_of: dict[int, int] = {}
        self._scored: tuple[tuple[int, int | None], tuple[Scored, ...]] | None = None
        self._told: list[Callable[[Event], None]] = []
        self._listening: dict[object, Callable[[], None]] = {}

    def fork(self) -> "Exercise":
        """The same so far, to be followed on by itself; nobody is told."""
        twin = Exercise(self.scenario, self._kinds)
        twin.story, twin.acts, twin.at_ms_of = self.story.fork(), self.acts.copy(), self.at_ms_of.copy()
        return twin

    def tell(self, changed: Callable[[Event], None]) -> None:
        """Whoever acts by what happens, once it is folded here."""
        self._told.append(changed)

    def listen(self, who: object, told: Callable[[], None]) -> Callable[[], None]:
        """Told at once when the drill is over, until what is given back is called."""
        self._listening[who] = told

        def deafen() -> None:
            self._listening.pop(who, None)

        return deafen

    def follow(self, event: Event) -> None:
        self.story.follow(event)
        self._scored = None
        self.at_ms_of[event.position] = event.at_ms
        who = event.actor.partition(":")[0]
        if who in ("officer", "simulated") and event.authority is not None and event.authority.role not in MAY_FOLLOW:
            self.acts[event.authority.post] = LastAct(event.name, event.at_ms, simulated=who == "simulated")
        for changed in self._told:
            changed(event)
        if isinstance(event.fact, DrillStopped | DrillEnded):
            for told in list(self._listening.values()):
                told()

    @property
    def drill(self) -> Drill | None:
        return self.story.drill

    def scores(self, at_ms: int) -> Mapping[str, Scored]:
        """Every objective with the verdicts under it, by this moment; reckoned once for all who ask."""
        asked = (at_ms, None)
        if self._scored is None or self._scored[0] != asked:
            self._scored = (asked, score(self.story, at_ms=at_ms))
        return {each.objective: each for each in self._scored[1]}
