"""Roll calls: nobody who is out is left off the roll, a later word counts, and who is silent is missing."""

import random
from collections.abc import Sequence

from command.core.asks import Outcome, Receipt
from command.core.errors import Refused
from command.core.facts import Authority, Times
from mobilization import (
    AnswerRoll,
    CallState,
    CloseRoll,
    Mark,
    OpenRoll,
    Roll,
    StandDown,
    crew_of,
    roll_of,
    standings,
)
from tests.kit import COUNTY, TOWNSHIP, fact_of, need
from tests.mobilization.kit import Force, team

MIN = 60.0


class Night(Force):
    """Three crews are out: p0 with 4 and p1 with 3 on the spot, p2 with 2 on the way."""

    def __init__(self) -> None:
        super().__init__(*(team(n) for n in range(5)))
        self.call_out("i1", need(minimum=9, maximum=9))
        for person, heads in (("p0", 4), ("p1", 3), ("p2", 2)):
            self.says(person, "accept", heads)
            self.does(person, "set_out")
        for person in ("p0", "p1"):
            self.does(person, "arrived")

    def open(self, *, authority: Authority = COUNTY, due_min: int = 10) -> Outcome:
        return self.ask(OpenRoll(incident="i1", due_min=due_min), authority=authority)

    def tells(self, person: str, *marks: tuple[int, str], claimed_at_ms: int | None = None) -> Outcome:
        told = AnswerRoll(call=self.call_of(person).id, marks=marks_of(marks), claimed_at_ms=claimed_at_ms)
        return self.ask(told, by=f"person:{person}", authority=None)

    def notes(self, person: str, *marks: tuple[int, str], times: Times = Times()) -> Outcome:  # noqa: B008 -- a tuple
        told = AnswerRoll(call=self.call_of(person).id, marks=marks_of(marks), noted_by="officer:1", said_by="她", said_on="139")
        return self.ask(told, times=times)

    def roll(self) -> Roll:
        found = roll_of(self.desk.core.world.look, "i1")
        assert found is not None
        return found

    def row(self, person: str) -> list[str]:
        row = self.roll().rows[self.call_of(person).id]
        return list(standings(self.desk.core.world.look, row).values())

    def crew(self, person: str) -> list[str]:
        return list(crew_of(self.desk.core.world.look, self.call_of(person)).values())


def marks_of(marks: Sequence[tuple[int, str]]) -> tuple[Mark, ...]:
    return tuple(Mark(no=no, state=state) for no, state in marks)


def safe(people: int) -> list[tuple[int, str]]:
    return [(no, "safe") for no in range(1, people + 1)]


def code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


def test_three_crews_by_tap_by_the_leader_and_on_behalf_and_one_lost_then_found() -> None:
    night = Night()
    assert night.crew("p2") == ["on_way"] * 2
    night.open()
    assert [night.row(person) for person in ("p0", "p1", "p2")] == [["waiting"] * 4, ["waiting"] * 3, ["waiting"] * 2]
    night.tells("p0", (1, "safe"))  # the leader of herself, then of the crew
    night.tells("p0", (2, "safe"), (3, "hurt"), (4, "safe"))
    night.notes("p1", *safe(2))
    night.pass_time(10 * MIN)
    assert night.row("p1") == ["safe", "safe", "lost"]
    assert night.row("p2") == ["lost", "lost"]
    assert night.crew("p0") == ["safe", "safe", "hurt", "safe"]
    assert night.names().count("roll.lost") == 1

    # the later word wins, whenever it comes, and the roll ends with the last of them
    night.tells("p1", (3, "safe"))
    assert night.roll().is_open
    night.notes("p2", *safe(2))
    assert not night.roll().is_open
    assert night.names()[-2:] == ["roll.answered", "roll.closed"]
    night.tells("p2", (2, "hurt"))
    assert night.crew("p2") == ["on_way", "hurt"]


def test_only_the_lead_opens_one_at_a_time_and_closes_over_the_missing_with_a_reason() -> None:
    night = Night()
    assert code(night.open(due_min=0)) == "roll.due"
    assert isinstance(night.open(), Receipt)
    assert code(night.open()) == "roll.open"
    assert (
        code(night.ask(CloseRoll(incident="i1"), authority=Authority(post="990102", role="duty_officer"))) == "authority.division"
    )
    assert code(night.ask(CloseRoll(incident="i1"), authority=Authority(post="990101", role="trainer"))) == "authority.role"
    assert code(night.ask(CloseRoll(incident="i1"))) == "roll.reason"
    closed = night.ask(CloseRoll(incident="i1", reason="家属已确认"))
    assert len(fact_of(closed)["missing"]) == 9  # type: ignore[arg-type]
    assert code(night.tells("p0", (5, "safe"))) == "roll.numbers"
    assert code(night.tells("p0", (1, "safe"), (1, "hurt"))) == "roll.numbers"
    assert code(night.tells("p0", (1, "fine"))) == "roll.answer"
    others = AnswerRoll(call=night.call_of("p0").id, marks=marks_of(safe(4)))
    assert code(night.ask(others, by="person:p1")) == "call.not_yours"
    assert isinstance(night.open(authority=TOWNSHIP), Receipt), "the lead by default binds nobody of the incident's own posts"
    assert night.roll().number == 2


def test_who_sets_out_meanwhile_is_on_the_roll_and_who_goes_home_leaves_it_visibly() -> None:
    night = Night()
    night.open()
    night.tells("p0", (1, "safe"))
    night.does("p2", "arrived", 3)  # one more than was said
    assert night.row("p2") == ["waiting"] * 3
    night.does("p1", "released")
    assert night.row("p1") == ["left"] * 3
    night.ask(StandDown(mobilization="m-i1"))
    assert night.row("p0") == ["safe", "returning", "returning", "returning"]
    night.pass_time(10 * MIN)
    assert "roll.lost" not in night.names()
    assert not night.roll().is_open

    # they are not home yet: a roll that is called now waits for them
    night.open()
    assert night.row("p0") == ["waiting"] * 4
    assert night.call_of("p1").id not in night.roll().rows
    night.does("p0", "released")
    assert night.row("p0") == ["left"] * 4


def test_a_tap_from_before_the_note_does_not_hide_who_is_hurt() -> None:
    night = Night()
    night.open()
    before_ms = night.desk.clock.wall_ms() + 1_000
    night.pass_time(60)
    night.notes("p1", (2, "hurt"))
    night.tells("p1", *safe(3), claimed_at_ms=before_ms)
    mark = night.roll().rows[night.call_of("p1").id].marks[2]
    assert (mark.state, mark.disputed) == ("hurt", True)
    night.tells("p1", (2, "safe"))
    assert night.row("p1") == ["safe"] * 3
    heard = Times(learned_ms=night.desk.clock.wall_ms() - 30_000)
    night.pass_time(1)
    night.notes("p1", (1, "hurt"), times=heard)  # said before the leader's own, later word
    assert night.row("p1") == ["safe"] * 3


def test_after_an_outage_everyone_has_the_whole_time_again() -> None:
    night = Night()
    night.open()
    due_at = night.desk.core.world.due_at
    assert due_at("roll:i1", "roll_due") == night.roll().due_ms
    night.desk.clock.set_wall(by_ms=3_600_000)
    night.desk.core.turn([])
    assert due_at("roll:i1", "roll_due") == night.roll().due_ms + 3_600_000
    assert "roll.lost" not in night.names()


def test_nobody_who_is_out_is_ever_missing_from_the_roll() -> None:
    """Whatever people do in whatever order, before and while the roll is called."""
    for seed in range(25):
        chance, force = random.Random(seed), Force(*(team(n) for n in range(5)))
        force.call_out("i1", need(minimum=8, maximum=12))
        out: dict[str, int] = {}
        for _ in range(30):
            person, act = (
                f"p{chance.randrange(5)}",
                chance.choice(["accept", "set_out", "arrived", "released", "decline", "roll"]),
            )
            if not any(part.person == person for part in force.parts()):
                continue
            if act == "roll":
                force.ask(OpenRoll(incident="i1", due_min=10))
            elif act in ("accept", "decline"):
                force.says(person, act, chance.randint(1, 4))
            else:
                force.does(person, act, chance.choice([None, 1, 2, 3, 4]) if act != "released" else None)
            call = force.call_of(person)
            if call.state in (CallState.SET_OUT, CallState.ARRIVED):
                out[call.id] = call.heads
            else:
                out.pop(call.id, None)
            roll = roll_of(force.desk.core.world.look, "i1")
            if roll is not None and roll.is_open:
                listed = {row.call: len(standings(force.desk.core.world.look, row)) for row in roll.rows.values()}
                assert all(listed.get(each, 0) >= heads for each, heads in out.items()), (seed, person, act)
            assert dict(force.running().out) == out, (seed, person, act)
