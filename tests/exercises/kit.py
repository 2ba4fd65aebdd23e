"""What stories of exercises are told with: the town, who of it agreed, and an exercise held beside it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from drills.scenario import Scenario, parse
from tests.stories.told import Teller
from tests.town import MASTER
from web_console.exercises.held import Held
from web_console.exercises.preparing import Notice, Plan, Prepared, asking, prepare
from web_console.pager import Channel

DAY_MS, HOUR_MS = 86_400_000, 3_600_000
WHOLE = Notice(approved_by="周敏", safety_officer="何滨", stop_rules="有人受伤即中止", told=("周敏", "何滨"))
FILE = """
id: town-fire
zh: 居民楼火灾拉动
en: A fire in the town
form: drill
aim: testing
lasts_min: 60
objectives: [{id: call, zh: 召集, en: calling}]
spots: {house: {division: county-1/1, east_m: 10, north_m: 10}}
incidents:
  fire: {category: "20700", severity: 4, zh: 居民楼火灾, en: A fire, spot: house, near_m: 20000}
injects:
  - number: 1
    cue: {at_min: 0}
    kind: expected
    mode: phone
    sender_zh: 居民
    sender_en: a resident
    to: [county-1]
    zh: 江滨路居民楼冒烟
    en: smoke from a house
    expect_zh: 接报并召集
    expect_en: take the report and call out
    objective: call
    measures: [{is: reached, zh: 十分钟内有队答应, en: a team says yes, within_s: 600, test: {figure: promised, of: fire, at_least: 1}}]
"""


class Sent(Channel):
    """A channel that keeps what it was given."""

    answers = True

    def __init__(self, name: str = "sms") -> None:
        self.name = name
        self.messages: list[tuple[str, str]] = []

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        self.messages.append((phone, text))


def scenario(*, no_notice: bool = False, text: str = FILE) -> Scenario:
    return parse((text + ("no_notice: true\n" if no_notice else "")).encode())


def agree(story: Teller, *leaders: int, **more: Any) -> None:
    now_ms = story.clock.wall_ms()
    said = {"from_ms": now_ms, "until_ms": now_ms + 28 * DAY_MS, "hours": (0, 0), "times": 9} | more
    for leader in leaders:
        story.does(f"leader{leader}", "/me/consent", said)


def plan(story: Teller, *, name: str = "x1", in_ms: int = HOUR_MS, officers: Iterable[str] = ("bo",), **more: Any) -> Plan:
    return Plan(name, more.pop("scenario", None) or scenario(), story.clock.wall_ms() + in_ms, tuple(officers), **more)


def made(story: Teller, wanted: Plan | None = None, *, seed: int = 5) -> Prepared:
    """In a thread of its own, as the terminal's command is a process of its own."""
    return prepare(
        story.house, wanted or plan(story), ask=asking(story.house), clock=story.clock, chance=SeededChance(seed), master=MASTER
    )


def held(story: Teller, folder: Path, *channels: Channel, clock: ManualClock | None = None) -> Held:
    return Held(story.house, folder, clock=clock or story.clock, chance=SeededChance(6), master=MASTER, channels=channels)
