"""Looking up states, or refusing in words."""

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import post_of, within
from command.tiers.divisions import covers, tier_of
from incidents import Incident, acts_on, find
from mobilization.states import Call, Mobilization, Person, Team


def find_mobilization(look: Look, mobilization: str) -> Mobilization:
    state = look(f"mobilization:{mobilization}")
    if not isinstance(state, Mobilization):
        raise Refused("mobilization.unknown", mobilization=mobilization)
    return state


def find_call(look: Look, call: str) -> Call:
    state = look(f"call:{call}")
    if not isinstance(state, Call):
        raise Refused("call.unknown", call=call)
    return state


def find_own_call(look: Look, call: str, moment: Moment, noted_by: str) -> Call:
    """The call, if the actor is the person called, or a desk that notes for them: that of the incident or of the team."""
    state = find_call(look, call)
    if noted_by:
        if state.division and covers(post_of(moment.authority), state.division):
            within(moment.authority, state.division)
        else:
            acts_on(moment.authority, find(look, state.incident).place)
    elif moment.actor != f"person:{state.person}":
        raise Refused("call.not_yours")
    return state


def check_commands(post: str, incident: Incident, state: Mobilization) -> None:
    """A running call-out is changed and ended by whoever leads the incident, by whoever ordered it, and by those above them; once
    the lead was taken, by nobody below it."""
    if not covers(post, incident.lead) and (incident.lead_taken or not covers(post, state.scope)):
        raise Refused("authority.ordered_above", who_may=tier_of(min(incident.lead, state.scope, key=len)).value)


def sealed_words(fact: Fact, person: str, **words: object) -> Fact | Sealed:
    """The fact with what was said, if anything was, sealed under the person whose words they are."""
    said = {name: value for name, value in words.items() if value}
    return Sealed(fact, f"person:{person}", said) if said else fact


def person_of(look: Look, person: str) -> Person:
    state = look(f"person:{person}")
    return state if isinstance(state, Person) else Person(id=person)


def team_of(look: Look, team: str) -> Team:
    state = look(f"team:{team}")
    return state if isinstance(state, Team) else Team(id=team)
