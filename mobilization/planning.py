"""Planning a wave: pure. What is open, who passes the gates, who is nearest, how many offers suffice."""

from collections.abc import Callable, Container, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from command.core.facts import Look
from geo import Trip
from incidents import Incident
from mobilization.chances import ASSUMED_CHANCE, ASSUMED_SOURCE, is_enough
from mobilization.facts import PlannedCall
from mobilization.gates import Gates, team_reason
from mobilization.roster import Ranked, Roster, RosterTeam, Travel
from mobilization.seating import waits_for_nearer
from mobilization.states import CallState, Mobilization, Part, Seats, round_of
from mobilization.whynot import NEARER, NotCalled, WhyNot


class Plan(NamedTuple):
    """A wave to call. `short`: people of each speciality for whom nobody is left and no offer waits."""

    calls: tuple[PlannedCall, ...]
    not_called: tuple[NotCalled, ...]
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
    team: RosterTeam
    person: str
    trip: Trip
    standby: str


def plan_wave(state: Mobilization, incident: Incident, outlook: Outlook, asking: Asking) -> Plan:
    """The calls that keep enough offers open for every need, and offer free seats to those who stand by for them. Who was not called is
    told of the needs that are called for, not of those that have enough."""
    calls: list[PlannedCall] = []
    not_called: list[NotCalled] = []
    short: dict[str, int] = {}
    taken: set[str] = set()
    for seats in state.needs:
        waiting = _waiting(state, seats.speciality)
        still_open = open_crews(state, seats)
        has_enough = not asking.more and is_enough(still_open, seats.short)
        if has_enough and not waiting:
            continue  # nobody is called for this one now, so nobody need be looked at
        place = incident.place.lon, incident.place.lat
        near = outlook.roster.near(seats.speciality, place, outlook.travel, division=state.scope)
        order = _in_order(near.within, waiting, only_waiting=has_enough)
        room = _Room(seats, still_open, asking.more)
        chosen, left = _choose(order, room, gates_of(state, outlook, asking, waiting, taken), waiting, taken)
        ids = (f"c-{asking.wave_id}-{len(calls) + n}" for n in range(len(chosen)))
        calls += [
            _call(each, seats, outlook, call, approximate=bool(incident.place.only))
            for each, call in zip(chosen, ids, strict=True)
        ]
        not_called.append(msgspec.structs.replace(left, beyond=near.beyond))
        if seats.short and not chosen and not still_open:
            short[seats.speciality] = seats.short
    return Plan(tuple(calls), tuple(not_called), short)


def _choose(
    order: Ranked, room: "_Room", gates: Gates, waiting: Mapping[str, Part], taken: set[str]
) -> tuple[list[_Candidate], NotCalled]:
    """Whom to call, in this order; and who was looked at and is not called, up to the first whom nobody needs any more."""
    seats, chosen, looked_at = room.seats, [], []
    for team, trip in order.rows:
        reason = team_reason(team, left=seats.free, look=gates.look)
        person, why_not = gates.first(team) if reason is None else (None, reason)
        if person is None or team.id in taken:
            looked_at.append(WhyNot(team.id, seats.speciality, "", why_not or "called_now"))
        elif room.takes(team, waiting):
            chosen.append(_Candidate(team, person, trip, waiting[team.id].call if team.id in waiting else ""))
            taken |= {person, team.id}
        elif team.id in waiting:
            looked_at.append(WhyNot(team.id, seats.speciality, person, NEARER))
        else:
            break
    farther = tuple(order.ids[len(chosen) + len(looked_at) :])
    return chosen, NotCalled(speciality=seats.speciality, looked_at=tuple(looked_at), farther=farther)


class _Room:
    """So many that enough will say yes; all who stand by and have room; and `more`, while there are seats. Whom it does not take,
    nobody behind him is taken either."""

    def __init__(self, seats: Seats, still_open: Sequence[int], more: int) -> None:
        self.seats = seats
        self._offers, self._short = list(still_open), seats.short
        self._free = seats.free - sum(still_open)
        self._more = more if seats.free else 0
        self._is_enough = is_enough(self._offers, self._short)

    def takes(self, team: RosterTeam, waiting: Mapping[str, Part]) -> bool:
        fits = team.id in waiting and self._free >= team.minimum_crew
        self._free = self._free - team.size if fits else 0
        if not fits and self._is_enough:
            self._more -= 1
            if self._more < 0:
                return False
        self._offers.append(team.size)
        self._is_enough = self._is_enough or is_enough(self._offers, self._short)
        return True


def _in_order(nearest: Ranked, waiting: Mapping[str, Part], *, only_waiting: bool) -> Ranked:
    """Those first who already said yes and found no seat, then the nearest, whom no road leads there last. Each person once:
    whoever leads two teams is called for the nearer one, a deputy for the other. `only_waiting`: enough offers are open, so nobody else."""
    if not waiting:
        return nearest
    return nearest.among(waiting) if only_waiting else nearest.with_first(waiting)


def gates_of(state: Mobilization, outlook: Outlook, asking: Asking, waiting: Container[str], taken: Set[str]) -> Gates:
    asked = round_of(state.id, state.round)
    return Gates(outlook.roster, asking.look, asking.now_ms, asked=asked, again=asking.more > 0, waiting=waiting, taken=taken)


def _waiting(state: Mobilization, speciality: str) -> dict[str, Part]:
    """The teams that stand by for a need, with a crew that may go now."""
    parts = (p for p in state.parts.values() if p.state is CallState.STANDBY and p.speciality == speciality)
    return {part.team: part for part in parts if part.waits >= part.minimum_crew and not waits_for_nearer(state, part)}


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
