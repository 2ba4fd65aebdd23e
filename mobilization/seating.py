"""Who gets the places of a need: whoever says yes first, but of the places that somebody nearer may still fill in time, none goes
to a team that would come after they are needed. See ADR 0015."""

from collections.abc import Iterator
from typing import NamedTuple

from command.core.facts import Fact, Look
from mobilization.facts_calls import Lapsed, SeatsGained
from mobilization.finding import find_mobilization, person_of, team_of
from mobilization.states import SEATED, Call, CallState, Mobilization, Part, Seats


class Seating(NamedTuple):
    """What an answer comes to: its result, the people seated, those who stand by, and under what number; `late`: they stand by for
    those who can be there in time."""

    result: str
    seated: int = 0
    waits: int = 0
    standby_no: int | None = None
    late: bool = False


def kept_back(state: Mobilization, seats: Seats, *, there_ms: int | None, but: str = "") -> int:
    """Places kept from whoever would be there at `there_ms` (epoch ms), as open offers may still fill them in time. `but`: an offer
    that counts no more."""
    if not is_late(seats, there_ms):
        return 0
    return sum(
        part.crew_max for part in state.parts.values()
        if part.state is CallState.OPEN and part.speciality == seats.speciality and part.call != but and not is_late(seats, part.there_ms)
    )  # fmt: skip


def is_late(seats: Seats, there_ms: int | None) -> bool:
    return seats.by_ms is not None and there_ms is not None and there_ms > seats.by_ms


def waits_for_nearer(state: Mobilization, part: Part) -> bool:
    """It stands by as it would come late, while nearer ones may still say yes."""
    seats = state.seats(part.speciality)
    if seats is None or part.state is not CallState.STANDBY:
        return False
    kept = kept_back(state, seats, there_ms=part.there_ms)
    return kept > 0 and seats.free - kept < max(part.minimum_crew, 1)


def seat(look: Look, call: Call, state: Mobilization, *, heads: int, answered: str, eta_ms: int) -> Seating:
    """A team that stood by and is called again has waited for the nearer ones already: it takes what is free."""
    seats = state.seats(call.speciality)
    if state.over or seats is None or call.round != state.round or call.state is CallState.STOOD_DOWN:
        return Seating("not_needed")
    if person_of(look, call.person).engaged not in (None, call.id):
        return Seating("engaged")
    if team_of(look, call.team).engaged not in (None, call.id):
        return Seating("team_answered")
    there_ms = state.parts[call.id].there_if(answered, eta_ms)
    kept = 0 if call.instead_of else kept_back(state, seats, there_ms=there_ms, but=call.id)
    holds = call.seated if call.state in SEATED else 0
    seated = min(heads, holds + max(seats.free - kept, 0))
    number = call.standby_no or state.standby_next
    if seated < max(call.minimum_crew, 1):
        return Seating("standby", 0, heads, number, late=min(heads, holds + seats.free) > seated)
    return Seating("accepted" if answered == "accept" else "later", seated, heads - seated, number if seated < heads else None)


def fill(state: Mobilization, speciality: str, *, freed: int, but: str = "") -> Iterator[Fact]:
    """Seats that became free go first to crews that are coming anyway with more people than have seats, in order of their
    numbers; then a wave is planned."""
    seats = state.seats(speciality)
    if seats is None or state.over:
        return
    free = seats.maximum - seats.promised - seats.served + freed if seats.minimum else 0
    crews = [p for p in state.parts.values() if p.speciality == speciality and p.seated and p.waits and p.call != but]
    for part in sorted(crews, key=lambda p: (p.standby_no or 0, p.call)):
        more = min(part.waits, free - kept_back(state, seats, there_ms=part.there_ms, but=but))
        if more > 0:
            free -= more
            yield SeatsGained(
                call=part.call, mobilization=state.id, person=part.person, team=part.team, speciality=speciality,
                seated=part.seated + more, waits=part.waits - more, standby_no=part.standby_no if part.waits > more else None,
            )  # fmt: skip


def lapsed(look: Look, call: Call, why: str) -> Iterator[Fact]:
    """An offer ends without an answer: what was kept for it goes to those who are coming."""
    yield Lapsed(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, speciality=call.speciality,
        wave=call.wave, round=call.round, why=why,
    )  # fmt: skip
    yield from fill(find_mobilization(look, call.mobilization), call.speciality, freed=0, but=call.id)
