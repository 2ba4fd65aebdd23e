"""A small drill in memory: a fire in a street of a made-up city, three injects, everyone simulated. What its tests share."""

from typing import NamedTuple

import msgspec

from command.core.asks import Ask, Outcome
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.facts import Command, Event
from command.core.log import Log
from command.core.log_memory import MemoryLog
from command.core.vault import Vault
from drills.conduct import BindPolicy, OpenDrill
from drills.conduct.facts import KEY
from drills.conduct.states import Drill
from drills.disturbed import Disturbed
from drills.forks import Parent
from drills.leaders import Gateway, Leaders
from drills.picture import Picture
from drills.players import Officers
from drills.responders import Responders
from drills.scenario import Scenario, parse
from drills.stage import Stage
from drills.staging import Staged, opening, stage
from geo import straight_line
from incidents import Located, Seat, Touched
from mobilization.planning import Outlook
from mobilization.policies import OrdersPolicy, PagerPolicy, WavePolicy
from mobilization.roster import Contact, Roster, RosterTeam
from tests.rules import HOUSE

RULES = HOUSE
BEGIN_MS = 1_783_990_800_000
CONTROLLER = "controller:1"
SMALL = """
id: small
zh: 三条情景的小演练
en: A small drill of three injects
form: drill
aim: testing
lasts_min: 90
seed: 7
city: {people: 1000}
objectives:
- {id: waves, zh: 分批召集, en: Calling in waves}
- {id: safety, zh: 点名, en: Roll call}
spots:
  tower: {division: county-1/1, east_m: 200, north_m: 100}
incidents:
  fire: {category: "20700", severity: 3, zh: 12号楼火情, en: Fire in block 12, spot: tower, needs: [[FIRST_AID, 4, 8, 30]]}
injects:
- number: 1
  cue: {at_min: 0}
  kind: expected
  mode: phone
  sender_zh: 模拟119
  sender_en: simulated 119
  to: [county-1]
  zh: 12号楼冒烟
  en: Smoke from block 12
  expect_zh: 登记并召集
  expect_en: Raise and call out
  objective: waves
  acts:
  - {do: raise, by: county-1, incident: fire, after_s: 30}
  measures:
  - {is: fact, zh: 登记, en: raised, fact: incident.raised, of: fire, within_s: 120}
  - {is: reached, zh: 至少4人到位, en: four on the spot, test: {figure: arrived, of: fire, at_least: 4}, within_s: 3600}
- number: 2
  cue: {after: 1, after_min: 20, only_if: {figure: arrived, of: fire, at_least: 1}}
  kind: expected
  mode: system
  sender_zh: 导调组
  sender_en: control
  to: [county-1]
  zh: 触发点名
  en: Call the roll
  expect_zh: 点名
  expect_en: A roll call
  objective: safety
  acts:
  - {do: roll, by: county-1, incident: fire, after_s: 20, due_min: 10}
  measures:
  - {is: fact, zh: 发起点名, en: opened, fact: roll.opened, of: fire, within_s: 120}
- number: 3
  cue: {at_min: 60}
  kind: expected
  mode: system
  sender_zh: 导调组
  sender_en: control
  to: [county-1]
  zh: 撤收
  en: Stand down
  expect_zh: 撤收归队
  expect_en: Everybody goes home
  objective: safety
  acts:
  - {do: stand_down, by: county-1, incident: fire, after_s: 20}
  measures:
  - {is: by_hand, zh: 讲评, en: hot wash}
"""
DIVISIONS = ("9901", "990101", "990102", "990101001", "990101002", "990102001")


class Field:
    """Ground without borders: everything lies in the first township, whose seat is the middle."""

    def locate(self, lon: float, lat: float) -> Located | None:
        return Located(("9901", "990101", "990101001"), (), True, "made")

    def touched(self, ring: object) -> Touched | None:
        return Touched(("990101", "990101001"), ())

    def cell(self, lon: float, lat: float) -> tuple[str, float, float]:
        return "cell", lon, lat

    def seat(self, code: str) -> Seat | None:
        return Seat(112.0, 30.4, "boundary", code, "made") if code in DIVISIONS else None

    def knows(self, code: str) -> bool:
        return code in DIVISIONS


def roster(teams: int = 12) -> Roster:
    never = 4_102_444_800_000
    rows = [
        RosterTeam(
            id=f"t{n:03d}", speciality="FIRST_AID", division="990101001", lon=112.0 + n / 400, lat=30.4, size=3, minimum_crew=1, ladder=(f"p{n:03d}",)
        )
        for n in range(teams)
    ]  # fmt: skip
    people = {
        row.ladder[0]: Contact(
            id=row.ladder[0], adult_from_ms=0, insured_until_ms=never, credentials={"FIRST_AID": never}, simulated=True
        )
        for row in rows
    }
    return Roster(rev=1, teams=rows, people=people)


class Played(NamedTuple):
    """`parent`: this moment as a branch would begin at it."""

    core: Core
    log: Log
    clock: ManualClock
    stage: Stage
    staged: Staged
    picture: Picture
    crew: Roster

    @property
    def drill(self) -> Drill:
        state = self.core.world.look(KEY)
        assert isinstance(state, Drill)
        return state

    def ask(self, command: Command, *, by: str = CONTROLLER, id_: str = "") -> Outcome:
        ask = Ask(command=command, actor=by, command_id=id_ or f"{self.core.position:012d}/{type(command).__name__}")
        return self.stage.ask([ask])[0]

    def run(self, minutes: float) -> None:
        self.stage.run(BEGIN_MS + round(minutes * 60_000))

    def events(self) -> list[Event]:
        return [self.core.event(record) for record in self.log.after(0, 1 << 30)]

    def names(self) -> list[str]:
        return [record.name for record in self.log.after(0, 1 << 30)]

    def parent(self) -> Parent:
        look, world = self.core.world.look, self.core.world
        position, hash_ = self.log.head()
        return Parent(
            world=world, log=self.log, position=position, hash=hash_, now_ms=self.clock.wall_ms(), rules=RULES, roster=self.crew,
            travel=lambda _zones: straight_line, picture=self.picture, mobilizations=[key.partition(":")[2] for key in world.keys("mobilization")],
            calls=[key.partition(":")[2] for key in world.keys("call") if look(key) is not None], staged=self.staged,
        )  # fmt: skip


def small(**changes: object) -> Scenario:
    scenario = parse(SMALL.encode())
    return msgspec.structs.replace(scenario, **changes) if changes else scenario


def played(
    scenario: Scenario | None = None, *, log: Log | None = None, clock: ManualClock | None = None, teams: int = 12
) -> Played:
    """Opened, and not yet begun; over a log that holds something, it goes on there."""
    scenario = scenario or small()
    clock, log = clock or ManualClock(BEGIN_MS - 60_000), log if log is not None else MemoryLog()
    core = Core(log=log, rules=RULES, vault=Vault(None, master=b"d" * 32, chance=SeededChance(1)), clock=clock)
    look = core.world.look
    staged = stage(scenario, city="9901", divisions=DIVISIONS, ground=Field())
    if core.position == 0:
        command = OpenDrill(opening=opening(staged, text="hash", way="simulated", begin_ms=BEGIN_MS))
        core.turn([Ask(command=command, actor=CONTROLLER, command_id="open")])
    picture = Picture(look)
    for record in log.after(0, 1 << 30):
        picture.follow(core.event(record))
    disturbed, crew = Disturbed(staged, look), roster(teams)
    acting = Stage(
        core=core, log=log, clock=clock, seen=[picture],
        policies=[
            WavePolicy(look=look, outlook=lambda: Outlook(roster=crew, travel=straight_line, is_awake=lambda _: True), keep=lambda *_: None),
            PagerPolicy(look=look, is_awake=lambda _: True), OrdersPolicy(look=look, orders_of=picture.orders_of), BindPolicy(look=look),
        ],
        casts=[
            Officers(staged, look=look, ground=Field()),
            Leaders(Responders(seed=scenario.seed), look=look, calls=list(picture.calls), orders_of=picture.orders_of, disturbed=disturbed),
            Gateway(list(picture.sending.values())),
        ],
    )  # fmt: skip
    return Played(core, log, clock, acting, staged, picture, crew)
