"""Decisions about people on their way, their names, and their availability."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import post_of
from mobilization.claims import claim_of
from mobilization.commands import GiveNames, ReportProgress, SetAvailability
from mobilization.facts import AvailabilitySet, NamesGiven, Progressed
from mobilization.finding import find_own_call, person_of
from mobilization.states import SEATED, Call

_STEPS = ("set_out", "arrived", "released")
AVAILABILITIES = frozenset({"available", "off_duty", "away"})


def report(look: Look, command: ReportProgress, moment: Moment) -> Iterator[Fact]:
    """Set out confirms; arrived counts those on the spot; released ends the task."""
    call = find_own_call(look, command.call, moment, command.noted_by)
    if command.did not in _STEPS:
        raise Refused("call.progress")
    if call.state.value == command.did and command.heads is None:
        return
    if call.state not in SEATED:
        raise Refused("call.not_seated", state=call.state.value)
    heads = call.seated if command.heads is None else command.heads
    if not 1 <= heads <= call.crew_max:
        raise Refused("call.heads", crew_max=call.crew_max)
    confirmed, arrived = _gained(call, command.did, heads)
    yield Progressed(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, speciality=call.speciality,
        did=command.did, heads=heads, confirmed=confirmed, arrived=arrived, noted_by=command.noted_by,
        said_at_ms=command.said_at_ms, claimed_at_ms=claim_of(command.claimed_at_ms, moment.now_ms),
    )  # fmt: skip


def _gained(call: Call, did: str, heads: int) -> tuple[int, int]:
    if did == "released":
        return 0, 0
    confirmed = max(call.seated - call.confirmed, 0)
    return confirmed, heads - call.arrived if did == "arrived" else 0


def give_names(look: Look, command: GiveNames, moment: Moment) -> Iterator[Fact | Sealed]:
    call = find_own_call(look, command.call, moment, "")
    if call.state not in SEATED:
        raise Refused("call.not_seated", state=call.state.value)
    if len(command.names) > call.seated:
        raise Refused("call.names", seated=call.seated)
    fact = NamesGiven(
        call=call.id, mobilization=call.mobilization, person=call.person, team=call.team, speciality=call.speciality,
        count=len(command.names), confirmed=max(len(command.names) - call.confirmed, 0),
    )  # fmt: skip
    yield Sealed(fact, f"person:{call.person}", {"names": list(command.names)})


def set_availability(look: Look, command: SetAvailability, moment: Moment) -> Iterator[Fact]:
    """Set by the person, or noted by the desk."""
    if command.noted_by:
        post_of(moment.authority)
    elif moment.actor != f"person:{command.person}":
        raise Refused("call.not_yours")
    if command.availability not in AVAILABILITIES:
        raise Refused("availability.unknown")
    if command.until_ms is not None and command.until_ms <= moment.now_ms:
        raise Refused("availability.until")
    person = person_of(look, command.person)
    if (person.availability, person.until_ms) != (command.availability, command.until_ms):
        yield AvailabilitySet(
            person=command.person, availability=command.availability, until_ms=command.until_ms, noted_by=command.noted_by
        )
