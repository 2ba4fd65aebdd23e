"""Items of a board about people who are out: a roll call, an SOS, an order, a reported danger. People are numbers within a crew
here; names, numbers and words are opened on request."""

from collections import Counter
from typing import Any

from command.tiers.divisions import tier_of
from mobilization import Danger, Order, Roll, Row, Sos, standings
from web_console.board.view import View
from web_console.directory import Directory

Item = dict[str, Any]


def roll_item(view: View, names: Directory, roll: Roll) -> Item:
    crews = [_crew(view, names, row) for row in roll.rows.values()]
    counts = Counter(person["state"] for crew in crews for person in crew["people"])
    return {
        "incident": roll.incident, "number": roll.number, "opened_ms": roll.opened_ms, "late": roll.late, "closed_ms": roll.closed_ms,
        "due_ms": view.world.due_at(f"roll:{roll.incident}", "roll_due") or roll.due_ms, "counts": dict(sorted(counts.items())),
        "crews": crews,
    }  # fmt: skip


def _crew(view: View, names: Directory, row: Row) -> Item:
    call = view.call(row.call)
    states = standings(view.look, row)
    last = max(row.marks.values(), key=lambda mark: mark.at_ms, default=None)
    return {
        "call": row.call, "team_name": names.team(row.team), "person": row.person, "person_label": names.masked(row.person),
        "state": call.state.value if call is not None else "", "answered_ms": last.at_ms if last is not None else None,
        "by": "" if last is None or last.state == "lost" else "desk" if last.noted_by else "leader",
        "people": [
            {"no": no, "state": state, "disputed": no in row.marks and row.marks[no].disputed} for no, state in states.items()
        ],
    }  # fmt: skip


def sos_item(view: View, names: Directory, sos: Sos) -> Item:
    return {
        "person": sos.person, "person_label": names.masked(sos.person), "number": sos.number, "incident": sos.incident or None,
        "call": sos.call or None, "team_name": names.team(sos.team) if sos.team else None, "place": names.division(sos.division),
        "to": [_post(names, code) for code in sos.to], "raised_ms": sos.raised_ms, "again_ms": sos.again_ms,
        "up_ms": view.world.due_at(f"sos:{sos.person}", "sos_up"), "lon": sos.cell_lon, "lat": sos.cell_lat,
        "noted_by": sos.noted_by or None, "alarm": sos.is_alarm, "taken_ms": sos.taken_ms,
        "taken_by": names.actor(sos.taken_by)["label"] if sos.taken_by else None,
        "taken_post": names.division(sos.taken_post) if sos.taken_post else None, "fine_ms": sos.fine_ms,
    }  # fmt: skip


def order_item(view: View, names: Directory, order: Order) -> Item:
    return {
        "id": order.id, "incident": order.incident, "kind": order.kind, "post": names.division(order.post), "given_ms": order.given_ms,
        "due_ms": view.world.due_at(f"order:{order.id}", "order_due") or order.due_ms,
        "called_off_ms": order.called_off_ms,
        "receipts": [
            {
                "call": each.call, "team_name": names.team(each.team), "person_label": names.masked(each.person), "said": each.said,
                "at_ms": each.at_ms, "noted_by": each.noted_by or None, "overdue": each.overdue,
            }
            for each in order.receipts.values()
        ],
    }  # fmt: skip


def danger_item(names: Directory, danger: Danger) -> Item:
    return {
        "id": danger.id, "incident": danger.incident, "call": danger.call, "team_name": names.team(danger.team),
        "person_label": names.masked(danger.person), "kind": danger.kind, "at_ms": danger.at_ms, "noted_by": danger.noted_by or None,
        "photos": list(danger.photos), "acknowledged_ms": danger.acknowledged_ms,
    }  # fmt: skip


def _post(names: Directory, code: str) -> Item:
    return {"division": code, "tier": tier_of(code).value, "name": names.division(code)}
