"""How one exercise stands, as a list shows it: of people and teams numbers only, and who was told beforehand by number."""

from typing import NamedTuple

from command.core.errors import Refused
from drills.conduct import Drill
from drills.conduct.facts import KEY
from web_console.directory import OfficerName
from web_console.drill_files import read_drill
from web_console.house import House


class Standing(NamedTuple):
    """`zh`, `en`: of its script; `officers`: who takes part at a desk, as they were when it was made; `division`: the smallest that holds
    everybody in it, "" where none does."""

    zh: str
    en: str
    no_notice: bool
    drill: Drill
    officers: tuple[OfficerName, ...]
    teams: int
    division: str

    def state(self, now_ms: int) -> str:
        if self.drill.is_over:
            return "stopped" if self.drill.stopped else "over"
        return "on" if self.drill.opened.begin_ms <= now_ms else "to_come"


def standing_of(house: House, division: str) -> Standing:
    drill = house.core.world.look(KEY)
    if not isinstance(drill, Drill):
        raise Refused("exercise.unknown")
    scenario = house.exercise.scenario if house.exercise is not None else read_drill(house.realm.folder.path)
    officers = sorted(house.names.officers.values(), key=lambda each: each.id)
    return Standing(scenario.zh, scenario.en, scenario.no_notice, drill, tuple(officers), len(house.names.teams), division)
