"""What a leader sees of a call: before acceptance never finer than the community; after it, all that is needed to go."""

import math
from collections.abc import Callable
from typing import Any

import msgspec

from command.core.facts import Look
from incidents import CATEGORIES, Incident
from mobilization import SEATED, Call, CallState, Mobilization, Person, Team
from mobilization.training import consent_of
from web_console.board.items import Item, due_ms
from web_console.board.marked import is_dangerous
from web_console.board.view import View
from web_console.directory import Directory

KM_STEP_M = 500
BAND_MIN = 5


def phone_item(view: View, names: Directory, call: Call, report_of: Callable[[str], dict[str, Any] | None]) -> Item:
    """`report_of`: the incident's sealed part, looked into only for people who have accepted."""
    incident = view.incident(call.incident)
    if incident is None:
        return {"id": call.id, "state": call.state.value}
    before = before_yes(view, names, call, incident)
    return before if call.state not in SEATED else before | _after(call, incident, report_of(incident.id) or {})


def before_yes(view: View, names: Directory, call: Call, incident: Incident) -> Item:
    category = CATEGORIES.get(incident.category)
    state = view.look(f"mobilization:{call.mobilization}")
    seats = state.seats(call.speciality) if isinstance(state, Mobilization) else None
    low = call.seconds_to // 60 // BAND_MIN * BAND_MIN
    return {
        "id": call.id, "state": call.state.value, "category": incident.category, "severity": incident.severity,
        "speciality": call.speciality, "area": names.division(incident.division),
        "approximate": call.approximate,
        "distance_km": math.ceil(call.distance_m / KM_STEP_M) * KM_STEP_M / 1000, "travel_min": [low, low + BAND_MIN],
        "minimum": seats.minimum if seats else 0, "maximum": seats.maximum if seats else 0, "by_ms": seats.by_ms if seats else None,
        "full": bool(seats and not seats.free), "due_ms": due_ms(view, call), "asked_ms": call.asked_ms,
        "mode": incident.mode, "lead_name": names.division(incident.lead),
        "task": {"zh": category.task_zh, "en": category.task_en} if category else None,
        "hours": category.hours if category else None, "bring": category.bring if category else (),
        "risks": category.risks if category else (), "danger_area": is_dangerous(view, incident.id), "role": call.role, "team_name": names.team(call.team),
        "crew_max": call.crew_max, "minimum_crew": call.minimum_crew, "standby_no": call.standby_no, "late": call.late, "waits": call.waits,
        "noted_by": call.noted_by or None, "seated": call.seated, "arrived": call.arrived, "team_goes": _team_goes(view, call),
    }  # fmt: skip


def _team_goes(view: View, call: Call) -> bool:
    """Whether the team goes although this call was ended without it: somebody else of it has seats in the same call-out."""
    team = view.look(f"team:{call.team}")
    other = view.call(team.engaged) if call.state is CallState.NOT_NEEDED and isinstance(team, Team) and team.engaged else None
    return other is not None and other.mobilization == call.mobilization and other.person != call.person


def _after(call: Call, incident: Incident, opened: dict[str, Any]) -> Item:
    """No point where one merely stands for a township. `placed_ms`: the place was set anew since they were called."""
    place = incident.place
    point = {} if place.only else {"lon": opened.get("exact_lon", place.lon), "lat": opened.get("exact_lat", place.lat)}
    moved = incident.placed_ms is not None and incident.placed_ms > call.asked_ms
    return point | {
        "point_known": not place.only, "placed_ms": incident.placed_ms if moved else None,
        "address": opened.get("address"), "words": opened.get("words"), "contact": opened.get("phone"), "heads": call.heads,
        "confirmed": call.confirmed, "eta_ms": call.eta_ms,
    }  # fmt: skip


def self_item(view: View, names: Directory, person: str) -> Item:
    state = view.look(f"person:{person}")
    found = names.people.get(person)
    known = state if isinstance(state, Person) else Person(id=person)
    teams = [names.teams[team] for team in names.teams_of.get(person, ()) if team in names.teams]
    return {
        "person": person, "name": found.name if found else None, "consent": shown_consent(view.look, person), "availability": known.availability, "until_ms": known.until_ms,
        "phones": [msgspec.to_builtins(each) for each in known.phones], "simulated": bool(found and found.simulated), "sos": _sos(view, names, person),
        "teams": [{"id": t.id, "name": t.name, "speciality": t.speciality, "role": _role(t.leader, t.deputies, person)} for t in teams],
    }  # fmt: skip


def shown_consent(look: Look, person: str) -> Item | None:
    """What they agreed to of exercises. In which they are enrolled stays out of sight: some come without notice."""
    state = consent_of(look, person)
    if state is None:
        return None
    return {
        "from_ms": state.from_ms, "until_ms": state.until_ms, "hours": state.hours, "times": state.times, "given_ms": state.given_ms,
        "withdrawn_ms": state.withdrawn_ms, "noted_by": state.noted_by or None,
    }  # fmt: skip


def _sos(view: View, names: Directory, person: str) -> Item | None:
    """One's own SOS, until it is over: whether somebody has it in hand."""
    sos = view.afield.sos(person)
    if sos is None or not sos.is_open:
        return None
    return {
        "number": sos.number, "again_ms": sos.again_ms, "to": names.division(sos.to[-1]), "taken_ms": sos.taken_ms,
        "taken_post": names.division(sos.taken_post) if sos.taken_post else None, "fine_ms": sos.fine_ms,
    }  # fmt: skip


def _role(leader: str, deputies: tuple[str, ...], person: str) -> str:
    return "leader" if person == leader else "deputy" if person in deputies else "member"
