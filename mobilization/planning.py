"""Planning a wave: pure. What is open, who passes the gates, who is nearest, how many offers suffice."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from command.core.facts import Look
from incidents import Incident
from mobilization.chances import ASSUMED_CHANCE, ASSUMED_SOURCE, offers_needed
from mobilization.facts import PlannedCall
from mobilization.finding import team_of
from mobilization.gates import first_on_ladder, team_reason
from mobilization.roster import Roster, RosterTeam
from mobilization.states import Call, CallState, Mobilization, Seats


class Trip(NamedTuple):
    """From a team's base to the place."""

    metres: int
    seconds: int
    source: str


Travel = Callable[[Sequence[tuple[float, float]], tuple[float, float]], Sequence[Trip]]
"""Trips from many (lon, lat) to one."""


class WhyNot(NamedTuple):
    team: str
    speciality: str
    person: str
    reason: str


class Plan(NamedTuple):
    """A wave to call. `short`: people of each speciality for whom nobody is left, all open offers counted as no."""

    calls: tuple[PlannedCall, ...]
    why_not: tuple[WhyNot, ...]
    short: dict[str, int]


class Outlook(NamedTuple):
    """What the planner is given from outside."""

    roster: Roster
    travel: Travel
    is_awake: Callable[[str], bool]


class _Candidate(NamedTuple):
    seconds: int
    team: RosterTeam
    person: str
    trip: Trip


def plan_wave(
    state: Mobilization, incident: Incident, outlook: Outlook, *, look: Look, now_ms: int, cause: int, more: int = 0
) -> Plan:  # fmt: skip
    """The calls that keep enough offers open for every need; `more` asks for that many beyond (an officer's next wave)."""
    calls: list[PlannedCall] = []
    why: list[WhyNot] = []
    short: dict[str, int] = {}
    taken: set[str] = set()
    for seats in state.needs:
        candidates, reasons = _candidates(state, seats, incident, outlook, look=look, now_ms=now_ms, taken=taken)
        wanted = max(seats.minimum - seats.promised, 0)
        open_crews = _open_crews(state, seats, look)
        count = offers_needed([c.team.size for c in candidates], already_open=open_crews, wanted=wanted)
        chosen = candidates[: count + (more if seats.promised < seats.maximum else 0)]
        taken |= {person for each in chosen for person in (each.person, each.team.id)}
        calls += [_call(each, seats, outlook, f"{cause}-{len(calls) + n}") for n, each in enumerate(chosen)]
        why += reasons + [WhyNot(c.team.id, seats.speciality, c.person, "nearer_sufficed") for c in candidates[len(chosen) :]]
        if wanted and not chosen and not open_crews:
            short[seats.speciality] = wanted
    return Plan(tuple(calls), tuple(why), short)


def _candidates(
    state: Mobilization, seats: Seats, incident: Incident, outlook: Outlook, *, look: Look, now_ms: int, taken: set[str]
) -> tuple[list[_Candidate], list[WhyNot]]:  # fmt: skip
    fit: list[tuple[RosterTeam, str]] = []
    reasons: list[WhyNot] = []
    for team in outlook.roster.teams:
        reason = team_reason(team, speciality=seats.speciality, scope=state.scope, look=look)
        person = None
        if reason is None:
            person, why = first_on_ladder(team, outlook.roster, mobilization=state.id, look=look, now_ms=now_ms)
            reason = None if person else why
        if reason is None and ({person, team.id} & taken):
            reason = "called_now"
        if reason is None and person is not None:
            fit.append((team, person))
        elif reason != "other_speciality":
            reasons.append(WhyNot(team.id, seats.speciality, "", reason or ""))
    place = (incident.place.lon, incident.place.lat)
    trips = outlook.travel([(team.lon, team.lat) for team, _ in fit], place)
    found = [_Candidate(trip.seconds, team, person, trip) for (team, person), trip in zip(fit, trips, strict=True)]
    return sorted(found, key=lambda c: (not _stands_by(c.team, look), c.seconds, c.team.id)), reasons


def _stands_by(team: RosterTeam, look: Look) -> bool:
    """Who already said yes and found no seat is called first."""
    return bool(team_of(look, team.id).standby)


def _open_crews(state: Mobilization, seats: Seats, look: Look) -> list[int]:
    if not seats.open:
        return []
    calls = [look(f"call:{call}") for call in state.calls]
    return [
        call.crew_max
        for call in calls
        if isinstance(call, Call) and call.state is CallState.OPEN and call.speciality == seats.speciality
    ]


def _call(each: _Candidate, seats: Seats, outlook: Outlook, number: str) -> PlannedCall:
    team = each.team
    return PlannedCall(
        call=f"c-{number}", team=team.id, person=each.person, role="leader" if each.person == team.ladder[0] else "deputy",
        speciality=seats.speciality, ladder=team.ladder, crew_max=team.size, minimum_crew=team.minimum_crew,
        distance_m=each.trip.metres, seconds_to=each.trip.seconds, travel_source=each.trip.source, chance=ASSUMED_CHANCE,
        chance_source=ASSUMED_SOURCE, awake=outlook.is_awake(each.person), from_lon=team.lon, from_lat=team.lat,
        simulated=outlook.roster.people[each.person].simulated,
    )  # fmt: skip
