"""Decisions about an SOS of our own people: it is raised in any state, goes up until somebody takes it, and ends in words."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import post_of, within
from command.tiers.divisions import covers, parent_of
from incidents import Incident, acts_on
from mobilization.claims import claim_of
from mobilization.finding import person_of, sealed_words
from mobilization.safety.commands import CallOffSos, RaiseSos, RaiseSosHigher, ResolveSos, TakeSos
from mobilization.safety.facts import SosCalledOff, SosRaised, SosResolved, SosTaken, SosWentUp
from mobilization.safety.states import Sos
from mobilization.safety.table import FINE_MS
from mobilization.states import Call

_COUNTY_DIGITS = 6


def raise_sos(look: Look, command: RaiseSos, moment: Moment) -> Iterator[Fact | Sealed]:
    """The post that leads the task is alarmed; on no task, the county where the person belongs. Pressed again it is untaken again."""
    call = _task_of(look, command)
    incident = look(f"incident:{call.incident}") if call is not None else None
    if command.noted_by:
        _may_note(moment, incident, command.division)
    elif moment.actor != f"person:{command.person}":
        raise Refused("call.not_yours")
    held = sos_of(look, command.person)
    again = held is not None and held.is_open
    if again and held is not None and command.noted_by and held.is_alarm:
        return
    fact = SosRaised(
        person=command.person, number=held.number + (not again) if held is not None else 1,
        incident=call.incident if call is not None else "", call=call.id if call is not None else "",
        team=call.team if call is not None else "",
        to=incident.lead if isinstance(incident, Incident) else command.division[:_COUNTY_DIGITS],
        division=incident.division if isinstance(incident, Incident) else command.division, again=again, cell=command.cell,
        cell_lon=command.cell_lon, cell_lat=command.cell_lat, noted_by=command.noted_by,
        claimed_at_ms=claim_of(command.claimed_at_ms, moment.now_ms),
    )  # fmt: skip
    yield sealed_words(
        fact, command.person, lon=command.lon, lat=command.lat, accuracy_m=command.accuracy_m, words=command.words,
        said_by=command.said_by, said_on=command.said_on,
    )  # fmt: skip


def _task_of(look: Look, command: RaiseSos) -> Call | None:
    """The call that was named, if it is the person's; else the one that holds the person's seat."""
    for each in (command.call, person_of(look, command.person).engaged or ""):
        call = look(f"call:{each}")
        if isinstance(call, Call) and call.person == command.person:
            return call
    return None


def _may_note(moment: Moment, incident: object, division: str) -> None:
    post = post_of(moment.authority)
    if isinstance(incident, Incident) and not covers(post, division):
        acts_on(moment.authority, incident.place)
    else:
        within(moment.authority, division)


def raise_higher(look: Look, command: RaiseSosHigher, _moment: Moment) -> Iterator[Fact]:
    sos = sos_of(look, command.person)
    up = parent_of(sos.to[-1]) if sos is not None and sos.is_alarm else None
    if sos is not None and up is not None:
        yield SosWentUp(person=sos.person, number=sos.number, incident=sos.incident, call=sos.call, team=sos.team, to=up)


def take_sos(look: Look, command: TakeSos, moment: Moment) -> Iterator[Fact]:
    """The first who takes it has it; whoever comes second is told who."""
    sos, post = _open(look, command.person), _may_act(look, command.person, moment)
    if sos.taken_ms is not None:
        if sos.taken_by != moment.actor:
            raise Refused("sos.taken")
        return
    yield SosTaken(person=sos.person, number=sos.number, incident=sos.incident, call=sos.call, team=sos.team, post=post)


def call_off(look: Look, command: CallOffSos, moment: Moment) -> Iterator[Fact | Sealed]:
    """At once it silences the alarm by itself, and the desk still sees it. Later it is a word like any other: perhaps said under
    somebody's eyes."""
    sos = _open(look, command.person)
    if command.noted_by:
        _may_act(look, command.person, moment)
    elif moment.actor != f"person:{command.person}":
        raise Refused("call.not_yours")
    if sos.fine_ms is not None:
        return
    fact = SosCalledOff(
        person=sos.person, number=sos.number, incident=sos.incident, call=sos.call, team=sos.team, noted_by=command.noted_by,
        in_time=not command.noted_by and moment.now_ms - sos.again_ms <= FINE_MS,
    )  # fmt: skip
    yield sealed_words(fact, command.person, said_by=command.said_by)


def resolve_sos(look: Look, command: ResolveSos, moment: Moment) -> Iterator[Fact | Sealed]:
    """Said in words, by a post that may take it; an untaken alarm is taken first."""
    sos = _open(look, command.person)
    _may_act(look, command.person, moment)
    if sos.is_alarm:
        raise Refused("sos.not_taken")
    if not command.words.strip():
        raise Refused("sos.words")
    fact = SosResolved(person=sos.person, number=sos.number, incident=sos.incident, call=sos.call, team=sos.team)
    yield sealed_words(fact, command.person, words=command.words)


def sos_of(look: Look, person: str) -> Sos | None:
    state = look(f"sos:{person}")
    return state if isinstance(state, Sos) else None


def _open(look: Look, person: str) -> Sos:
    sos = sos_of(look, person)
    if sos is None or not sos.is_open:
        raise Refused("sos.none")
    return sos


def _may_act(look: Look, person: str, moment: Moment) -> str:
    """A post that was alarmed or stands above it, or any of those of the incident: help may come from whoever is nearest."""
    sos, post = sos_of(look, person), post_of(moment.authority)
    incident = look(f"incident:{sos.incident}") if sos is not None and sos.incident else None
    if isinstance(incident, Incident) and incident.place.touches(post):
        return acts_on(moment.authority, incident.place)
    return within(moment.authority, sos.division if sos is not None else "")
