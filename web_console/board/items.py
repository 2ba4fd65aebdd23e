"""How items of a board look: one function an item, from committed states and names. `docs/socket.md` has the shapes."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from command.core.facts import Event
from command.tiers.divisions import tier_of
from incidents import Incident, Informed, Response
from mobilization import (
    LIVE,
    Asked,
    Call,
    CallState,
    Mobilization,
    Part,
    Person,
    Seats,
    Team,
    Wave,
    crew_of,
    mobilization_of,
    people_out,
)
from web_console.board.late import why_unheard
from web_console.board.view import View
from web_console.directory import Directory, TeamName

Item = dict[str, Any]

_TEAM_STATE = {
    CallState.SET_OUT: "on_way",
    CallState.ARRIVED: "on_scene",
    CallState.ACCEPTED: "called",
    CallState.LATER: "called",
}
_AT_REST: Item = {
    "state": "available", "incident": None, "availability": "available", "until_ms": None, "reach": "asleep", "phones": 0, "tested": 0,
}  # fmt: skip
_BULKY = frozenset(
    {"place", "calls", "people", "teams", "crews", "marks", "missing", "gates", "why_not", "why_blob", "by_order", "ring"}
)


def incident_item(view: View, names: Directory, incident: Incident) -> Item:
    place = incident.place
    mobilization = view.look(f"mobilization:{mobilization_of(incident.id)}")
    running = mobilization if isinstance(mobilization, Mobilization) else None
    return {
        "id": incident.id, "name": _title(names, incident), "category": incident.category, "severity": incident.severity,
        "stage": incident.stage.value, "mode": incident.mode, "division": incident.division, "path": names.path(place.path),
        "township_chosen": place.township, "lon": place.lon, "lat": place.lat, "exact": place.exact,
        "only": place.only or None, "point_from": place.point_from or None,
        "point_of": names.division(place.point_of) if place.point_of else None, "placed_ms": incident.placed_ms,
        "informed": [_informed(names, each) for each in incident.informed],
        "area": [list(at) for at in place.area], "spans": names.path(place.spans),
        "stations": [_station(names, hit) for hit in place.stations], "outside_circles": place.outside_circles,
        "lead": _post(names, incident.lead), "asked_take_over": incident.asked_take_over is not None,
        "hand_back_offered_to": incident.hand_back_to, "level": gravest_level(view, incident),
        "merged_into": incident.merged_into, "verified": incident.verified, "happened_ms": incident.happened_ms,
        "learned_ms": incident.learned_ms, "entered_ms": incident.entered_ms, "closed_ms": incident.ended_ms,
        "mobilization": running.id if running else None, "over": running.over if running else False,
        "changed_at": incident.changed_at, "photos": list(incident.photos), "heard_by": list(incident.heard_by),
        "late": len(view.late.of.get(incident.id, ())), **_forces(view, incident, running),
    }  # fmt: skip


def _forces(view: View, incident: Incident, running: Mobilization | None) -> Item:
    order = view.look(f"asked:{incident.id}")
    asked = _asked(order) if isinstance(order, Asked) and not order.done and incident.is_open else None
    if running is None:
        needs = [msgspec.to_builtins(Seats(**msgspec.structs.asdict(need))) for need in incident.needs]
        return {"needs": needs, "waves": [], "standby": 0, "asked_up": [], "order_asked": asked, "scope": None}
    parts = list(running.parts.values())
    return {
        "needs": [msgspec.to_builtins(seats) for seats in running.needs],
        "waves": [_wave(wave, [part for part in parts if part.wave == wave.no]) for wave in running.waves],
        "standby": sum(part.state is CallState.STANDBY for part in parts), "scope": running.scope,
        "asked_up": [
            {"division": a.to, "speciality": a.speciality, "short": a.short, "at_ms": a.at_ms} for a in running.asked_up
        ],
        "order_asked": asked,
    }  # fmt: skip


def _asked(waiting: Asked) -> Item:
    return {
        "from": waiting.from_post, "to": waiting.to, "people": waiting.people, "at_ms": waiting.at_ms,
        "needs": msgspec.to_builtins(waiting.needs),
    }  # fmt: skip


def _wave(wave: Wave, parts: Sequence[Part]) -> Item:
    """A round of calls and what became of them, each counted once by how it stands now."""
    said = Counter("open" if part.state is CallState.OPEN else part.said for part in parts)
    return {
        "no": wave.no, "at_ms": wave.at_ms, "called": len(parts), "accepted": said["accept"] + said["later"], "declined": said["decline"],
        "lapsed": said["lapsed"], "open": said["open"],
    }  # fmt: skip


def _title(names: Directory, incident: Incident) -> str:
    return f"{names.division(incident.division)}{incident.name}"


def _informed(names: Directory, informed: Informed) -> Item:
    return {"service": informed.service, "at_ms": informed.at_ms, "by": names.actor(informed.by)["label"]}


def _station(names: Directory, hit: Any) -> Item:
    found = names.stations.get(hit.id)
    return {"id": hit.id, "name": found.name if found else hit.id, "distance_m": hit.distance_m, "inside": hit.inside}


def _post(names: Directory, code: str) -> Item:
    return {"division": code, "tier": tier_of(code).value, "name": names.division(code)}


def gravest_level(view: View, incident: Incident) -> int | None:
    """The gravest running activation that covers the incident's division and category."""
    return min((response.level for response in view.responses() if covers_incident(response, incident)), default=None)


def covers_incident(response: Response, incident: Incident) -> bool:
    return response.ended_ms is None and response.category == incident.category and incident.place.touches(response.division)


def response_item(names: Directory, response: Response) -> Item:
    order = response.by_order
    return {
        "id": response.id, "division": response.division, "division_name": names.division(response.division),
        "post": _post(names, response.post), "category": response.category, "level": response.level, "term_h": response.term_h,
        "body": order.body, "document": order.document, "oral": order.oral, "started_ms": response.started_ms,
        "ended_ms": response.ended_ms,
    }  # fmt: skip


def is_at_work(view: View, call: Call) -> bool:
    """Whether a call waits, is coming, stands by or has people out: the others are shown with their incident."""
    return call.state in LIVE or people_out(view.look, call) > 0


def call_item(view: View, names: Directory, call: Call) -> Item:
    return {
        "id": call.id, "incident": call.incident, "mobilization": call.mobilization, "wave": call.wave,
        "speciality": call.speciality, "team": call.team, "team_name": names.team(call.team), "person": call.person,
        "person_label": names.masked(call.person), "phone_label": names.masked_phone(call.person), "role": call.role, "state": call.state.value,
        "heads": call.heads or call.crew_max, "seated": call.seated, "crew_max": call.crew_max, "confirmed": call.confirmed,
        "arrived": call.arrived, "travel_s": call.seconds_to,
        "eta_ms": call.eta_ms, "asked_ms": call.asked_ms, "due_ms": due_ms(view, call), "seen_ms": call.seen_ms,
        "answered_ms": call.answered_ms, "claimed_ms": call.claimed_ms, "disputed": call.disputed, "standby_no": call.standby_no, "late": call.late,
        "channel": call.channel if call.awake or call.attempt else "none", "sent": call.attempt_result,
        "awake": call.awake, "unheard": why_unheard(call), "answered_by": call.answered_by or None,
        "rung": {"label": names.actor(call.rung_by)["label"], "at_ms": call.rung_ms} if call.rung_ms else None,
        "noted_by": call.noted_by or None, "simulated": call.simulated, "distance_m": call.distance_m, "approximate": call.approximate,
        "lon": call.from_lon, "lat": call.from_lat, "crew": list(crew_of(view.look, call).values()),
    }  # fmt: skip


def due_ms(view: View, call: Call) -> int | None:
    """When the offer lapses, outages counted; None once answered."""
    return view.world.due_at(f"call:{call.id}", "lapse")


def team_item(view: View, team: TeamName, reach: str) -> Item | None:
    """How a team stands, as far as it does otherwise than a team at rest; None for one that is. What it is called and where it is
    at home is in the list of teams."""
    state, leader = view.look(f"team:{team.id}"), view.look(f"person:{team.leader}")
    call = view.call(state.engaged) if isinstance(state, Team) and state.engaged else None
    item: Item = {"state": team_state(view, team), "incident": call.incident if call else None, "reach": reach}
    if isinstance(leader, Person):
        item |= {
            "availability": leader.availability,
            "until_ms": leader.until_ms,
            "phones": sum(each.id != "" for each in leader.phones),
            "tested": sum(each.ok for each in leader.phones),
        }
    return {name: value for name, value in item.items() if value != _AT_REST[name]} or None


def team_state(view: View, team: TeamName) -> str:
    """Where a team stands: by the call that holds its seats, by one that waits, by what its leader said."""
    state, leader = view.look(f"team:{team.id}"), view.look(f"person:{team.leader}")
    call = view.call(state.engaged) if isinstance(state, Team) and state.engaged else None
    if call is not None:
        return _TEAM_STATE.get(call.state, "available")
    if isinstance(state, Team) and state.open:
        return "called"
    return "off_duty" if isinstance(leader, Person) and not leader.is_available else "available"


def line_item(names: Directory, event: Event, incident: str) -> Item:
    """One line of what was done. Public facts only; bulky ones as counts."""
    facts: Item = msgspec.to_builtins(event.fact) if event.fact is not None else {}
    counted = {
        f"{name}_count": len(value)
        for name, value in facts.items()
        if name in ("calls", "teams", "crews", "marks", "missing") and isinstance(value, list | tuple)
    }
    plain = {name: value for name, value in facts.items() if name not in _BULKY or isinstance(value, int)}
    order = facts.get("by_order")
    team = {"team_name": names.team(facts["team"])} if "team" in facts else {}
    who = {"person_label": names.masked(facts["person"])} if "person" in facts else {}
    return {
        "position": event.position, "at_ms": event.at_ms, "happened_ms": event.happened_ms, "learned_ms": event.learned_ms,
        "incident": incident, "name": event.name,
        "actor": names.actor(event.actor), "post": event.authority.post if event.authority else None,
        "facts": plain | counted | team | who | ({"by_order": order} if order else {}),
    }  # fmt: skip
