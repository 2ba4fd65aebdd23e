"""Simulated people, one by one: what each does next with a call, a roll call and an order, and what delays it."""

from typing import Any

import msgspec
import pytest

from drills.behaviour import BEHAVIOUR, Behaviour, Delay, Spread
from drills.leaders import way_of
from drills.responders import BUNDLE_MS, CUT_OFF, Responders, Step, is_busy, usual_profile
from geo import Trip
from geo.travel import NO_ROAD
from incidents import Incident
from mobilization import (
    AnswerCall,
    AnswerRoll,
    Call,
    CallState,
    Order,
    Receipt,
    ReceiptOrder,
    ReportProgress,
    Roll,
    Row,
    SeeCalls,
)
from mobilization.safety.states import Marked
from tests.drills.people import ALWAYS, MIDNIGHT_MS, NEVER, NOON_MS, call, moved, smooth
from tests.kit import place

EXACT = Spread(median=1, sigma=0, least=0.5, most=2, source="a test")
MINUTES = Delay(median_s=600, sigma=0, source="a test")
HOUR_MS, DAY_MS = 3_600_000, 86_400_000


def step_of(found: Step | None) -> Step:
    assert found is not None
    return found


def told(crowd: Responders, at: Call) -> list[tuple[str, int]]:
    """What this person does from the call on, as long as everything is recorded as it is said: (what, seconds after the call)."""
    out: list[tuple[str, int]] = []
    while (step := crowd.next_step(at)) is not None:
        seconds = round((step.at_ms - at.asked_ms) / 1000)
        match step.command:
            case SeeCalls():
                at = msgspec.structs.replace(at, seen_ms=step.at_ms)
                out.append(("seen", seconds))
            case AnswerCall(answer=answer, heads=heads):
                state = {"accept": "accepted", "decline": "declined", "later": "later"}[answer]
                at = moved(at, state, step.at_ms, seated=heads or 0)
                out.append((answer, seconds))
            case ReportProgress(did=did):
                at = moved(at, did, step.at_ms, confirmed=at.seated, arrived=at.seated if did == "arrived" else 0)
                out.append((did, seconds))
    return out


def test_a_call_is_seen_answered_set_out_for_reached_and_left_again() -> None:
    crowd = Responders(seed=1, behaviour=smooth(pace=EXACT))
    did = told(crowd, call(1))
    assert [name for name, _ in did] == ["seen", "accept", "set_out", "arrived", "released"]
    times = [seconds for _, seconds in did]
    assert times == sorted(times)
    course = crowd.course(call(1))
    assert times[2] - times[1] == pytest.approx(course.turnout_ms / 1000, abs=1)
    assert times[3] - times[2] == 300, "the trip that the plan recorded"
    assert times[4] - times[3] == 8 * 3600, "a turn of work ends after eight hours"


def test_the_turn_of_work_is_shorter_on_a_levee_and_by_night_and_some_tire_sooner() -> None:
    def stays_h(behaviour: Behaviour | None = None, **of: Any) -> float:
        arrived = moved(call(1, **of), "arrived", of.get("asked_ms", NOON_MS))
        step = step_of(Responders(seed=1, behaviour=behaviour or smooth()).next_step(arrived))
        assert step.command == ReportProgress(call="c1", did="released")
        return (step.at_ms - (arrived.answered_ms or 0)) / HOUR_MS

    assert stays_h() == 8
    assert stays_h(speciality="LEVEE_PATROL") == stays_h(speciality="RESCUE_WATER") == 4
    assert stays_h(asked_ms=MIDNIGHT_MS) == 6
    assert 4 <= stays_h(smooth(tires=ALWAYS)) < 8


def test_every_step_has_one_command_id_however_often_it_is_asked_for() -> None:
    at = call(1)
    assert Responders(seed=1).next_step(at) == Responders(seed=1).next_step(at)
    crowd = Responders(seed=1, behaviour=smooth())
    steps = [step_of(crowd.next_step(each)) for each in (
        at, msgspec.structs.replace(at, seen_ms=1), moved(at, "accepted", 5), moved(at, "set_out", 6), moved(at, "arrived", 7),
        moved(at, "stood_down", 6, confirmed=2, over_ms=9),
    )]  # fmt: skip
    assert len({step.id for step in steps}) == len(steps)
    assert {step.actor for step in steps} == {"person:p1"}


def test_some_say_no_and_why_some_say_later_and_when_some_say_nothing() -> None:
    no = step_of(Responders(seed=1, behaviour=smooth(accept=NEVER, decline=ALWAYS)).next_step(call(1, seen_ms=1)))
    assert isinstance(no.command, AnswerCall)
    assert (no.command.answer, no.command.heads) == ("decline", None)
    assert no.command.reason in BEHAVIOUR.profiles["standing_team"].reasons.shares
    crowd = Responders(seed=1, behaviour=smooth(accept=NEVER, put_off=ALWAYS, later=MINUTES, pace=EXACT))
    later = step_of(crowd.next_step(call(1, seen_ms=1)))
    assert isinstance(later.command, AnswerCall)
    assert (later.command.answer, later.command.eta_min) == ("later", 15), "ten minutes of waiting, five of travel"
    out = step_of(crowd.next_step(moved(call(1), "later", NOON_MS)))
    assert out.at_ms >= NOON_MS + 600_000
    silent = Responders(seed=1, behaviour=smooth(accept=NEVER, looks=ALWAYS))
    assert isinstance(step_of(silent.next_step(call(1))).command, SeeCalls)
    assert silent.next_step(call(1, seen_ms=1)) is None
    away = Responders(seed=1, behaviour=smooth(accept=NEVER, looks=NEVER))
    assert away.next_step(call(1)) is None


def test_an_answer_after_the_call_ran_out_is_still_said() -> None:
    late = call(1, state=CallState.LAPSED)
    assert is_busy(late)
    step = step_of(Responders(seed=1, behaviour=smooth(answer=MINUTES)).next_step(late))
    assert isinstance(step.command, AnswerCall)
    assert step.at_ms == late.asked_ms + 600_000 > late.due_ms


def test_who_was_called_often_in_the_last_day_says_yes_less_but_never_not_at_all() -> None:
    def yes(times: int, hours: float) -> float:
        crowd, count = Responders(seed=1), 2_000
        for number in range(count):
            for earlier in range(times):
                crowd.heard(call(90_000 + 10 * number + earlier, person=f"p{number}", asked_ms=NOON_MS - round(hours * HOUR_MS)))
        return sum(crowd.course(call(number)).answer == "accept" for number in range(count)) / count

    rested, tired, worn = yes(0, 1), yes(2, 1), yes(9, 1)
    assert rested == pytest.approx(0.55, rel=0.05)
    assert tired == pytest.approx(0.55 * 0.85**2, rel=0.08)
    assert worn == pytest.approx(0.55 * 0.4, rel=0.12), "it is bounded"
    assert yes(9, 25) == rested, "yesterday is forgotten"


def test_a_road_that_was_closed_since_makes_the_way_longer_and_counts_from_when_they_set_out() -> None:
    ways = {"now": Trip(4_000, 1_500, "road_graph")}
    crowd = Responders(seed=1, behaviour=smooth(pace=EXACT), travel=lambda _: ways["now"])
    out = moved(call(1), "set_out", NOON_MS)
    assert step_of(crowd.next_step(out)).at_ms == NOON_MS + 1_500_000
    ways["now"] = Trip(900, 300, "road_graph")
    assert step_of(crowd.next_step(out)).at_ms == NOON_MS + 1_500_000, "it is on its way already"
    assert step_of(crowd.next_step(moved(call(1), "set_out", NOON_MS + 1))).at_ms == NOON_MS + 1 + 300_000
    plain = Responders(seed=1, behaviour=smooth(pace=EXACT), travel=lambda _: None)
    assert step_of(plain.next_step(out)).at_ms == NOON_MS + 300_000, "as the plan reckoned"


def test_whoever_comes_alone_goes_by_the_length_of_the_way() -> None:
    near = call(1, crew=(1, 1))
    assert (usual_profile(near), usual_profile(call(1))) == ("proximity_alert", "standing_team")
    crowd = Responders(
        seed=1, behaviour=smooth("proximity_alert", speed_m_s=Spread(median=3, sigma=0, least=1, most=9, source="a test"))
    )
    assert step_of(crowd.next_step(moved(near, "set_out", NOON_MS))).at_ms == NOON_MS + 300_000, "900 m at 3 m/s"


def test_the_lost_come_later_and_who_turns_back_says_so_on_the_way() -> None:
    out = moved(call(1), "set_out", NOON_MS)
    lost = step_of(Responders(seed=1, behaviour=smooth(pace=EXACT, lost=ALWAYS, lost_for=MINUTES)).next_step(out))
    assert (lost.at_ms, lost.command) == (NOON_MS + 900_000, ReportProgress(call="c1", did="arrived"))
    back = step_of(Responders(seed=1, behaviour=smooth(pace=EXACT, turns_back=ALWAYS)).next_step(out))
    assert back.command == ReportProgress(call="c1", did="released")
    assert NOON_MS <= back.at_ms < NOON_MS + 300_000


def test_while_the_radio_fails_nothing_is_said_and_then_when_it_was() -> None:
    behaviour = smooth(pace=EXACT, radio_fails=ALWAYS, radio_within=MINUTES, radio_for=MINUTES, receipt=MINUTES, roll=MINUTES)
    crowd, out = Responders(seed=1, behaviour=behaviour), moved(call(1), "set_out", NOON_MS + 400_000)
    step = step_of(crowd.next_step(out))
    assert step.at_ms == NOON_MS + 1_200_000, "the radio works again after twenty minutes"
    assert step.command == ReportProgress(call="c1", did="arrived", claimed_at_ms=NOON_MS + 700_000)
    order = step_of(crowd.order_step(out, ordered_to(out, at_ms=NOON_MS + 60_000)))
    assert (order.at_ms, order.command.claimed_at_ms) == (NOON_MS + 1_200_000, NOON_MS + 660_000)  # type: ignore[attr-defined]
    roll = step_of(crowd.roll_step(out, rolled(out, opened_ms=NOON_MS + 60_000)))
    assert (roll.at_ms, roll.command.claimed_at_ms) == (NOON_MS + 1_200_000, NOON_MS + 660_000)  # type: ignore[attr-defined]
    assert step_of(crowd.next_step(moved(call(1), "set_out", NOON_MS))).command == ReportProgress(call="c1", did="arrived")


def test_stood_down_they_pack_go_home_and_say_so_and_who_never_set_out_says_nothing() -> None:
    crowd = Responders(seed=1, behaviour=smooth(pace=EXACT, packing=MINUTES))
    there = moved(call(1), "stood_down", NOON_MS, seated=3, confirmed=3, arrived=3, over_ms=NOON_MS + HOUR_MS)
    assert step_of(crowd.next_step(there)).at_ms == NOON_MS + HOUR_MS + 600_000 + 300_000
    halfway = moved(call(1), "stood_down", NOON_MS, seated=3, confirmed=3, over_ms=NOON_MS + 100_000)
    assert step_of(crowd.next_step(halfway)).at_ms == NOON_MS + 200_000, "as far back as they had come"
    assert crowd.next_step(moved(call(1), "stood_down", NOON_MS, seated=3, over_ms=NOON_MS)) is None


def ordered_to(at: Call, *, at_ms: int, said: str = "", said_ms: int | None = None) -> Order:
    receipts = {at.id: Receipt(call=at.id, person=at.person, team=at.team, said=said, at_ms=said_ms)}
    return Order(id="o1", incident="i", kind="move", post="9901", given_ms=at_ms, due_ms=at_ms + 180_000, receipts=receipts)


def test_an_order_is_received_then_done_or_not_and_one_called_off_is_not_answered() -> None:
    out, crowd = moved(call(1), "arrived", NOON_MS), Responders(seed=1, behaviour=smooth(work=MINUTES))
    first = step_of(crowd.order_step(out, ordered_to(out, at_ms=NOON_MS)))
    assert first.command == ReceiptOrder(order="o1", call="c1", receipt="received")
    then = step_of(crowd.order_step(out, ordered_to(out, at_ms=NOON_MS, said="received", said_ms=first.at_ms)))
    assert (then.command, then.at_ms) == (ReceiptOrder(order="o1", call="c1", receipt="done"), first.at_ms + 600_000)
    held = ordered_to(out, at_ms=NOON_MS, said="received", said_ms=first.at_ms)
    unable = step_of(Responders(seed=1, behaviour=smooth(done=NEVER, cannot=ALWAYS)).order_step(out, held))
    assert unable.command == ReceiptOrder(order="o1", call="c1", receipt="cannot")
    assert crowd.order_step(out, ordered_to(out, at_ms=NOON_MS, said="done")) is None
    assert crowd.order_step(out, msgspec.structs.replace(held, called_off_ms=NOON_MS)) is None
    assert crowd.order_step(call(2), held) is None
    deaf = Responders(seed=1, behaviour=smooth(receives=NEVER))
    assert deaf.order_step(out, ordered_to(out, at_ms=NOON_MS)) is None


def rolled(at: Call, *, opened_ms: int, people: int = 4, **more: object) -> Roll:
    row = Row(call=at.id, person=at.person, team=at.team, people=people)
    return msgspec.structs.replace(
        Roll(incident="i", number=1, opened_ms=opened_ms, due_ms=opened_ms + 600_000, rows={at.id: row}), **more
    )


def test_a_roll_call_is_answered_for_those_in_sight_and_for_the_others_as_they_are_found() -> None:
    out = moved(call(1), "arrived", NOON_MS)
    whole = step_of(Responders(seed=1, behaviour=smooth()).roll_step(out, rolled(out, opened_ms=NOON_MS)))
    assert isinstance(whole.command, AnswerRoll)
    assert [(mark.no, mark.state) for mark in whole.command.marks] == [(no, "safe") for no in range(1, 5)]
    hurt = step_of(Responders(seed=1, behaviour=smooth(hurt=ALWAYS)).roll_step(out, rolled(out, opened_ms=NOON_MS)))
    assert isinstance(hurt.command, AnswerRoll)
    assert {mark.state for mark in hurt.command.marks} == {"hurt"}
    crowd, roll = Responders(seed=1, behaviour=smooth(unaccounted=ALWAYS)), rolled(out, opened_ms=NOON_MS)
    steps: list[Step] = []
    while (step := crowd.roll_step(out, roll)) is not None:
        assert isinstance(step.command, AnswerRoll)
        steps.append(step)
        row = roll.rows["c1"]
        marks = {
            **row.marks,
            **{mark.no: Marked(state=mark.state, at_ms=0, said_ms=0) for mark in step.command.marks},
        }
        roll = msgspec.structs.replace(roll, rows={"c1": msgspec.structs.replace(row, marks=marks)})
    assert len(steps) == 4, "the leader first, then one by one"
    assert [step.at_ms for step in steps] == sorted(step.at_ms for step in steps)
    assert len({step.id for step in steps}) == 4
    assert crowd.roll_step(out, rolled(out, opened_ms=NOON_MS, closed_ms=NOON_MS)) is None
    assert crowd.roll_step(moved(out, "released", NOON_MS), rolled(out, opened_ms=NOON_MS)) is None
    assert Responders(seed=1, behaviour=smooth(answers_roll=NEVER)).roll_step(out, rolled(out, opened_ms=NOON_MS)) is None


def test_receipts_fall_at_the_end_of_quarters_of_a_second_and_only_those_of_simulated_people_go_together() -> None:
    crowd = Responders(seed=1, behaviour=smooth())
    steps = [step_of(crowd.next_step(call(number, simulated=number % 2 == 0))) for number in range(100)]
    assert all(step.at_ms % BUNDLE_MS == 0 for step in steps)
    assert [step.bundle for step in steps] == ["m", ""] * 50, "real people speak for themselves"


def test_who_is_cut_off_stands_still_until_a_road_is_open_and_travels_from_then_on() -> None:
    ways = {"now": Trip(9_000, 500, CUT_OFF)}
    crowd = Responders(seed=1, behaviour=smooth(pace=EXACT), travel=lambda _: ways["now"])
    out = moved(call(1), "set_out", NOON_MS)
    assert crowd.next_step(out) is None
    assert crowd.roads_opened(NOON_MS + 60_000) == ["c1"]
    assert crowd.next_step(out) is None, "another road is open: not the one"
    ways["now"] = Trip(9_000, 800, "road_graph")
    assert crowd.roads_opened(NOON_MS + HOUR_MS) == ["c1"]
    assert step_of(crowd.next_step(out)).at_ms == NOON_MS + HOUR_MS + 800_000
    assert crowd.roads_opened(NOON_MS + 2 * HOUR_MS) == []


def test_who_is_cut_off_when_it_is_over_is_home_at_once() -> None:
    crowd = Responders(seed=1, behaviour=smooth(pace=EXACT), travel=lambda _: Trip(9_000, 500, CUT_OFF))
    assert crowd.next_step(moved(call(1), "set_out", NOON_MS)) is None
    over = moved(call(1), "stood_down", NOON_MS, confirmed=2, over_ms=NOON_MS + HOUR_MS)
    assert step_of(crowd.next_step(over)).at_ms == NOON_MS + HOUR_MS


def test_the_straight_line_where_roads_are_shut_is_no_way_and_where_there_never_was_one_it_stands_in() -> None:
    fire = Incident(
        id="i", category="20700", severity=4, name="火灾", place=place(), source="phone", mode="EMERGENCY", happened_ms=0, learned_ms=0,
        entered_ms=0, lead="990101",
    )  # fmt: skip
    none, way = Trip(900, 90, NO_ROAD), Trip(1_500, 200, "road_graph")

    def found(open_: Trip, whole: Trip) -> Trip | None:
        return way_of(call(1), lambda _: fire, lambda *_: [open_], lambda: lambda *_: [whole])

    assert found(none, way) == none._replace(source=CUT_OFF)
    assert found(none, none) == none
    assert found(way, way) == way
