"""What a leader's phone shows of a task in hand: the crew, the roll, orders, marked ground, what was reported. Until everyone is home."""

from collections import Counter
from typing import Any

from incidents import Incident
from mobilization import SEATED, Call, Danger, Order, Roll, Team, crew_of, people_out, roll_of
from web_console.board.marked import marked_item, zones_at
from web_console.board.sealed import Unseal
from web_console.board.view import View
from web_console.directory import Directory

Item = dict[str, Any]


def has_task(view: View, call: Call) -> bool:
    return call.state in SEATED or people_out(view.look, call) > 0


def task_part(view: View, call: Call, unseal: Unseal) -> Item:
    """The names are those that the leader gave; an order's words are for those it was given to."""
    roll = roll_of(view.look, call.incident)
    return {
        "incident": call.incident, "crew": _crew(view, call, unseal), "roll": _roll(view, roll, call) if roll is not None else None,
        "orders": [_order(view, order, call, unseal) for order in _orders_for(view, call)],
        "zones": [marked_item(zone) for zone in zones_at(view, call.incident)],
        "dangers": [
            {"id": danger.id, "kind": danger.kind, "at_ms": danger.at_ms, "read": danger.acknowledged_ms is not None, "photos": len(danger.photos)}
            for danger in map(view.look, (f"danger:{each}" for each in view.afield.dangers_of.get(call.incident, ())))
            if isinstance(danger, Danger) and danger.call == call.id
        ],
    }  # fmt: skip


def is_led_for(view: View, names: Directory, call: Call, leader: str) -> bool:
    """Whether somebody else leads this leader's own team to this call now."""
    team, state = names.teams.get(call.team), view.look(f"team:{call.team}")
    return team is not None and team.leader == leader != call.person and isinstance(state, Team) and state.engaged == call.id


def led_item(view: View, names: Directory, call: Call, incident: Incident) -> Item:
    """What a leader sees of it: who leads, to what, and how they all are. Who has no seat is told no place finer than the
    community, and nothing that is sealed."""
    found, roll = names.people.get(call.person), roll_of(view.look, call.incident)
    is_called_over = roll is not None and roll.is_open and call.id in roll.rows
    return {
        "id": call.id, "state": call.state.value, "category": incident.category,
        "area": names.division(incident.division), "team_name": names.team(call.team), "by": found.name if found else None,
        "role": call.role, "seated": call.seated, "waits": call.waits, "standby_no": call.standby_no, "eta_ms": call.eta_ms,
        "crew": dict(sorted(Counter(crew_of(view.look, call).values()).items())), "called_over": is_called_over,
    }  # fmt: skip


def _crew(view: View, call: Call, unseal: Unseal) -> list[Item]:
    given = view.afield.sealed.get(f"names:{call.id}", ())
    opened = unseal(given[-1]) if given else None
    names = opened.get("names", []) if opened else []
    return [
        {"no": no, "state": state, "name": names[no - 1] if no <= len(names) else None}
        for no, state in crew_of(view.look, call).items()
    ]


def _roll(view: View, roll: Roll, call: Call) -> Item | None:
    row = roll.rows.get(call.id)
    if row is None:
        return None
    due_ms = view.world.due_at(f"roll:{roll.incident}", "roll_due") or roll.due_ms
    marks = {
        str(no): {"state": mark.state, "noted": bool(mark.noted_by), "disputed": mark.disputed} for no, mark in row.marks.items()
    }
    return {
        "number": roll.number, "opened_ms": roll.opened_ms, "due_ms": due_ms, "late": roll.late, "closed_ms": roll.closed_ms,
        "people": row.people, "marks": marks,
    }  # fmt: skip


def _orders_for(view: View, call: Call) -> list[Order]:
    states = (view.look(f"order:{order}") for order in view.afield.orders_of.get(call.incident, ()))
    return [order for order in states if isinstance(order, Order) and call.id in order.receipts]


def _order(view: View, order: Order, call: Call, unseal: Unseal) -> Item:
    (given,) = view.afield.sealed[f"order:{order.id}"]
    opened = unseal(given)
    return {
        "id": order.id, "kind": order.kind, "words": opened.get("words") if opened else None, "given_ms": order.given_ms,
        "due_ms": view.world.due_at(f"order:{order.id}", "order_due") or order.due_ms, "said": order.receipts[call.id].said,
        "noted": bool(order.receipts[call.id].noted_by), "called_off_ms": order.called_off_ms,
    }  # fmt: skip
