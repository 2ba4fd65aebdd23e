"""How the states of roll calls, SOS, orders and dangers follow from facts, and what falls due in them. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from command.core.facts import Command, Deadline, Event, Kind
from command.tiers.divisions import parent_of
from incidents import PhotoAdded
from mobilization.safety.commands import MissOrder, MissRoll, RaiseSosHigher
from mobilization.safety.facts import (
    RollAnswered,
    RollClosed,
    RollCrew,
    RollJoined,
    RollLost,
    RollOpened,
    SosCalledOff,
    SosRaised,
    SosResolved,
    SosTaken,
    SosWentUp,
)
from mobilization.safety.facts_orders import (
    DangerAcknowledged,
    DangerReported,
    OrderCalledOff,
    OrderGiven,
    OrderJoined,
    OrderOverdue,
    OrderReceipted,
)
from mobilization.safety.states import GRAVITY, LOST, Danger, Marked, Order, Receipt, Roll, Row, Sos
from mobilization.safety.table import ORDER_MS, SOS_UP_MS

_replace = msgspec.structs.replace


def evolve_roll(state: Roll | None, event: Event) -> Roll | None:
    fact = event.fact
    if isinstance(fact, RollOpened):
        return Roll(
            incident=fact.incident,
            number=fact.number,
            opened_ms=event.at_ms,
            due_ms=fact.due_ms,
            rows={c.call: _row(c) for c in fact.crews},
        )
    match fact:
        case RollJoined() if state is not None:
            held = state.rows.get(fact.call)
            fresh = Row(call=fact.call, person=fact.person, team=fact.team, people=fact.people)
            return _with_row(state, fresh if held is None else _replace(held, people=fact.people))
        case RollAnswered() if state is not None and fact.call in state.rows:
            return _with_row(state, _answered(state.rows[fact.call], fact, event))
        case RollLost(missing=missing) if state is not None:
            lost = Marked(state=LOST, at_ms=event.at_ms, said_ms=event.at_ms)
            return _replace(_marked(state, {(each.call, each.no): lost for each in missing}), late=True)
        case RollClosed() if state is not None:
            return _replace(state, closed_ms=event.at_ms)
        case _:
            return state


def _row(crew: RollCrew) -> Row:
    return Row(call=crew.call, person=crew.person, team=crew.team, people=crew.people, stood_down=crew.stood_down)


def _with_row(state: Roll, row: Row) -> Roll:
    return _replace(state, rows={**state.rows, row.call: row})


def _marked(state: Roll, marks: dict[tuple[str, int], Marked]) -> Roll:
    rows = dict(state.rows)
    for (call, no), mark in marks.items():
        rows[call] = _replace(rows[call], marks={**rows[call].marks, no: mark})
    return _replace(state, rows=rows)


def _answered(row: Row, fact: RollAnswered, event: Event) -> Row:
    said_ms = event.learned_ms
    marks = dict(row.marks)
    for mark in fact.marks:
        held = marks.get(mark.no)
        fresh = Marked(state=mark.state, at_ms=event.at_ms, said_ms=said_ms, noted_by=fact.noted_by)
        if held is None or held.state == LOST:
            marks[mark.no] = fresh
        elif fact.disputed and held.state != mark.state:
            marks[mark.no] = _replace(max(held, fresh, key=lambda each: GRAVITY.index(each.state)), disputed=True)
        elif said_ms >= held.said_ms:
            marks[mark.no] = fresh
    return _replace(row, marks=marks)


def roll_deadlines(state: Any) -> Iterator[Deadline]:
    if isinstance(state, Roll) and state.is_open and not state.late:
        yield Deadline(kind="roll_due", set_at_ms=state.opened_ms, due_at_ms=state.due_ms, waits_for_people=True)


def evolve_sos(state: Sos | None, event: Event) -> Sos | None:
    fact = event.fact
    if isinstance(fact, SosRaised):
        return _raised(state, fact, event)
    match fact:
        case SosWentUp(to=to) if state is not None:
            return _replace(state, to=(*state.to, to), up_ms=event.at_ms)
        case SosTaken(post=post) if state is not None:
            return _replace(state, taken_by=event.actor, taken_post=post, taken_ms=event.at_ms)
        case SosCalledOff(in_time=in_time) if state is not None:
            return _replace(state, fine_ms=event.at_ms, silenced=in_time)
        case SosResolved() if state is not None:
            return _replace(state, resolved_ms=event.at_ms)
        case _:
            return state


def _raised(state: Sos | None, fact: SosRaised, event: Event) -> Sos:
    if fact.again and state is not None:
        again = _replace(
            state, to=tuple(dict.fromkeys((*state.to, fact.to))), again_ms=event.at_ms,
            up_ms=state.up_ms if state.is_alarm else event.at_ms, taken_by="", taken_post="", taken_ms=None, fine_ms=None,
            silenced=False,
        )  # fmt: skip
        return again if fact.cell_lon is None else _replace(again, cell_lon=fact.cell_lon, cell_lat=fact.cell_lat)
    return Sos(
        person=fact.person, number=fact.number, incident=fact.incident, call=fact.call, team=fact.team, division=fact.division,
        to=(fact.to,), raised_ms=event.at_ms, again_ms=event.at_ms, up_ms=event.at_ms, cell_lon=fact.cell_lon,
        cell_lat=fact.cell_lat, noted_by=fact.noted_by,
    )  # fmt: skip


def sos_deadlines(state: Any) -> Iterator[Deadline]:
    """Untaken it goes up a tier, as long as there is one; no outage makes it wait."""
    if isinstance(state, Sos) and state.is_alarm and parent_of(state.to[-1]) is not None:
        yield Deadline(kind="sos_up", set_at_ms=state.up_ms, due_at_ms=state.up_ms + SOS_UP_MS)


def evolve_order(state: Order | None, event: Event) -> Order | None:
    match event.fact:
        case OrderGiven() as fact:
            receipts = {c.call: Receipt(call=c.call, person=c.person, team=c.team) for c in fact.crews}
            return Order(
                id=fact.order, incident=fact.incident, kind=fact.kind, post=event.authority.post if event.authority else "",
                given_ms=event.at_ms, due_ms=fact.due_ms, receipts=receipts,
            )  # fmt: skip
        case OrderJoined() as fact if state is not None:
            joined = Receipt(call=fact.call, person=fact.person, team=fact.team)
            due_ms = max(state.due_ms, event.at_ms + ORDER_MS)
            return _replace(state, receipts={**state.receipts, fact.call: joined}, due_ms=due_ms, late=False)
        case OrderReceipted() as fact if state is not None and fact.call in state.receipts:
            said = _replace(
                state.receipts[fact.call], said=fact.receipt, at_ms=event.at_ms, noted_by=fact.noted_by, overdue=False
            )
            return _replace(state, receipts={**state.receipts, fact.call: said})
        case OrderCalledOff() if state is not None:
            return _replace(state, called_off_ms=event.at_ms)
        case OrderOverdue(calls=calls) if state is not None:
            late = {call: _replace(state.receipts[call], overdue=True) for call in calls if call in state.receipts}
            return _replace(state, receipts={**state.receipts, **late}, late=True)
        case _:
            return state


def order_deadlines(state: Any) -> Iterator[Deadline]:
    if isinstance(state, Order) and state.unanswered and not state.late:
        yield Deadline(kind="order_due", set_at_ms=state.given_ms, due_at_ms=state.due_ms, waits_for_people=True)


def evolve_danger(state: Danger | None, event: Event) -> Danger | None:
    match event.fact:
        case DangerReported() as fact:
            return Danger(
                id=fact.danger, incident=fact.incident, call=fact.call, person=fact.person, team=fact.team, kind=fact.kind,
                at_ms=event.at_ms, noted_by=fact.noted_by,
            )  # fmt: skip
        case PhotoAdded(photo=photo) if state is not None:
            return _replace(state, photos=(*state.photos, photo))
        case DangerAcknowledged() if state is not None:
            return _replace(state, acknowledged_ms=event.at_ms)
        case _:
            return state


def _fall_roll(key: str, _deadline: Deadline) -> Command:
    return MissRoll(incident=key.partition(":")[2])


def _fall_sos(key: str, _deadline: Deadline) -> Command:
    return RaiseSosHigher(person=key.partition(":")[2])


def _fall_order(key: str, _deadline: Deadline) -> Command:
    return MissOrder(order=key.partition(":")[2])


SAFETY_KINDS: Iterable[Kind] = (
    Kind("roll", evolve_roll, roll_deadlines, _fall_roll),
    Kind("sos", evolve_sos, sos_deadlines, _fall_sos),
    Kind("order", evolve_order, order_deadlines, _fall_order),
    Kind("danger", evolve_danger),
)
