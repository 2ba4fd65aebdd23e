"""Taking one person out of everything at once: an exercise that real work ends for them."""

from collections.abc import Iterable, Iterator

from command.core.facts import Fact, Look
from mobilization.facts_calls import AvailabilitySet, CalledAway
from mobilization.finding import find_call, find_mobilization, person_of
from mobilization.seating import fill
from mobilization.states import LIVE, Call


def taken_out(look: Look, person: str, calls: Iterable[str], why: str) -> Iterator[Fact]:
    """First they are away, so that nobody calls them again; then each of their calls ends, and what they held goes to others."""
    if person_of(look, person).availability != "away":
        yield AvailabilitySet(person=person, availability="away")
    for each in calls:
        call = find_call(look, each)
        if call.person == person and call.state in LIVE:
            yield from _ended(look, call, why)


def _ended(look: Look, call: Call, why: str) -> Iterator[Fact]:
    state = find_mobilization(look, call.mobilization)
    yield CalledAway(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, incident=call.incident,
        speciality=call.speciality, why=why,
    )  # fmt: skip
    yield from fill(state, call.speciality, freed=call.seated, but=call.id)
