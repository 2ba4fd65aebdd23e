"""What follows by itself in a drill: which incident that players raised is the one the drill is about: the first of its category near its spot."""

from collections.abc import Callable, Iterable

from command.core.asks import Ask
from command.core.facts import Event, Fact, Look
from drills.conduct.commands import BindIncident, StandAllDown
from drills.conduct.facts import KEY, DrillStopped
from drills.conduct.states import Drill
from geo import distance_m
from incidents import Raised


class BindPolicy:
    """Recorded as a fact, so that a controller can see it, and set it right."""

    name = "binding"
    heeds: tuple[type[Fact], ...] = (Raised,)

    def __init__(self, *, look: Look) -> None:
        self._look = look

    def follow(self, event: Event) -> Ask | None:
        drill, fact = self._look(KEY), event.fact
        if not isinstance(drill, Drill) or not isinstance(fact, Raised):
            return None
        near = [
            (distance_m(each.lon, each.lat, fact.place.lon, fact.place.lat), each.name)
            for each in drill.opened.incidents
            if each.name not in drill.bound and each.setting.category == fact.category
        ]
        near = [(metres, name) for metres, name in near if metres <= _near_m(drill, name)]
        if not near:
            return None
        command = BindIncident(name=min(near)[1], incident=fact.incident)
        return Ask(
            command=command, actor=f"policy:{self.name}", command_id=f"{event.position:012d}/{self.name}/{fact.incident}", cause=event.position
        )  # fmt: skip


class StopPolicy:
    """The words that stop a drill end every call-out in it, and whoever is out is told. `running`: the names of all call-outs."""

    name = "stopping"
    heeds: tuple[type[Fact], ...] = (DrillStopped,)

    def __init__(self, *, running: Callable[[], Iterable[str]]) -> None:
        self._running = running

    def follow(self, event: Event) -> Ask | None:
        command = StandAllDown(mobilizations=tuple(sorted(self._running())))
        return Ask(
            command=command,
            actor=f"policy:{self.name}",
            command_id=f"{event.position:012d}/{self.name}/all",
            cause=event.position,
        )


def _near_m(drill: Drill, name: str) -> int:
    watched = drill.watched(name)
    return 0 if watched is None else watched.setting.near_m
