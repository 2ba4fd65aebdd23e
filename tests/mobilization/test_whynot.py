"""Why somebody was not called: one by one up to the first whom nobody needs, and of all behind him one reason."""

import msgspec

from mobilization import SetAvailability
from mobilization.planning import Asking, Outlook, Plan, plan_wave
from mobilization.whynot import BEYOND, NEARER, WhyNot, counts_of, pack, unpack
from tests.mobilization.kit import Force, team

FAR = range(10, 30)


def force_of_a_city() -> Force:
    """Six near teams, twenty far ones, one of another county; the leader of the second is off duty, and has no deputy."""
    near = (team(number, ladder=(f"p{number}",)) for number in range(6))
    force = Force(*near, *(team(number, ladder=(f"p{number}",)) for number in FAR), team(40, division="990202001"))
    force.ask(SetAvailability(person="p1", availability="off_duty"), by="person:p1", authority=None)
    return force


def planned(force: Force, looked_at: list[str] | None = None) -> Plan:
    """The plan of an order that nobody has answered; `looked_at` takes down whose state was asked for."""
    asked = looked_at if looked_at is not None else []
    look = force.desk.core.world.look

    def noted(key: str) -> object:
        asked.append(key)
        return look(key)

    state = msgspec.structs.replace(force.running(), parts={}, needs=tuple(
        msgspec.structs.replace(seats, open=0) for seats in force.running().needs
    ))  # fmt: skip
    outlook = Outlook(force.outlook.roster, force.outlook.travel, force.outlook.is_awake)
    return plan_wave(state, force.incident(), outlook, Asking(noted, now_ms=force.desk.clock.wall_ms(), wave_id="w"))


def test_every_team_has_its_reason_and_they_add_up() -> None:
    force = force_of_a_city()
    force.call_out()
    plan = planned(force)
    rows = unpack(pack(plan.not_called))
    assert {row.team for row in rows} | {call.team for call in plan.calls} == {f"t{n:02d}" for n in [*range(6), *FAR, 40]}
    assert {row.reason for row in rows if row.team == "t40"} == {BEYOND}
    assert {row.reason for row in rows if row.team == f"t{FAR[-1]}"} == {NEARER}
    assert counts_of(plan.not_called)[NEARER] == sum(row.reason == NEARER for row in rows)
    assert sum(counts_of(plan.not_called).values()) == len(rows)


def test_nobody_is_looked_at_behind_those_who_suffice() -> None:
    force = force_of_a_city()
    force.call_out()
    looked_at: list[str] = []
    planned(force, looked_at)
    assert looked_at
    assert not [key for key in looked_at if key in {f"team:t{n}" for n in FAR[10:]}]


def test_where_too_few_are_left_each_is_looked_at() -> None:
    force = Force(team(0, ladder=("p0",)), team(1, ladder=("p1",)))
    force.ask(SetAvailability(person="p1", availability="off_duty"), by="person:p1", authority=None)
    force.call_out()
    (row,) = [row for row in unpack(pack(planned(force).not_called)) if row.team == "t01"]
    assert row.reason == "off_duty"


def test_a_list_that_was_kept_row_by_row_is_still_read() -> None:
    rows = [WhyNot("t1", "FIRST_AID", "", "off_duty"), WhyNot("t2", "FIRST_AID", "p2", NEARER)]
    assert unpack(msgspec.json.encode(rows)) == rows
    assert unpack(b"[]") == []
