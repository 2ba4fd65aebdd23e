"""A real incident made through the engine, by people who act at moments of their own, and its past as a branch begins from it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import msgspec

from command.core.asks import Ask, Outcome, Receipt
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.facts import Authority, Command, Event
from command.core.log_memory import MemoryLog
from command.core.records import GENESIS, Codec
from command.core.vault import Vault
from command.core.world import World
from drills.forks import Parent, Record
from drills.picture import Picture
from drills.stage import Stage
from geo import straight_line
from incidents import LiftZone, MarkZone, Need, RaiseIncident, Zone, default_lead, place_for
from mobilization import (
    SEATED,
    AnswerCall,
    AnswerRoll,
    Call,
    CallNextWave,
    GiveNames,
    GiveOrder,
    Mark,
    Mobilization,
    OpenRoll,
    OrderCall,
    RaiseAndOrder,
    RaiseSos,
    ReceiptOrder,
    ReportDanger,
    ReportProgress,
    SeeCalls,
    SetAvailability,
    StandDown,
    WithdrawWave,
    mobilization_of,
)
from mobilization.planning import Asking, Outlook, plan_wave
from mobilization.policies import OrdersPolicy, PagerPolicy, WavePolicy, command_for
from mobilization.roster import Roster, Travel
from tests.drills.drilled import RULES, Field, roster

BEGIN_MS = 1_783_990_800_000
FIRE, CALL_OUT = "fire", mobilization_of("fire")
OFFICER = "officer:1"
COUNTY = Authority(post="990101", role="duty_officer")
_RING = ((112.001, 30.41), (112.002, 30.41), (112.002, 30.411))
_PERSONS: Mapping[str, Callable[[str, str], Command]] = {
    "see": lambda call, _: SeeCalls(calls=(call,)),
    **{
        each: partial(lambda answer, call, _: AnswerCall(call=call, answer=answer), each)
        for each in ("accept", "later", "decline")
    },
    **{
        each: partial(lambda did, call, _: ReportProgress(call=call, did=did), each)
        for each in ("set_out", "arrived", "released")
    },
    **{
        each: partial(lambda state, call, _: AnswerRoll(call=call, marks=(Mark(no=1, state=state),)), each)
        for each in ("safe", "hurt")
    },
    "danger": lambda call, person: ReportDanger(danger=f"d-{person}", call=call, kind="water"),
    "sos": lambda call, person: RaiseSos(person=person, division="990101001", call=call),
    "away": lambda _, person: SetAvailability(person=person, availability="away"),
    "names": lambda call, _: GiveNames(call=call, names=("甲",)),
}
_OFFICERS: Mapping[str, Callable[["Town", int], Command]] = {
    "roll": lambda _, number: OpenRoll(incident=FIRE, due_min=1 + number),
    "order": lambda town, _: GiveOrder(order=f"o{town.core.position}", incident=FIRE, kind="move", due_min=3, calls=tuple(town.seated()[:1])),
    "all": lambda town, _: GiveOrder(order=f"o{town.core.position}", incident=FIRE, kind="withdraw", due_min=3),
    "withdraw": lambda _, number: WithdrawWave(mobilization=CALL_OUT, wave=number),
    "down": lambda _town, _: StandDown(mobilization=CALL_OUT),
    "again": lambda _town, _: OrderCall(mobilization=CALL_OUT, incident=FIRE),
    "shut": lambda town, number: MarkZone(
        zone=f"z{number}", kind="closure", what="bridge", ring=_RING, divisions=("990101",), shuts=("car",),
        look_again_ms=town.clock.wall_ms() + 3_600_000,
    ),
    "open": lambda _, number: LiftZone(zone=f"z{number}"),
}  # fmt: skip
Roads = Callable[[Iterable[Zone]], Travel]


def real(teams: int) -> Roster:
    """Teams of three, one beside the other, nearest first; nobody is a program."""
    made = roster(teams)
    people = {name: msgspec.structs.replace(contact, simulated=False) for name, contact in made.people.items()}
    return Roster(rev=1, teams=tuple(made.teams()), people=people)


class Town:
    """Times are seconds after the beginning."""

    def __init__(self, *, teams: int = 8, roads: Roads = lambda _zones: straight_line) -> None:
        self.clock: ManualClock = ManualClock(BEGIN_MS)
        self.log, self.crew, self.roads = MemoryLog(), real(teams), roads
        self.core: Core = Core(
            log=self.log, rules=RULES, vault=Vault(None, master=b"r" * 32, chance=SeededChance(1)), clock=self.clock
        )
        look = self.core.world.look
        self.picture = Picture(look)
        self.stage = Stage(
            core=self.core, log=self.log, clock=self.clock, seen=[self.picture], casts=[],
            policies=[
                WavePolicy(look=look, outlook=self.outlook, keep=lambda *_: None), PagerPolicy(look=look, is_awake=lambda _: True),
                OrdersPolicy(look=look, orders_of=self.picture.orders_of),
            ],
        )  # fmt: skip

    def outlook(self) -> Outlook:
        return Outlook(roster=self.crew, travel=self.roads(self.picture.standing_zones()), is_awake=lambda _: True)

    def at(self, seconds: float) -> "Town":
        self.stage.run(BEGIN_MS + round(seconds * 1000))
        return self

    def ask(self, command: Command, *, by: str = OFFICER) -> Outcome:
        authority = COUNTY if by == OFFICER else None
        id_ = f"{self.core.position:09d}/{type(command).__name__}/{by}"
        return self.stage.ask([Ask(command=command, actor=by, command_id=id_, authority=authority)])[0]

    def does(self, command: Command, *, by: str = OFFICER) -> None:
        outcome = self.ask(command, by=by)
        assert isinstance(outcome, Receipt), outcome

    def raise_fire(self, *, least: int = 6, most: int = 9, by_min: int = 60) -> "Town":
        place = place_for(Field(), 112.0, 30.42, township=None, private_home=False)
        raising = RaiseIncident(
            incident=FIRE, category="20700", severity=3, name="火情", place=place, source="phone", mode="EMERGENCY", lead=default_lead(place),
            needs=(Need(speciality="FIRST_AID", minimum=least, maximum=most, by_ms=BEGIN_MS + by_min * 60_000),),
        )  # fmt: skip
        self.does(RaiseAndOrder(raising=raising, mobilization=CALL_OUT))
        return self

    def next_wave(self, count: int) -> None:
        """As the desk does: planned, then ordered."""
        look = self.core.world.look
        state, incident = look(f"mobilization:{CALL_OUT}"), look(f"incident:{FIRE}")
        assert isinstance(state, Mobilization)
        plan = plan_wave(
            state,
            incident,
            self.outlook(),
            Asking(look, now_ms=self.clock.wall_ms(), wave_id=f"next-{self.core.position}", more=count),
        )
        plan = plan._replace(calls=plan.calls[:count])
        if plan.calls:
            self.ask(command_for(state, plan, rev=1, cause="next", keep=lambda *_: None, kind=CallNextWave))

    def called(self) -> list[str]:
        """Who is called, in order."""
        found = (self.core.world.look(key) for key in self.core.world.keys("call"))
        return [call.person for call in found if isinstance(call, Call)]

    def seated(self) -> list[str]:
        """The calls of those who are coming or there."""
        calls = [self.core.world.look(key) for key in self.core.world.keys("call")]
        return [call.id for call in calls if isinstance(call, Call) and call.state in SEATED]

    def call_of(self, person: str) -> str:
        calls = [self.core.world.look(key) for key in self.core.world.keys("call")]
        return [call.id for call in calls if isinstance(call, Call) and call.person == person][-1]

    def sees(self, person: str) -> None:
        self.does(SeeCalls(calls=(self.call_of(person),)), by=f"person:{person}")

    def answers(self, person: str, answer: str = "accept", heads: int | None = None) -> None:
        self.does(AnswerCall(call=self.call_of(person), answer=answer, heads=heads), by=f"person:{person}")

    def reports(self, person: str, did: str, heads: int | None = None) -> None:
        self.does(ReportProgress(call=self.call_of(person), did=did, heads=heads), by=f"person:{person}")

    def tries(self, what: str, number: int) -> None:
        """Somebody does something that may be refused."""
        person = f"p{number:03d}"
        if person in self.called():
            call = self.call_of(person)
            if what in _PERSONS:
                self.ask(_PERSONS[what](call, person), by=f"person:{person}")
            elif what in ("received", "done"):
                for order in self.picture.orders_of(FIRE):
                    self.ask(ReceiptOrder(order=order, call=call, receipt=what), by=f"person:{person}")
        if what == "next":
            self.next_wave(1 + number // 2)
        elif what in _OFFICERS:
            self.ask(_OFFICERS[what](self, number))

    def events(self) -> list[Event]:
        return [self.core.event(record) for record in self.log.after(0, 1 << 30)]

    def position_at(self, seconds: float) -> int:
        """The last position at that time."""
        return max(record.position for record in self.log.after(0, 1 << 30) if record.at_ms <= BEGIN_MS + seconds * 1000)

    def parent(self, seconds: float, *, record: bool = True) -> Parent:
        """That moment of the past, and what really happened after it."""
        until, world, hash_ = self.position_at(seconds), World(RULES.kinds), GENESIS
        picture, known = Picture(world.look), Record(RULES.kinds)
        codec = Codec(RULES.facts)
        for each in self.log.after(0, 1 << 30):
            event = codec.event(each)
            known.follow(event)
            if each.position <= until:
                world.apply(event)
                world.keep()
                picture.follow(event)
                hash_ = each.hash
        known.lasts(self.clock.wall_ms())
        return Parent(
            world=world, log=self.log, position=until, hash=hash_, now_ms=BEGIN_MS + round(seconds * 1000), rules=RULES, roster=self.crew,
            travel=self.roads, picture=picture, mobilizations=[CALL_OUT], calls=list(picture.calls), record=known if record else None,
        )  # fmt: skip


def done(events: Iterable[Event]) -> list[tuple[float, str, str]]:
    """What people did: (seconds, who, what)."""
    rows = []
    for event in events:
        fact = event.fact
        match event.name:
            case "call.answered" | "call.progressed":
                what = getattr(fact, "did", "") or f"{fact.answer} {fact.heads}"  # type: ignore[union-attr]
            case "roll.answered":
                what = " ".join(f"{mark.no}{mark.state}" for mark in fact.marks)  # type: ignore[union-attr]
            case "order.receipted":
                what = fact.receipt  # type: ignore[union-attr]
            case "call.names_given" | "danger.reported" | "sos.raised":
                what = event.name
            case "person.availability_set" if event.actor != "deadline":
                what = fact.availability  # type: ignore[union-attr]
            case _:
                continue
        rows.append(((event.at_ms - BEGIN_MS) / 1000, fact.person, what))  # type: ignore[union-attr]
    return sorted(rows)
