"""Planning a wave: pure. What is open, who passes the gates, who is nearest, how many offers suffice."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from command.core.facts import Look
from geo import Trip
from incidents import Incident
from mobilization.chances import ASSUMED_CHANCE, ASSUMED_SOURCE, is_enough, offers_needed
from mobilization.facts import PlannedCall
from mobilization.gates import first_on_ladder, team_reason
from mobilization.roster import Roster, RosterTeam
from mobilization.seating import waits_for_nearer
from mobilization.states import CallState, Mobilization, Part, Seats, round_of

Travel = Callable[[Sequence[tuple[float, float]], tuple[float, float]], Sequence[Trip]]
"""Trips from many (lon, lat) to one."""


class WhyNot(NamedTuple):
    team: str
    speciality: str
    person: str
    reason: str


Ladder = Callable[[RosterTeam], tuple[str | None, str]]
"""The first of a team who may be called now, and the first reason met."""


class Plan(NamedTuple):
    """A wave to call. `short`: people of each speciality for whom nobody is left and no offer waits."""

    calls: tuple[PlannedCall, ...]
    why_not: tuple[WhyNot, ...]
    short: dict[str, int]


class Outlook(NamedTuple):
    """What the planner is given from outside."""

    roster: Roster
    travel: Travel
    is_awake: Callable[[str], bool]


class Asking(NamedTuple):
    """What is asked of the planner. `wave_id`: unique to this plan, its calls are named after it. `more`: offers beyond those
    that suffice (an officer's next wave), for which also those are asked again who were silent."""

    look: Look
    now_ms: int
    wave_id: str
    more: int = 0


class _Candidate(NamedTuple):
    order: tuple[bool, bool, int, str]
    team: RosterTeam
    person: str
    trip: Trip
    standby: str


def plan_wave(state: Mobilization, incident: Incident, outlook: Outlook, asking: Asking) -> Plan:
    """The calls that keep enough offers open for every need, and offer free seats to those who stand by for them. Who was not called is
    told of the needs that are called for, not of those that have enough."""
    calls: list[PlannedCall] = []
    why: list[WhyNot] = []
    short: dict[str, int] = {}
    taken: set[str] = set()
    for seats in state.needs:
        waiting = _waiting(state, seats.speciality)
        still_open = open_crews(state, seats)
        if not asking.more and not waiting and is_enough(still_open, seats.short):
            continue  # nobody is called for this one now, so nobody need be looked at
        ladder = _ladder(state, waiting, outlook, asking, taken)
        candidates, reasons = _candidates(
            seats, incident, outlook, scope=state.scope, waiting=waiting, ladder=ladder, look=asking.look
        )  # fmt: skip
        chosen, passed_over = _choose(candidates, _how_many(candidates, seats, still_open, asking.more), taken, ladder)
        ids = (f"c-{asking.wave_id}-{len(calls) + n}" for n in range(len(chosen)))
        calls += [
            _call(each, seats, outlook, call, approximate=bool(incident.place.only))
            for each, call in zip(chosen, ids, strict=True)
        ]
        why += reasons
        why += [WhyNot(c.team.id, seats.speciality, c.person, reason) for c, reason in passed_over]
        if seats.short and not chosen and not still_open:
            short[seats.speciality] = seats.short
    return Plan(tuple(calls), tuple(why), short)


def _how_many(candidates: Sequence[_Candidate], seats: Seats, still_open: list[int], more: int) -> int:
    """So many that enough will say yes; all who stand by and have room; and `more`, while there are seats."""
    count = offers_needed([c.team.size for c in candidates], already_open=still_open, wanted=seats.short)
    room, waiting = seats.free - sum(still_open), 0
    for each in candidates:
        if not each.standby or room < each.team.minimum_crew:
            break
        room, waiting = room - each.team.size, waiting + 1
    return max(count, waiting) + (more if seats.free else 0)


def _ladder(state: Mobilization, waiting: Mapping[str, Part], outlook: Outlook, asking: Asking, taken: set[str]) -> Ladder:
    """A team that stands by is called again although it was asked: it said yes."""
    asked, again = round_of(state.id, state.round), asking.more > 0
    roster, look, now_ms = outlook.roster, asking.look, asking.now_ms

    def first(team: RosterTeam) -> tuple[str | None, str]:
        this_round = "" if team.id in waiting else asked
        return first_on_ladder(team, roster, asked=this_round, again=again, taken=taken, look=look, now_ms=now_ms)

    return first


def _waiting(state: Mobilization, speciality: str) -> dict[str, Part]:
    """The teams that stand by for a need, with a crew that may go now."""
    parts = (p for p in state.parts.values() if p.state is CallState.STANDBY and p.speciality == speciality)
    return {part.team: part for part in parts if part.waits >= part.minimum_crew and not waits_for_nearer(state, part)}


def _candidates(
    seats: Seats, incident: Incident, outlook: Outlook, *, scope: str, waiting: Mapping[str, Part], ladder: Ladder, look: Look
) -> tuple[list[_Candidate], list[WhyNot]]:  # fmt: skip
    """Who may be called, those first who already said yes and found no seat, then the nearest,
    whom no road leads there last; and why the others may not."""
    fit: list[tuple[RosterTeam, str]] = []
    reasons: list[WhyNot] = []
    left = seats.free
    for team in outlook.roster.meeting(seats.speciality):
        reason = team_reason(team, scope=scope, left=left, look=look)
        person, why = ladder(team) if reason is None else (None, reason)
        if person is not None:
            fit.append((team, person))
        else:
            reasons.append(WhyNot(team.id, seats.speciality, "", why))
    trips = outlook.travel([(team.lon, team.lat) for team, _ in fit], (incident.place.lon, incident.place.lat))
    found = []
    for (team, person), trip in zip(fit, trips, strict=True):
        part = waiting.get(team.id)
        found.append(
            _Candidate((part is None, not trip.has_way, trip.seconds, team.id), team, person, trip, part.call if part else "")
        )
    return sorted(found), reasons


def _choose(
    candidates: list[_Candidate], count: int, taken: set[str], ladder: Ladder
) -> tuple[list[_Candidate], list[tuple[_Candidate, str]]]:
    """The first `count`, each person once: whoever leads two teams is called for the nearer one, a deputy for the other."""
    chosen: list[_Candidate] = []
    passed_over: list[tuple[_Candidate, str]] = []
    for each in candidates:
        if len(chosen) >= count:
            passed_over.append((each, "nearer_sufficed"))
            continue
        person, reason = (each.person, "") if each.person not in taken else ladder(each.team)
        if person is None or each.team.id in taken:
            passed_over.append((each, reason or "called_now"))
        else:
            chosen.append(each._replace(person=person))
            taken |= {person, each.team.id}
    return chosen, passed_over


def open_crews(state: Mobilization, seats: Seats) -> list[int]:
    """Of offers that may still be taken; one that was, and waits for nearer ones, is called again."""
    if not seats.open:
        return []
    parts = [part for part in state.parts.values() if part.speciality == seats.speciality]
    return [part.crew_max for part in parts if part.state is CallState.OPEN or waits_for_nearer(state, part)]


def _call(each: _Candidate, seats: Seats, outlook: Outlook, call: str, *, approximate: bool) -> PlannedCall:
    team = each.team
    return PlannedCall(
        call=call, team=team.id, person=each.person, role="leader" if each.person == team.ladder[0] else "deputy",
        speciality=seats.speciality, ladder=team.ladder, crew_max=team.size, minimum_crew=team.minimum_crew,
        distance_m=each.trip.metres, seconds_to=each.trip.seconds, travel_source=each.trip.source, chance=ASSUMED_CHANCE,
        chance_source=ASSUMED_SOURCE, awake=outlook.is_awake(each.person), division=team.division, instead_of=each.standby,
        from_lon=team.lon, from_lat=team.lat, simulated=outlook.roster.people[each.person].simulated,
        approximate=approximate,
    )  # fmt: skip
