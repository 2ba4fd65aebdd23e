"""Looking up states, or refusing in words."""

from command.core.errors import Refused
from command.core.facts import Look, Moment
from command.tiers.authority import within
from incidents import find
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
    """The call, if the actor is the person called or a desk that notes for them."""
    state = find_call(look, call)
    if noted_by:
        within(moment.authority, find(look, state.incident).division)
    elif moment.actor != f"person:{state.person}":
        raise Refused("call.not_yours")
    return state


def person_of(look: Look, person: str) -> Person:
    state = look(f"person:{person}")
    return state if isinstance(state, Person) else Person(id=person)


def team_of(look: Look, team: str) -> Team:
    state = look(f"team:{team}")
    return state if isinstance(state, Team) else Team(id=team)
